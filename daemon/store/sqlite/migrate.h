// SPDX-License-Identifier: Apache-2.0
// Brings a database to this program's schema, forward only, each step in one transaction. Never touches
// a schema that is newer.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "store/sqlite/database.h"

namespace bylined::store {

struct Migration {
  int number = 0;  // from 1, without gaps
  std::string_view name;
  const char* sql = "";
};

constexpr int kApplicationId = 0x62796C64;  // "byld", in the file's header: it is ours

// Those of migrations/sqlite, in order.
std::vector<Migration> migrations();

// What their SQL calls besides SQLite's own: identity_hash() and title_hash().
void lend_functions(sqlite3* connection);

Result<int> schema_of(Database& database);
// Whether a program like this one made it.
Result<bool> is_ours(Database& database);
// kInvalid for a newer schema, or a database that is not ours; nothing is changed then. `on_progress` as in OpenOptions.
Status migrate(Database& database, const std::vector<Migration>& steps, const std::function<void()>& on_progress = nullptr);

}  // namespace bylined::store
