// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "store/reader.h"
#include "store/sqlite/copying.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/open_reading.h"
#include "store/sqlite/state_file.h"
#include "store/sqlite/unfinished.h"

namespace bylined::store {
namespace {

constexpr int kKeptMax = 1000;  // replaced databases beside the new one

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// After a restore that was cut short, a log that stands alone belongs to what that one moved away.
Result<std::string> free_name(const std::string& target, bool cut_short) {
  const bool log_alone = cut_short && !exists(target) && exists(target + "-wal");
  std::string last;
  for (int i = 1; i <= kKeptMax; ++i) {
    std::string name = target + kReplaced + "-" + std::to_string(i);
    if (exists(name) || exists(name + "-wal")) {
      last = name;
      continue;
    }
    return log_alone && exists(last) && !exists(last + "-wal") ? last : name;
  }
  return Error(ErrorKind::kExhausted, std::to_string(kKeptMax) + " replaced databases stand beside " + quoted(target) + "; move some away");
}

Status move_file(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return Status();
  return Error(ErrorKind::kNotFound, "cannot name " + quoted(to) + ": " + std::strerror(errno));
}

// The old file and the log that belongs to it.
Result<std::string> move_away(const std::string& target, bool cut_short) {
  if (!exists(target) && !exists(target + "-wal")) return std::string();
  auto name = free_name(target, cut_short);
  if (!name) return name;
  if (auto moved = move_file(target, *name); !moved) return moved.error();
  if (auto moved = move_file(target + "-wal", *name + "-wal"); !moved) return moved.error();
  ::unlink((target + "-shm").c_str());
  return name;
}

// Whose the state is: the replaced file's, else its folder's. Who restores as root must not lock the daemon out.
struct Owner {
  uid_t user = 0;
  gid_t group = 0;
  mode_t mode = 0600;
};

Result<Owner> owner_of_state(const std::string& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return Owner{status.st_uid, status.st_gid, status.st_mode & 0777u};
  const std::string folder = folder_of(target);
  if (::stat(folder.c_str(), &status) == 0) return Owner{status.st_uid, status.st_gid, 0600};
  return Error(ErrorKind::kNotFound, "cannot reach " + quoted(folder) + ": " + std::strerror(errno));
}

// Through a descriptor and never through a link: the folder is its owner's, and we may be root.
Status give(const std::string& path, const Owner& owner) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status {};
  bool given = file >= 0 && ::fstat(file, &status) == 0;
  if (given && (status.st_uid != owner.user || status.st_gid != owner.group)) given = ::fchown(file, owner.user, owner.group) == 0;
  if (given && (status.st_mode & 0777u) != owner.mode) given = ::fchmod(file, owner.mode) == 0;
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (given) return Status();
  return Error(ErrorKind::kNotFound, "cannot give " + quoted(path) + " to user " + std::to_string(owner.user) + ", whose the state is: " + std::strerror(reason) +
                                         "; restore as that user or as root");
}

Status give_state(const std::string& target, const std::string& unfinished, const Owner& owner) {
  if (auto given = give(unfinished, owner); !given) return given;
  return give(LockFile::beside(target), Owner{owner.user, owner.group, 0600});
}

Result<Unfinished> copy_good(const std::string& backup, const std::string& target) {
  auto from = open_for_reading(backup);
  if (!from) return from.error();
  auto copy = Unfinished::beside(target, std::string(kRestored) + "-");
  if (!copy) return copy;
  if (auto copied = copy_into(**from, copy->path()); !copied) return copied.error();  // and checks the copy
  return copy;
}

}  // namespace

Result<std::string> restore(const std::string& backup, const std::string& target) {
  const auto owner = owner_of_state(target);
  if (!owner) return owner.error().within("restore");
  auto lock = LockFile::take_beside(target);
  if (!lock) return lock.error().within("restore");
  auto file = exists(target) ? LockFile::take(target) : LockFile();
  if (!file) return file.error().within("restore");
  const bool cut_short = !file_beside(target, {kRestored}).empty();
  auto unfinished = copy_good(backup, target);
  if (!unfinished) return unfinished.error().within("restore " + quoted(backup));
  if (auto given = give_state(target, unfinished->path(), *owner); !given) return given.error().within("restore");
  auto kept = move_away(target, cut_short);
  if (!kept) return kept.error().within("restore");
  if (auto named = unfinished->name(target); !named) return named.error().within("restore");
  return kept;
}

}  // namespace bylined::store
