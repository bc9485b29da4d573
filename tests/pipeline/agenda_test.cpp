// SPDX-License-Identifier: Apache-2.0
#include "pipeline/agenda.h"

#include <malloc.h>

#include <gtest/gtest.h>

namespace bylined::pipeline {
namespace {

using namespace std::chrono_literals;

const Instant kNoon = Instant(1'760'000'000'000ms);

store::PlannedSource planned(const std::string& id, Instant due, std::int64_t token = 1) {
  store::PlannedSource one;
  one.facts.id = {id};
  one.facts.due = due;
  one.claim.token = token;
  return one;
}

store::ClaimedSource claim(const std::string& id, std::int64_t token, Instant next) {
  store::ClaimedSource one;
  one.id = {id};
  one.claim = store::Claim{"me", token};
  one.next_due = next;
  return one;
}

std::string due(const Agenda& agenda, Instant now, std::size_t limit = 100) {
  std::string all;
  for (const model::SourceId& id : agenda.due(now, 24h, limit)) all += id.value;
  return all;
}

TEST(Agenda, TheOldestComesFirst) {
  Agenda agenda("me");
  EXPECT_EQ(agenda.next(), std::nullopt);
  agenda.plan({planned("a", kNoon + 2s), planned("b", kNoon), planned("c", kNoon + 2s), planned("d", kNoon + 4s), planned("e", kNoon + 23h + 30min)});
  EXPECT_EQ(due(agenda, kNoon + 3s), "bac");
  EXPECT_EQ(due(agenda, kNoon + 3s, 2), "ba");
  EXPECT_EQ(due(agenda, kNoon - 1h), "e") << "beyond the horizon";
  EXPECT_EQ(agenda.next(), kNoon);
}

TEST(Agenda, WhatIsVisitedIsNotDueHoweverLongThatTakes) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon), planned("b", kNoon + 1s)});
  agenda.claimed(claim("a", 2, kNoon + 2s), kNoon);
  EXPECT_EQ(agenda.next(), kNoon + 1s);
  agenda.claimed(claim("b", 2, kNoon + 3s), kNoon);
  EXPECT_EQ(agenda.visits(), 2u);
  EXPECT_EQ(agenda.next(), std::nullopt);
  EXPECT_EQ(due(agenda, kNoon + 1h), "");
  agenda.move({"a"}, kNoon + 4s);
  agenda.plan({planned("a", kNoon + 4s, 2), planned("b", kNoon + 3s, 2)});
  EXPECT_EQ(due(agenda, kNoon + 1h), "") << "also after a reload";
  agenda.visited({"a"});
  EXPECT_EQ(agenda.next(), kNoon + 4s);
  agenda.hold(claim("b", 2, kNoon + 3s));
  agenda.visited({"b"});
  EXPECT_EQ(due(agenda, kNoon + 1h), "ba");
  ASSERT_TRUE(agenda.take({"b"}, kNoon + 1h));
  EXPECT_TRUE(agenda.visits({"b"}));
  EXPECT_EQ(due(agenda, kNoon + 1h), "a");
}

TEST(Agenda, AVisitOutlivesItsSourceAndIsStillOne) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon)});
  agenda.claimed(claim("a", 2, kNoon + 2s), kNoon);
  agenda.plan({});
  EXPECT_EQ(agenda.visits(), 1u);
  agenda.plan({planned("a", kNoon, 3)});
  EXPECT_EQ(due(agenda, kNoon + 1h), "") << "it is back, and one visit is under way";
  agenda.visited({"a"});
  EXPECT_EQ(due(agenda, kNoon + 1h), "a");
}

TEST(Agenda, AnUnchangedPageLeavesItsClaimHeld) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon)});
  EXPECT_FALSE(agenda.take({"a"}, kNoon));
  agenda.claimed(claim("a", 2, kNoon + 15min), kNoon);
  EXPECT_TRUE(agenda.unknown_to_store().empty());
  agenda.hold(claim("a", 2, kNoon + 15min));
  agenda.visited({"a"});
  const auto held = agenda.take({"a"}, kNoon + 15min);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->last_complete, kNoon);
  EXPECT_FALSE(agenda.take({"a"}, kNoon + 15min)) << "it is visited";
  agenda.move({"a"}, kNoon + 30min);
  const auto unknown = agenda.unknown_to_store();
  ASSERT_EQ(unknown.size(), 1u);
  EXPECT_EQ(unknown[0].claim.owner, "me");
  EXPECT_EQ(unknown[0].claim.token, 2);
  EXPECT_EQ(unknown[0].due, kNoon + 30min);
  EXPECT_EQ(unknown[0].last_complete, kNoon);
  agenda.visited({"a"});
  EXPECT_TRUE(agenda.unknown_to_store().empty()) << "what was recorded said it";
  EXPECT_FALSE(agenda.take({"a"}, kNoon + 30min));
}

store::ClaimedSource everyday_claim(const std::string& id) {
  store::ClaimedSource one = claim(id, 2, kNoon + 15min);
  one.validators = {"\"6548a2c1-2f3b\"", "Mon, 06 Nov 2023 08:11:13 GMT"};
  one.body_hash = std::string(64, 'c');
  one.has_baseline = true;
  one.state = model::SourceState::kQuiet;
  one.failures = 3;
  one.usual_items = 20;
  one.habit = "dates differ";
  one.rhythm = "1795934477000 1795934488079 0.50";
  one.parts = 4;
  one.due = kNoon;
  return one;
}

TEST(Agenda, AHeldClaimComesBackWhole) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon)});
  const store::ClaimedSource given = everyday_claim("a");
  agenda.claimed(given, kNoon);
  agenda.hold(given);
  const auto held = agenda.take({"a"}, kNoon + 15min);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->id, given.id);
  EXPECT_EQ(held->claim.owner, "me");
  EXPECT_EQ(held->claim.token, 2);
  EXPECT_EQ(held->validators, given.validators);
  EXPECT_EQ(held->body_hash, given.body_hash);
  EXPECT_EQ(held->habit, given.habit);
  EXPECT_EQ(held->rhythm, given.rhythm);
  EXPECT_EQ(held->state, given.state);
  EXPECT_EQ(std::tie(held->has_baseline, held->failures, held->usual_items, held->parts), std::tie(given.has_baseline, given.failures, given.usual_items, given.parts));
  EXPECT_EQ(held->due, given.next_due) << "when it should be asked again";
  EXPECT_EQ(held->next_due, given.next_due);
  EXPECT_EQ(held->last_complete, kNoon);
}

TEST(Agenda, TenThousandHeldClaimsAreSmall) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer allocates by itself";
#endif
  constexpr int kSources = 10'000;
  const auto before = mallinfo2().uordblks;
  Agenda agenda("5uqic43medyg2ghrexqx2im6ta:2026-11-29T06:40:52.422Z:278692");
  {
    std::vector<store::PlannedSource> sources;
    for (int i = 0; i < kSources; ++i) sources.push_back(planned(std::to_string(i), kNoon, 2));
    agenda.plan(sources);
    for (const store::PlannedSource& one : sources) agenda.hold(everyday_claim(one.facts.id.value));
  }
  const auto bytes = (mallinfo2().uordblks - before) / kSources;
  EXPECT_LT(bytes, 600u) << "a source";
  EXPECT_EQ(agenda.unknown_to_store().size(), 10'000u);
}

TEST(Agenda, WhenAPageWasFetchedWholeOutlivesANewPlan) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon), planned("b", kNoon)});
  EXPECT_EQ(agenda.whole_at({"a"}), std::nullopt);
  agenda.fetched_whole({"a"}, Steady(24h));
  agenda.fetched_whole({"gone"}, Steady(24h));
  agenda.plan({planned("a", kNoon, 2), planned("b", kNoon)});
  EXPECT_EQ(agenda.whole_at({"a"}), Steady(24h));
  EXPECT_EQ(agenda.whole_at({"b"}), std::nullopt);
  EXPECT_EQ(agenda.whole_at({"gone"}), std::nullopt);
}

TEST(Agenda, AClaimThatIsNotTheLastIsNotHeld) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon), planned("b", kNoon)});
  agenda.claimed(claim("a", 2, kNoon + 15min), kNoon);
  agenda.claimed(claim("b", 2, kNoon + 15min), kNoon);
  agenda.plan({planned("a", kNoon, 3), planned("b", kNoon + 1min, 2)});
  agenda.hold(claim("a", 2, kNoon + 15min));
  agenda.hold(claim("b", 2, kNoon + 15min));
  agenda.hold(claim("gone", 2, kNoon + 15min));
  EXPECT_FALSE(agenda.take({"a"}, kNoon));
  EXPECT_TRUE(agenda.take({"b"}, kNoon));
  EXPECT_EQ(agenda.due_of({"b"}), kNoon + 1min);
}

TEST(Agenda, LettingGoEndsWhatIsHeldAndLeavesVisitsTheirClaim) {
  Agenda agenda("me");
  agenda.plan({planned("a", kNoon), planned("b", kNoon)});
  for (const char* const id : {"a", "b"}) {
    agenda.claimed(claim(id, 2, kNoon + 15min), kNoon);
    agenda.hold(claim(id, 2, kNoon + 15min));
  }
  ASSERT_TRUE(agenda.take({"b"}, kNoon + 15min));
  const auto polls = agenda.let_go();
  ASSERT_EQ(polls.size(), 2u);
  EXPECT_TRUE(polls[0].ends);
  EXPECT_FALSE(polls[1].ends);
  EXPECT_FALSE(agenda.take({"a"}, kNoon + 15min));
  agenda.hold(claim("b", 2, kNoon + 15min));
  EXPECT_TRUE(agenda.take({"b"}, kNoon + 30min));
}

}  // namespace
}  // namespace bylined::pipeline
