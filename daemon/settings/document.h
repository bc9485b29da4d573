// SPDX-License-Identifier: Apache-2.0
// The configuration's files: finds, checks, reads and parses them. Never writes, never follows what
// is not a plain file, never reads beyond its limit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "settings/table.h"

namespace bylined::settings {

constexpr std::size_t kFileMost = 8u << 20;  // bytes
constexpr std::size_t kFilesMost = 1'000;      // in one folder

// One file; owns what its tables refer to.
class Document {
 public:
  // None where it cannot be read or parsed; the reason is a complaint then.
  static std::unique_ptr<Document> open(const std::string& path, Complaints& complaints);
  ~Document();

  const std::string& path() const { return path_; }
  Table root() const;

 private:
  Document(std::string path, Complaints& complaints);

  std::string path_;
  Complaints& complaints_;
  std::unique_ptr<toml::table> parsed_;
};

// The bytes of a plain file of at most `most` bytes.
Result<std::string> read_file(const std::string& path, std::size_t most);
// Files ending in .toml in this folder, sorted; none where there is no such folder.
std::vector<std::string> files_of_folder(const std::string& folder, Complaints& complaints);

enum class Openness { kClosed, kReadableByOthers, kWritableByOthers };
Openness openness(const std::string& path);

// A path as written in the configuration, seen from the folder of the main file.
std::string beside(const std::string& folder, const std::string& path);

}  // namespace bylined::settings
