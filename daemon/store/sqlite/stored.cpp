// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/stored.h"

#include "store/sqlite/encode.h"

namespace bylined::store {
namespace {

// A word that names a state; what is none fails the method.
template <class E>
E stored_word(Rows& rows, std::optional<E> (*from)(std::string_view), E otherwise) {
  const std::string name = rows.text();
  const std::optional<E> value = from(name);
  if (!value) rows.reject("no such word as " + quoted(name) + " can stand there");
  return value.value_or(otherwise);
}

std::vector<std::string> list_of(Rows& rows, std::string_view text) {
  auto list = list_from_text(text);
  if (!list) rows.reject("a list of texts cannot be read");
  return list.value_or(std::vector<std::string>());
}

}  // namespace

std::vector<std::string> stored_list(Rows& rows) { return list_of(rows, rows.view()); }

std::optional<model::Stamp> stored_stamp(Rows& rows) {
  const auto at = rows.maybe_instant();
  const int precision = rows.number();
  std::string text = rows.text();
  if (!at) return std::nullopt;
  if (precision < 0 || precision > static_cast<int>(model::Precision::kDay)) rows.reject("a printed time has no such precision");
  return model::Stamp{*at, static_cast<model::Precision>(precision), std::move(text)};
}

model::SourceState stored_source_state(Rows& rows) { return stored_word(rows, source_state_from, model::SourceState::kNew); }

model::ReadState stored_read_state(Rows& rows) { return stored_word(rows, model::read_from_name, model::ReadState::kFailed); }

std::vector<ReceiverHealth> stored_health(Database& database) {
  std::vector<ReceiverHealth> all;
  Rows rows = database.rows(R"sql(SELECT id, state, reason, since, failures, retry_at, settings FROM receiver)sql");
  while (rows.next()) {
    all.push_back(ReceiverHealth{rows.id<model::ReceiverId>(), rows.text(), rows.text(), rows.instant(), rows.number(), rows.instant(), rows.text()});
  }
  return all;
}

std::vector<model::ReceiverId> waited_for(Database& database) {
  std::vector<model::ReceiverId> all;
  std::optional<std::string> after = "";
  while (after) {
    Rows rows = database.rows(R"sql(SELECT receiver FROM delivery INDEXED BY delivery_due WHERE state = 'pending' AND receiver > ?1
                                    ORDER BY receiver LIMIT 1)sql",
                              *after);
    after = rows.next() ? std::optional(rows.text()) : std::nullopt;
    if (after) all.push_back(model::ReceiverId{*after});
  }
  return all;
}

std::optional<std::int64_t> stored_source(Database& database, const model::SourceId& id) {
  return one_number(database.rows(R"sql(SELECT n FROM source WHERE id = ?1)sql", id));
}

model::ListedItem stored_item(Rows& rows) {
  model::ListedItem item;
  item.identity.value = rows.text();
  item.url = rows.text();
  item.title = rows.text();
  item.summary = rows.text();
  if (const std::string_view authors = rows.view(); !authors.empty()) item.authors = list_of(rows, authors);
  item.printed = stored_stamp(rows);
  return item;
}

model::Host stored_host(Rows& rows) {
  model::Host host;
  host.origin = rows.text();
  host.not_before = rows.instant();
  host.robots_fetched = rows.instant();
  host.robots_tried = rows.instant();
  host.robots_status = rows.number();
  host.robots_body = rows.text();
  return host;
}

StoredArticle stored_article(Database& database, std::int64_t row) {
  StoredArticle stored;
  Rows rows = database.rows(R"sql(SELECT a.n, a.source, a.id, a.identity, a.url, s.id, a.first_seen, a.versions
                                  FROM article a JOIN source s ON s.n = a.source WHERE a.n = ?1)sql",
                            row);
  if (!rows.next()) return stored;
  stored.row = rows.integer();
  stored.source = rows.integer();
  stored.article.id = rows.id<model::ArticleId>();
  stored.article.identity = rows.text();
  stored.article.url = rows.text();
  stored.article.source = rows.id<model::SourceId>();
  stored.article.first_seen = rows.instant();
  stored.article.versions = rows.number();
  return stored;
}

model::Version stored_version(Database& database, std::int64_t row) {
  model::Version version;
  Rows rows = database.rows(R"sql(SELECT number, read, title, body, summary, captions, authors, byline, published_at, published_precision,
                                    published_text, modified_at, modified_precision, modified_text, outlet, section, language, image,
                                    canonical_url, original_url, text_url, fetched_at, hash, ifnull(load, 0) FROM version WHERE n = ?1)sql",
                              row);
  if (!rows.next()) return version;
  model::Content& content = version.content;
  version.number = rows.number();
  version.read = stored_read_state(rows);
  content.title = rows.text();
  content.body = rows.text();
  content.summary = rows.text();
  content.captions = stored_list(rows);
  content.authors = stored_list(rows);
  content.byline = rows.text();
  content.published = stored_stamp(rows);
  content.modified = stored_stamp(rows);
  content.outlet = rows.text();
  content.section = rows.text();
  content.language = rows.text();
  content.image = rows.text();
  content.canonical_url = rows.text();
  content.original_url = rows.text();
  version.text_url = rows.text();
  version.fetched_at = rows.instant();
  version.hash = rows.text();
  version.load = rows.integer();
  return version;
}

std::vector<model::Mention> stored_mentions(Database& database, std::int64_t version) {
  std::vector<model::Mention> mentions;
  Rows rows = database.rows(R"sql(SELECT entity, how, confidence, field, "start", "end", text, sentence FROM mention
                                    WHERE version = ?1 ORDER BY position)sql",
                              version);
  while (rows.next()) {
    model::Mention mention;
    mention.entity = rows.id<model::EntityId>();
    mention.how = stored_word(rows, model::how_from_name, model::How::kName);
    mention.confidence = rows.real();
    mention.field = stored_word(rows, field_from, model::Field::kBody);
    mention.start = static_cast<std::size_t>(rows.integer());
    mention.end = static_cast<std::size_t>(rows.integer());
    mention.text = rows.text();
    mention.sentence = rows.text();
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

StoredAlert stored_alert(Database& database, std::int64_t row) {
  StoredAlert stored;
  model::Alert& alert = stored.alert;
  std::int64_t article = 0, version = 0;
  std::vector<int> positions;
  {
    Rows rows = database.rows(R"sql(SELECT id, key, created, watch, severity, state, article, version, entities, mentions FROM alert WHERE n = ?1)sql", row);
    if (!rows.next()) return stored;
    alert.id = rows.id<model::AlertId>();
    alert.key = rows.text();
    alert.created = rows.instant();
    alert.watch = rows.id<model::WatchId>();
    alert.severity = stored_word(rows, model::severity_from_name, model::Severity::kNormal);
    alert.state = stored_word(rows, alert_state_from, model::AlertState::kOpen);
    article = rows.integer();
    version = rows.integer();
    stored.entities = rows.text();
    stored.mentions = rows.text();
    const auto entities = list_from_text(stored.entities);
    const auto mentions = positions_from_text(stored.mentions);
    if (!entities || !mentions) {
      rows.reject("the lists of an alert cannot be read");
      return stored;
    }
    for (const std::string& entity : *entities) alert.entities.push_back(model::EntityId{entity});
    positions = *mentions;
  }
  alert.article = stored_article(database, article).article;
  alert.version = stored_version(database, version);
  const std::vector<model::Mention> all = stored_mentions(database, version);
  for (const int position : positions) {
    if (position >= 0 && static_cast<std::size_t>(position) < all.size()) alert.mentions.push_back(all[static_cast<std::size_t>(position)]);
  }
  return stored;
}

model::Delivery stored_delivery(Database& database, std::int64_t row) {
  model::Delivery delivery;
  Rows rows = database.rows(R"sql(SELECT d.id, a.id, d.receiver, d.recipient, d.type, d.payload, d.created, d.state, d.attempts, d.due, d.last_error
                                    FROM delivery d LEFT JOIN alert a ON a.n = d.alert WHERE d.n = ?1)sql",
                              row);
  if (!rows.next()) return delivery;
  delivery.id = rows.id<model::DeliveryId>();
  delivery.alert = rows.id<model::AlertId>();
  delivery.receiver = rows.id<model::ReceiverId>();
  delivery.recipient = rows.text();
  delivery.type = rows.text();
  delivery.payload = rows.text();
  delivery.created = rows.instant();
  delivery.state = stored_word(rows, delivery_state_from, model::DeliveryState::kPending);
  delivery.attempts = rows.number();
  delivery.next_attempt = rows.instant();
  delivery.last_error = rows.text();
  return delivery;
}

std::optional<std::int64_t> one_number(Rows rows) { return rows.next() ? rows.maybe_integer() : std::nullopt; }

std::optional<Instant> one_instant(Rows rows) { return rows.next() ? rows.maybe_instant() : std::nullopt; }

}  // namespace bylined::store
