// SPDX-License-Identifier: Apache-2.0
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

std::vector<int> attempts_of(const std::vector<ClaimedDelivery>& claimed) {
  std::vector<int> all;
  for (const ClaimedDelivery& one : claimed) all.push_back(one.delivery.attempts);
  return all;
}

TEST_P(StoreContract, ADeliveryIsNotGivenOutAgainBeforeItsLeaseEnds) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  EXPECT_EQ(*store().next_delivery_due({"ops"}).value(), kStart + 1s);
  const auto mine = room().claim_deliveries("ops", kStart + 1s);
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_TRUE(room().claim_deliveries("ops", kStart + 5min).empty());
  const auto theirs = room().claim_deliveries("ops", kStart + 6min);
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_EQ(theirs[0].delivery.payload, mine[0].delivery.payload);
  EXPECT_EQ(room().answer(mine[0], "delivered", kStart + 6min).error().kind(), ErrorKind::kCancelled);
  EXPECT_TRUE(room().answer(theirs[0], "delivered", kStart + 6min));
}

TEST_P(StoreContract, WhatIsInHandIsNotGivenOutAgainThoughItsLeaseHasEnded) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 1s);
  ASSERT_EQ(claimed.size(), 1u);
  const DueDeliveries wanted{{"ops"}, kStart + 24h, 1, room().lease(kStart + 24h), {claimed[0].delivery.id}};
  EXPECT_TRUE(store().claim_due_deliveries(wanted)->empty());
  EXPECT_TRUE(room().answer(claimed[0], "delivered", kStart + 24h));
}

std::vector<std::string> recipients_of(const std::vector<ClaimedDelivery>& claimed) {
  std::vector<std::string> all;
  for (const ClaimedDelivery& one : claimed) all.push_back(one.delivery.recipient);
  return all;
}

TEST_P(StoreContract, ARowIsHandedOverToThoseThatStandForIt) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 1s);
  ASSERT_EQ(claimed.size(), 1u);
  Attempt ended;
  ended.claim = claimed[0].claim;
  ended.delivery = claimed[0].delivery.id;
  ended.outcome = "dead";
  ended.state = model::DeliveryState::kDead;
  std::vector<std::string> had;
  const Successors two = [&](const model::Alert& alert, const std::vector<std::string>& recipients) {
    had = recipients;
    std::vector<model::Delivery> begun(2, claimed[0].delivery);
    EXPECT_EQ(alert.id, begun[0].alert);
    begun[0].id.value += "-one", begun[0].recipient = "one@press.example";
    begun[1].id.value += "-two", begun[1].recipient = "two@press.example";
    return begun;
  };
  EXPECT_EQ(store().hand_over(ended, two).value(), 2);
  EXPECT_EQ(had, std::vector<std::string>{claimed[0].delivery.recipient});
  EXPECT_EQ(recipients_of(room().claim_deliveries("ops", kStart + 1s)), (std::vector<std::string>{"one@press.example", "two@press.example"}));
  EXPECT_EQ(store().hand_over(ended, two).error().kind(), ErrorKind::kCancelled) << "its claim is over";
}

TEST_P(StoreContract, ADeliveredRowIsNeverSentAgain) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 1s);
  ASSERT_TRUE(room().answer(claimed.at(0), "delivered", kStart + 2s));
  EXPECT_EQ(room().answer(claimed.at(0), "delivered", kStart + 2s).error().kind(), ErrorKind::kCancelled);
  EXPECT_TRUE(room().claim_deliveries("ops", kStart + 24h).empty());
  EXPECT_EQ(store().next_delivery_due({"ops"}).value(), std::nullopt);
}

TEST_P(StoreContract, ARefusedDeliveryWaitsUntilItsNextAttempt) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 1s).at(0), "retry", kStart + 1s, 30s));
  EXPECT_EQ(*store().next_delivery_due({"ops"}).value(), kStart + 31s);
  EXPECT_TRUE(room().claim_deliveries("ops", kStart + 30s).empty());
  const auto again = room().claim_deliveries("ops", kStart + 31s);
  EXPECT_EQ(attempts_of(again), std::vector<int>{1});
  EXPECT_EQ(again[0].delivery.last_error, "busy");
}

// "retry" says what we do next, not what went wrong.
TEST_P(StoreContract, AnAnswerWithoutWordsIsToldByItsNumber) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  for (const auto& [status, told] : {std::pair(503, "answered 503"), std::pair(0, "no answer")}) {
    const auto claimed = room().claim_deliveries("ops", kStart + 1s);
    Attempt attempt;
    attempt.claim = claimed.at(0).claim;
    attempt.delivery = claimed.at(0).delivery.id;
    attempt.status = status;
    attempt.outcome = "retry";
    attempt.next_attempt = kStart + 1s;
    ASSERT_TRUE(store().record_attempt(attempt, ReceiverHealth()));
    const auto again = room().claim_deliveries("ops", kStart + 1s);
    EXPECT_EQ(again.at(0).delivery.last_error, told);
    ASSERT_TRUE(room().answer(again.at(0), "retry", kStart + 1s, 0s));
  }
}

TEST_P(StoreContract, EachReceiverHasAQueueOfItsOwn) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart, desk({"ops", "mail"}));
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1s).size(), 1u);
  EXPECT_EQ(room().claim_deliveries("mail", kStart + 1s).size(), 1u);
  EXPECT_TRUE(room().claim_deliveries("nobody", kStart + 1s).empty());
}

TEST_P(StoreContract, OneFreshRowIsGivenOutForEachThatWasTried) {
  room().configure({source("a")});
  for (int i = 0; i < 3; ++i) room().report("old" + std::to_string(i), {"samsung"}, kStart + i * 15min);
  for (const ClaimedDelivery& one : room().claim_deliveries("ops", kStart + 1h)) ASSERT_TRUE(room().answer(one, "retry", kStart + 1h, 1min));
  for (int i = 0; i < 3; ++i) room().report("new" + std::to_string(i), {"samsung"}, kStart + 2h + i * 15min);
  EXPECT_EQ(attempts_of(room().claim_deliveries("ops", kStart + 3h, 4)), (std::vector<int>{1, 0, 1, 0}));
  ASSERT_TRUE(store().release_leases(kStart + 3h));
  std::vector<int> one_by_one;
  for (int i = 0; i < 4; ++i) one_by_one.push_back(attempts_of(room().claim_deliveries("ops", kStart + 4h, 1)).at(0));
  EXPECT_EQ(one_by_one, (std::vector<int>{1, 0, 1, 0})) << "also when only one is asked for at a time";
}

// When the articles of these were found, after the start; the alert was made a second later.
std::vector<Millis> ages(const std::vector<ClaimedDelivery>& claimed) {
  std::vector<Millis> all;
  for (const ClaimedDelivery& one : claimed) all.push_back(one.delivery.created - kStart - 1s);
  return all;
}

// A day's alerts lie untried: only the first ones met the trouble.
TEST_P(StoreContract, WhatWaitedForAReceiverDoesNotHoldUpWhatCameSinceItsReturn) {
  room().configure({source("a")});
  for (int i = 0; i < 6; ++i) room().report("waited" + std::to_string(i), {"samsung"}, kStart + i * 15min);
  const auto first = room().claim_deliveries("ops", kStart + 2h, 1);
  Attempt attempt;
  attempt.claim = first.at(0).claim;
  attempt.delivery = first.at(0).delivery.id;
  attempt.outcome = "delivered";
  attempt.state = model::DeliveryState::kDelivered;
  ReceiverHealth back;
  back.receiver = {"ops"};
  back.since = kStart + 2h;
  ASSERT_TRUE(store().record_attempt(attempt, back));
  for (int i = 0; i < 2; ++i) room().report("new" + std::to_string(i), {"samsung"}, kStart + 3h + i * 15min);
  EXPECT_EQ(ages(room().claim_deliveries("ops", kStart + 4h, 1)), (std::vector<Millis>{15min}));
  EXPECT_EQ(ages(room().claim_deliveries("ops", kStart + 4h, 4)), (std::vector<Millis>{3h, 30min, 3h + 15min, 45min}));
}

TEST_P(StoreContract, ADeliveryDueUnderAWrongClockIsStillSent) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 1s).at(0), "retry", kStart + 1s, 24h * 365));
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1min).size(), 1u);
}

TEST_P(StoreContract, OnlyAnOutcomeThatSaysSoMakesARowDelivered) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 1s);
  Attempt attempt;
  attempt.claim = claimed.at(0).claim;
  attempt.delivery = claimed.at(0).delivery.id;
  attempt.outcome = "ambiguous";
  attempt.state = model::DeliveryState::kDelivered;
  EXPECT_EQ(store().record_attempt(attempt, ReceiverHealth()).error().kind(), ErrorKind::kInvalid);
  attempt.outcome = "delivered";
  attempt.state = model::DeliveryState::kPending;
  EXPECT_EQ(store().record_attempt(attempt, ReceiverHealth()).error().kind(), ErrorKind::kInvalid);
}

TEST_P(StoreContract, ADeadOrDeliveredRowIsReplayedWithTheSameIdAndBytes) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto first = room().claim_deliveries("ops", kStart + 1s);
  const model::DeliveryId id = first.at(0).delivery.id;
  EXPECT_EQ(store().replay_delivery(id, "someone", kStart).error().kind(), ErrorKind::kNotFound) << "it is pending";
  ASSERT_TRUE(room().answer(first[0], "dead", kStart + 1s));
  EXPECT_TRUE(room().claim_deliveries("ops", kStart + 24h).empty());
  ASSERT_TRUE(store().replay_delivery(id, "someone", kStart + 24h));
  const auto again = room().claim_deliveries("ops", kStart + 24h);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].delivery.id, id);
  EXPECT_EQ(again[0].delivery.payload, first[0].delivery.payload);
  EXPECT_EQ(again[0].delivery.attempts, 0) << "the retry plan begins anew";
  EXPECT_EQ(again[0].delivery.created, kStart + 24h) << "and so does its life";
  EXPECT_EQ(store().replay_delivery({"unknown"}, "someone", kStart).error().kind(), ErrorKind::kNotFound);
}

TEST_P(StoreContract, RowsOfAReceiverThatIsNotConfiguredWaitForItAsLongAsARowLives) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart, desk({"gone", "ops", "also gone"}));
  const auto in_flight = room().claim_deliveries("gone", kStart + 1s);
  EXPECT_EQ(*store().retire_deliveries({{"ops"}}, kStart), 0);
  ASSERT_TRUE(room().answer(in_flight.at(0), "retry", kStart + 2s)) << "what was under way is no less true";
  EXPECT_EQ(room().claim_deliveries("also gone", kStart + 1h).size(), 1u) << "a slip in its id was mended";
  ASSERT_TRUE(store().release_leases(kStart + 1h));
  EXPECT_EQ(*store().retire_deliveries({{"ops"}}, kStart + 1min), 2);
  EXPECT_EQ(*store().retire_deliveries({{"ops"}}, kStart + 1min), 0);
  EXPECT_TRUE(room().claim_deliveries("gone", kStart + 24h).empty());
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 24h).size(), 1u);
}

TEST_P(StoreContract, AReceiverThatWasChangedBeginsAnew) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 1s).at(0), "retry", kStart + 1s, 2h));
  ReceiverHealth health;
  health.receiver = {"ops"};
  health.since = kStart + 1min;
  health.settings = "5eed";
  ASSERT_TRUE(store().renew_receiver(health, kStart + 1min));
  EXPECT_EQ(store().load_receiver_health()->at(0), health);
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1min).size(), 1u);
}

TEST_P(StoreContract, TheHealthOfAReceiverOutlivesARestart) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 1s);
  Attempt attempt;
  attempt.claim = claimed.at(0).claim;
  attempt.delivery = claimed.at(0).delivery.id;
  attempt.outcome = "retry";
  attempt.next_attempt = kStart + 1h;
  const ReceiverHealth health{{"ops"}, "failing", "connection refused", kStart, 3, kStart + 1min};
  ASSERT_TRUE(store().record_attempt(attempt, health));
  const auto all = store().load_receiver_health();
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ(all->at(0).receiver.value, "ops");
  EXPECT_EQ(all->at(0).state, "failing");
  EXPECT_EQ(all->at(0).failures, 3);
  EXPECT_EQ(all->at(0).retry_at, kStart + 1min);
  EXPECT_EQ(*store().retire_deliveries({{"ops"}}, kStart + 1h), 0);
  EXPECT_EQ(store().load_receiver_health()->size(), 1u);
  EXPECT_EQ(*store().retire_deliveries({{"other"}}, kStart + 1h), 1);
  EXPECT_TRUE(store().load_receiver_health()->empty()) << "nobody asks how a receiver is that is gone";
}

// ---- groups ----

TEST_P(StoreContract, AGroupIsOneTransactionInWhichACallMayFailAlone) {
  room().configure({source("a")});
  room().list({item("1"), item("2")}, kStart);
  const auto reads = room().claim_reads(kStart);
  Finding bad = finding(reads[0], version("본문"), {}, kStart);
  bad.claim.token = 99;
  Status first = Status(), second = Status();
  ASSERT_TRUE(store().group([&] {
    const auto one = store().record_finding(bad, desk());
    if (!one) first = one.error();
    const auto two = store().record_finding(finding(reads[1], version("본문"), {}, kStart), desk());
    if (!two) second = two.error();
  }));
  EXPECT_EQ(first.error().kind(), ErrorKind::kCancelled);
  EXPECT_TRUE(second);
  EXPECT_EQ(room().claim_reads(kStart + 1h).size(), 1u) << "the first is still to be read, the second is not";
}

TEST_P(StoreContract, ACallThatFailsAfterItWroteTakesNoOtherWithIt) {
  room().configure({source("a")});
  room().list({item("1"), item("2"), item("3")}, kStart);
  const auto reads = room().claim_reads(kStart);
  const Decide inventive = [](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
    auto alerts = desk()(facts, mentions);
    alerts.at(0).alert.mentions.push_back(mention("kakao", 7));
    return alerts;
  };
  std::vector<bool> good;
  ASSERT_TRUE(store().group([&] {
    good.clear();
    for (std::size_t i = 0; i < reads.size(); ++i) {
      const Finding found = finding(reads[i], body_with({"samsung"}), mentions_of({"samsung"}), kStart);
      good.push_back(store().record_finding(found, i == 1 ? inventive : desk()).has_value());
    }
  }));
  EXPECT_EQ(good, (std::vector<bool>{true, false, true}));
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1h).size(), 2u);
}

TEST_P(StoreContract, QuestionsInsideAGroupSeeWhatItWrote) {
  ASSERT_TRUE(store().group([&] {
    room().configure({source("a")});
    EXPECT_EQ(room().next_due(), kStart);
  }));
  EXPECT_EQ(room().next_due(), kStart);
}

}  // namespace
}  // namespace bylined::store::test
