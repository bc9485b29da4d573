// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

constexpr std::string_view kAlertList = "alerts";

}  // namespace

Result<Slice<model::Alert>> SqliteReader::alerts(const AlertFilter& filter) {
  const auto span = span_of(kAlertList, filter, filter.since);
  if (!span) return span.error();
  Snapshot snapshot(*database_);
  std::vector<Place> places = alert_places(filter, *span);
  Slice<model::Alert> slice;
  slice.next = cut(kAlertList, places, filter.limit);
  for (const Place& place : places) slice.items.push_back(stored_alert(*database_, place.row).alert);
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list alerts");
  return slice;
}

// One index leads, chosen by what narrows most; the rest filters.
std::vector<Place> SqliteReader::alert_places(const AlertFilter& filter, const Span& span) {
  std::vector<Place> places;
  std::optional<Row> source;
  if (filter.source) {
    source = stored_source(*database_, *filter.source);
    if (!source) return places;
  }
  for (const model::EntityId& entity : filter.entities) {
    add_places(places, database_->rows(R"sql(SELECT e.created, e.alert FROM alert_entity e JOIN alert a ON a.n = e.alert
                                  WHERE e.entity = ?1 AND e.created >= ?2 AND (e.created, e.alert) < (?3, ?4)
                                  AND (?5 IS NULL OR a.watch = ?5) AND (?6 IS NULL OR a.source = ?6)
                                  ORDER BY e.created DESC, e.alert DESC LIMIT ?7)sql",
                            entity, span.since, span.before.at, span.before.row, filter.watch, source, span.limit));
  }
  if (!filter.entities.empty()) return places;
  if (filter.watch) {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM alert WHERE watch = ?1 AND created >= ?2 AND (created, n) < (?3, ?4)
                                  AND (?5 IS NULL OR source = ?5) ORDER BY created DESC, n DESC LIMIT ?6)sql",
                            filter.watch, span.since, span.before.at, span.before.row, source, span.limit));
  } else if (source) {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM alert WHERE source = ?1 AND created >= ?2 AND (created, n) < (?3, ?4)
                                  ORDER BY created DESC, n DESC LIMIT ?5)sql",
                            *source, span.since, span.before.at, span.before.row, span.limit));
  } else {
    add_places(places, database_->rows(R"sql(SELECT created, n FROM alert WHERE created >= ?1 AND (created, n) < (?2, ?3)
                                  ORDER BY created DESC, n DESC LIMIT ?4)sql",
                            span.since, span.before.at, span.before.row, span.limit));
  }
  return places;
}

Result<model::Alert> SqliteReader::alert(const model::AlertId& id) {
  Snapshot snapshot(*database_);
  const auto row = one_number(database_->rows(R"sql(SELECT n FROM alert WHERE id = ?1)sql", id));
  model::Alert alert;
  if (row) alert = stored_alert(*database_, *row).alert;
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read alert " + quoted(id.value));
  if (!row) return Error(ErrorKind::kNotFound, "no alert " + quoted(id.value));
  return alert;
}

}  // namespace bylined::store
