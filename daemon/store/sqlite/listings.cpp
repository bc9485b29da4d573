// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/digest.h"
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

// What nobody is to read is known again by its identity and its title; its printed time is kept to show.
model::ListedItem remembered(const model::ListedItem& item) {
  model::ListedItem kept;
  kept.identity = item.identity;
  kept.url = item.url;
  kept.title = item.title;
  kept.printed = item.printed;
  if (kept.printed) kept.printed->text.clear();
  return kept;
}

// None where the title has no letters.
std::optional<std::int64_t> hash_of_title(std::string_view title) {
  const std::string key = model::title_key(title);
  return key.empty() ? std::nullopt : std::optional(title_hash(key));
}

}  // namespace

Result<std::vector<KnownItem>> SqliteStore::known_items(const model::SourceId& source, const std::vector<model::ArticleIdentity>& identities) {
  Snapshot snapshot(*database_);
  const std::optional<Row> row = stored_source(*database_, source);
  std::vector<KnownItem> known;
  for (const model::ArticleIdentity& identity : identities) {
    if (!row) break;
    const auto item = item_named(*row, identity);
    if (!item) continue;
    Rows rows = database_->rows(R"sql(SELECT title, printed_at, printed_precision, printed_text, first_seen FROM item WHERE n = ?1)sql", *item);
    if (rows.next()) known.push_back(KnownItem{identity, rows.text(), stored_stamp(rows), rows.instant()});
  }
  if (auto read = snapshot.end(); !read) return read.error().within("known items of source " + quoted(source.value));
  return known;
}

// Two look-ups, for an IN would be a table of its own, made each time.
std::optional<SqliteStore::Row> SqliteStore::item_named(Row source, const model::ArticleIdentity& identity) {
  return one_number(database_->rows(R"sql(SELECT n FROM item WHERE source = ?1 AND listed = 1 AND identity_hash = ?2 AND stem = ?3
                                          UNION ALL
                                          SELECT n FROM item WHERE source = ?1 AND listed = 0 AND identity_hash = ?2 AND stem = ?3)sql",
                                    source, identity_hash(identity.value), identity_stem(identity.value)));
}

Result<std::vector<KnownItem>> SqliteStore::titled_items(const model::SourceId& source, const std::vector<std::string>& title_keys) {
  constexpr std::size_t kMostOfATitle = 50;
  Snapshot snapshot(*database_);
  const std::optional<Row> row = stored_source(*database_, source);
  std::vector<KnownItem> known;
  for (const std::string& key : title_keys) {
    if (!row || key.empty()) continue;
    Rows rows = database_->rows(R"sql(SELECT identity, title, printed_at, printed_precision, printed_text, first_seen FROM item
                                      WHERE title_hash = ?1 AND source = ?2 AND listed IN (0, 1))sql",
                                title_hash(key), *row);
    const std::size_t most = known.size() + kMostOfATitle;
    while (known.size() < most && rows.next()) {
      KnownItem item{{rows.text()}, rows.text(), stored_stamp(rows), rows.instant()};
      if (model::title_key(item.title) == key) known.push_back(std::move(item));  // not only of the same hash
    }
  }
  if (auto read = snapshot.end(); !read) return read.error().within("titles of source " + quoted(source.value));
  return known;
}

Status SqliteStore::record_listing(const ListingRecord& record) {
  Scope scope(*database_);
  const auto held = held_source(record.source, record.claim, record.last_complete);
  if (!held) return scope.refuse(held.error());

  if (record.listed) follow_listed(*held, *record.listed);
  // A page shows the newest first; stored the other way round, the oldest is read first.
  for (auto item = record.aged.rbegin(); item != record.aged.rend(); ++item) store_fresh(held->row, *item, record, false);
  for (auto item = record.fresh.rbegin(); item != record.fresh.rend(); ++item) store_fresh(held->row, *item, record, record.read_fresh);
  for (auto item = record.retitled.rbegin(); item != record.retitled.rend(); ++item) store_retitled(held->row, *item, record);
  if (!record.gap.empty()) {
    leave_gap(*held, record);
  } else if (record.suspicion.empty()) {
    answer_source(*held, record);
  } else {
    suspect_source(*held, record);
  }
  keep_parts(held->row, record);
  follow_journalist(*held, record);
  log_fetch({held->row, std::nullopt, record.at, record.http_status, record.body_hash, record.gap.empty() ? record.suspicion : record.gap});
  keep_hosts(record.hosts);
  return scope.commit();
}

// What was listed and is not any more was last seen when the source was last complete; what came back is
// listed again. What stays costs no write.
void SqliteStore::follow_listed(const HeldSource& source, const std::vector<model::ArticleIdentity>& listed) {
  std::set<std::string_view> now;
  for (const model::ArticleIdentity& identity : listed) now.insert(identity.value);
  std::vector<Row> left;
  {
    Rows rows = database_->rows(R"sql(SELECT n, identity FROM item WHERE source = ?1 AND listed = 1)sql", source.row);
    while (rows.next()) {
      const Row row = rows.integer();
      if (now.erase(rows.view()) == 0) left.push_back(row);
    }
  }
  for (const Row row : left) {
    database_->run(R"sql(UPDATE item SET last_seen = max(first_seen, ifnull(?2, first_seen)) WHERE n = ?1)sql", row, source.last_complete);
  }
  for (const std::string_view identity : now) {
    database_->run(R"sql(UPDATE item SET last_seen = NULL WHERE source = ?1 AND listed = 0 AND identity_hash = ?2 AND identity = ?3)sql",
                   source.row, identity_hash(identity), identity);
  }
}

void SqliteStore::store_fresh(Row source, const model::ListedItem& listed, const ListingRecord& record, bool to_read) {
  if (item_named(source, listed.identity)) return;
  const model::ListedItem item = to_read ? listed : remembered(listed);
  const StampColumns printed(item.printed);
  database_->run(R"sql(INSERT INTO item (source, stem, identity_hash, address, title, summary, authors, printed_at, printed_precision,
                                         printed_text, title_hash, first_seen, checksum)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))sql",
                 source, identity_stem(item.identity.value), identity_hash(item.identity.value),
                 address_beside(item.identity.value, item.url), item.title, item.summary, authors_text(item.authors), printed.at,
                 printed.precision, printed.text, hash_of_title(item.title), record.at, checksum(item));
  if (!to_read || database_->failed()) return;
  const Row row = database_->last_row();
  if (!read_in_full(item.identity)) want_read(row, record, item.identity);
}

void SqliteStore::store_retitled(Row source, const model::ListedItem& item, const ListingRecord& record) {
  const auto row = item_named(source, item.identity);
  if (!row) return;
  const StampColumns printed(item.printed);
  database_->run(R"sql(UPDATE item SET address = ?2, title = ?3, summary = ?4, authors = ?5, printed_at = ?6, printed_precision = ?7,
                       printed_text = ?8, title_hash = ?9, last_seen = NULL, checksum = ?10 WHERE n = ?1)sql",
                 *row, address_beside(item.identity.value, item.url), item.title, item.summary, authors_text(item.authors), printed.at,
                 printed.precision, printed.text, hash_of_title(item.title), checksum(item));
  if (record.read_fresh) want_read(*row, record, item.identity);
}

void SqliteStore::want_read(Row item, const ListingRecord& record, const model::ArticleIdentity& identity) {
  const std::string id = id_from({installation_, "read", record.source.value, identity.value});
  database_->run(R"sql(INSERT INTO read (id, item, state, due, changed_at) VALUES (?1, ?2, 'due', ?3, ?3)
                       ON CONFLICT (item) DO UPDATE SET state = 'due', due = ?3, owner = NULL, token = token + 1, attempts = 0,
                       unanswered = 0, headline = 0, reason = '', changed_at = ?3)sql",
                 id, item, record.at);
}

bool SqliteStore::read_in_full(const model::ArticleIdentity& identity) {
  Rows rows = database_->rows(R"sql(SELECT 1 FROM identity i JOIN article a ON a.n = i.article
                                    JOIN version v ON v.article = a.n AND v.number = a.versions
                                    WHERE i.identity = ?1 AND v.read = 'full')sql",
                              identity);
  return rows.next();
}

void SqliteStore::answer_source(const HeldSource& source, const ListingRecord& record) {
  const std::string_view state = model::state_name(record.quiet.empty() ? model::SourceState::kOk : model::SourceState::kQuiet);
  database_->run(R"sql(UPDATE source SET state = ?2, state_since = CASE WHEN state = ?2 THEN state_since ELSE ?3 END, reason = ?4,
                       failures = 0, has_baseline = CASE WHEN ?14 THEN has_baseline ELSE 1 END, last_complete = ?3, claimed_at = NULL, etag = ?5, last_modified = ?6,
                       body_hash = ?7, items = ?8, outlet = CASE WHEN ?9 = '' THEN outlet ELSE ?9 END,
                       journalist = CASE WHEN ?10 = '' THEN journalist ELSE ?10 END, usual = CASE WHEN ?11 = '' THEN usual ELSE ?11 END,
                       rhythm = CASE WHEN ?12 = '' THEN rhythm ELSE ?12 END, due = ifnull(?13, due) WHERE n = ?1)sql",
                 source.row, state, record.at, record.quiet, record.validators.etag, record.validators.last_modified, record.body_hash, record.items,
                 record.outlet, record.journalist, record.habit, record.rhythm, record.due, record.waits ? 1 : 0);
  note_state(source, record.source, state, record.quiet, record.at);
}

// Its items are taken; what the next listing is measured against stays.
void SqliteStore::suspect_source(const HeldSource& source, const ListingRecord& record) {
  database_->run(R"sql(UPDATE source SET state = 'suspect', state_since = CASE WHEN state = 'suspect' THEN state_since ELSE ?2 END,
                       reason = ?3, failures = 0, has_baseline = 1, last_complete = ?2, claimed_at = NULL, due = ifnull(?4, due) WHERE n = ?1)sql",
                 source.row, record.at, record.suspicion, record.due);
  note_state(source, record.source, model::state_name(model::SourceState::kSuspect), record.suspicion, record.at);
}

// When the source was last complete stays as it was: what was seen first since then is no known ground.
void SqliteStore::leave_gap(const HeldSource& source, const ListingRecord& record) {
  PollFailure failure;
  failure.source = record.source;
  failure.reason = record.gap;
  failure.at = record.at;
  failure.next_due = record.due.value_or(record.at);
  fail_source(source, failure);
  if (record.rhythm.empty()) return;
  database_->run(R"sql(UPDATE source SET rhythm = ?2 WHERE n = ?1)sql", source.row, record.rhythm);
}

}  // namespace bylined::store
