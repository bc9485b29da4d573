// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

const Instant kEver = Instant::min();
const Instant kNever = Instant::max();

// A source that answers is never due further ahead than this; else its period or the clock was changed.
Instant furthest_due(const model::Period& every, Instant now) { return now + every.max + every.max / 10 + Millis(60'000); }

// The columns after the row's number.
ClaimedSource claimed_source(Rows& rows, const Lease& lease) {
  ClaimedSource source;
  source.id = rows.id<model::SourceId>();
  source.claim = Claim{lease.owner, rows.integer() + 1};
  source.due = rows.instant();
  source.state = stored_source_state(rows);
  source.failures = rows.number();
  source.has_baseline = rows.flag();
  source.validators.etag = rows.text();
  source.validators.last_modified = rows.text();
  source.body_hash = rows.text();
  source.usual_items = rows.number();
  source.habit = rows.text();
  source.rhythm = rows.text();
  source.parts = rows.number();
  source.state_since = rows.instant();
  source.last_complete = rows.maybe_instant();
  return source;
}

}  // namespace

// ---- what is configured -------------------------------------------------------------------------

Status SqliteStore::sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) {
  Scope scope(*database_);
  std::map<std::string, StoredSource> stored = stored_sources();
  rename_sources(sources, stored);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto found = stored.find(sources[i].id.value);
    admit_source(sources[i], found == stored.end() ? nullptr : &found->second, [&] { return first_due(i); }, now);
    if (found != stored.end()) stored.erase(found);
  }
  for (const auto& [id, gone] : stored) {
    if (!gone.retired) database_->run(R"sql(UPDATE source SET retired_at = ?1 WHERE n = ?2)sql", now, gone.row);
  }
  return scope.commit();
}

std::map<std::string, SqliteStore::StoredSource> SqliteStore::stored_sources() {
  std::map<std::string, StoredSource> stored;
  Rows rows = database_->rows(R"sql(SELECT id, n, kind, url, retired_at IS NOT NULL, failures > 0, due FROM source)sql");
  while (rows.next()) {
    StoredSource& one = stored[rows.text()];
    one.row = rows.integer();
    one.kind = rows.text();
    one.url = rows.text();
    one.retired = rows.flag();
    one.failing = rows.flag();
    one.due = rows.instant();
  }
  return stored;
}

// A source of the same kind and address under another id is the same one: it keeps what it knows, and owes what it listed.
void SqliteStore::rename_sources(const std::vector<model::Source>& sources, std::map<std::string, StoredSource>& stored) {
  std::set<std::string> configured;
  for (const model::Source& source : sources) configured.insert(source.id.value);
  std::map<std::pair<std::string, std::string>, std::string> left;  // by kind and address: the ids that are given up
  for (const auto& [id, one] : stored) {
    if (!one.retired && !configured.contains(id)) left.emplace(std::pair(one.kind, one.url), id);
  }
  for (const model::Source& source : sources) {
    const auto before = stored.contains(source.id.value) ? left.end() : left.find(std::pair(source.kind, source.url));
    if (before == left.end()) continue;
    auto renamed = stored.extract(before->second);
    database_->run(R"sql(UPDATE source SET id = ?2 WHERE n = ?1)sql", renamed.mapped().row, source.id);
    renamed.key() = source.id.value;
    stored.insert(std::move(renamed));
    left.erase(before);
  }
}

void SqliteStore::admit_source(const model::Source& source, const StoredSource* stored, const std::function<Instant()>& first_due, Instant now) {
  if (stored == nullptr) {
    database_->run(R"sql(INSERT INTO source (id, kind, url, state, state_since, due) VALUES (?1, ?2, ?3, 'new', ?4, ?5))sql",
                   source.id, source.kind, source.url, now, first_due());
  } else if (stored->kind != source.kind || stored->url != source.url) {
    forget_parts(stored->row);
    database_->run(R"sql(UPDATE source SET kind = ?2, url = ?3, retired_at = NULL, state = 'new', state_since = ?4, reason = '', due = ?5,
                         owner = NULL, claimed_at = NULL, token = token + 1, failures = 0, has_baseline = 0, etag = '', last_modified = '',
                         body_hash = '', items = 0, outlet = '', journalist = '', rhythm = '', usual = '', person = NULL WHERE n = ?1)sql",
                   stored->row, source.kind, source.url, now, first_due());
  } else if (stored->retired || (!stored->failing && stored->due > furthest_due(source.every, now))) {
    database_->run(R"sql(UPDATE source SET retired_at = NULL, due = ?2 WHERE n = ?1)sql", stored->row, first_due());
  }
}

// ---- what is due ----------------------------------------------------------------------------------

Result<std::vector<ClaimedSource>> SqliteStore::claim_due_sources(const DueSources& wanted, const NextDue& next) {
  Scope scope(*database_);
  std::vector<std::pair<Row, ClaimedSource>> found;
  if (!wanted.among.empty()) {
    collect_among(found, wanted);
  } else {
    collect_due(found, wanted, kEver, wanted.now);
    collect_due(found, wanted, wanted.now + wanted.horizon, kNever);
  }

  std::vector<ClaimedSource> claimed;
  for (auto& [row, source] : found) {
    source.next_due = next(SourceFacts{source.id, source.due, source.failures, source.rhythm});
    hand_out(row, source, wanted);
    claimed.push_back(std::move(source));
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("claim due sources");
  return claimed;
}

void SqliteStore::collect_due(std::vector<std::pair<Row, ClaimedSource>>& found, const DueSources& wanted, Instant from, Instant to) {
  const int room = wanted.limit - static_cast<int>(found.size());
  if (room <= 0) return;
  const std::set<model::SourceId> in_flight(wanted.in_flight.begin(), wanted.in_flight.end());
  Rows rows = database_->rows(R"sql(SELECT n, id, token, due, state, failures, has_baseline, etag, last_modified, body_hash, items, usual, rhythm, parts, state_since,
                                           CASE WHEN owner = ?4 AND claimed_at IS NOT NULL AND state IN ('ok', 'quiet')
                                                THEN max(claimed_at, ifnull(last_complete, claimed_at)) ELSE last_complete END FROM source
                                    WHERE retired_at IS NULL AND due > ?1 AND due <= ?2 ORDER BY due LIMIT ?3)sql",
                              from, to, static_cast<std::size_t>(room) + in_flight.size(), wanted.lease.owner);
  while (static_cast<int>(found.size()) < wanted.limit && rows.next()) {
    const Row row = rows.integer();
    ClaimedSource source = claimed_source(rows, wanted.lease);
    if (!in_flight.contains(source.id)) found.emplace_back(row, std::move(source));
  }
}

// By name, so that it costs nothing how many others are held and overdue in here.
void SqliteStore::collect_among(std::vector<std::pair<Row, ClaimedSource>>& found, const DueSources& wanted) {
  for (const model::SourceId& id : wanted.among) {
    if (static_cast<int>(found.size()) >= wanted.limit) return;
    if (std::find(wanted.in_flight.begin(), wanted.in_flight.end(), id) != wanted.in_flight.end()) continue;
    Rows rows = database_->rows(R"sql(SELECT n, id, token, due, state, failures, has_baseline, etag, last_modified, body_hash, items, usual, rhythm, parts, state_since,
                                             CASE WHEN owner = ?4 AND claimed_at IS NOT NULL AND state IN ('ok', 'quiet')
                                                  THEN max(claimed_at, ifnull(last_complete, claimed_at)) ELSE last_complete END FROM source
                                      WHERE id = ?1 AND retired_at IS NULL AND (due <= ?2 OR due > ?3))sql",
                                id, wanted.now, wanted.now + wanted.horizon, wanted.lease.owner);
    if (!rows.next()) continue;
    const Row row = rows.integer();
    found.emplace_back(row, claimed_source(rows, wanted.lease));
  }
}

// An earlier claim of this owner without an answer found the page unchanged: it was complete then, or later where the
// claim was held.
void SqliteStore::hand_out(Row row, const ClaimedSource& claimed, const DueSources& wanted) {
  database_->run(R"sql(UPDATE source SET last_complete = CASE WHEN owner = ?2 AND claimed_at IS NOT NULL AND state IN ('ok', 'quiet')
                                                              THEN max(claimed_at, ifnull(last_complete, claimed_at)) ELSE last_complete END,
                       owner = ?2, token = ?3, claimed_at = ?4, due = ?5 WHERE n = ?1)sql",
                 row, wanted.lease.owner, claimed.claim.token, wanted.now, claimed.next_due);
}

// Only a source that is well and has no further pages is held, and one that was just handed out is not due.
Result<std::vector<PlannedSource>> SqliteStore::planned_sources() {
  Snapshot snapshot(*database_);
  std::vector<PlannedSource> planned;
  {
    Rows rows = database_->rows(R"sql(SELECT id, due, failures, rhythm, ifnull(owner, ''), token, claimed_at IS NOT NULL AND failures = 0 AND parts = 0 AND state IN ('ok', 'quiet')
                                      FROM source WHERE retired_at IS NULL ORDER BY n)sql");
    while (rows.next()) {
      PlannedSource& one = planned.emplace_back();
      one.facts.id = rows.id<model::SourceId>();
      one.facts.due = rows.instant();
      one.facts.failures = rows.number();
      one.facts.rhythm = rows.text();
      one.claim.owner = rows.text();
      one.claim.token = rows.integer();
      one.held = rows.flag();
    }
  }
  if (auto read = snapshot.end(); !read) return read.error().within("planned sources");
  return planned;
}

Status SqliteStore::hold_polls(const std::vector<HeldPoll>& polls) {
  Scope scope(*database_);
  for (const HeldPoll& poll : polls) {
    database_->run(R"sql(UPDATE source SET last_complete = CASE WHEN ?4 > ifnull(last_complete, ?4 - 1) THEN ?4 ELSE last_complete END, due = ?5,
                         claimed_at = CASE WHEN ?6 THEN NULL ELSE claimed_at END
                         WHERE id = ?1 AND owner = ?2 AND token = ?3 AND claimed_at IS NOT NULL)sql",
                   poll.source, poll.claim.owner, poll.claim.token, poll.last_complete, poll.due, poll.ends ? 1 : 0);
  }
  return scope.commit();
}

// ---- what a poll brought ----------------------------------------------------------------------------

Result<SqliteStore::HeldSource> SqliteStore::held_source(const model::SourceId& source, const Claim& claim, std::optional<Instant> last_complete) {
  std::optional<HeldSource> held;
  {
    Rows rows = database_->rows(R"sql(SELECT n, state, last_complete, kind, outlet, journalist, person, failures FROM source
                                      WHERE id = ?1 AND owner = ?2 AND token = ?3 AND claimed_at IS NOT NULL)sql",
                                source, claim.owner, claim.token);
    if (rows.next()) held = HeldSource{rows.integer(), rows.text(), rows.maybe_instant(), rows.text(), rows.text(), rows.text(), rows.maybe_integer(), rows.number()};
  }
  if (!held && !database_->failed()) return Error(ErrorKind::kCancelled, "the claim of source " + quoted(source.value) + " is over");
  if (auto read = database_->outcome(); !read) return read.error();
  held->last_complete = std::max(held->last_complete, last_complete);  // none is before all
  return *held;
}

Status SqliteStore::record_poll_failure(const PollFailure& failure) {
  Scope scope(*database_);
  const auto held = held_source(failure.source, failure.claim, failure.last_complete);
  if (!held) return scope.refuse(held.error());

  fail_source(*held, failure);
  close_page(*held, failure);
  log_fetch({held->row, std::nullopt, failure.at, failure.http_status, "", failure.reason});
  keep_hosts(failure.hosts);
  return scope.commit();
}

void SqliteStore::fail_source(const HeldSource& source, const PollFailure& failure) {
  const std::string_view state = model::state_name(failure.state);
  database_->run(R"sql(UPDATE source SET state = ?2, state_since = CASE WHEN state = ?2 THEN state_since ELSE ?3 END, reason = ?4,
                       failures = failures + 1, due = ?5, claimed_at = NULL, last_complete = ?6 WHERE n = ?1)sql",
                 source.row, state, failure.at, failure.reason, failure.next_due, source.last_complete);
  note_state(source, failure.source, state, failure.reason, failure.at);
}

}  // namespace bylined::store
