// SPDX-License-Identifier: Apache-2.0
// kill -9 on a process that works on the bare store: what it said was done is there, each thing once.
#include "base/random.h"
#include "tests/store/faults/child.h"
#include "tests/support/effort.h"

namespace bylined::store::test {
namespace {

constexpr int kDaysMax = 100'000;  // of a child that nobody kills

// Works until it is killed.
int work(const std::string& path, int first, int out) {
  auto store = open_store(options_for(path));
  if (!store) return 3;
  Teller teller(out);
  for (int day = first; day < first + kDaysMax; ++day) {
    const bool done = Day(**store, teller.now, 1, [&teller] { teller.tell(); }).run(day, 1);
    if (!done || testing::Test::HasFailure()) return 6;
    if (day % 16 == 0) static_cast<void>((*store)->checkpoint().has_value());
  }
  return 5;
}

class Kills : public Faults {};

TEST_F(Kills, LoseNothingThatWasAcknowledgedAndDoubleNothing) {
  ASSERT_TRUE(open_store(options_for(path())));
  const int kills = tests::effort(5, 20, 100);
  Random random(11);
  std::size_t told = 0;
  int first = 0;
  for (int kill = 0; kill < kills; ++kill, first += 10'000) {
    Child child([&](int out) { return work(path(), first, out); });
    const Acknowledged acknowledged = child.listen(2 + static_cast<int>(random.below(60)));
    ASSERT_TRUE(child.killed_by(SIGKILL)) << "it ended by itself";
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
