// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "store/reader.h"
#include "store/sqlite/copying.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/open_reading.h"
#include "store/sqlite/state_file.h"

namespace bylined::store {
namespace {

constexpr int kKeptMax = 1000;  // replaced databases beside the new one

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

Result<std::string> free_name(const std::string& target) {
  for (int i = 1; i <= kKeptMax; ++i) {
    std::string name = target + ".replaced-" + std::to_string(i);
    if (!exists(name) && !exists(name + "-wal")) return name;
  }
  return Error(ErrorKind::kExhausted, std::to_string(kKeptMax) + " replaced databases stand beside " + quoted(target) + "; move some away");
}

Status move_file(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return Status();
  return Error(ErrorKind::kNotFound, "cannot name " + quoted(to) + ": " + std::strerror(errno));
}

// The old file and the log that belongs to it.
Result<std::string> move_away(const std::string& target) {
  if (!exists(target) && !exists(target + "-wal")) return std::string();
  auto name = free_name(target);
  if (!name) return name;
  if (auto moved = move_file(target, *name); !moved) return moved.error();
  if (auto moved = move_file(target + "-wal", *name + "-wal"); !moved) return moved.error();
  ::unlink((target + "-shm").c_str());
  return name;
}

Status copy_good(const std::string& backup, const std::string& to) {
  auto from = open_for_reading(backup);
  if (!from) return from.error();
  ::unlink(to.c_str());
  return copy_database(**from, to);  // and checks the copy
}

}  // namespace

Result<std::string> restore(const std::string& backup, const std::string& target) {
  auto lock = LockFile::take(target + ".lock");
  if (!lock) return lock.error().within("restore");
  const std::string unfinished = target + ".restored";
  if (auto copied = copy_good(backup, unfinished); !copied) return copied.error().within("restore " + quoted(backup));
  auto kept = move_away(target);
  if (!kept) return kept.error().within("restore");
  if (auto named = move_file(unfinished, target); !named) return named.error().within("restore");
  if (auto synced = sync_folder_of(target); !synced) return synced.error().within("restore");
  return kept;
}

}  // namespace bylined::store
