// SPDX-License-Identifier: Apache-2.0
// One run by hand: BYLINED_REPLAY='PROFILE SEED DAYS [FAULTS]'.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/simulation/run.h"

namespace bylined::tests {
namespace {

TEST(Replay, FindsARunByItsName) {
  const Case one = parse_case("storm 2 1 3,7");
  EXPECT_EQ(one.seed, 2u);
  EXPECT_EQ(text_of(one.plan), text_of(only(make_case("storm", 2, 1).plan, "3,7")));
  EXPECT_NE(replay_command(one).find("'storm 2 1 3,7'"), std::string::npos);
}

TEST(Replay, ShowsTheRunThatIsAskedFor) {
  const char* const wanted = std::getenv("BYLINED_REPLAY");
  if (wanted == nullptr) return;  // by hand only
  const Case one = parse_case(wanted);
  const Outcome outcome = simulate(one);
  std::printf("%s%d sent, %d starts, drained %s after the last fault\n%s", text_of(one.plan).c_str(), outcome.taken, outcome.boots,
              duration_text(outcome.drained).c_str(), outcome.last.c_str());
  for (const auto& [kind, count] : outcome.fired) std::printf("  %d x %s\n", count, std::string(fault_word(kind)).c_str());
  if (const char* const path = std::getenv("BYLINED_TRACE"); path != nullptr) std::ofstream(path) << outcome.trace;
  EXPECT_TRUE(outcome.good()) << outcome.text();
}

}  // namespace
}  // namespace bylined::tests
