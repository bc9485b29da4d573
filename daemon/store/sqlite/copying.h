// SPDX-License-Identifier: Apache-2.0
// A whole database as one new file: copied page by page, checked, synced, and named only then.
#pragma once

#include <string>

#include "store/sqlite/database.h"

namespace bylined::store {

// `from` may go on being written by others. kRefused where `to` exists.
Status copy_database(Database& from, const std::string& to);
// The same into an empty file, which has its name already.
Status copy_into(Database& from, const std::string& path);

}  // namespace bylined::store
