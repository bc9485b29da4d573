// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>

namespace bylined::store {
namespace {

constexpr std::string_view kMagic{"SQLite format 3\0", 16};

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool good() const { return number_ >= 0; }

 private:
  int number_;
};

Error unusable(const std::string& path, const char* verb) {
  return Error(ErrorKind::kNotFound, std::string("cannot ") + verb + " " + quoted(path) + ": " + std::strerror(errno) +
                                         "; look at the folder, its owner and its mode");
}

Error damaged(const std::string& path, const std::string& why) {
  return Error(ErrorKind::kCorrupt, quoted(path) + " " + why + "; it was not changed. Restore a backup with `byline db restore`, or move it away to start anew");
}

std::uint32_t big_endian(const unsigned char* bytes, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[i];
  return value;
}

bool holds_something(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && status.st_size > 0;
}

// Pages that the write-ahead log holds, by its frames' heads. SQLite itself judges their bytes.
std::set<std::int64_t> pages_in_log(const std::string& path) {
  constexpr std::int64_t kHead = 32, kFrameHead = 24;
  std::set<std::int64_t> pages;
  const Descriptor file(path + "-wal", O_RDONLY);
  std::array<unsigned char, kHead> head{};
  if (!file.good() || ::pread(file.number(), head.data(), head.size(), 0) != kHead) return pages;
  const std::int64_t frame = kFrameHead + big_endian(&head[8], 4);
  std::array<unsigned char, kFrameHead> one{};
  for (std::int64_t at = kHead; ::pread(file.number(), one.data(), one.size(), at) == kFrameHead; at += frame) {
    if (std::memcmp(&one[8], &head[16], 8) != 0) break;  // of an earlier round of the log
    pages.insert(big_endian(one.data(), 4));
  }
  return pages;
}

// Who dies while the log is moved leaves a first page that tells of pages which are in the log alone.
bool rest_is_in_log(const std::string& path, std::int64_t have, std::int64_t pages) {
  const std::set<std::int64_t> logged = pages_in_log(path);
  for (std::int64_t number = have + 1; number <= pages; ++number) {
    if (!logged.contains(number)) return false;
  }
  return true;
}

}  // namespace

std::string file_beside(const std::string& path, std::initializer_list<std::string_view> endings) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::error_code error;
  std::filesystem::directory_iterator entries(folder_of(path), error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const std::string other = entries->path().filename().string();
    if (!other.starts_with(name)) continue;
    const std::string_view rest = std::string_view(other).substr(name.size());
    for (const std::string_view ending : endings) {
      if (rest.starts_with(ending)) return entries->path().string();
    }
  }
  return {};
}

Result<StateFile> examine(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return unusable(path, "reach");
    // Without its database, nothing is as likely as a restore that was cut short: an empty one in its place would tell all anew.
    if (const std::string left = file_beside(path, {kReplaced, kRestored}); !left.empty()) {
      return Error(ErrorKind::kCorrupt, quoted(path) + " is missing while " + quoted(left) + " is there: a restore was cut short. Run `byline db restore` once more, or " +
                                            "move its files away to start anew; nothing was changed");
    }
    if (holds_something(path + "-wal")) return damaged(path, "is missing while its log is there");
    return StateFile::kMissing;
  }
  if (!S_ISREG(status.st_mode)) return Error(ErrorKind::kNotFound, quoted(path) + " is not a file");
  if (status.st_size == 0) return damaged(path, "is empty: it was cut off");

  const Descriptor file(path, O_RDWR);
  if (!file.good()) return unusable(path, "write");
  std::array<unsigned char, 100> head{};
  const ssize_t got = ::pread(file.number(), head.data(), head.size(), 0);
  if (got < 0) return unusable(path, "read");
  if (got < static_cast<ssize_t>(head.size()) || std::memcmp(head.data(), kMagic.data(), kMagic.size()) != 0) {
    return damaged(path, "is not a database");
  }
  const std::uint32_t stored_size = big_endian(&head[16], 2);
  const std::int64_t page = stored_size == 1 ? 65536 : stored_size;
  const std::int64_t pages = big_endian(&head[28], 4);
  const std::int64_t whole = page * pages;
  if (status.st_size < whole && !rest_is_in_log(path, status.st_size / page, pages)) {
    return damaged(path, "is cut off: " + std::to_string(status.st_size) + " of " + std::to_string(whole) + " bytes are there");
  }
  return StateFile::kWhole;
}

Status sync_file(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  return file.good() && ::fsync(file.number()) == 0 ? Status() : Status(unusable(path, "sync"));
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Status sync_folder_of(const std::string& path) { return sync_file(folder_of(path)); }

}  // namespace bylined::store
