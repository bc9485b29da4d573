// SPDX-License-Identifier: Apache-2.0
// kill -9 on a process that works on the bare store: what it said was done is there, each thing once.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "base/random.h"
#include "tests/store/faults/day.h"
#include "tests/support/effort.h"

namespace bylined::store::test {
namespace {

constexpr int kDaysMax = 100'000;  // of a child that nobody kills

// Works until it is killed; tells each acknowledgement as a line.
[[noreturn]] void work(const std::string& path, int first, int out) {
  auto store = open_store(options_for(path));
  if (!store) {
    std::fprintf(stderr, "child: %s\n", store.error().text().c_str());
    ::_exit(3);
  }
  Acknowledged told, now;
  const auto tell = [out](char kind, std::set<std::string>& before, const std::set<std::string>& after) {
    for (const std::string& one : after) {
      if (!before.insert(one).second) continue;
      const std::string line = kind + one + "\n";
      if (::write(out, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(4);
    }
  };
  for (int day = first; day < first + kDaysMax; ++day) {
    const bool done = Day(**store, now, 1, [&] {
      tell('L', told.listed, now.listed);
      tell('A', told.articles, now.articles);
      tell('D', told.delivered, now.delivered);
    }).run(day, 1);
    if (!done || testing::Test::HasFailure()) ::_exit(6);
    if (day % 16 == 0) static_cast<void>((*store)->checkpoint().has_value());
  }
  ::_exit(5);
}

// Reads lines until `count` came, kills, and reads what was still on its way.
Acknowledged kill_after(pid_t child, int in, int count) {
  Acknowledged acknowledged;
  FILE* const lines = ::fdopen(in, "r");
  char line[512];
  for (int i = 0; std::fgets(line, sizeof line, lines) != nullptr; ++i) {
    std::string text(line + 1);
    text.pop_back();
    (line[0] == 'L' ? acknowledged.listed : line[0] == 'A' ? acknowledged.articles : acknowledged.delivered).insert(text);
    if (i == count) ::kill(child, SIGKILL);
  }
  std::fclose(lines);
  return acknowledged;
}

class Kills : public Faults {};

TEST_F(Kills, LoseNothingThatWasAcknowledgedAndDoubleNothing) {
  ASSERT_TRUE(open_store(options_for(path())));
  const int kills = tests::effort(5, 20, 100);
  Random random(11);
  std::size_t told = 0;
  int first = 0;
  for (int kill = 0; kill < kills; ++kill, first += 10'000) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      work(path(), first, ends[1]);
    }
    ::close(ends[1]);
    const Acknowledged acknowledged = kill_after(child, ends[0], 1 + static_cast<int>(random.below(60)));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    told += acknowledged.listed.size() + acknowledged.articles.size() + acknowledged.delivered.size();
    EXPECT_EQ(missing(acknowledged), "") << "kill " << kill;
  }
  expect_whole("after all kills");
  EXPECT_GT(told, 10u * static_cast<std::size_t>(kills));
  EXPECT_EQ(Raw(path()).ask("SELECT count(*) - count(DISTINCT identity) FROM article"), "0");
  EXPECT_EQ(Raw(path()).ask("SELECT count(*) - count(DISTINCT article) FROM alert"), "0") << "one alert an article";
  EXPECT_EQ(Raw(path()).ask("SELECT count(*) - count(DISTINCT alert) FROM delivery"), "0");
}

}  // namespace
}  // namespace bylined::store::test
