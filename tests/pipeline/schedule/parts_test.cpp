// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace bylined::schedule {
namespace {

using namespace std::chrono_literals;
using Named = std::vector<model::NamedPart>;
using Parts = std::vector<model::Part>;

const Instant kNow = *parse_rfc3339("2025-02-04T12:00:00+09:00");
const std::string kIndex = "https://a.example/sitemap.xml";

model::NamedPart named(int number, std::string changed = {}) { return {"https://a.example/" + std::to_string(number) + ".xml", "sitemap", std::move(changed), false, {}}; }

Parts asked_before(const Named& all) {
  Parts parts = plan_parts({all, kIndex, 1}, {}, kNow, PartLimits{1'000, 1'000, 3, 7 * 24h, 10min}).ask;
  for (model::Part& part : parts) part.asked_at = kNow;
  return parts;
}

std::vector<std::string> urls(const Parts& parts) {
  std::vector<std::string> all;
  std::transform(parts.begin(), parts.end(), std::back_inserter(all), [](const model::Part& part) { return part.named.url; });
  return all;
}

TEST(PlanParts, AsksThoseThatChangedLastAndNotesTheRestAsHistory) {
  Named all;
  for (int i = 1; i <= 28; ++i) all.push_back(named(i, (i < 10 ? "2025-01-0" : "2025-01-") + std::to_string(i)));
  const PartsPlan plan = plan_parts({all, kIndex, 1}, {}, kNow, PartLimits());
  ASSERT_EQ(plan.ask.size(), 8u);
  EXPECT_EQ(plan.ask.front().named.url, "https://a.example/28.xml");
  EXPECT_EQ(plan.ask.front().parent, kIndex);
  EXPECT_EQ(plan.noted.size(), 20u);
  EXPECT_FALSE(plan.more);
}

TEST(PlanParts, AsksAgainOnlyWhatChanged) {
  const Parts known = asked_before({named(1, "2025-01-01"), named(2, "2025-02-01"), named(3, "2025-02-02")});
  EXPECT_TRUE(plan_parts({{named(1, "2025-01-01"), named(2, "2025-02-01"), named(3, "2025-02-02")}, kIndex, 1}, known, kNow, PartLimits()).ask.empty());
  const PartsPlan plan = plan_parts({{named(1, "2025-01-01"), named(2, "2025-02-04"), named(4, "2025-02-04")}, kIndex, 1}, known, kNow, PartLimits());
  EXPECT_EQ(urls(plan.ask), (std::vector<std::string>{"https://a.example/2.xml", "https://a.example/4.xml"}));
  EXPECT_EQ(plan.gone, std::vector<std::string>{"https://a.example/3.xml"});
}

// Which says no more than the day; the day ends where it ends last.
TEST(PlanParts, AsksAgainWhatChangedOnADayThatWasNotOverWhenItWasAsked) {
  const Named all{named(1, "2025-02-03"), named(2, "2025-02-04"), named(3, "2025-02-04T11:00:00+09:00")};
  Parts known = asked_before(all);
  const auto again = [&](Instant now) { return urls(plan_parts({all, kIndex, 1}, known, now, PartLimits()).ask); };
  EXPECT_EQ(again(kNow), (std::vector<std::string>{"https://a.example/2.xml", "https://a.example/1.xml"}));
  const Instant over = *parse_rfc3339("2025-02-05T21:00:00+09:00");
  EXPECT_EQ(again(over + 1h).size(), 2u) << "once after it";
  for (model::Part& part : known) part.asked_at = over;
  EXPECT_TRUE(again(over + 1h).empty());
}

TEST(PlanParts, AsksNotAllOfADayAgainInOneVisitButAllInTurn) {
  Named all;
  for (int i = 0; i < 9; ++i) all.push_back(named(i, "2025-02-04"));
  Parts known = asked_before(all);
  std::set<std::string> asked;
  for (int visit = 1; visit <= 3; ++visit) {
    const PartsPlan plan = plan_parts({all, kIndex, 1}, known, kNow + 1h * visit, PartLimits());
    EXPECT_EQ(plan.ask.size(), 4u);
    EXPECT_FALSE(plan.more) << "its index need not be read again";
    for (const model::Part& part : plan.ask) {
      asked.insert(part.named.url);
      std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.named.url == part.named.url; })->asked_at = kNow + 1h * visit;
    }
  }
  EXPECT_EQ(asked.size(), 9u);
}

TEST(PlanParts, WhatDoesNotFitIntoOneVisitIsDueInTheNext) {
  Named before, after;
  for (int i = 0; i < 9; ++i) before.push_back(named(i, "2025-02-01")), after.push_back(named(i, "2025-02-02"));
  Parts known = asked_before(before);
  const PartsPlan plan = plan_parts({after, kIndex, 1}, known, kNow, PartLimits());
  EXPECT_EQ(plan.ask.size(), 8u);
  EXPECT_TRUE(plan.more);
  for (const model::Part& part : plan.ask) *std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.named.url == part.named.url; }) = part;
  const PartsPlan next = plan_parts({after, kIndex, 1}, known, kNow, PartLimits());
  EXPECT_EQ(next.ask.size(), 1u);
  EXPECT_FALSE(next.more);
}

TEST(PlanParts, OfManyThatDoNotSayWhenTheyChangedTheWarmOnesAndEachOfTheOthersInTurn) {
  Named all;
  for (int i = 0; i < 20; ++i) all.push_back(named(i));
  Parts known = asked_before(all);
  known[7].fresh_at = kNow - 1h;
  std::set<std::string> seen;
  for (int visit = 0; visit < 20; ++visit) {
    const PartsPlan plan = plan_parts({all, kIndex, 1}, known, kNow + visit * 10min, PartLimits());
    EXPECT_LE(plan.ask.size(), 2u);
    const auto asked = urls(plan.ask);
    EXPECT_NE(std::find(asked.begin(), asked.end(), known[7].named.url), asked.end());
    seen.insert(asked.begin(), asked.end());
  }
  EXPECT_EQ(seen.size(), 20u);
}

TEST(PlanParts, IsBoundedInNumberAndDepth) {
  Named all;
  for (int i = 0; i < 1'001; ++i) all.push_back(named(i));
  const PartsPlan plan = plan_parts({all, kIndex, 1}, {}, kNow, PartLimits());
  EXPECT_EQ(plan.ask.size() + plan.noted.size(), 1'000u);
  EXPECT_FALSE(plan_parts({{named(1)}, kIndex, 3}, {}, kNow, PartLimits()).ask.empty());
  EXPECT_TRUE(plan_parts({{named(1)}, kIndex, 4}, {}, kNow, PartLimits()).ask.empty());
  EXPECT_EQ(plan_parts({{named(1), named(1)}, kIndex, 1}, {}, kNow, PartLimits()).ask.size(), 1u);
}

TEST(IsNews, WhatWasThereBeforeWeLookedIsNot) {
  EXPECT_TRUE(is_news(kNow - 47h, false, kNow));
  EXPECT_FALSE(is_news(kNow - 49h, true, kNow));
  EXPECT_TRUE(is_news(std::nullopt, true, kNow));
  EXPECT_FALSE(is_news(std::nullopt, false, kNow));
}

}  // namespace
}  // namespace bylined::schedule
