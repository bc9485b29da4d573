// SPDX-License-Identifier: Apache-2.0
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

std::vector<std::string> names(const std::vector<ClaimedSource>& claimed) {
  std::vector<std::string> all;
  for (const ClaimedSource& one : claimed) all.push_back(one.id.value);
  return all;
}

using Names = std::vector<std::string>;

PollFailure failure(const ClaimedSource& source, Instant at, Instant next) {
  PollFailure one;
  one.claim = source.claim;
  one.source = source.id;
  one.reason = "503 from press.example";
  one.http_status = 503;
  one.at = at;
  one.next_due = next;
  return one;
}

TEST_P(StoreContract, ASourceIsClaimedOnceUntilItsNextDueTime) {
  room().configure({source("a"), source("b")});
  EXPECT_EQ(names(room().claim_sources(kStart + 1s)), (Names{"a", "b"}));
  EXPECT_TRUE(room().claim_sources(kStart + 15min).empty());
  EXPECT_EQ(room().claim_sources(kStart + 15min + 1s).size(), 2u);
}

TEST_P(StoreContract, ANewSourceHasNoBaselineAndNoValidators) {
  room().configure({source("a")});
  const auto claimed = room().claim_sources(kStart);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].state, model::SourceState::kNew);
  EXPECT_FALSE(claimed[0].has_baseline);
  EXPECT_EQ(claimed[0].validators, model::Validators());
  EXPECT_EQ(claimed[0].due, kStart);
}

TEST_P(StoreContract, TheOldestDueComesFirstAndTheLimitHolds) {
  room().configure({source("a"), source("b"), source("c")});
  EXPECT_EQ(names(room().claim_sources(kStart + 1s, 2)), (Names{"a", "b"}));
  EXPECT_EQ(names(room().claim_sources(kStart + 1s, 2)), (Names{"c"}));
  EXPECT_TRUE(room().claim_sources(kStart + 1s, 0).empty());
}

TEST_P(StoreContract, WhatIsInFlightIsNotHandedOutAgain) {
  room().configure({source("a"), source("b")});
  const auto slow = room().claim_sources(kStart + 1s, 1);
  EXPECT_EQ(names(room().claim_sources(kStart + 1h, 1, {slow[0].id})), (Names{"b"}));
  EXPECT_TRUE(store().record_listing(room().listing(slow[0], {item("1")}, kStart + 1h)));
}

TEST_P(StoreContract, ADueTimeBeyondTheHorizonCountsAsDue) {
  room().configure({source("a")}, kStart + 24h * 365);
  EXPECT_EQ(names(room().claim_sources(kStart)), (Names{"a"}));
  EXPECT_EQ(room().next_due(), kStart + 15min);
}

TEST_P(StoreContract, OfSomeSourcesOnlyThoseThatAreDueAreClaimed) {
  room().configure({source("a"), source("b"), source("c"), source("d")});
  room().claim_sources(kStart + 1ms, 1);
  DueSources wanted;
  wanted.now = kStart + 1s;
  wanted.horizon = 24h;
  wanted.limit = 2;
  wanted.lease = room().lease(kStart);
  wanted.among = {{"d"}, {"a"}, {"nobody"}, {"c"}, {"b"}};
  const auto claimed = store().claim_due_sources(wanted, [](const SourceFacts& facts) { return facts.due + 15min; });
  ASSERT_TRUE(claimed);
  EXPECT_EQ(names(*claimed), (Names{"d", "c"})) << "a was just handed out";
  EXPECT_EQ(claimed->at(0).next_due, kStart + 3ms + 15min);
}

TEST_P(StoreContract, AClaimThatIsHeldSaysWhereItHasGotTo) {
  room().configure({source("a"), source("b")});
  room().claim_sources(kStart, 1);
  room().list({item("1")}, kStart + 1ms);
  room().claim_sources(kStart + 1h);
  const auto planned = store().planned_sources();
  ASSERT_TRUE(planned);
  ASSERT_EQ(planned->size(), 2u);
  EXPECT_FALSE(planned->at(0).held) << "it never answered";
  EXPECT_TRUE(planned->at(1).held);
  EXPECT_EQ(planned->at(1).facts.due, kStart + 1h + 15min);

  HeldPoll poll;
  poll.source = planned->at(1).facts.id;
  poll.claim = planned->at(1).claim;
  EXPECT_EQ(poll.claim.owner, room().lease(kStart).owner);
  poll.last_complete = kStart + 3h;
  poll.due = kStart + 3h + 15min;
  ASSERT_TRUE(store().hold_polls({poll}));
  EXPECT_TRUE(store().planned_sources()->at(1).held);
  EXPECT_EQ(store().planned_sources()->at(1).facts.due, kStart + 3h + 15min);
  poll.ends = true;
  ASSERT_TRUE(store().hold_polls({poll}));
  EXPECT_FALSE(store().planned_sources()->at(1).held);
  poll.due = kStart;
  ASSERT_TRUE(store().hold_polls({poll})) << "it is over, and stays as it is";
  EXPECT_EQ(store().planned_sources()->at(1).facts.due, kStart + 3h + 15min);
}

TEST_P(StoreContract, WhatIsRecordedUnderAHeldClaimBringsItsDueTime) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto claimed = room().claim_sources(kStart + 15min).at(0);
  ListingRecord record = room().listing(claimed, {item("2")}, kStart + 5h);
  record.due = kStart + 5h + 10min;
  record.last_complete = kStart + 4h;
  ASSERT_TRUE(store().record_listing(record));
  EXPECT_EQ(room().next_due(), kStart + 5h + 10min);
}

TEST_P(StoreContract, TheNextDueTimeIsOfAllConfiguredSources) {
  EXPECT_EQ(room().next_due(), std::nullopt);
  room().configure({source("a"), source("b")});
  EXPECT_EQ(room().next_due(), kStart);
  room().configure({source("b")});
  EXPECT_EQ(room().next_due(), kStart + 1ms);
}

TEST_P(StoreContract, TheScheduleIsToldTheFactsOfTheSource) {
  room().configure({source("a")});
  ASSERT_TRUE(store().record_poll_failure(failure(room().claim_sources(kStart)[0], kStart, kStart + 1min)));
  DueSources wanted;
  wanted.now = kStart + 1min;
  wanted.horizon = 24h;
  wanted.limit = 1;
  wanted.lease = room().lease(kStart);
  SourceFacts facts;
  ASSERT_TRUE(store().claim_due_sources(wanted, [&facts](const SourceFacts& told) {
    facts = told;
    return told.due + 7min;
  }));
  EXPECT_EQ(facts.id.value, "a");
  EXPECT_EQ(facts.due, kStart + 1min);
  EXPECT_EQ(facts.failures, 1);
  EXPECT_EQ(room().next_due(), kStart + 8min);
}

TEST_P(StoreContract, FailuresAreCountedAndAGoodListingEndsThem) {
  room().configure({source("a")});
  ASSERT_TRUE(store().record_poll_failure(failure(room().claim_sources(kStart)[0], kStart, kStart + 1min)));
  ASSERT_TRUE(store().record_poll_failure(failure(room().claim_sources(kStart + 1min)[0], kStart + 1min, kStart + 3min)));
  auto claimed = room().claim_sources(kStart + 3min);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].failures, 2);
  EXPECT_EQ(claimed[0].state, model::SourceState::kFailing);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1")}, kStart + 3min)));
  claimed = room().claim_sources(kStart + 1h);
  EXPECT_EQ(claimed[0].failures, 0);
  EXPECT_EQ(claimed[0].state, model::SourceState::kOk);
}

TEST_P(StoreContract, ASuspiciousListingIsTakenAndIsNoMeasureForTheNext) {
  room().configure({source("a")});
  auto good = room().listing(room().claim_sources(kStart)[0], {item("1"), item("2")}, kStart);
  good.items = 20;
  good.body_hash = "good";
  ASSERT_TRUE(store().record_listing(good));
  auto thin = room().listing(room().claim_sources(kStart + 15min)[0], {item("3")}, kStart + 15min);
  thin.items = 1;
  thin.body_hash = "thin";
  thin.listed.reset();
  thin.suspicion = "only 1 item where there were 20";
  ASSERT_TRUE(store().record_listing(thin));
  EXPECT_EQ(room().claim_reads(kStart + 15min).size(), 3u);
  const auto claimed = room().claim_sources(kStart + 30min);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].state, model::SourceState::kSuspect);
  EXPECT_EQ(claimed[0].usual_items, 20);
  EXPECT_EQ(claimed[0].body_hash, "good");
}

TEST_P(StoreContract, AnAnswerUnderAnOlderClaimIsLate) {
  room().configure({source("a")});
  const auto first = room().claim_sources(kStart);
  const auto second = room().claim_sources(kStart + 15min);
  EXPECT_GT(second[0].claim.token, first[0].claim.token);
  EXPECT_EQ(store().record_listing(room().listing(first[0], {item("1")}, kStart)).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(store().record_poll_failure(failure(first[0], kStart, kStart)).error().kind(), ErrorKind::kCancelled);
  EXPECT_TRUE(room().claim_reads(kStart).empty());
  EXPECT_TRUE(store().record_listing(room().listing(second[0], {item("1")}, kStart + 15min)));
  EXPECT_EQ(store().record_listing(room().listing(second[0], {item("2")}, kStart + 15min)).error().kind(), ErrorKind::kCancelled)
      << "a claim is answered once";
}

TEST_P(StoreContract, ASourceThatListsNothingYetWaitsForItsBaseline) {
  room().configure({source("a")});
  ListingRecord nothing = room().listing(room().claim_sources(kStart).at(0), {}, kStart);
  nothing.validators = {};
  nothing.body_hash.clear();
  nothing.waits = true;
  ASSERT_TRUE(store().record_listing(nothing));
  const auto waiting = room().claim_sources(kStart + 15min);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_FALSE(waiting[0].has_baseline);
  EXPECT_EQ(waiting[0].state, model::SourceState::kOk);
  EXPECT_EQ(waiting[0].state_since, kStart);
  EXPECT_EQ(waiting[0].last_complete, kStart);
  ASSERT_TRUE(store().record_listing(room().listing(waiting[0], {item("1")}, kStart + 15min)));
  EXPECT_TRUE(room().claim_sources(kStart + 30min).at(0).has_baseline);
}

TEST_P(StoreContract, SyncingTheSameSourcesAgainChangesNothing) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  room().configure({source("a")}, kStart + 1min);
  EXPECT_TRUE(room().claim_sources(kStart + 10min).empty());
  EXPECT_TRUE(room().claim_sources(kStart + 15min)[0].has_baseline);
}

TEST_P(StoreContract, ASourceWhoseAddressChangedStartsWithANewBaselineAndEarlierAnswersAreLate) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto old = room().claim_sources(kStart + 15min);
  room().configure({source("a", "https://press.example/new.xml")}, kStart + 16min);
  EXPECT_EQ(store().record_listing(room().listing(old[0], {item("2")}, kStart + 16min)).error().kind(), ErrorKind::kCancelled);
  const auto claimed = room().claim_sources(kStart + 16min);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_FALSE(claimed[0].has_baseline);
  EXPECT_EQ(claimed[0].validators, model::Validators());
  EXPECT_EQ(claimed[0].usual_items, 0);
  EXPECT_EQ(store().known_items({"a"}, {item("1").identity})->size(), 1u) << "what was known stays known";
}

TEST_P(StoreContract, ASourceUnderAnotherIdKeepsWhatItKnew) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed.at(0), {item("1")}, kStart + 1s)));
  model::Source renamed = source("a");
  renamed.id.value = "c";
  room().configure({source("b"), renamed});
  EXPECT_EQ(store().known_items({"c"}, {item("1").identity})->size(), 1u);
  EXPECT_TRUE(store().known_items({"a"}, {item("1").identity})->empty());
  const auto again = room().claim_sources(kStart + 1h);
  EXPECT_EQ(names(again), (Names{"c", "b"}));
  EXPECT_TRUE(again.at(0).has_baseline);
  EXPECT_EQ(again.at(0).validators.etag, "\"e1\"");
}

TEST_P(StoreContract, ASourceThatIsGoneIsNeverDueAndComesBackWithItsMemory) {
  room().configure({source("a"), source("b")});
  room().configure({source("b")}, kStart + 1min);
  EXPECT_EQ(names(room().claim_sources(kStart + 1h)), (Names{"b"}));
  room().configure({source("a"), source("b")}, kStart + 2h);
  EXPECT_EQ(names(room().claim_sources(kStart + 2h)), (Names{"b", "a"}));
}

TEST_P(StoreContract, AShorterPeriodBringsASourceForwardUnlessItIsFailing) {
  model::Source daily = source("a"), failing = source("b");
  daily.every = failing.every = {24h, 24h};
  room().configure({daily, failing});
  const auto claimed = room().claim_sources(kStart + 1ms);
  ASSERT_TRUE(store().record_poll_failure(failure(claimed[1], kStart, kStart + 6h)));
  DueSources wanted;
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1")}, kStart)));
  room().configure({source("a"), source("b")}, kStart + 1min);
  EXPECT_EQ(room().next_due(), kStart + 15min + 1ms) << "15 minutes were next in both";
}

TEST_P(StoreContract, ARestartDoesNotMakeSourcesDue) {
  room().configure({source("a")});
  room().claim_sources(kStart);
  ASSERT_TRUE(store().release_leases(kStart + 1min));
  EXPECT_TRUE(room().claim_sources(kStart + 1min).empty());
}

TEST_P(StoreContract, HostsAreKeptAsTheyWereLast) {
  model::Host host;
  host.origin = "https://press.example";
  host.not_before = kStart + 1min;
  host.robots_status = 200;
  host.robots_body = "User-agent: *\nDisallow: /";
  ASSERT_TRUE(store().record_hosts({host}));
  host.robots_fetched = kStart;
  ASSERT_TRUE(store().record_hosts({host, host}));
  EXPECT_EQ(*store().load_hosts(), std::vector<model::Host>{host});
}

TEST_P(StoreContract, AnInstallationIsOneForEver) { EXPECT_EQ(store().installation(), "test"); }

}  // namespace
}  // namespace bylined::store::test
