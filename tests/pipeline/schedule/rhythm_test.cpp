// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/rhythm.h"

#include <gtest/gtest.h>

namespace bylined::schedule {
namespace {

using namespace std::chrono_literals;
using days = std::chrono::duration<int, std::ratio<86'400>>;

const Instant kMonday = *parse_rfc3339("2025-02-03T00:00:00+09:00");

// So many weeks of a desk that writes at ten and at four o'clock, on working days.
Rhythm desk(int weeks) {
  Rhythm rhythm;
  for (int day = 0; day < weeks * 7; ++day) {
    if (day % 7 > 4) continue;
    const Instant midnight = kMonday + days(day);
    rhythm.learn({midnight + 10h + 10min, midnight + 16h + 20min}, midnight + 17h);
  }
  return rhythm;
}

TEST(Rhythm, ExpectsMoreWhereMoreCame) {
  const Rhythm rhythm = desk(4);
  const Instant wednesday = kMonday + days(30);
  EXPECT_GT(rhythm.expected(wednesday + 10h, wednesday + 11h), 10 * rhythm.expected(wednesday + 3h, wednesday + 4h));
  EXPECT_GT(rhythm.expected(wednesday + 10h, wednesday + 11h), 2 * rhythm.expected(wednesday + days(4) + 10h, wednesday + days(4) + 11h)) << "Sunday";
  EXPECT_NEAR(rhythm.expected(kMonday + days(28), kMonday + days(35)), 10, 3);
}

TEST(Rhythm, AfterIsTheInverseOfExpected) {
  const Rhythm rhythm = desk(4);
  const Instant from = kMonday + days(29) + 9h;
  const Instant at = rhythm.after(0.5, from, from + days(7));
  EXPECT_NEAR(rhythm.expected(from, at), 0.5, 0.001);
  EXPECT_EQ(rhythm.after(1000, from, from + 2h), from + 2h);
}

TEST(Rhythm, IsUnknownUntilThreeArticlesAndTwoDays) {
  Rhythm rhythm;
  EXPECT_FALSE(rhythm.known(kMonday));
  rhythm.learn({kMonday, kMonday + 1h, kMonday + 2h}, kMonday + 3h);
  EXPECT_FALSE(rhythm.known(kMonday + 47h));
  EXPECT_TRUE(rhythm.known(kMonday + 48h));
}

TEST(Rhythm, IsWrittenAndReadBack) {
  Rhythm rhythm = desk(3);
  rhythm.stays_fresh(90s);
  const Rhythm again = Rhythm::parse(rhythm.text());
  EXPECT_EQ(again.text(), rhythm.text());
  EXPECT_EQ(again.fresh_for(), 90s);
  EXPECT_NEAR(again.expected(kMonday + days(22), kMonday + days(23)), rhythm.expected(kMonday + days(22), kMonday + days(23)), 0.01);
}

TEST(Rhythm, WhatCannotBeReadKnowsNothing) {
  const std::string good = desk(3).text();
  for (const std::string& bad : {std::string(), std::string("x"), good + " 1", good.substr(0, good.size() / 2), "-1 " + good, "nan " + good}) {
    EXPECT_FALSE(Rhythm::parse(bad).known(kMonday + days(365))) << bad;
  }
}

TEST(Rhythm, AHabitThatEndedFades) {
  const Rhythm rhythm = desk(4);
  EXPECT_LT(rhythm.expected(kMonday + days(28 * 8), kMonday + days(28 * 8 + 7)), 0.5);
}

TEST(Silence, IsRemarkableOnlyAgainstTheSourcesOwnHabit) {
  const Rhythm rhythm = desk(4);
  const Instant last = kMonday + days(25) + 16h + 20min;  // Friday
  EXPECT_EQ(rhythm.silence(last + days(3)), "") << "a weekend";
  EXPECT_NE(rhythm.silence(last + days(9)).find("nothing new for 9 days"), std::string::npos) << rhythm.silence(last + days(9));
  EXPECT_EQ(desk(1).silence(kMonday + days(60)), "") << "ten articles are no habit";
}

}  // namespace
}  // namespace bylined::schedule
