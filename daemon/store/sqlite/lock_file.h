// SPDX-License-Identifier: Apache-2.0
// A lock that the kernel holds for us and gives up when we end, however we end. A lock file stays and says
// nothing: no process number is ever read from it.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace bylined::store {

class LockFile {
 public:
  LockFile() = default;  // holds nothing
  LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockFile& operator=(LockFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~LockFile();

  // Neither waits: kBusy where somebody holds it, kNotFound where it cannot be had.
  // The lock file beside a database, made where it is missing; by the database's true place, whatever links lead there.
  static Result<LockFile> take_beside(const std::string& database);
  static std::string beside(const std::string& database);
  static std::string place(const std::string& database);  // where links lead
  // The database's own file: whatever name it has, and though the lock file beside it was deleted. While it is held, let
  // nothing else of this process open and close the file by itself: that would end SQLite's own locks.
  static Result<LockFile> take(const std::string& database);

  // Whether somebody holds the database's own file. Not for a process that has it open.
  static bool is_taken(const std::string& database);

  // Whether `path` names what is held: not so any more when somebody moved, replaced or deleted it.
  bool is(const std::string& path) const;

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}
  static Result<LockFile> lock(const std::string& path, int flags);

  int descriptor_ = -1;
};

}  // namespace bylined::store
