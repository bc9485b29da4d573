// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/migrate.h"

#include "store/sqlite/encode.h"

namespace bylined::store {
namespace {

constexpr Migration kMigrations[] = {
#include "migrations.inc"
};

Result<int> pragma_number(Database& database, Sql pragma) {
  int number = 0;
  {
    Rows rows = database.rows(pragma);
    if (rows.next()) number = rows.number();
  }
  if (auto read = database.outcome(); !read) return read.error();
  return number;
}

template <std::int64_t (*hash)(std::string_view)>
void answer(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* const bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
  const int size = sqlite3_value_bytes(values[0]);
  sqlite3_result_int64(context, hash(bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(size))));
}

// Meanwhile sorts and what a statement must be able to undo lie in files, so that a large database takes no more memory than a
// small one; what is freed is not written once more as zeros; references are looked through after each step instead; and a step
// may amend a table's definition.
Status prepare(Database& database) {
  lend_functions(database.connection());
  sqlite3_db_config(database.connection(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
  return database.execute("PRAGMA foreign_keys=OFF; PRAGMA temp_store=FILE; PRAGMA secure_delete=FAST;");
}

// SQLite itself says that a statement gets on, so that one which waits or hangs says nothing.
class Progress {
 public:
  Progress(sqlite3* connection, const std::function<void()>& told) : connection_(connection), told_(told) {
    if (told_) sqlite3_progress_handler(connection_, kInstructions, &tell, this);
  }
  ~Progress() { sqlite3_progress_handler(connection_, 0, nullptr, nullptr); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  static constexpr int kInstructions = 100'000;  // of SQLite's machine: some milliseconds
  static int tell(void* self) {
    static_cast<Progress*>(self)->told_();
    return 0;
  }

  sqlite3* const connection_;
  const std::function<void()>& told_;
};

Status resume(Database& database, int secure_delete) {
  sqlite3_db_config(database.connection(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return database.execute("PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=" + std::to_string(secure_delete) + ";");
}

// What a step that failed had written would keep its room in the log until the next one overwrites it.
void give_log_back(Database& database) { sqlite3_wal_checkpoint_v2(database.connection(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr); }

// A table is made anew under its name while others refer to it: so references are not watched meanwhile, but looked
// through at the end.
Status references_are_whole(Database& database) {
  std::optional<std::int64_t> broken;
  {
    Rows rows = database.rows(R"sql(SELECT count(*) FROM pragma_foreign_key_check)sql");
    if (rows.next()) broken = rows.integer();
  }
  if (auto read = database.outcome(); !read) return read;
  return broken == 0 ? Status() : Status(Error(ErrorKind::kCorrupt, std::to_string(broken.value_or(-1)) + " rows name a missing one; put a backup in its place"));
}

Status apply(Database& database, const Migration& step) {
  const std::string after = "PRAGMA user_version=" + std::to_string(step.number) + "; PRAGMA application_id=" + std::to_string(kApplicationId) + ";";
  Status done = database.execute("BEGIN IMMEDIATE;");
  if (done) done = database.execute(step.sql);
  if (done) done = references_are_whole(database);
  if (done) done = database.execute(after);
  if (done) done = database.execute("COMMIT;");
  if (done) return done;
  const Status undone = database.execute("ROLLBACK;");  // fails where SQLite did so by itself
  static_cast<void>(undone);
  give_log_back(database);
  const char* const remedy = done.error().worth_retrying() ? " (the database is as it was; for this it needs as much free room as it takes)" : "";
  return done.error().within("migration " + std::string(step.name) + remedy);
}

}  // namespace

std::vector<Migration> migrations() { return {std::begin(kMigrations), std::end(kMigrations)}; }

void lend_functions(sqlite3* connection) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  sqlite3_create_function_v2(connection, "identity_hash", 1, kFlags, nullptr, &answer<identity_hash>, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(connection, "title_hash", 1, kFlags, nullptr, &answer<title_hash>, nullptr, nullptr, nullptr);
}

Result<bool> is_ours(Database& database) {
  const auto owner = pragma_number(database, R"sql(PRAGMA application_id)sql");
  if (!owner) return owner.error();
  return *owner == kApplicationId;
}

Result<int> schema_of(Database& database) { return pragma_number(database, R"sql(PRAGMA user_version)sql"); }

Status migrate(Database& database, const std::vector<Migration>& steps, const std::function<void()>& on_progress) {
  const auto schema = schema_of(database);
  const auto owner = pragma_number(database, R"sql(PRAGMA application_id)sql");
  if (!schema) return schema.error();
  if (!owner) return owner.error();
  if (*schema > 0 && *owner != kApplicationId) return Error(ErrorKind::kInvalid, "this database was made by another program");
  const int newest = steps.empty() ? 0 : steps.back().number;
  if (*schema > newest) {
    return Error(ErrorKind::kInvalid, "schema " + std::to_string(*schema) + " is newer than this program knows (" + std::to_string(newest) +
                                          "); install the newer program again, or restore a backup of before");
  }
  if (*schema == newest) return Status();
  const auto secure_delete = pragma_number(database, R"sql(PRAGMA secure_delete)sql");
  if (!secure_delete) return secure_delete.error();
  const Progress progress(database.connection(), on_progress);
  Status done = prepare(database);
  for (const Migration& step : steps) {
    if (done && step.number > *schema) done = apply(database, step);
  }
  const Status resumed = resume(database, *secure_delete);
  return done ? resumed : done;
}

}  // namespace bylined::store
