// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

constexpr std::string_view kArticleList = "articles", kTexts = "texts";

}  // namespace

// ---- the list -----------------------------------------------------------------------------------------

Result<Slice<ArticleSummary>> SqliteReader::articles(const ArticleFilter& filter) {
  const auto span = span_of(kArticleList, filter, filter.since);
  if (!span) return span.error();
  Snapshot snapshot(*database_);
  std::vector<Place> places = article_places(filter, *span);
  Slice<ArticleSummary> slice;
  slice.next = cut(kArticleList, places, filter.limit);
  for (const Place& place : places) slice.items.push_back(load_summary(place.row));
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list articles");
  return slice;
}

std::vector<Place> SqliteReader::article_places(const ArticleFilter& filter, const Span& span) {
  std::vector<Place> places;
  std::optional<Row> source;
  if (filter.source) {
    source = stored_source(*database_, *filter.source);
    if (!source) return places;
  }
  for (const model::EntityId& entity : filter.entities) {
    add_places(places, database_->rows(R"sql(SELECT e.first_seen, e.article FROM article_entity e JOIN article a ON a.n = e.article
                                  WHERE e.entity = ?1 AND e.first_seen >= ?2 AND (e.first_seen, e.article) < (?3, ?4)
                                  AND a.same_as IS NULL AND (?5 IS NULL OR a.source = ?5)
                                  ORDER BY e.first_seen DESC, e.article DESC LIMIT ?6)sql",
                            entity, span.since, span.before.at, span.before.row, source, span.limit));
  }
  if (!filter.entities.empty()) return places;
  if (source) {
    add_places(places, database_->rows(R"sql(SELECT first_seen, n FROM article WHERE same_as IS NULL AND source = ?1 AND first_seen >= ?2
                                  AND (first_seen, n) < (?3, ?4) ORDER BY first_seen DESC, n DESC LIMIT ?5)sql",
                            *source, span.since, span.before.at, span.before.row, span.limit));
  } else {
    add_places(places, database_->rows(R"sql(SELECT first_seen, n FROM article WHERE same_as IS NULL AND first_seen >= ?1
                                  AND (first_seen, n) < (?2, ?3) ORDER BY first_seen DESC, n DESC LIMIT ?4)sql",
                            span.since, span.before.at, span.before.row, span.limit));
  }
  return places;
}

ArticleSummary SqliteReader::load_summary(Row row) {
  ArticleSummary summary;
  summary.article = stored_article(*database_, row).article;
  Rows rows = database_->rows(R"sql(SELECT title, outlet, authors, read, published_at, published_precision, published_text
                                    FROM version WHERE article = ?1 ORDER BY number DESC LIMIT 1)sql",
                              row);
  if (!rows.next()) return summary;
  summary.title = rows.text();
  summary.outlet = rows.text();
  summary.authors = stored_list(rows);
  summary.read = stored_read_state(rows);
  summary.published = stored_stamp(rows);
  return summary;
}

// ---- one ------------------------------------------------------------------------------------------------

Result<ArticleDetail> SqliteReader::article(const model::ArticleId& id) {
  Snapshot snapshot(*database_);
  const auto row = one_number(database_->rows(R"sql(SELECT n FROM article WHERE id = ?1)sql", id));
  ArticleDetail detail;
  if (row) detail = load_detail(*row);
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read article " + quoted(id.value));
  if (!row) return Error(ErrorKind::kNotFound, "no article " + quoted(id.value));
  return detail;
}

std::vector<SqliteReader::Row> SqliteReader::versions_of(Row article) {
  std::vector<Row> versions;
  Rows rows = database_->rows(R"sql(SELECT n FROM version WHERE article = ?1 ORDER BY number)sql", article);
  while (rows.next()) versions.push_back(rows.integer());
  return versions;
}

ArticleDetail SqliteReader::load_detail(Row row) {
  ArticleDetail detail;
  detail.article = stored_article(*database_, row).article;
  {
    Rows rows = database_->rows(R"sql(SELECT o.id FROM article a JOIN article o ON o.n = a.same_as WHERE a.n = ?1)sql", row);
    if (rows.next()) detail.same_as = rows.id<model::ArticleId>();
  }
  {
    Rows rows = database_->rows(R"sql(SELECT id FROM article WHERE same_as = ?1)sql", row);
    while (rows.next()) detail.linked.push_back(rows.id<model::ArticleId>());
  }
  {
    Rows rows = database_->rows(R"sql(SELECT identity FROM identity WHERE article = ?1 AND identity NOT LIKE 'claimed:%')sql", row);
    while (rows.next()) detail.identities.push_back(rows.text());
  }
  {
    Rows rows = database_->rows(R"sql(SELECT id FROM alert WHERE article = ?1 ORDER BY n DESC)sql", row);
    while (rows.next()) detail.alerts.push_back(rows.id<model::AlertId>());
  }
  for (const Row version : versions_of(row)) {
    detail.versions.push_back(stored_version(*database_, version));
    detail.mentions.push_back(stored_mentions(*database_, version));
  }
  return detail;
}

// ---- all of them ------------------------------------------------------------------------------------------

Result<Slice<ArticleTexts>> SqliteReader::texts(Instant since, int limit, const std::optional<std::string>& cursor) {
  const auto after = cursor ? cursor_from_text(kTexts, *cursor) : Result<Place>(Place{Instant::min(), 0});
  if (!after) return after.error();
  Snapshot snapshot(*database_);
  std::vector<Place> places;
  add_places(places, database_->rows(R"sql(SELECT first_seen, n FROM article WHERE same_as IS NULL AND first_seen >= ?1
                                           AND (first_seen, n) > (?2, ?3) ORDER BY first_seen, n LIMIT ?4)sql",
                                     since, after->at, after->row, limit + 1));
  Slice<ArticleTexts> slice;
  if (places.size() > static_cast<std::size_t>(limit)) {
    places.resize(static_cast<std::size_t>(limit));
    slice.next = cursor_text(kTexts, places.back());
  }
  for (const Place& place : places) {
    ArticleTexts texts;
    texts.article = stored_article(*database_, place.row).article;
    for (const Row version : versions_of(place.row)) texts.versions.push_back(stored_version(*database_, version));
    slice.items.push_back(std::move(texts));
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read the texts of articles");
  return slice;
}

Result<std::int64_t> SqliteReader::count_articles(Instant since) {
  Snapshot snapshot(*database_);
  const auto count = one_number(database_->rows(R"sql(SELECT count(*) FROM article WHERE same_as IS NULL AND first_seen >= ?1)sql", since));
  if (auto seen = snapshot.end(); !seen) return seen.error().within("count articles");
  return count.value_or(0);
}

}  // namespace bylined::store
