// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/schedule.h"

#include <gtest/gtest.h>

#include <map>

namespace bylined::schedule {
namespace {

using namespace std::chrono_literals;

const Instant kNoon = Instant(1'760'000'000'000ms);
constexpr model::Period kQuarter{15min, 15min};

TEST(NextDue, KeepsTheRhythmWhenTheVisitWasLate) {
  Random random(1);
  const Instant next = next_due(kQuarter, Facts{kNoon, {}}, kNoon + 4min, random, Options());
  EXPECT_NEAR(static_cast<double>((next - kNoon).count()), 900'000.0, 18'000.0);
}

TEST(NextDue, SkipsPeriodsThatPassedWhileWeWereAway) {
  Random random(1);
  const Instant next = next_due(kQuarter, Facts{kNoon, {}}, kNoon + 24h + 1min, random, Options());
  EXPECT_GT(next, kNoon + 24h + 1min);
  EXPECT_LE(next, kNoon + 24h + 15min + 18s);
}

TEST(NextDue, IsNeverInThePastAndAveragesThePeriod) {
  Random random(7);
  Millis sum{0};
  for (int i = 0; i < 1000; ++i) {
    const Instant next = next_due(kQuarter, Facts{kNoon, {}}, kNoon, random, Options());
    ASSERT_GT(next, kNoon);
    sum += next - kNoon;
  }
  EXPECT_NEAR(static_cast<double>(sum.count()) / 1000, 900'000.0, 1'500.0);
}

TEST(NextDue, StartsAnewWhereTheClockWasSetBack) {
  Random random(1);
  const Instant next = next_due(kQuarter, Facts{kNoon + 365 * 24h, {}}, kNoon, random, Options());
  EXPECT_LE(next, kNoon + 15min + 18s);
}

TEST(Resumed, ComesWithItsPeriodHoweverOftenItsAskersDie) {
  Random random(3);
  Instant asked = kNoon;
  for (int i = 0; i < 200; ++i) {
    const Instant next = next_on_grid(kQuarter, Facts{kNoon, {}}, asked, random, Options());
    ASSERT_GE(next - asked, 15min - 2 * 18s);
    ASSERT_LE(next - asked, 15min + 2 * 18s);
    for (const Instant died : {asked, asked + 1s, next - 40s}) {
      const Instant resumed = resumed_due(kQuarter, Facts{kNoon, {}}, died, Options());
      ASSERT_GE(resumed - asked, 15min - 18s);
      ASSERT_LE(resumed - asked, 15min + 18s);
    }
    asked = next;
  }
}

TEST(Resumed, WhatIsDueLaterStays) {
  EXPECT_EQ(resumed_due(kQuarter, Facts{kNoon + 4min, {}}, kNoon, Options()), kNoon + 4min);
  Random random(3);
  EXPECT_LE(next_on_grid(kQuarter, Facts{kNoon + 24h, {}}, kNoon, random, Options()), kNoon + 15min + 18s) << "the clock was set back";
}

TEST(Resumed, APeriodThatAdaptsKeepsItsPlaceToo) {
  const model::Period range{1min, 2h};
  const Instant first = resumed_due(range, Facts{kNoon, {}}, kNoon + 1h, Options());
  EXPECT_GT(first, kNoon + 1h);
  EXPECT_EQ(resumed_due(range, Facts{kNoon, {}}, kNoon + 1h + 1s, Options()), first);
}

TEST(NextDue, APeriodThatAdaptsStaysWithinItsRangeAndBehindThePagesFreshness) {
  const model::Period range{1min, 2h};
  Random random(1);
  const auto wait = [&](const Rhythm& rhythm, const model::Period& every) { return next_due(every, Facts{kNoon, rhythm}, kNoon, random, Options()) - kNoon; };
  EXPECT_NEAR(static_cast<double>(wait(Rhythm(), range).count()), 657'000, 15'000) << "unknown: the geometric mean";
  Rhythm busy, idle;
  for (int minute = 4'000; minute > 0; --minute) busy.learn({kNoon - std::chrono::minutes(minute)}, kNoon - std::chrono::minutes(minute));
  for (int day = 30; day > 0; day -= 10) idle.learn({kNoon - 24h * day}, kNoon - 24h * day);
  EXPECT_LE(wait(busy, range), 62s);
  EXPECT_GE(wait(idle, range), 117min);
  EXPECT_LE(wait(idle, range), 2h + 30s);
  busy.stays_fresh(10min);
  EXPECT_GE(wait(busy, range), 588s);
  busy.stays_fresh(24h);
  EXPECT_LE(wait(busy, range), 2h + 30s) << "the longest period holds";
  EXPECT_NEAR(static_cast<double>(wait(busy, kQuarter).count()), 900'000, 18'000) << "a fixed period stays fixed";
}

TEST(NextTry, DoublesFromTheFloorAndStopsAtTheCeiling) {
  Random random(3);
  const Options options;
  Millis before{0};
  for (int failures = 1; failures <= 12; ++failures) {
    const Millis wait = next_try(kQuarter, failures, kNoon, random, options) - kNoon;
    EXPECT_GE(wait, std::min(Millis(1min) * (1 << (failures - 1)), Millis(2h)));
    EXPECT_LE(wait, Millis(2h) * 11 / 10);
    EXPECT_GT(wait, before * 9 / 10);
    before = wait;
  }
}

TEST(NextTry, NeverGivesUpAfterAMillionFailures) {
  Random random(3);
  EXPECT_LE(next_try(kQuarter, 1'000'000, kNoon, random, Options()) - kNoon, Millis(2h) * 11 / 10);
}

TEST(NextTry, ComesBackWithinTenMinutesToAFastSource) {
  Random random(3);
  const model::Period fast{5s, 5s};
  EXPECT_LE(next_try(fast, 1, kNoon, random, Options()) - kNoon, 7500ms);
  EXPECT_LE(next_try(fast, 40, kNoon, random, Options()) - kNoon, 11min);
}

TEST(NextTry, DoesNotAskARareSourceMoreOftenThanTheCeilingSays) {
  Random random(3);
  const model::Period rare{24h, 24h};
  EXPECT_GE(next_try(rare, 40, kNoon, random, Options()) - kNoon, Millis(24h));
}

// Those that failed within one second come back over a good part of the time that they were away.
TEST(NextTry, DrawsApartWhatFailedTogether) {
  Random random(3);
  const model::Period fast{5s, 5s};
  std::map<std::int64_t, int> seconds;
  for (int source = 0; source < 100; ++source) {
    Instant now = kNoon;
    for (int failures = 1; failures <= 4; ++failures) now = next_try(fast, failures, now, random, Options());
    ++seconds[(now - kNoon).count() / 1'000];
  }
  for (const auto& [second, sources] : seconds) EXPECT_LE(sources, 12) << second;
  EXPECT_GE(seconds.rbegin()->first - seconds.begin()->first, 20);
}

// A host that was away for a day or two is asked for each article soon after it is back.
TEST(NextRead, OutlastsTwoDaysAndIsNeverMoreThanTwoHoursAway) {
  Random random(3);
  Instant now = kNoon;
  int failures = 0;
  while (const auto next = next_read(++failures, now, random)) {
    EXPECT_LE(*next - now, 2h + 12min);
    now = *next;
    ASSERT_LT(failures, 100);
  }
  EXPECT_GE(now - kNoon, 48h);
  EXPECT_LE(now - kNoon, 56h);
  EXPECT_LE(*next_read(1, kNoon, random) - kNoon, 33s);
}

TEST(FirstDue, SpreadsSourcesOverAMinute) {
  EXPECT_EQ(first_due(0, 100, kQuarter, kNoon), kNoon);
  EXPECT_EQ(first_due(50, 100, kQuarter, kNoon), kNoon + 30s);
  EXPECT_LT(first_due(99, 100, kQuarter, kNoon), kNoon + 60s);
}

}  // namespace
}  // namespace bylined::schedule
