// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "base/random.h"
#include "store/reader.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/state_file.h"
#include "store/sqlite/unfinished.h"

namespace bylined::store {
namespace {

// Where nobody calls checkpoint(), the log still ends at some 40 MB.
constexpr char kWriterPragmas[] = "PRAGMA wal_autocheckpoint=10000; PRAGMA journal_size_limit=67108864;";

Database::Options writing(const OpenOptions& options) {
  return Database::Options{.write = true, .synchronous_full = options.synchronous_full, .vfs = options.vfs};
}

std::string new_installation(const OpenOptions& options) {
  if (!options.installation.empty()) return options.installation;
  return id_from({"installation", std::to_string(seed_from_system()), std::to_string(seed_from_system())});
}

Status use_log(Database& database) {
  std::string mode;
  {
    Rows rows = database.rows(R"sql(PRAGMA journal_mode=WAL)sql");
    if (rows.next()) mode = rows.text();
  }
  if (auto set = database.outcome(); !set) return set;
  if (mode != "wal" && mode != "memory") return Error(ErrorKind::kNotFound, "the file system under the database cannot keep a write-ahead log");
  return database.execute(kWriterPragmas);
}

Status found_installation(Database& database, const OpenOptions& options) {
  Scope scope(database);
  database.run(R"sql(INSERT OR IGNORE INTO meta (key, value) VALUES ('installation', ?1))sql", new_installation(options));
  return scope.commit();
}

Result<std::string> read_installation(Database& database) {
  std::string installation;
  {
    Rows rows = database.rows(R"sql(SELECT value FROM meta WHERE key = 'installation')sql");
    if (rows.next()) installation = rows.text();
  }
  if (auto read = database.outcome(); !read) return read.error();
  if (installation.empty()) return Error(ErrorKind::kCorrupt, "the database has no installation");
  return installation;
}

Status fill_new(Database& database, const OpenOptions& options) {
  if (auto logged = use_log(database); !logged) return logged;
  if (auto migrated = migrate(database, migrations()); !migrated) return migrated;
  return found_installation(database, options);
}

// Closing would do so too, but not say whether it could: the log does not come along to the new name.
Status move_whole_log(Database& database) {
  const int code = sqlite3_wal_checkpoint_v2(database.connection(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : Status(sqlite_error(database.connection(), code));
}

// A new database gets its name when it is complete: an empty file under that name is damage, not a start.
Status create(const OpenOptions& options) {
  auto unfinished = Unfinished::beside(options.path, ".new-");
  if (!unfinished) return unfinished.error();
  {
    auto database = Database::open(unfinished->path(), writing(options));
    if (!database) return database.error();
    if (auto filled = fill_new(**database, options); !filled) return filled;
    if (auto moved = move_whole_log(**database); !moved) return moved;
  }
  if (auto synced = sync_file(unfinished->path()); !synced) return synced;
  return unfinished->name(options.path);
}

// Opens what is there. Until its schema is known to be ours not a byte of it changes.
Result<std::unique_ptr<Database>> open_existing(const OpenOptions& options) {
  auto database = Database::open(options.path, writing(options));
  if (!database) return database;
  sqlite3* const connection = (*database)->connection();
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  const auto schema = schema_of(**database);
  if (!schema) return schema.error();
  if (sqlite3_db_readonly(connection, "main") != 0) return Error(ErrorKind::kNotFound, quoted(options.path) + " cannot be written");
  if (*schema == 0) return Error(ErrorKind::kInvalid, quoted(options.path) + " is a database, but not one of ours");
  if (auto migrated = migrate(**database, migrations(), options.on_progress); !migrated) return migrated.error();
  if (auto logged = use_log(**database); !logged) return logged.error();
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  return database;
}

Result<std::unique_ptr<Database>> open_in_memory(const OpenOptions& options) {
  auto database = Database::open(options.path, writing(options));
  if (!database) return database;
  if (auto filled = fill_new(**database, options); !filled) return filled.error();
  return database;
}

// `held` is the file itself from before the first byte of it may change.
Result<std::unique_ptr<Database>> open_file(const OpenOptions& options, LockFile& held) {
  const auto file = examine(options.path);
  if (!file) return file.error();
  if (*file == StateFile::kMissing) {
    if (auto created = create(options); !created) return created.error().within("create " + quoted(options.path));
  }
  auto taken = LockFile::take(options.path);
  if (!taken) return taken.error();
  held = std::move(*taken);
  return open_existing(options);
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const OpenOptions& options) {
  const bool in_memory = options.path == ":memory:";
  LockFile lock, file;
  if (!in_memory) {
    auto taken = LockFile::take_beside(options.path);
    if (!taken) return taken.error();
    lock = std::move(*taken);
  }
  auto database = in_memory ? open_in_memory(options) : open_file(options, file);
  if (!database) return database.error();
  auto installation = read_installation(**database);
  if (!installation) return installation.error();
  SqliteStore::Parts parts{.database = std::move(*database),
                           .lock = std::move(lock),
                           .file = std::move(file),
                           .ballast = Ballast(options.path + ".ballast", in_memory ? 0 : options.ballast),
                           .installation = std::move(*installation)};
  parts.ballast.keep();
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(std::move(parts), options));
}

}  // namespace bylined::store
