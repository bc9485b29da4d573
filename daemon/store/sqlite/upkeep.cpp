// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.h"

namespace bylined::store {

Status SqliteStore::group(const std::function<void()>& calls) {
  const auto run = [&](Database::Group kind) {
    if (auto begun = database_->begin_group(kind); !begun) return begun;
    calls();
    return database_->end_group();
  };
  const Status done = run(Database::Group::kBare);
  return database_->spoilt() ? run(Database::Group::kSavepoints) : done;
}

Status SqliteStore::release_leases(Instant now) {
  Scope scope(*database_);
  database_->run(R"sql(UPDATE read SET due = ?1, owner = NULL, token = token + 1 WHERE owner IS NOT NULL)sql", now);
  database_->run(R"sql(UPDATE delivery SET due = ?1, owner = NULL, token = token + 1 WHERE owner IS NOT NULL)sql", now);
  return scope.commit();
}

Status SqliteStore::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(database_->connection(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  // Somebody reads what the log still holds: the next call moves it.
  if (code == SQLITE_OK || code == SQLITE_BUSY) return Status();
  return sqlite_error(database_->connection(), code).within("checkpoint");
}

}  // namespace bylined::store
