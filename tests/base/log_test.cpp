// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log_left_out.h"

namespace bylined::log {
namespace {

// Standard error leads to `descriptor` as long as it lives.
class Led {
 public:
  explicit Led(int descriptor) : before_(::dup(STDERR_FILENO)) {
    ::dup2(descriptor, STDERR_FILENO);
    open_stderr(Level::kInfo);
  }
  ~Led() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    open_sink({});
  }

 private:
  const int before_;
};

// Lines that a flood does not hold back, since each event is another.
void log_many(const std::string& prefix) {
  const std::string words(900, 'x');
  for (int i = 0; i < 400; ++i) warn(prefix + std::to_string(i), {{"words", words}});
}

TEST(Log, EscapesWhatSteersATerminalOrTurnsTheLine) {
  std::string seen;
  open_sink([&seen](Level, const std::string& line) { seen = line; });
  warn("delivery.failed", {{"reason", "a\x1b[31m\u202eb\u2066c\u061cd\u2028e\u009bf…가"}});
  open_sink({});
  EXPECT_NE(seen.find("a\\x1b[31m\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xd8\\x9cd\\xe2\\x80\\xa8e\\xc2\\x9bf…가"), std::string::npos) << seen;
}

TEST(Log, DoesNotWaitForWhoeverReadsAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::uint64_t before = left_out().blocked;
  {
    const Led led(ends[1]);
    log_many("pipe.");  // 360 KB; a pipe holds 64 KiB
  }
  EXPECT_GT(left_out().blocked, before + 100);
  char first[5];
  ASSERT_EQ(::read(ends[0], first, 5), 5);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Log, DoesNotWaitForWhoeverReadsASocket) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const std::uint64_t before = left_out().blocked;
  {
    const Led led(ends[1]);
    log_many("socket.");
  }
  EXPECT_GT(left_out().blocked, before);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Log, LeavesOutWhatComesTooOftenAndSaysHowMuch) {
  int lines = 0;
  open_sink([&lines](Level, const std::string&) { ++lines; });
  const std::uint64_t before = left_out().flood;
  for (int i = 0; i < 250; ++i) warn("flood.test", {{"number", i}});
  open_sink({});
  EXPECT_GE(lines, 200);
  EXPECT_LE(lines, 202);  // a minute may end meanwhile
  EXPECT_GE(left_out().flood, before + 49);
}

}  // namespace
}  // namespace bylined::log
