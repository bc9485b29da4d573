// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

constexpr std::string_view kDeliveryList = "deliveries";

std::optional<std::string_view> state_text(const DeliveryFilter& filter) {
  return filter.state ? std::optional(model::delivery_state_name(*filter.state)) : std::nullopt;
}

}  // namespace

Result<Slice<model::Delivery>> SqliteReader::deliveries(const DeliveryFilter& filter) {
  const auto span = span_of(kDeliveryList, filter, std::nullopt);
  if (!span) return span.error();
  Snapshot snapshot(*database_);
  std::vector<Place> places = delivery_places(filter, *span);
  Slice<model::Delivery> slice;
  slice.next = cut(kDeliveryList, places, filter.limit);
  for (const Place& place : places) slice.items.push_back(stored_delivery(*database_, place.row));
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list deliveries");
  return slice;
}

std::vector<Place> SqliteReader::delivery_places(const DeliveryFilter& filter, const Span& span) {
  std::vector<Place> places;
  const auto state = state_text(filter);
  if (filter.alert) {
    add_places(places, database_->rows(R"sql(SELECT d.created, d.n FROM alert a JOIN delivery d ON d.alert = a.n
                                  WHERE a.id = ?1 AND (d.created, d.n) < (?2, ?3) AND (?4 IS NULL OR d.state = ?4)
                                  AND (?5 IS NULL OR d.receiver = ?5))sql",
                            *filter.alert, span.before.at, span.before.row, state, filter.receiver));
  } else if (filter.receiver) {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM delivery WHERE receiver = ?1 AND (created, n) < (?2, ?3)
                                  AND (?4 IS NULL OR state = ?4) ORDER BY created DESC, n DESC LIMIT ?5)sql",
                            *filter.receiver, span.before.at, span.before.row, state, span.limit));
  } else if (state) {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM delivery WHERE state = ?1 AND (created, n) < (?2, ?3)
                                  ORDER BY created DESC, n DESC LIMIT ?4)sql",
                            *state, span.before.at, span.before.row, span.limit));
  } else {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM delivery WHERE (created, n) < (?1, ?2)
                                  ORDER BY created DESC, n DESC LIMIT ?3)sql",
                            span.before.at, span.before.row, span.limit));
  }
  return places;
}

Result<DeliveryDetail> SqliteReader::delivery(const model::DeliveryId& id) {
  Snapshot snapshot(*database_);
  const auto row = one_number(database_->rows(R"sql(SELECT n FROM delivery WHERE id = ?1)sql", id));
  DeliveryDetail detail;
  if (row) {
    detail.delivery = stored_delivery(*database_, *row);
    Rows rows = database_->rows(R"sql(SELECT number, started, took, status, outcome, reply FROM attempt WHERE delivery = ?1 ORDER BY number)sql", *row);
    while (rows.next()) {
      detail.attempts.push_back(StoredAttempt{rows.number(), rows.instant(), Millis(rows.integer()), rows.number(), rows.text(), rows.text()});
    }
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read delivery " + quoted(id.value));
  if (!row) return Error(ErrorKind::kNotFound, "no delivery " + quoted(id.value));
  return detail;
}

Result<std::vector<ReceiverHealth>> SqliteReader::receivers() {
  Snapshot snapshot(*database_);
  std::vector<ReceiverHealth> all = stored_health(*database_);
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list receivers");
  return all;
}

Result<std::vector<std::pair<model::ReceiverId, std::int64_t>>> SqliteReader::waiting_for_others(const std::vector<model::ReceiverId>& configured) {
  Snapshot snapshot(*database_);
  std::vector<std::pair<model::ReceiverId, std::int64_t>> all;
  for (const model::ReceiverId& receiver : waited_for(*database_)) {
    if (std::find(configured.begin(), configured.end(), receiver) != configured.end()) continue;
    const auto rows = one_number(
        database_->rows(R"sql(SELECT count(*) FROM delivery INDEXED BY delivery_due WHERE state = 'pending' AND receiver = ?1)sql", receiver));
    all.emplace_back(receiver, rows.value_or(0));
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list what waits");
  return all;
}

}  // namespace bylined::store
