// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/ballast.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"

namespace bylined::store {
namespace {

std::int64_t free_bytes(const std::string& path) {
  struct statvfs disk {};
  const std::string folder = path.substr(0, path.find_last_of('/') + 1);
  if (::statvfs(folder.empty() ? "." : folder.c_str(), &disk) != 0) return 0;
  return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
}

}  // namespace

void Ballast::keep() const {
  if (bytes_ == 0 || held() == bytes_ || free_bytes(path_) < 2 * bytes_) return;
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return;
  const bool kept = ::posix_fallocate(file, 0, bytes_) == 0;
  ::close(file);
  if (!kept) ::unlink(path_.c_str());
}

bool Ballast::give_back() const {
  if (held() == 0 || ::unlink(path_.c_str()) != 0) return false;
  log::warn("storage.ballast_given_back", {{"bytes", bytes_}, {"reason", "the disk is full"}});
  return true;
}

std::int64_t Ballast::held() const {
  struct stat file {};
  return ::stat(path_.c_str(), &file) == 0 ? file.st_size : 0;
}

}  // namespace bylined::store
