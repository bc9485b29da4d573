// SPDX-License-Identifier: Apache-2.0
// A configuration in a folder of its own, gone with the test, and short ways to read it.
#pragma once

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "settings/settings.h"

namespace bylined::settings {

class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "bylined-settings-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const std::string path = at(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }

 private:
  std::string path_;
};

inline std::map<std::string, std::string>& environment_of_test() {
  static std::map<std::string, std::string> variables;
  return variables;
}
inline std::optional<std::string> environment(const std::string& name) {
  const auto& variables = environment_of_test();
  const auto found = variables.find(name);
  return found == variables.end() ? std::nullopt : std::optional(found->second);
}

// What `read` says of this main file, with the folder's other files beside it.
inline Checked read_in(const Folder& folder, const std::string& main) { return read(folder.write("bylined.toml", main), environment); }
inline Checked read_text(const std::string& main) {
  Folder folder;
  folder.write("ops.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  return read_in(folder, main);
}

// The complaints as an operator sees them, without the folder's name; fatal ones or warnings.
inline std::vector<std::string> texts(const Checked& checked, bool fatal) {
  std::vector<std::string> texts;
  for (Complaint complaint : checked.complaints) {
    if (complaint.fatal != fatal) continue;
    complaint.file = std::filesystem::path(complaint.file).filename();
    texts.push_back(text(complaint));
  }
  return texts;
}
inline std::vector<std::string> faults(const Checked& checked) { return texts(checked, true); }
inline std::vector<std::string> warnings(const Checked& checked) { return texts(checked, false); }
inline std::vector<std::string> faults(const std::string& main) { return faults(read_text(main)); }

inline bool contains(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace bylined::settings
