// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"

namespace bylined::store {
namespace {

bool is_well(std::string_view state) { return model::is_well(source_state_from(state).value_or(model::SourceState::kNew)); }

}  // namespace

// Trouble is told when it begins and when it ends, whatever kinds of it come between.
void SqliteStore::note_state(const HeldSource& source, const model::SourceId& id, std::string_view now, const std::string& reason, Instant at) {
  if (is_well(source.state) == is_well(now)) return;
  note(source.row, id, {is_well(now) ? "source.recovered" : "source.degraded", reason, source.state, now}, at);
}

void SqliteStore::note(Row source, const model::SourceId& id, const Event& event, Instant at) {
  const std::string name = id_from({installation_, "event", id.value, event.type, std::to_string(at.time_since_epoch().count())});
  database_->run(R"sql(INSERT OR IGNORE INTO source_event (id, source, at, type, reason, was, now) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))sql",
                 name, source, at, event.type, event.reason, event.was, event.now);
}

Status SqliteStore::spend(const std::string& quota, const std::string& day, int allowed) {
  Scope scope(*database_);
  database_->run(R"sql(INSERT INTO quota (name, day, used) VALUES (?1, ?2, 0)
                       ON CONFLICT (name) DO UPDATE SET day = ?2, used = 0 WHERE day <> ?2)sql",
                 quota, day);
  database_->run(R"sql(UPDATE quota SET used = used + 1 WHERE name = ?1 AND used < ?2)sql", quota, allowed);
  const bool spent = database_->changes() > 0;
  if (!spent && !database_->failed()) {
    return scope.refuse(Error(ErrorKind::kExhausted, "the " + std::to_string(allowed) + " calls of " + day + " are spent"));
  }
  return scope.commit();
}

}  // namespace bylined::store
