// SPDX-License-Identifier: Apache-2.0
// Days full of faults, drawn from seeds: whatever happened, in the end each alert was told, once, in the same bytes.
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/simulation/run.h"
#include "tests/simulation/shrink.h"
#include "tests/support/effort.h"

namespace bylined::tests {
namespace {

constexpr Millis kSlowestSource = std::chrono::minutes(30);
constexpr int kShrinkTries = 60;

std::string commit() {
  char line[64] = "unknown";
  FILE* const git = ::popen("git -C '" BYLINED_SOURCE_DIR "' rev-parse --short HEAD 2>/dev/null", "r");
  if (git == nullptr) return line;
  if (std::fgets(line, sizeof line, git) == nullptr) line[0] = '?';
  ::pclose(git);
  return std::string(line).substr(0, std::string(line).find('\n'));
}

// All that is needed to see it again, with as few faults as still do it.
std::string report(const Case& one, const Outcome& outcome) {
  Case least = one;
  least.plan = shrink(one.plan, [&one](const Plan& plan) { return !simulate(Case{one.seed, one.profile, one.days, plan}).good(); }, kShrinkTries);
  return "profile " + one.profile + ", seed " + std::to_string(one.seed) + ", commit " + commit() + "\n" + outcome.text() + "of " +
         std::to_string(one.plan.size()) + " faults these suffice:\n" + text_of(least.plan) + replay_command(least) + "\n";
}

std::string first_difference(const std::string& a, const std::string& b) {
  const std::size_t at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const std::size_t line = a.rfind('\n', at) + 1;
  return a.substr(line, 120) + "\nbut then\n" + b.substr(line, 120);
}

class RandomDays : public testing::TestWithParam<Profile> {};

TEST_P(RandomDays, LoseNothingDoubleNothingAndDrain) {
  const Profile& profile = GetParam();
  if (in_quick() && profile.name != "storm" && profile.name != "crashy") GTEST_SKIP() << "takes seconds: ./test runs it";
  const int days = effort(1, 1, 3);
  std::map<FaultKind, int> fired;
  for (int i = 0; i < effort(1, 3, 15); ++i) {
    const Case one = make_case(std::string(profile.name), static_cast<std::uint64_t>(i + 1), days);
    const Outcome outcome = simulate(one);
    EXPECT_TRUE(outcome.good()) << report(one, outcome);
    EXPECT_GT(outcome.taken, 100);
    if (one.plan.empty()) {
      EXPECT_LE(outcome.slowest, kSlowestSource + std::chrono::seconds(45)) << "on a calm day a period and its jitter, and no more";
    }
    for (const auto& [kind, count] : outcome.fired) fired[kind] += count;
    if (in_haste()) continue;
    const Outcome again = simulate(one);
    EXPECT_EQ(outcome.trace == again.trace, true) << replay_command(one) << "\n" << first_difference(outcome.trace, again.trace);
  }
  for (const Deal& deal : profile.deals) EXPECT_GT(fired[deal.kind], 0) << fault_word(deal.kind) << " never struck";
}

std::string profile_name(const testing::TestParamInfo<Profile>& profile) { return std::string(profile.param.name); }

INSTANTIATE_TEST_SUITE_P(Profiles, RandomDays, testing::ValuesIn(profiles()), profile_name);

}  // namespace
}  // namespace bylined::tests
