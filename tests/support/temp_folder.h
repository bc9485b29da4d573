// SPDX-License-Identifier: Apache-2.0
// A folder of its own in memory where there is one, gone with the test.
#pragma once

#include <stdlib.h>

#include <cassert>
#include <filesystem>
#include <string>

namespace bylined::tests {

class TempFolder {
 public:
  TempFolder() {
    const std::filesystem::path base = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string pattern = (base / "bylined-test-XXXXXX").string();
    char* const made = ::mkdtemp(pattern.data());
    assert(made != nullptr);
    path_ = made;
  }
  ~TempFolder() {
    std::error_code ignored;  // nothing a test could do about it
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace bylined::tests
