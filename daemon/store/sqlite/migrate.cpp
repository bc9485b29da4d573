// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/migrate.h"

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

Status apply(Database& database, const Migration& step) {
  const std::string after = "PRAGMA user_version=" + std::to_string(step.number) + "; PRAGMA application_id=" + std::to_string(kApplicationId) + ";";
  Status done = database.execute("BEGIN IMMEDIATE;");
  if (done) done = database.execute(step.sql);
  if (done) done = database.execute(after);
  if (done) done = database.execute("COMMIT;");
  if (done) return done;
  const Status undone = database.execute("ROLLBACK;");  // fails where SQLite did so by itself
  static_cast<void>(undone);
  return done.error().within("migration " + std::string(step.name));
}

}  // namespace

std::vector<Migration> migrations() { return {std::begin(kMigrations), std::end(kMigrations)}; }

Result<int> schema_of(Database& database) { return pragma_number(database, R"sql(PRAGMA user_version)sql"); }

Status migrate(Database& database, const std::vector<Migration>& steps) {
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
  for (const Migration& step : steps) {
    if (step.number <= *schema) continue;
    if (auto applied = apply(database, step); !applied) return applied;
  }
  return Status();
}

}  // namespace bylined::store
