// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/copying.h"

#include <unistd.h>

#include "store/reader.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/state_file.h"
#include "store/sqlite/stored.h"
#include "store/sqlite/unfinished.h"

namespace bylined::store {
namespace {

constexpr int kPagesAStep = 1024;

Error cut_short() { return Error(ErrorKind::kCancelled, "the copy was cut short"); }

Status copy_pages(Database& from, Database& to, const std::stop_token& stop) {
  sqlite3_backup* const backup = sqlite3_backup_init(to.connection(), "main", from.connection(), "main");
  if (backup == nullptr) return sqlite_error(to.connection(), sqlite3_extended_errcode(to.connection()));
  int code = SQLITE_OK;
  while (code == SQLITE_OK && !stop.stop_requested()) code = sqlite3_backup_step(backup, kPagesAStep);
  const int finished = sqlite3_backup_finish(backup);
  if (code == SQLITE_OK) return cut_short();
  if (code != SQLITE_DONE) return sqlite_error(to.connection(), code);
  if (finished != SQLITE_OK) return sqlite_error(to.connection(), finished);
  // A copy is one file: without a log until somebody opens it to write.
  return to.execute("PRAGMA journal_mode=DELETE;");
}

Status check(const std::string& path, const std::stop_token& stop) {
  const auto audited = audit(path, stop);
  if (stop.stop_requested()) return cut_short();
  if (!audited) return audited.error();
  if (!audited->findings.empty()) return Error(ErrorKind::kCorrupt, "the copy is not good: " + audited->findings.front());
  return Status();
}

}  // namespace

Status copy_into(Database& from, const std::string& path, const std::stop_token& stop) {
  {
    Database::Options options;
    options.write = true;
    auto to = Database::open(path, options);
    if (!to) return to.error();
    if (auto copied = copy_pages(from, **to, stop); !copied) return copied;
  }
  if (auto checked = check(path, stop); !checked) return checked;
  return sync_file(path);
}

Status copy_database(Database& from, const std::string& to, const std::stop_token& stop) {
  // SQLite would take it for the database's own log or journal.
  const std::string own = sqlite3_db_filename(from.connection(), "main");
  if (!own.empty() && to.starts_with(own + "-")) return Error(ErrorKind::kRefused, quoted(to) + " is a name that the database keeps for itself; choose another");
  if (::access(to.c_str(), F_OK) == 0) return Error(ErrorKind::kRefused, quoted(to) + " exists; choose another name");
  auto unfinished = Unfinished::beside(to, ".unfinished-");
  if (!unfinished) return unfinished.error();
  if (auto copied = copy_into(from, unfinished->path(), stop); !copied) return copied;
  return unfinished->name(to);
}

// The snapshot is held to the end: what the writer adds meanwhile is not in the copy and does not restart it.
Status SqliteReader::backup_to(const std::string& path, std::stop_token stop) {
  Snapshot snapshot(*database_);
  one_number(database_->rows(R"sql(SELECT max(n) FROM source)sql"));
  if (database_->failed()) return snapshot.end();
  if (auto copied = copy_database(*database_, path, stop); !copied) return copied.error().within("backup");
  return snapshot.end();
}

}  // namespace bylined::store
