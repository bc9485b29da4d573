// SPDX-License-Identifier: Apache-2.0
// A slow disk for a program that is started with it (LD_PRELOAD): each sync takes SLOW_DISK_MS longer, and the file
// SLOW_DISK_LEDGER has a line before and after it. So a test can tell what a killed process was writing. While the file
// SLOW_FILES_WHILE is there, each file of configuration takes SLOW_FILES_MS longer to be opened.
#include <dlfcn.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

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

void pause_for(const char* length) {
  const long all = length == nullptr ? 0 : std::atol(length);
  const timespec pause{all / 1000, all % 1000 * 1'000'000};
  ::nanosleep(&pause, nullptr);
}

FILE* open_slowly(const char* name, const char* path, const char* mode) {
  const char* const while_there = std::getenv("SLOW_FILES_WHILE");
  const std::string_view opened(path);
  if (while_there != nullptr && opened.ends_with(".toml") && ::access(while_there, F_OK) == 0) pause_for(std::getenv("SLOW_FILES_MS"));
  return reinterpret_cast<FILE* (*)(const char*, const char*)>(::dlsym(RTLD_NEXT, name))(path, mode);
}

int slowly(const char* name, int file) {
  static const char* const length = std::getenv("SLOW_DISK_MS");
  const Sync real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name));
  note("begin", file);
  pause_for(length);
  const int outcome = real(file);
  note("end", file);
  return outcome;
}

}  // namespace

extern "C" int fdatasync(int file) { return slowly("fdatasync", file); }
extern "C" int fsync(int file) { return slowly("fsync", file); }
extern "C" FILE* fopen(const char* path, const char* mode) { return open_slowly("fopen", path, mode); }
extern "C" FILE* fopen64(const char* path, const char* mode) { return open_slowly("fopen64", path, mode); }
