// SPDX-License-Identifier: Apache-2.0
// The database's file before SQLite sees it: is it there, is it one, is it whole? Reads only. Call with
// the lock held: closing a file ends every POSIX lock that this process has on it.
#pragma once

#include <string>

#include "base/result.h"

namespace bylined::store {

enum class StateFile { kMissing, kWhole };

// kCorrupt: empty, cut off, not a database, or missing while its log or a restore's files are there; kNotFound: not readable or
// not writable for us, or its folder is missing.
Result<StateFile> examine(const std::string& path);

// Opens an empty file that only we may read. kNotFound with the system's reason.
Status create_private(const std::string& path);
std::string folder_of(const std::string& path);
// After these two, what was renamed stays renamed through a power cut.
Status sync_file(const std::string& path);
Status sync_folder_of(const std::string& path);

}  // namespace bylined::store
