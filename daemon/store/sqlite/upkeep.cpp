// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "store/sqlite/sqlite_store.h"

namespace bylined::store {
namespace {

constexpr std::string_view kInMemory = ":memory:";

// Copies what it can without waiting for anybody: what somebody still reads goes with the next call.
int copy_log(Database& database) {
  const int code = sqlite3_wal_checkpoint_v2(database.connection(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return code == SQLITE_BUSY || code == SQLITE_LOCKED ? SQLITE_OK : code;
}

}  // namespace

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
  if (auto ours = files_are_ours(); !ours) return ours;
  int code = copy_log(*database_);
  const bool given_back = code == SQLITE_FULL && ballast_.give_back();
  if (given_back) code = copy_log(*database_);
  if (code != SQLITE_OK) return sqlite_error(database_->connection(), code).within("checkpoint");
  if (!given_back) ballast_.keep();
  return Status();
}

Status SqliteStore::move_log() {
  if (options_.path == kInMemory) return Status();
  if (auto ours = files_are_ours(); !ours) return ours;  // another database in its place is not to be written
  if (!beside_) {
    auto opened = Database::open(options_.path, Database::Options{.write = true, .synchronous_full = true, .vfs = options_.vfs});
    if (!opened) return opened.error();
    beside_ = std::move(*opened);
  }
  const int code = copy_log(*beside_);
  // A full disk is for checkpoint() to deal with, on the store's thread.
  if (code == SQLITE_OK || code == SQLITE_FULL) return Status();
  return sqlite_error(beside_->connection(), code).within("move the log");
}

// What somebody else moved, replaced or deleted is not what the next start will find. Asks SQLite nothing: two threads come here.
Status SqliteStore::files_are_ours() const {
  if (options_.path == kInMemory) return Status();
  const auto lost = [this](const std::string& what) {
    return Error(ErrorKind::kCorrupt, what + quoted(options_.path) + " was moved, replaced or deleted while it was in use. Put back what was there, or restore a backup " +
                                          "with `byline db restore`, before the next start");
  };
  if (!file_.is(options_.path)) return lost("");
  for (const char* ending : {"-wal", "-shm"}) {
    if (::access((place_ + ending).c_str(), F_OK) != 0) return lost("the log of ");
  }
  return Status();
}

}  // namespace bylined::store
