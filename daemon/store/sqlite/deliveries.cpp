// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <limits>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

// A row lives five days and is tried at least daily: a due time further ahead was written under a wrong clock.
constexpr std::chrono::days kFurthest{7};

}  // namespace

void SqliteStore::store_delivery(const model::Delivery& delivery, Row alert) {
  database_->run(R"sql(INSERT INTO delivery (id, alert, receiver, recipient, type, payload, created, state, tried, due, checksum)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, ?8, ?9))sql",
                 delivery.id, alert, delivery.receiver, delivery.recipient, delivery.type, Blob{delivery.payload}, delivery.created,
                 delivery.next_attempt, checksum(delivery));
}

// ---- what is due ------------------------------------------------------------------------------------

// In turn: what came since the receiver was last back, what waited untried for that, and what was tried before. Each is empty at most
// times, and none of them holds up another.
Result<std::vector<ClaimedDelivery>> SqliteStore::claim_due_deliveries(const DueDeliveries& wanted) {
  Scope scope(*database_);
  const Instant now = wanted.now, back = std::min(stands_since(wanted.receiver), now), wrong_clock = now + kFurthest;
  std::array<Due, 3> queues;
  collect_deliveries(queues[0], wanted, 0, {back, now});
  collect_deliveries(queues[1], wanted, 0, {Instant::min(), back});
  collect_deliveries(queues[1], wanted, 0, {wrong_clock, Instant::max()});
  collect_deliveries(queues[2], wanted, 1, {Instant::min(), now});
  collect_deliveries(queues[2], wanted, 1, {wrong_clock, Instant::max()});

  std::vector<ClaimedDelivery> claimed;
  std::size_t turn = turns_[wanted.receiver];
  const auto left = [&queues] { return std::any_of(queues.begin(), queues.end(), [](const Due& queue) { return !queue.empty(); }); };
  while (static_cast<int>(claimed.size()) < wanted.limit && left()) {
    Due& from = queues[turn];
    turn = (turn + 1) % queues.size();
    if (from.empty()) continue;
    auto [row, one] = std::move(from.front());
    from.pop_front();
    one.claim.owner = wanted.lease.owner;
    database_->run(R"sql(UPDATE delivery SET owner = ?2, token = ?3, due = ?4 WHERE n = ?1)sql", row, one.claim.owner, one.claim.token, wanted.lease.until);
    claimed.push_back(std::move(one));
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("claim due deliveries of " + quoted(wanted.receiver.value));
  turns_[wanted.receiver] = turn;
  return claimed;
}

// Since when the receiver is as it is; long since where nothing is written of it.
Instant SqliteStore::stands_since(const model::ReceiverId& receiver) {
  return one_instant(database_->rows(R"sql(SELECT since FROM receiver WHERE id = ?1)sql", receiver)).value_or(Instant());
}

void SqliteStore::collect_deliveries(Due& found, const DueDeliveries& wanted, int tried, const std::pair<Instant, Instant>& due) {
  Rows rows = database_->rows(R"sql(SELECT d.n, d.id, a.id, d.recipient, d.type, d.payload, d.created, d.attempts, d.due, d.last_error, d.token
                                    FROM delivery d LEFT JOIN alert a ON a.n = d.alert
                                    WHERE d.state = 'pending' AND d.receiver = ?1 AND d.tried = ?2 AND d.due > ?3 AND d.due <= ?4
                                    ORDER BY d.due LIMIT ?5)sql",
                              wanted.receiver, tried, due.first, due.second, static_cast<std::size_t>(wanted.limit) + wanted.in_hand.size());
  while (static_cast<int>(found.size()) < wanted.limit && rows.next()) {
    const Row row = rows.integer();
    ClaimedDelivery one;
    one.delivery.receiver = wanted.receiver;
    one.delivery.id = rows.id<model::DeliveryId>();
    if (std::find(wanted.in_hand.begin(), wanted.in_hand.end(), one.delivery.id) != wanted.in_hand.end()) continue;
    one.delivery.alert = rows.id<model::AlertId>();
    one.delivery.recipient = rows.text();
    one.delivery.type = rows.text();
    one.delivery.payload = rows.text();
    one.delivery.created = rows.instant();
    one.delivery.attempts = rows.number();
    one.delivery.next_attempt = rows.instant();
    one.delivery.last_error = rows.text();
    one.claim.token = rows.integer() + 1;
    found.emplace_back(row, std::move(one));
  }
}

Status SqliteStore::hasten_deliveries(const model::ReceiverId& receiver, Instant now, int limit) {
  Scope scope(*database_);
  hasten(receiver, now, limit);
  if (auto committed = scope.commit(); !committed) return committed.error().within("hasten deliveries of " + quoted(receiver.value));
  return Status();
}

void SqliteStore::hasten(const model::ReceiverId& receiver, Instant now, int limit) {
  database_->run(R"sql(UPDATE delivery SET due = ?2 WHERE n IN
                       (SELECT n FROM delivery WHERE state = 'pending' AND receiver = ?1 AND tried = 1 AND due > ?2 AND owner IS NULL
                        ORDER BY due LIMIT ?3))sql",
                 receiver, now, limit);
}

Result<std::optional<Instant>> SqliteStore::next_delivery_due(const model::ReceiverId& receiver) {
  Snapshot snapshot(*database_);
  std::optional<Instant> due;
  for (const int tried : {0, 1}) {
    const auto one = one_instant(
        database_->rows(R"sql(SELECT min(due) FROM delivery WHERE state = 'pending' AND receiver = ?1 AND tried = ?2)sql", receiver, tried));
    if (one && (!due || *one < *due)) due = one;
  }
  if (auto read = snapshot.end(); !read) return read.error().within("next due delivery of " + quoted(receiver.value));
  return due;
}

// ---- answers -----------------------------------------------------------------------------------------

Status SqliteStore::record_attempt(const Attempt& attempt, const ReceiverHealth& health) {
  const bool delivered = attempt.state == model::DeliveryState::kDelivered;
  if (delivered != (attempt.outcome == "delivered")) {
    return Error(ErrorKind::kInvalid, "an attempt with the outcome " + quoted(attempt.outcome) + " cannot make a row " +
                                          std::string(model::delivery_state_name(attempt.state)));
  }
  Scope scope(*database_);
  const auto row = held_delivery(attempt);
  if (!row) return scope.refuse(row.error());
  note_attempt(*row, attempt);
  keep_health(health);
  return scope.commit();
}

Result<SqliteStore::Row> SqliteStore::held_delivery(const Attempt& attempt) {
  const auto row = one_number(database_->rows(R"sql(SELECT n FROM delivery WHERE id = ?1 AND owner = ?2 AND token = ?3)sql",
                                              attempt.delivery, attempt.claim.owner, attempt.claim.token));
  if (!row && !database_->failed()) return Error(ErrorKind::kCancelled, "the claim of delivery " + quoted(attempt.delivery.value) + " is over");
  if (auto read = database_->outcome(); !read) return read.error();
  return *row;
}

void SqliteStore::note_attempt(Row row, const Attempt& attempt) {
  const bool delivered = attempt.state == model::DeliveryState::kDelivered;
  const std::string answer = attempt.status == 0 ? "no answer" : "answered " + std::to_string(attempt.status);
  const std::string error = delivered ? std::string() : attempt.reply.empty() ? answer : attempt.reply;
  database_->run(R"sql(INSERT INTO attempt (delivery, number, started, took, status, outcome, reply)
                       VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM attempt WHERE delivery = ?1), ?2, ?3, ?4, ?5, ?6))sql",
                 row, attempt.started, attempt.took, attempt.status, attempt.outcome, attempt.reply);
  database_->run(R"sql(UPDATE delivery SET state = ?2, tried = 1, due = ?3, attempts = attempts + 1, owner = NULL, last_error = ?4 WHERE n = ?1)sql",
                 row, model::delivery_state_name(attempt.state), attempt.next_attempt, error);
}

Result<int> SqliteStore::hand_over(const Attempt& ended, const Successors& successors) {
  Scope scope(*database_);
  const auto row = held_delivery(ended);
  if (!row) return scope.refuse(row.error());
  note_attempt(*row, ended);
  int begun = 0;
  if (const auto alert = one_number(database_->rows(R"sql(SELECT alert FROM delivery WHERE n = ?1)sql", *row))) {
    std::vector<std::string> recipients;
    {
      Rows rows = database_->rows(R"sql(SELECT o.recipient FROM delivery d JOIN delivery o ON o.alert = d.alert AND o.receiver = d.receiver WHERE d.n = ?1)sql", *row);
      while (rows.next()) recipients.push_back(rows.text());
    }
    const model::Alert told = stored_alert(*database_, *alert).alert;
    if (database_->failed()) return scope.commit().error();
    for (const model::Delivery& one : successors(told, recipients)) {
      store_delivery(one, *alert);
      ++begun;
    }
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("hand over delivery " + quoted(ended.delivery.value));
  return begun;
}

// A receiver that stays as it was costs no write.
void SqliteStore::keep_health(const ReceiverHealth& health) {
  if (health.receiver.empty()) return;
  database_->run(R"sql(INSERT INTO receiver (id, state, reason, since, failures, retry_at, settings) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                       ON CONFLICT (id) DO UPDATE SET state = ?2, reason = ?3, since = ?4, failures = ?5, retry_at = ?6, settings = ?7
                       WHERE state <> ?2 OR reason <> ?3 OR since <> ?4 OR failures <> ?5 OR retry_at <> ?6 OR settings <> ?7)sql",
                 health.receiver, health.state, health.reason, health.since, health.failures, health.retry_at, health.settings);
}

Result<std::vector<ReceiverHealth>> SqliteStore::load_receiver_health() {
  Snapshot snapshot(*database_);
  std::vector<ReceiverHealth> all = stored_health(*database_);
  if (auto read = snapshot.end(); !read) return read.error().within("load receivers");
  return all;
}

// ---- orders ------------------------------------------------------------------------------------------

Status SqliteStore::renew_receiver(const ReceiverHealth& health, Instant now) {
  Scope scope(*database_);
  keep_health(health);
  hasten(health.receiver, now, std::numeric_limits<int>::max());
  if (auto committed = scope.commit(); !committed) return committed.error().within("renew receiver " + quoted(health.receiver.value));
  return Status();
}

Result<int> SqliteStore::retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant made_before) {
  Scope scope(*database_);
  const std::set<model::ReceiverId> known(configured.begin(), configured.end());
  int retired = 0;
  for (const model::ReceiverId& receiver : waited_for(*database_)) {
    if (known.contains(receiver)) continue;
    database_->run(R"sql(UPDATE delivery INDEXED BY delivery_due SET state = 'dead',
                         last_error = 'its lifetime ended while its receiver was not configured'
                         WHERE state = 'pending' AND receiver = ?1 AND created < ?2 AND owner IS NULL)sql",
                   receiver, made_before);
    retired += database_->changes();
  }
  for (const ReceiverHealth& health : stored_health(*database_)) {
    if (!known.contains(health.receiver)) database_->run(R"sql(DELETE FROM receiver WHERE id = ?1)sql", health.receiver);
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("retire deliveries");
  return retired;
}

Status SqliteStore::replay_delivery(const model::DeliveryId& delivery, const std::string& by, Instant now) {
  Scope scope(*database_);
  database_->run(R"sql(UPDATE delivery SET state = 'pending', created = ?2, tried = 0, due = ?2, attempts = 0, owner = NULL, token = token + 1
                       WHERE id = ?1 AND state IN ('dead', 'delivered'))sql",
                 delivery, now);
  if (!database_->failed() && database_->changes() == 0) {
    return scope.refuse(Error(ErrorKind::kNotFound, "no delivery " + quoted(delivery.value) + " that is delivered or dead"));
  }
  database_->run(R"sql(INSERT INTO order_given (at, who, what, about) VALUES (?1, ?2, 'replay delivery', ?3))sql", now, by, delivery);
  return scope.commit();
}

}  // namespace bylined::store
