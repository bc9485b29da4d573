// SPDX-License-Identifier: Apache-2.0
// A file that takes up space beside the database, so that there is some to give back on the day on which the
// disk is full: without it even what would free space cannot be written. Holds nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"

namespace bylined::store {

class Ballast {
 public:
  Ballast(std::string path, std::int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}  // 0 bytes: none

  // Puts it there, unless the disk would then have less than as much again left for work.
  void keep() const;
  // True where there was something to give back.
  bool give_back() const;

 private:
  std::int64_t held() const;

  std::string path_;
  std::int64_t bytes_;
};

}  // namespace bylined::store
