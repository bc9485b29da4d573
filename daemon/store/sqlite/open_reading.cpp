// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/open_reading.h"

#include <unistd.h>

#include <filesystem>

#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_reader.h"

namespace bylined::store {

Result<std::unique_ptr<Database>> open_for_reading(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) return Error(ErrorKind::kNotFound, "there is no database " + quoted(path) + "; has the daemon run yet?");
  std::error_code error;
  if (std::filesystem::file_size(path, error) == 0) return Error(ErrorKind::kCorrupt, quoted(path) + " is empty: it is no database, and no backup of one");
  auto database = Database::open(path, Database::Options());
  if (!database) return database;
  const auto schema = schema_of(**database);
  if (!schema) return schema.error().within("read " + quoted(path));
  const auto made_by_us = is_ours(**database);
  if (!made_by_us) return made_by_us.error().within("read " + quoted(path));
  if (!*made_by_us || *schema == 0) return Error(ErrorKind::kInvalid, quoted(path) + " is a database, but not one of ours");
  const int ours = migrations().back().number;
  if (*schema == ours) return database;
  const char* const remedy = *schema < ours ? "; the daemon brings its own up when it starts, and a backup is restored by the release that made it" : "; use the newer program";
  return Error(ErrorKind::kInvalid, quoted(path) + " has schema " + std::to_string(*schema) + ", this program reads " + std::to_string(ours) + remedy);
}

Result<std::unique_ptr<Reader>> open_reader(const std::string& path) {
  auto database = open_for_reading(path);
  if (!database) return database.error();
  return std::unique_ptr<Reader>(std::make_unique<SqliteReader>(std::move(*database)));
}

}  // namespace bylined::store
