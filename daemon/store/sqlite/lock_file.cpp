// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace bylined::store {

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<LockFile> LockFile::lock(const std::string& path, int flags) {
  LockFile lock(::open(path.c_str(), flags | O_CLOEXEC, 0600));
  if (lock.descriptor_ < 0) return Error(ErrorKind::kNotFound, "cannot write " + quoted(path) + ": " + std::strerror(errno));
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return Error(ErrorKind::kBusy, "a running daemon holds " + quoted(path) + "; stop it first (systemctl stop bylined), or name another state folder");
  }
  return lock;
}

std::string LockFile::place(const std::string& database) {
  std::error_code error;
  const std::string place = std::filesystem::weakly_canonical(database, error).string();
  return error ? database : place;
}

std::string LockFile::beside(const std::string& database) { return place(database) + ".lock"; }

Result<LockFile> LockFile::take_beside(const std::string& database) { return lock(beside(database), O_RDWR | O_CREAT | O_NOFOLLOW); }

Result<LockFile> LockFile::take(const std::string& database) { return lock(database, O_RDWR); }

bool LockFile::is_taken(const std::string& database) {
  const LockFile looked(::open(database.c_str(), O_RDONLY | O_CLOEXEC));
  return looked.descriptor_ >= 0 && ::flock(looked.descriptor_, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool LockFile::is(const std::string& path) const {
  struct stat held {}, named {};
  return ::fstat(descriptor_, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

}  // namespace bylined::store
