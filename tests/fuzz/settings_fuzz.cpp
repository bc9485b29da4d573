// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "base/markup/html.h"
#include "settings/settings.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;

std::optional<std::string> no_environment(const std::string&) { return std::nullopt; }

// A folder of memory, so that nothing but this one file is found in it.
class Folder {
 public:
  Folder() : path_("/dev/shm/bylined-fuzz-" + std::to_string(::getpid())) { ::mkdir(path_.c_str(), 0700); }
  ~Folder() {
    ::unlink(file().c_str());
    ::rmdir(path_.c_str());
  }
  std::string file() const { return path_ + "/bylined.toml"; }

 private:
  const std::string path_;
};

}  // namespace

// A file of any bytes gives settings or faults, each fault with its place and as clean text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  static const Folder folder;
  std::ofstream(folder.file(), std::ios::binary | std::ios::trunc) << text;
  const settings::Checked checked = settings::read(folder.file(), no_environment, settings::Secrets::kSkip);
  bool fatal = false;
  for (const settings::Complaint& complaint : checked.complaints) {
    fatal |= complaint.fatal;
    fuzz::require(!complaint.file.empty() && !complaint.reason.empty() && complaint.line >= 0);
    for (const char c : settings::text(complaint)) fuzz::require(!fuzz::is_control(c));
  }
  fuzz::require((checked.settings != nullptr) == !fatal);
  static_cast<void>(settings::parse_query(text.substr(0, 4096)));
  static_cast<void>(markup::Selector::compile(text.substr(0, 4096)));
  return 0;
}
