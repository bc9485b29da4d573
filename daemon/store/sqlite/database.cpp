// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.h"

namespace bylined::store {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kLengthMax = 64 << 20;  // of one text or statement; a page is at most 8 MiB

ErrorKind kind_of(int code) {
  if (code == SQLITE_IOERR_CORRUPTFS) return ErrorKind::kCorrupt;
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return ErrorKind::kTransient;
    case SQLITE_INTERRUPT:
      return ErrorKind::kCancelled;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::kCorrupt;
    case SQLITE_TOOBIG:
      return ErrorKind::kExhausted;
    default:
      return ErrorKind::kInvalid;
  }
}

Error undone() { return Error(ErrorKind::kTransient, "database: the group was undone"); }

}  // namespace

Error sqlite_error(sqlite3* connection, int code) {
  std::string text = "database: ";
  text += sqlite3_errstr(code);
  const int system = connection == nullptr ? 0 : sqlite3_system_errno(connection);
  if (connection != nullptr && (sqlite3_errcode(connection) & 0xFF) == (code & 0xFF)) {
    const std::string_view detail = sqlite3_errmsg(connection);
    if (detail != sqlite3_errstr(code)) text += ": " + quoted(detail);
  }
  text += " (" + std::to_string(code) + (system != 0 ? ", errno " + std::to_string(system) : std::string()) + ")";
  return Error(kind_of(code), text);
}

// ---- rows -----------------------------------------------------------------------------------

Rows::~Rows() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

bool Rows::next() {
  if (statement_ == nullptr || database_->failed()) return false;
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->step_failed(code);
  return false;
}

std::optional<Instant> Rows::maybe_instant() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return instant();
  skip();
  return std::nullopt;
}

std::optional<std::int64_t> Rows::maybe_integer() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return integer();
  skip();
  return std::nullopt;
}

std::string_view Rows::view() {
  const int column = column_++;
  const void* const bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void Rows::reject(const std::string& why) { database_->fail(Error(ErrorKind::kCorrupt, "stored row: " + why)); }

// ---- database ---------------------------------------------------------------------------------

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const Options& options) {
  // Nobody asks how much memory SQLite holds, and counting it takes a lock at each allocation. Too late where it runs already.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(uncounted);
  const bool in_memory = path == ":memory:";
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= options.write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (in_memory) flags |= SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
  auto database = std::unique_ptr<Database>(new Database(connection));
  if (code != SQLITE_OK) return sqlite_error(connection, code).within("open " + quoted(path));
  if (auto ready = database->configure(options); !ready) return ready.error().within("open " + quoted(path));
  return database;
}

Database::~Database() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

Status Database::configure(const Options& options) {
  sqlite3_busy_timeout(connection_, kBusyTimeoutMs);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_limit(connection_, SQLITE_LIMIT_LENGTH, kLengthMax);
  sqlite3_limit(connection_, SQLITE_LIMIT_ATTACHED, 0);
  std::string pragmas = "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;";
  if (options.write) pragmas += options.synchronous_full ? "PRAGMA synchronous=FULL;" : "PRAGMA synchronous=NORMAL;";
  return execute(pragmas);
}

Status Database::execute(const std::string& script) {
  const int code = sqlite3_exec(connection_, script.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : sqlite_error(connection_, code);
}

sqlite3_stmt* Database::prepared(Sql sql) {
  sqlite3_stmt*& kept = statements_[sql.text()];
  if (kept == nullptr) {
    const int code = sqlite3_prepare_v3(connection_, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &kept, nullptr);
    if (code != SQLITE_OK) {
      step_failed(code);
      return nullptr;
    }
  }
  assert(sqlite3_stmt_busy(kept) == 0);
  return kept;
}

void Database::step_failed(int code) { fail(sqlite_error(connection_, code)); }

void Database::fail(Error error) {
  if (!failure_) failure_ = std::move(error);
}

Status Database::outcome() {
  if (!failure_) return Status();
  Error error = std::move(*failure_);
  failure_.reset();
  return error;
}

Status Database::begin_group(Group kind) {
  assert(group_ == Group::kNone && !open_transaction());
  failure_.reset();
  group_failure_.reset();
  spoilt_ = false;
  run(R"sql(BEGIN IMMEDIATE)sql");
  if (!failed()) group_ = kind;
  return outcome();
}

Status Database::end_group() {
  assert(group_ != Group::kNone);
  group_ = Group::kNone;
  failure_.reset();
  if (!open_transaction()) fail(group_failure_.value_or(undone()));
  if (spoilt_) fail(undone());
  run(R"sql(COMMIT)sql");
  const Status ended = outcome();
  if (open_transaction()) run(R"sql(ROLLBACK)sql");
  failure_.reset();
  return ended;
}

// ---- scope ------------------------------------------------------------------------------------

Scope::Scope(Database& database)
    : database_(database), group_(database.group_), changes_before_(sqlite3_total_changes(database.connection_)) {
  database_.failure_.reset();
  if (group_ == Database::Group::kNone) {
    database_.run(R"sql(BEGIN IMMEDIATE)sql");
  } else if (database_.spoilt_ || !database_.open_transaction()) {
    database_.fail(database_.group_failure_.value_or(undone()));
  } else if (group_ == Database::Group::kSavepoints) {
    database_.run(R"sql(SAVEPOINT call)sql");
  }
  open_ = !database_.failed();
}

Scope::~Scope() {
  if (!open_) return;
  undo();
  database_.failure_.reset();
}

Status Scope::commit() {
  if (open_ && group_ == Database::Group::kNone) database_.run(R"sql(COMMIT)sql");
  if (open_ && group_ == Database::Group::kSavepoints) database_.run(R"sql(RELEASE call)sql");
  const Status ended = database_.outcome();
  if (!ended) {
    // On a full disk or an I/O error SQLite has undone everything by itself, other calls of the group too.
    if (open_ && !database_.open_transaction()) database_.group_failure_ = ended.error();
    undo();
  }
  open_ = false;
  return ended;
}

Error Scope::refuse(Error why) {
  undo();
  database_.failure_.reset();
  return why;
}

void Scope::undo() {
  if (!open_) return;
  open_ = false;
  database_.failure_.reset();
  if (!database_.open_transaction()) return;
  switch (group_) {
    case Database::Group::kNone:
      database_.run(R"sql(ROLLBACK)sql");
      break;
    case Database::Group::kBare:
      database_.spoilt_ = database_.spoilt_ || sqlite3_total_changes(database_.connection_) != changes_before_;
      break;
    case Database::Group::kSavepoints:
      database_.run(R"sql(ROLLBACK TO call)sql");
      database_.run(R"sql(RELEASE call)sql");
      break;
  }
  database_.failure_.reset();
}

// ---- snapshot ---------------------------------------------------------------------------------

Snapshot::Snapshot(Database& database) : database_(database) {
  database_.failure_.reset();
  if (database_.open_transaction()) return;
  database_.run(R"sql(BEGIN)sql");
  open_ = !database_.failed();
}

Snapshot::~Snapshot() { static_cast<void>(end()); }

Status Snapshot::end() {
  const Status seen = database_.outcome();
  if (open_ && database_.open_transaction()) database_.run(R"sql(COMMIT)sql");
  open_ = false;
  database_.failure_.reset();
  return seen;
}

}  // namespace bylined::store
