// SPDX-License-Identifier: Apache-2.0
// Watches the loop of a program that is started with it (LD_PRELOAD): each turn of its main thread, from one look for events to
// the next, that took a millisecond of a core gets a line in the file LOOP_TURNS: when it ended, how long it took by the clock, and
// how long on a core, in milliseconds. What it took on a core is the loop's own doing; the rest was a wait for the core.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using Wait = int (*)(int, epoll_event*, int, int);

double milliseconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

// The set in which the main thread sleeps; others it only glances at.
class Loop {
 public:
  bool is_in(int set, int timeout) {
    if (::getpid() != ::gettid()) return false;
    if (set_ < 0 && timeout != 0) set_ = set;
    return set_ == set;
  }
  void turn_ends() const {
    if (!turning_) return;
    const double now = milliseconds(CLOCK_MONOTONIC), core = milliseconds(CLOCK_THREAD_CPUTIME_ID) - core_;
    if (core >= kLong) note(now, now - clock_, core);
  }
  void turn_begins() {
    turning_ = true;
    clock_ = milliseconds(CLOCK_MONOTONIC);
    core_ = milliseconds(CLOCK_THREAD_CPUTIME_ID);
  }

 private:
  static constexpr double kLong = 1;  // milliseconds

  static void note(double ended, double clock, double core) {
    static const char* const path = std::getenv("LOOP_TURNS");
    if (path == nullptr) return;
    static const int ledger = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    char line[64];
    const int bytes = std::snprintf(line, sizeof line, "%.3f %.3f %.3f\n", ended, clock, core);
    static_cast<void>(::write(ledger, line, static_cast<std::size_t>(bytes)) == bytes);
  }

  int set_ = -1;
  bool turning_ = false;
  double clock_ = 0, core_ = 0;
};

}  // namespace

extern "C" int epoll_wait(int set, epoll_event* events, int room, int timeout) {
  static const Wait real = reinterpret_cast<Wait>(::dlsym(RTLD_NEXT, "epoll_wait"));
  static Loop loop;  // touched by the main thread alone, but for its first look
  const bool here = loop.is_in(set, timeout);
  if (here) loop.turn_ends();
  const int count = real(set, events, room, timeout);
  if (here) loop.turn_begins();
  return count;
}
