// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/open_reading.h"

#include <unistd.h>

#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_reader.h"

namespace bylined::store {

Result<std::unique_ptr<Database>> open_for_reading(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) return Error(ErrorKind::kNotFound, "there is no database " + quoted(path) + "; has the daemon run yet?");
  auto database = Database::open(path, Database::Options());
  if (!database) return database;
  const auto schema = schema_of(**database);
  if (!schema) return schema.error().within("read " + quoted(path));
  const int ours = migrations().back().number;
  if (*schema == ours) return database;
  return Error(ErrorKind::kInvalid, quoted(path) + " has schema " + std::to_string(*schema) + ", this program reads " + std::to_string(ours) +
                                        (*schema < ours ? "; start the daemon once, it brings it up" : "; use the newer program"));
}

Result<std::unique_ptr<Reader>> open_reader(const std::string& path) {
  auto database = open_for_reading(path);
  if (!database) return database.error();
  return std::unique_ptr<Reader>(std::make_unique<SqliteReader>(std::move(*database)));
}

}  // namespace bylined::store
