// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/unfinished.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/sqlite/state_file.h"

namespace bylined::store {
namespace {

// Some file systems know no renaming that replaces nothing; those can link.
bool rename_without_replacing(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  return errno == EINVAL && ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

}  // namespace

Result<Unfinished> Unfinished::beside(const std::string& path, const std::string& ending) {
  std::string name = path + ending + "XXXXXX";
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) {
    return Error(ErrorKind::kNotFound, "cannot create a file beside " + quoted(path) + ": " + std::strerror(errno) + "; look at the folder, its owner and its mode");
  }
  ::close(file);
  return Unfinished(std::move(name));
}

Unfinished::~Unfinished() {
  if (path_.empty()) return;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((path_ + ending).c_str());
}

Status Unfinished::name(const std::string& to) {
  if (!rename_without_replacing(path_, to)) {
    if (errno == EEXIST) return Error(ErrorKind::kRefused, quoted(to) + " exists; choose another name");
    return Error(ErrorKind::kNotFound, "cannot name " + quoted(to) + ": " + std::strerror(errno));
  }
  path_.clear();
  return sync_folder_of(to);
}

}  // namespace bylined::store
