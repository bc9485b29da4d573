// SPDX-License-Identifier: Apache-2.0
// The database's file before SQLite sees it: is it there, is it one, is it whole? Reads only. Call with
// the lock held: closing a file ends every POSIX lock that this process has on it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined::store {

enum class StateFile { kMissing, kWhole };

// kCorrupt: empty, cut off, not a database, or missing while its log or a restore's files are there; kNotFound: not readable or
// not writable for us, or its folder is missing.
Result<StateFile> examine(const std::string& path);

// What only restore() makes beside a database: what it replaced, and what was to take its place.
inline constexpr const char* kReplaced = ".replaced";
inline constexpr const char* kRestored = ".restored";
// A file whose name is that of `path` and goes on with one of these endings. Empty where there is none.
std::string file_beside(const std::string& path, std::initializer_list<std::string_view> endings);

std::string folder_of(const std::string& path);
// After these two, what was renamed stays renamed through a power cut.
Status sync_file(const std::string& path);
Status sync_folder_of(const std::string& path);

}  // namespace bylined::store
