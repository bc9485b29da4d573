// SPDX-License-Identifier: Apache-2.0
// A whole database as one new file: copied page by page, checked, synced, and named only then.
#pragma once

#include <stop_token>
#include <string>

#include "store/sqlite/database.h"

namespace bylined::store {

// `from` may go on being written by others. kRefused where `to` exists; kCancelled soon after `stop`, and nothing is left.
Status copy_database(Database& from, const std::string& to, const std::stop_token& stop);
// The same into an empty file, which has its name already.
Status copy_into(Database& from, const std::string& path, const std::stop_token& stop = {});

}  // namespace bylined::store
