// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {

Result<std::vector<SourceEvent>> SqliteReader::source_events(const model::SourceId& source, int limit) {
  Snapshot snapshot(*database_);
  auto events = load_events(source, limit);
  if (auto seen = snapshot.end(); !seen) return seen.error().within("events of source " + quoted(source.value));
  return events;
}

std::vector<SourceEvent> SqliteReader::load_events(const model::SourceId& source, int limit) {
  std::vector<SourceEvent> events;
  Rows rows = database_->rows(R"sql(SELECT e.id, e.at, e.type, e.reason, e.was, e.now FROM source s JOIN source_event e ON e.source = s.n
                                    WHERE s.id = ?1 ORDER BY e.n DESC LIMIT ?2)sql",
                              source, limit);
  while (rows.next()) {
    SourceEvent event;
    event.source = source;
    event.id = rows.text();
    event.at = rows.instant();
    event.type = rows.text();
    event.reason = rows.text();
    event.was = rows.text();
    event.now = rows.text();
    events.push_back(std::move(event));
  }
  return events;
}

void SqliteReader::add_pages(Row person, JournalistSummary& summary) {
  Rows rows = database_->rows(R"sql(SELECT id FROM source WHERE person = ?1)sql", person);
  while (rows.next()) summary.sources.push_back(rows.id<model::SourceId>());
}

// As many as sources were configured, at most.
Result<std::vector<JournalistSummary>> SqliteReader::journalists() {
  Snapshot snapshot(*database_);
  std::vector<std::pair<Row, JournalistSummary>> found;
  {
    Rows rows = database_->rows(R"sql(SELECT n, id, name, outlet, since, closed_at FROM journalist)sql");
    while (rows.next()) {
      const Row row = rows.integer();
      found.emplace_back(row, JournalistSummary{rows.text(), rows.text(), rows.text(), rows.instant(), rows.maybe_instant(), {}});
    }
  }
  std::vector<JournalistSummary> all;
  for (auto& [row, summary] : found) {
    add_pages(row, summary);
    all.push_back(std::move(summary));
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list journalists");
  return all;
}

Result<JournalistDetail> SqliteReader::journalist(const std::string& id) {
  Snapshot snapshot(*database_);
  JournalistDetail detail;
  std::optional<Row> person;
  {
    Rows rows = database_->rows(R"sql(SELECT n, id, name, outlet, since, closed_at FROM journalist WHERE id = ?1)sql", id);
    if (rows.next()) {
      person = rows.integer();
      detail.summary = JournalistSummary{rows.text(), rows.text(), rows.text(), rows.instant(), rows.maybe_instant(), {}};
    }
  }
  if (person) {
    add_pages(*person, detail.summary);
    Rows rows = database_->rows(R"sql(SELECT name, outlet, since FROM journalist_name WHERE journalist = ?1 ORDER BY since)sql", *person);
    while (rows.next()) detail.names.push_back(JournalistName{rows.text(), rows.text(), rows.instant()});
  }
  detail.articles = signed_by(detail.names);
  for (const model::SourceId& source : detail.summary.sources) {
    for (SourceEvent& event : load_events(source, kBylinesMax)) detail.events.push_back(std::move(event));
  }
  std::stable_sort(detail.events.begin(), detail.events.end(), [](const SourceEvent& a, const SourceEvent& b) { return a.at > b.at; });
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read journalist " + quoted(id));
  if (!person) return Error(ErrorKind::kNotFound, "no journalist " + quoted(id));
  return detail;
}

std::vector<ArticleSummary> SqliteReader::signed_by(const std::vector<JournalistName>& names) {
  std::vector<Place> places;
  for (const JournalistName& one : names) {
    add_places(places, database_->rows(R"sql(SELECT b.first_seen, ifnull(a.same_as, a.n) FROM byline b JOIN article a ON a.n = b.article
                                             WHERE b.name = ?1 AND b.outlet = ?2 ORDER BY b.first_seen DESC, b.article DESC LIMIT ?3)sql",
                                       one.name, one.outlet, kBylinesMax));
  }
  static_cast<void>(cut("bylines", places, kBylinesMax));
  std::vector<ArticleSummary> articles;
  for (const Place& place : places) articles.push_back(load_summary(place.row));
  return articles;
}

}  // namespace bylined::store
