// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "tests/simulation/profiles.h"
#include "tests/simulation/shrink.h"

namespace bylined::tests {
namespace {

const Targets kTargets{{"a.example", "b.example"}, {"hook", "desk"}};

TEST(Plans, OfOneSeedAreEqualAndOfAnotherDifferent) {
  EXPECT_EQ(text_of(make_plan(profile("crashy"), 4, 2, kTargets)), text_of(make_plan(profile("crashy"), 4, 2, kTargets)));
  EXPECT_NE(text_of(make_plan(profile("crashy"), 4, 2, kTargets)), text_of(make_plan(profile("crashy"), 5, 2, kTargets)));
}

TEST(Plans, DealEveryKindThereIs) {
  std::set<FaultKind> dealt;
  for (const Profile& one : profiles()) {
    for (const Fault& fault : make_plan(one, 1, 1, kTargets)) dealt.insert(fault.kind);
  }
  for (int kind = 0; kind < kFaultKinds; ++kind) EXPECT_TRUE(dealt.contains(static_cast<FaultKind>(kind))) << fault_word(static_cast<FaultKind>(kind));
}

TEST(Plans, LeaveTheFirstHalfHourAloneAndEndWithTheLastDay) {
  for (const Profile& one : profiles()) {
    for (const Fault& fault : make_plan(one, 9, 3, kTargets)) {
      EXPECT_GE(fault.from, std::chrono::minutes(30)) << one.name;
      EXPECT_LE(fault.from + fault.length, std::chrono::hours(72) + std::chrono::minutes(1)) << one.name;
    }
  }
}

TEST(Plans, AreNamedByTheNumbersOfTheirFaults) {
  const Plan plan = make_plan(profile("storm"), 2, 1, kTargets);
  EXPECT_EQ(text_of(only(plan, numbers_of(plan))), text_of(plan));
  EXPECT_EQ(numbers_of(only(plan, "2,5")), "2,5");
  EXPECT_TRUE(only(plan, "-").empty());
}

TEST(Shrinking, LeavesWhatIsNeededToFail) {
  const Plan plan = make_plan(profile("crashy"), 3, 1, kTargets);
  ASSERT_GT(plan.size(), 40u);
  int asked = 0;
  const auto fails = [&asked](const Plan& some) {
    ++asked;
    const auto has = [&some](int number) { return std::any_of(some.begin(), some.end(), [number](const Fault& one) { return one.number == number; }); };
    return has(7) && has(31);
  };
  EXPECT_EQ(numbers_of(shrink(plan, fails, 1'000)), "7,31");
  EXPECT_LT(asked, 60);
}

TEST(Shrinking, EndsAfterSoManyTries) {
  int asked = 0;
  shrink(make_plan(profile("crashy"), 3, 1, kTargets), [&asked](const Plan&) { return ++asked < 0; }, 9);
  EXPECT_EQ(asked, 9);
}

}  // namespace
}  // namespace bylined::tests
