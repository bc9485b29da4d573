// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

// Nobody postpones a read this far: such a due time was written under a wrong clock.
constexpr std::chrono::days kFurthest{7};
constexpr std::size_t kCopiesMax = 50;

}  // namespace

Result<std::vector<ClaimedRead>> SqliteStore::claim_due_reads(Instant now, int limit, const Lease& lease) {
  Scope scope(*database_);
  std::vector<std::pair<Row, ClaimedRead>> found;
  collect_reads(found, Instant::min(), now, limit, lease);
  collect_reads(found, now + kFurthest, Instant::max(), limit, lease);

  std::vector<ClaimedRead> claimed;
  for (auto& [row, read] : found) {
    database_->run(R"sql(UPDATE read SET owner = ?2, token = ?3, due = ?4, unanswered = unanswered + 1 WHERE n = ?1)sql", row,
                   lease.owner, read.claim.token, lease.until);
    claimed.push_back(std::move(read));
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("claim due reads");
  return claimed;
}

void SqliteStore::collect_reads(std::vector<std::pair<Row, ClaimedRead>>& found, Instant from, Instant to, int limit, const Lease& lease) {
  const int room = limit - static_cast<int>(found.size());
  if (room <= 0) return;
  Rows rows = database_->rows(R"sql(SELECT r.n, r.id, r.token, r.attempts, r.unanswered, r.headline, s.id, s.outlet, i.first_seen, i.identity,
                                    i.url, i.title, i.summary, i.authors, i.printed_at, i.printed_precision, i.printed_text
                                    FROM read r JOIN item i ON i.n = r.item JOIN source s ON s.n = i.source
                                    WHERE r.state = 'due' AND r.due > ?1 AND r.due <= ?2 ORDER BY r.due LIMIT ?3)sql",
                              from, to, room);
  while (rows.next()) {
    const Row row = rows.integer();
    ClaimedRead read;
    read.id = rows.text();
    read.claim = Claim{lease.owner, rows.integer() + 1};
    read.attempts = rows.number();
    read.unanswered = rows.number();
    read.headline_recorded = rows.flag();
    read.source = rows.id<model::SourceId>();
    read.outlet = rows.text();
    read.first_seen = rows.instant();
    read.item = stored_item(rows);
    found.emplace_back(row, std::move(read));
  }
}

Result<std::optional<Instant>> SqliteStore::next_read_due() {
  Snapshot snapshot(*database_);
  const auto due = one_instant(database_->rows(R"sql(SELECT min(due) FROM read WHERE state = 'due')sql"));
  if (auto read = snapshot.end(); !read) return read.error().within("next due read");
  return due;
}

Result<std::vector<Copy>> SqliteStore::copies(const std::string& title_key, Instant since) {
  Snapshot snapshot(*database_);
  std::vector<Copy> found;
  {
    Rows rows = database_->rows(R"sql(SELECT i.title, i.identity, i.url, s.id, i.first_seen FROM item i JOIN source s ON s.n = i.source
                                      WHERE i.title_hash = ?1 AND i.first_seen / 86400000 >= ?2 / 86400000 AND i.first_seen >= ?2
                                      ORDER BY i.first_seen / 86400000, i.n)sql",
                                title_hash(title_key), since);
    while (found.size() < kCopiesMax && rows.next()) {
      if (model::title_key(rows.view()) != title_key) continue;  // of the same hash
      found.push_back(Copy{{rows.text()}, rows.text(), rows.id<model::SourceId>(), rows.instant()});
    }
  }
  // Of one day they come as they were stored, which is another order where the clock was set back.
  std::ranges::stable_sort(found, {}, &Copy::first_seen);
  if (auto read = snapshot.end(); !read) return read.error().within("copies by title");
  return found;
}

// ---- answers ----------------------------------------------------------------------------------------

Result<SqliteStore::HeldRead> SqliteStore::held_read(const std::string& read, const Claim& claim) {
  std::optional<HeldRead> held;
  {
    Rows rows = database_->rows(R"sql(SELECT r.n, i.source, i.identity, i.title_hash FROM read r JOIN item i ON i.n = r.item
                                      WHERE r.id = ?1 AND r.owner = ?2 AND r.token = ?3)sql",
                                read, claim.owner, claim.token);
    if (rows.next()) held = HeldRead{rows.integer(), rows.integer(), {rows.text()}, rows.maybe_integer()};
  }
  if (!held && !database_->failed()) return Error(ErrorKind::kCancelled, "the claim of read " + quoted(read) + " is over");
  if (auto done = database_->outcome(); !done) return done.error();
  return *held;
}

Status SqliteStore::record_read_failure(const ReadFailure& failure) {
  Scope scope(*database_);
  const auto held = held_read(failure.read, failure.claim);
  if (!held) return scope.refuse(held.error());

  database_->run(R"sql(UPDATE read SET state = CASE WHEN ?2 IS NULL THEN 'given_up' ELSE 'due' END, due = ifnull(?2, due), owner = NULL,
                       attempts = attempts + 1, unanswered = 0, reason = ?3, changed_at = ?4 WHERE n = ?1)sql",
                 held->row, failure.retry_at, failure.reason, failure.at);
  log_fetch({held->source, held->row, failure.at, failure.http_status, "", failure.reason});
  keep_hosts(failure.hosts);
  return scope.commit();
}

Status SqliteStore::postpone_read(const std::string& read, const Claim& claim, Instant due) {
  Scope scope(*database_);
  const auto held = held_read(read, claim);
  if (!held) return scope.refuse(held.error());
  database_->run(R"sql(UPDATE read SET due = ?2, owner = NULL, unanswered = 0 WHERE n = ?1)sql", held->row, due);
  return scope.commit();
}

void SqliteStore::log_fetch(const LoggedFetch& fetch) {
  database_->run(R"sql(INSERT INTO fetch (source, read, at, status, hash, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6))sql",
                 fetch.source, fetch.read, fetch.at, fetch.status, fetch.hash, fetch.reason);
}

}  // namespace bylined::store
