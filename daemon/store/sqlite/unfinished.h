// SPDX-License-Identifier: Apache-2.0
// A file that is being made and does not have its name yet. It stands beside its place under a name that nobody had, so that
// whatever is deleted here is ours. A kill leaves it: whose it is nobody can tell afterwards, so nobody deletes it but a person.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace bylined::store {

class Unfinished {
 public:
  // An empty file that only we may read, named like `path` with this ending and six letters by chance. kNotFound with the
  // system's reason.
  static Result<Unfinished> beside(const std::string& path, const std::string& ending);
  Unfinished(Unfinished&& other) noexcept : path_(std::exchange(other.path_, std::string())) {}
  Unfinished& operator=(Unfinished&& other) = delete;
  // Without its name it goes, and what SQLite put beside it.
  ~Unfinished();

  const std::string& path() const { return path_; }
  // Gives it its name, also through a power cut. kRefused where something of this name exists: nothing is replaced.
  Status name(const std::string& to);

 private:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}

  std::string path_;  // empty: it has its name
};

}  // namespace bylined::store
