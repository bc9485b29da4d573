// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

// Nobody postpones a read this far: such a due time was written under a wrong clock.
constexpr std::chrono::days kFurthest{7};
constexpr std::size_t kCopiesMax = 50;

// In one claim. So many of one source may be in the way of the others; those are put off then, so that they are not in the way of the
// next claim.
constexpr int kLookedThrough = 4'096;
constexpr std::chrono::seconds kPutOff{60};
constexpr std::chrono::minutes kRetiredPutOff{10};
constexpr std::chrono::hours kOwed{24};  // a headline that is older is no news, should its source be long gone

bool has_its_share(const ReadRoom& room, std::size_t given, int under_way) {
  return room.free && under_way > 0 && kReadShare * under_way >= *room.free - static_cast<int>(given);
}

}  // namespace

struct SqliteStore::Collected {
  std::vector<std::pair<Row, ClaimedRead>> reads;
  std::map<Row, int> under_way;      // of each source
  std::vector<Row> held, retired;    // met, and not given out; a retired source still owes its headlines
  int looked_at = 0;
  Instant owed_since;
};

Result<std::vector<ClaimedRead>> SqliteStore::claim_due_reads(Instant now, ReadRoom room, const Lease& lease) {
  Scope scope(*database_);
  Collected found;
  found.under_way = reads_under_way(now);
  found.owed_since = now - kOwed;
  collect_reads(found, Instant::min(), now, room);
  collect_reads(found, now + kFurthest, Instant::max(), room);

  std::vector<ClaimedRead> claimed;
  for (auto& [row, read] : found.reads) {
    read.claim.owner = lease.owner;
    database_->run(R"sql(UPDATE read SET owner = ?2, token = ?3, due = ?4, unanswered = unanswered + 1 WHERE n = ?1)sql", row,
                   lease.owner, read.claim.token, lease.until);
    claimed.push_back(std::move(read));
  }
  put_off_reads(found.retired, now + kRetiredPutOff);
  if (found.looked_at >= kLookedThrough) put_off_reads(found.held, now + kPutOff);
  if (auto committed = scope.commit(); !committed) return committed.error().within("claim due reads");
  return claimed;
}

std::map<SqliteStore::Row, int> SqliteStore::reads_under_way(Instant now) {
  std::map<Row, int> under_way;
  Rows rows = database_->rows(R"sql(SELECT i.source FROM read r JOIN item i ON i.n = r.item WHERE r.owner IS NOT NULL AND r.due > ?1)sql", now);
  while (rows.next()) ++under_way[rows.integer()];
  return under_way;
}

void SqliteStore::put_off_reads(const std::vector<Row>& reads, Instant due) {
  for (const Row read : reads) database_->run(R"sql(UPDATE read SET due = ?2 WHERE n = ?1)sql", read, due);
}

void SqliteStore::collect_reads(Collected& found, Instant from, Instant to, const ReadRoom& room) {
  const auto most = static_cast<std::size_t>(std::max(room.most, 0));
  Rows rows = database_->rows(R"sql(SELECT r.n, i.source, s.retired_at IS NOT NULL, i.first_seen, r.headline, r.id, r.token, r.attempts, r.unanswered,
                                    s.id, s.outlet, i.identity, i.url, i.title, i.summary, i.authors, i.printed_at, i.printed_precision,
                                    i.printed_text
                                    FROM read r JOIN item i ON i.n = r.item JOIN source s ON s.n = i.source
                                    WHERE r.state = 'due' AND r.due > ?1 AND r.due <= ?2 ORDER BY r.due LIMIT ?3)sql",
                              from, to, kLookedThrough - found.looked_at);
  while (found.reads.size() < most && rows.next()) {
    ++found.looked_at;
    const Row row = rows.integer();
    const Row source = rows.integer();
    ClaimedRead read;
    read.retired = rows.flag();
    read.first_seen = rows.instant();
    read.headline_recorded = rows.flag();
    const bool owed = !read.headline_recorded && read.first_seen > found.owed_since;
    if (read.retired && !owed) {
      found.retired.push_back(row);
      continue;
    }
    int& under_way = found.under_way[source];
    read.out_of_turn = has_its_share(room, found.reads.size(), under_way);
    if (read.out_of_turn && (read.headline_recorded || read.first_seen > room.late)) {
      found.held.push_back(row);
      continue;
    }
    ++under_way;
    read.id = rows.text();
    read.claim.token = rows.integer() + 1;
    read.attempts = rows.number();
    read.unanswered = rows.number();
    read.source = rows.id<model::SourceId>();
    read.outlet = rows.text();
    read.item = stored_item(rows);
    found.reads.emplace_back(row, std::move(read));
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
