// SPDX-License-Identifier: Apache-2.0
// A lock that the kernel holds for us and gives up when we end, however we end. Its file stays and says
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

  // Does not wait: kRefused where somebody holds it, kNotFound where its folder cannot be written.
  static Result<LockFile> take(const std::string& path);

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace bylined::store
