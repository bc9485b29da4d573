// SPDX-License-Identifier: Apache-2.0
// A slow disk for a program that is started with it (LD_PRELOAD): each sync takes SLOW_DISK_MS longer, and the file
// SLOW_DISK_LEDGER has a line before and after it. So a test can tell what a killed process was writing.
#include <dlfcn.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using Sync = int (*)(int);

void note(const char* what, int file) {
  static const char* const path = std::getenv("SLOW_DISK_LEDGER");
  if (path == nullptr) return;
  static const int ledger = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  char link[64], target[512];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(link, target, sizeof target - 1);
  target[length < 0 ? 0 : length] = '\0';
  char line[640];
  const int bytes = std::snprintf(line, sizeof line, "%s %d %s\n", what, static_cast<int>(::getpid()), target);
  static_cast<void>(::write(ledger, line, static_cast<std::size_t>(bytes)) == bytes);
}

int slowly(const char* name, int file) {
  static const char* const length = std::getenv("SLOW_DISK_MS");
  const Sync real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name));
  note("begin", file);
  const timespec pause{0, (length == nullptr ? 0 : std::atol(length)) * 1'000'000};
  ::nanosleep(&pause, nullptr);
  const int outcome = real(file);
  note("end", file);
  return outcome;
}

}  // namespace

extern "C" int fdatasync(int file) { return slowly("fdatasync", file); }
extern "C" int fsync(int file) { return slowly("fsync", file); }
