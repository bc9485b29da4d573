// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/deliver/deliver.h"

namespace bylined::deliver {
namespace {

using namespace std::chrono_literals;
const Instant kCreated(Millis(1'738'661'530'000));

model::Delivery after_attempts(int attempts) {
  model::Delivery delivery;
  delivery.created = kCreated;
  delivery.attempts = attempts;
  return delivery;
}

Judgement judged(Verdict verdict, int status = 500, std::optional<Millis> asked = {}) {
  Judgement judgement;
  judgement.verdict = verdict;
  judgement.status = status;
  judgement.asked_wait = asked;
  return judgement;
}

Judgement trouble(Verdict verdict, int status, std::optional<Millis> asked = {}) {
  Judgement judgement = judged(verdict, status, asked);
  judgement.whole_receiver = true;
  judgement.reply = "닫힘";
  return judgement;
}

// From the attempt that has just failed to the next, each the shortest and longest of many chances.
struct Range {
  Millis least{Millis::max()};
  Millis most{0};
};
Range gap(const std::string& kind, int earlier, Verdict verdict) {
  Range range;
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    const Plan next = plan(judged(verdict), kind, after_attempts(earlier), kCreated, random);
    range.least = std::min(range.least, next.next_attempt - kCreated);
    range.most = std::max(range.most, next.next_attempt - kCreated);
  }
  return range;
}

TEST(Plan, FollowsTheFirstGapsOfStandardWebhooksWithUpToAFifthOnTop) {
  const std::vector<Millis> gaps{5s, 5min, 30min, 2h, 2h, 2h};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Range range = gap("webhook", static_cast<int>(i), Verdict::kRetry);
    EXPECT_GE(range.least, gaps[i]) << i;
    EXPECT_LE(range.most, gaps[i] * 12 / 10) << i;
    EXPECT_GT(range.most - range.least, gaps[i] / 10) << "no jitter in gap " << i;
  }
}

TEST(Plan, DoublesFromFiveMinutesForMailAndStopsAtSixtySix) {
  const std::vector<Millis> gaps{5min, 10min, 20min, 40min, 66min, 66min};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Range range = gap("email", static_cast<int>(i), Verdict::kRetry);
    EXPECT_GE(range.least, gaps[i]) << i;
    EXPECT_LE(range.most, gaps[i] * 12 / 10) << i;
  }
  EXPECT_GE(gap("email", 1'000'000, Verdict::kRetry).least, 66min);
}

TEST(Plan, NeverTriesEarlierThanItWasAsked) {
  Random random(1);
  const Plan soon = plan(judged(Verdict::kRetry, 429, 90s), "webhook", after_attempts(0), kCreated, random);
  EXPECT_EQ(soon.next_attempt, kCreated + 90s);
  const Plan late = plan(judged(Verdict::kRetry, 503, 3h), "webhook", after_attempts(3), kCreated, random);
  EXPECT_EQ(late.next_attempt, kCreated + 3h);
}

// What chat services do that take one message a second: each row would come back later than the one before.
TEST(Plan, NeverTriesLaterThanTooManyRequestsAskedFor) {
  Random random(1);
  for (const int attempts : {0, 1, 3, 400}) {
    EXPECT_EQ(plan(trouble(Verdict::kRetry, 429, 1s), "webhook", after_attempts(attempts), kCreated, random).next_attempt, kCreated + 1s);
    EXPECT_EQ(plan(trouble(Verdict::kRetry, 429, 0s), "webhook", after_attempts(attempts), kCreated, random).next_attempt, kCreated + 1s);
  }
  EXPECT_EQ(plan(trouble(Verdict::kRetry, 429), "webhook", after_attempts(1), kCreated, random).next_attempt, kCreated + 1s);
}

// A receiver that serves two at a time says 503 to the others: theirs are not the ones that shall come hours later.
TEST(Plan, DoesNotLengthenARowsGapForTheReceiversTrouble) {
  Random random(1);
  for (const int attempts : {0, 4, 400}) {
    EXPECT_LE(plan(trouble(Verdict::kRetry, 503, 1s), "webhook", after_attempts(attempts), kCreated, random).next_attempt, kCreated + 6s);
    EXPECT_LE(plan(trouble(Verdict::kRetry, 421), "email", after_attempts(attempts), kCreated, random).next_attempt, kCreated + 6min);
  }
  EXPECT_GE(plan(trouble(Verdict::kRefused, 401), "webhook", after_attempts(4), kCreated, random).next_attempt, kCreated + 2h);
}

TEST(Plan, EndsWhereTheReceiverTookIt) {
  Random random(1);
  const Plan done = plan(judged(Verdict::kDelivered, 204), "webhook", after_attempts(3), kCreated, random);
  EXPECT_EQ(done.state, model::DeliveryState::kDelivered);
  EXPECT_EQ(done.outcome, "delivered");
}

// Several are under way at once: what the one was asked is not forgotten over what becomes of the other.
TEST(Health, KeepsAPauseThatWasAskedForWhateverBecomesOfTheOthers) {
  Random random(1);
  const auto asked = health_after(model::ReceiverHealth(), trouble(Verdict::kRetry, 429, 15min), kCreated, random);
  const Instant until = kCreated + 15min;
  EXPECT_EQ(asked.retry_at, until);
  EXPECT_EQ(health_after(asked, trouble(Verdict::kAmbiguous, 0), kCreated + 1s, random).retry_at, until);
  EXPECT_EQ(health_after(asked, trouble(Verdict::kRetry, 429, 20s), kCreated + 1s, random).retry_at, until);
  EXPECT_EQ(health_after(asked, judged(Verdict::kDelivered, 204), kCreated + 1s, random).retry_at, until);
}

TEST(Plan, NamesEveryOutcomeOfAWaitingRow) {
  Random random(1);
  for (const auto& [verdict, outcome] : {std::pair(Verdict::kRetry, "retry"), std::pair(Verdict::kAmbiguous, "ambiguous"),
                                         std::pair(Verdict::kRefused, "retry"), std::pair(Verdict::kPause, "paused")}) {
    const Plan next = plan(judged(verdict), "webhook", after_attempts(0), kCreated, random);
    EXPECT_EQ(next.outcome, outcome);
    EXPECT_EQ(next.state, model::DeliveryState::kPending);
  }
}

TEST(Plan, GivesARefusedRowFiveSpacedTries) {
  Random random(1);
  EXPECT_GE(gap("webhook", 0, Verdict::kRefused).least, 5min);
  EXPECT_EQ(plan(judged(Verdict::kRefused, 400), "webhook", after_attempts(3), kCreated, random).state, model::DeliveryState::kPending);
  const Plan last = plan(judged(Verdict::kRefused, 400), "webhook", after_attempts(4), kCreated, random);
  EXPECT_EQ(last.state, model::DeliveryState::kDead);
  EXPECT_EQ(last.outcome, "dead");
}

// Probes of such a receiver come half a minute apart and later: its rows would be dead within ten minutes.
TEST(Plan, LetsNoRowDieOfARefusalThatIsMeantForAll) {
  Random random(1);
  const Plan next = plan(trouble(Verdict::kRefused, 401), "webhook", after_attempts(40), kCreated + 24h, random);
  EXPECT_EQ(next.state, model::DeliveryState::kPending);
  EXPECT_EQ(plan(trouble(Verdict::kRefused, 535), "email", after_attempts(40), kCreated + 6 * 24h, random).state, model::DeliveryState::kDead);
}

TEST(Plan, DoesNotCountTriesWhereTheTroubleMayPass) {
  Random random(1);
  EXPECT_EQ(plan(judged(Verdict::kRetry), "email", after_attempts(90), kCreated + 4 * 24h, random).state, model::DeliveryState::kPending);
}

TEST(Plan, IsOverWhereTheNextTryWouldComeAfterFiveDays) {
  Random random(1);
  const Millis lifetime = 5 * 24h;
  EXPECT_EQ(plan(judged(Verdict::kRetry, 429, 1h), "webhook", after_attempts(0), kCreated + lifetime - 1h, random).state, model::DeliveryState::kPending);
  EXPECT_EQ(plan(judged(Verdict::kRetry, 429, 1h + 1ms), "webhook", after_attempts(0), kCreated + lifetime - 1h, random).state, model::DeliveryState::kDead);
}

TEST(Over, IsARowOlderThanFiveDays) {
  const auto ended = [](Instant now) { return over(model::Receiver(), after_attempts(0), now).find("lifetime") != std::string::npos; };
  EXPECT_FALSE(ended(kCreated));
  EXPECT_FALSE(ended(kCreated + 5 * 24h));
  EXPECT_TRUE(ended(kCreated + 5 * 24h + 1ms));
  EXPECT_FALSE(ended(kCreated - 1h));  // the clock went back
}

TEST(Over, IsARowToARecipientThatTheReceiverHasNoMore) {
  model::Receiver mail, hook;
  mail.to = {"a@press.example", "b@press.example"};
  model::Delivery delivery = after_attempts(0);
  EXPECT_EQ(over(hook, delivery, kCreated), "");
  EXPECT_NE(over(mail, delivery, kCreated), "") << "it was a webhook's";
  delivery.recipient = "b@press.example";
  EXPECT_EQ(over(mail, delivery, kCreated), "");
  EXPECT_NE(over(hook, delivery, kCreated), "");
  mail.to.pop_back();
  EXPECT_NE(over(mail, delivery, kCreated).find("recipient"), std::string::npos);
}

// ---- refusals ----

struct Refusing {
  explicit Refusing(std::vector<std::string> to = {}) { receiver.to = std::move(to); }
  Judgement refuse(const std::string& id, const std::string& recipient = "") { return weigh(Verdict::kRefused, id, recipient); }
  Judgement take(const std::string& id, const std::string& recipient = "") { return weigh(Verdict::kDelivered, id, recipient); }
  Judgement weigh(Verdict verdict, const std::string& id, const std::string& recipient) {
    model::Delivery delivery;
    delivery.id.value = id;
    delivery.recipient = recipient;
    return refusals.weigh(judged(verdict, 400), receiver, delivery);
  }
  model::Receiver receiver;
  Refusals refusals;
};

TEST(Refused, IsOneMessageWhereOthersAreTaken) {
  Refusing desk;
  desk.take("good");
  EXPECT_TRUE(desk.refuse("bad").others_taken);
  desk.take("another");
  const Judgement again = desk.refuse("bad");
  EXPECT_TRUE(again.others_taken);
  EXPECT_FALSE(again.whole_receiver);
}

TEST(Refused, IsNoMessagesFaultWhereNothingWasTakenSinceItsLastTry) {
  Refusing desk;
  EXPECT_FALSE(desk.refuse("first").others_taken) << "nothing is known yet";
  desk.take("good");
  desk.refuse("bad");
  const Judgement again = desk.refuse("bad");
  EXPECT_FALSE(again.others_taken);
  EXPECT_FALSE(again.whole_receiver) << "one message alone says nothing of the receiver";
  Random random(1);
  EXPECT_EQ(plan(again, "webhook", after_attempts(40), kCreated, random).state, model::DeliveryState::kPending);
}

TEST(Refused, IsTheReceiversTroubleWhereItRefusesAll) {
  Refusing desk;
  desk.refuse("1");
  EXPECT_FALSE(desk.refuse("2").whole_receiver);
  const Judgement third = desk.refuse("3");
  EXPECT_TRUE(third.whole_receiver);
  Random random(1);
  EXPECT_EQ(health_after(model::ReceiverHealth(), third, kCreated, random).state, "failing");
  EXPECT_EQ(plan(third, "webhook", after_attempts(40), kCreated, random).state, model::DeliveryState::kPending);
  desk.take("good");
  EXPECT_FALSE(desk.refuse("4").whole_receiver);
}

TEST(Refused, IsOneRecipientsTroubleWhereTheOtherWasNotAsked) {
  Refusing desk({"left@press.example", "here@press.example"});
  for (const char* id : {"1", "2", "3", "4"}) EXPECT_FALSE(desk.refuse(id, "left@press.example").whole_receiver);
  EXPECT_TRUE(desk.refuse("5", "here@press.example").whole_receiver);
}

// ---- settings ----

TEST(SettingsMark, IsAnotherForEachChangeAndTellsNoSecret) {
  model::Receiver before;
  before.kind = "email";
  before.to = {"a@press.example"};
  before.password = Secret("hush-hush");
  const std::string mark = settings_mark(before);
  EXPECT_EQ(mark.size(), 4u);
  EXPECT_EQ(settings_mark(before), mark);
  const auto changed = [&](auto change) {
    model::Receiver after = before;
    change(after);
    return settings_mark(after) != mark;
  };
  EXPECT_TRUE(changed([](model::Receiver& one) { one.kind = "webhook"; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.url = "https://hooks.example/"; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.smtp = "smtp://mail.example"; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.tls_none = true; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.user = "press"; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.password = Secret("another"); }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.secrets = {Secret("whsec_x")}; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.from = "b@press.example"; }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.to.push_back("b@press.example"); }));
  EXPECT_TRUE(changed([](model::Receiver& one) { one.allow_private = {"10.0.0.0/8"}; }));
}

model::ReceiverHealth fail_times(int times, const Judgement& judgement, Random& random) {
  model::ReceiverHealth health;
  for (int i = 0; i < times; ++i) {
    health.retry_at = Instant();  // its wait is over
    health = health_after(health, judgement, kCreated, random);
  }
  return health;
}

TEST(Health, StaysOkForTwoFailuresAndOpensAtTheThird) {
  Random random(1);
  const auto down = trouble(Verdict::kRetry, 0);
  EXPECT_EQ(fail_times(2, down, random).state, "ok");
  EXPECT_EQ(places(fail_times(2, down, random), kCreated, 4), 4);

  const auto failing = fail_times(3, down, random);
  EXPECT_EQ(failing.state, "failing");
  EXPECT_EQ(failing.since, kCreated);
  EXPECT_EQ(failing.reason, "no answer: 닫힘");
  EXPECT_EQ(places(failing, kCreated + 29s, 4), 0);
  EXPECT_EQ(places(failing, kCreated + 36s, 4), 1);
}

void expect_between(Millis least, Millis most, const model::ReceiverHealth& health) {
  EXPECT_GE(health.retry_at - kCreated, least);
  EXPECT_LE(health.retry_at - kCreated, most);
}

TEST(Health, ProbesFurtherAndFurtherApartUpToAnHourWhereSomebodyWantsToBeLeftAlone) {
  Random random(1);
  for (const auto& busy : {trouble(Verdict::kRetry, 451), trouble(Verdict::kRefused, 535)}) {
    expect_between(60s, 72s, fail_times(4, busy, random));
    expect_between(1h, 72min, fail_times(500, busy, random));
  }
}

TEST(Health, ProbesEveryTwoMinutesAtTheLatestWhereNobodyIsAtHome) {
  Random random(1);
  for (const auto& down : {trouble(Verdict::kAmbiguous, 0), trouble(Verdict::kRetry, 503)}) {
    expect_between(60s, 72s, fail_times(4, down, random));
    expect_between(100s, 2min, fail_times(500, down, random));
  }
}

TEST(Health, IsOkAgainAfterOneDelivery) {
  Random random(1);
  auto health = fail_times(9, trouble(Verdict::kAmbiguous, 0), random);
  health = health_after(health, judged(Verdict::kDelivered, 200), kCreated + 1h, random);
  EXPECT_EQ(health.state, "ok");
  EXPECT_EQ(health.since, kCreated + 1h);
  EXPECT_EQ(health.failures, 0);
  EXPECT_EQ(health.reason, "");
  EXPECT_EQ(places(health, kCreated + 1h, 4), 1) << "all at once would be too much for one that is just back";
  EXPECT_EQ(places(health, kCreated + 1h + 1min, 4), 4);
}

// Four were under way when it began to say no.
TEST(Health, CountsWhatFailsTogetherOnce) {
  Random random(1);
  auto health = fail_times(3, trouble(Verdict::kRetry, 503), random);
  const Instant until = health.retry_at;
  for (int i = 0; i < 3; ++i) health = health_after(health, trouble(Verdict::kRetry, 503), kCreated + 1s, random);
  EXPECT_EQ(health.failures, 3);
  EXPECT_LE(health.retry_at, until + 10s);
}

TEST(Health, WaitsLongerAndLongerWhereTooManyRequestsComeWithoutAPause) {
  Random random(1);
  for (const auto& [times, wait] : {std::pair(1, 1s), std::pair(2, 2s), std::pair(5, 16s), std::pair(7, 60s), std::pair(60, 60s)}) {
    const auto health = fail_times(times, trouble(Verdict::kRetry, 429), random);
    EXPECT_EQ(health.state, "ok") << times;
    EXPECT_EQ(health.retry_at, kCreated + wait) << times;
  }
}

TEST(Health, HoldsTheWholeQueueForAsLongAsItWasAsked) {
  Random random(1);
  const auto health = fail_times(1, trouble(Verdict::kRetry, 429, 90s), random);
  EXPECT_EQ(health.state, "ok");
  EXPECT_EQ(places(health, kCreated + 90s - 1ms, 4), 0);
  EXPECT_EQ(places(health, kCreated + 90s, 4), 1);
  EXPECT_EQ(places(health, kCreated + 150s - 1ms, 4), 1);
  EXPECT_EQ(places(health, kCreated + 150s, 4), 4);
}

TEST(Health, IsNotFailingWhileTheReceiverPacesUs) {
  Random random(1);
  const auto too_many = trouble(Verdict::kRetry, 429, 1s);
  auto health = fail_times(60, too_many, random);
  EXPECT_EQ(health.state, "ok");
  EXPECT_EQ(health.retry_at, kCreated + 1s);
  health = health_after(health, judged(Verdict::kDelivered, 200), kCreated + 1s, random);
  EXPECT_EQ(health.failures, 0);
  EXPECT_EQ(places(health, kCreated + 1s, 4), 1) << "paced: the next pause costs one attempt, not four";

  auto never = fail_times(61, too_many, random);
  EXPECT_EQ(never.state, "failing") << "it never does as it says";
  EXPECT_EQ(never.retry_at, kCreated + 60s);
  EXPECT_EQ(fail_times(500, trouble(Verdict::kRetry, 429, 2h), random).retry_at, kCreated + 2h);
}

TEST(Health, IsOkWhereADeadReceiverComesBackAndPacesUs) {
  Random random(1);
  auto health = fail_times(5, trouble(Verdict::kRetry, 0), random);
  health = health_after(health, trouble(Verdict::kRetry, 429, 1s), kCreated + 1h, random);
  EXPECT_EQ(health.state, "ok");
  EXPECT_EQ(health.retry_at, kCreated + 1h + 1s);
  health = fail_times(500, trouble(Verdict::kRetry, 0), random);
  health = health_after(health, trouble(Verdict::kRetry, 429, 1s), kCreated + 1h, random);
  EXPECT_EQ(health.retry_at, kCreated + 1h + 60s) << "and not the hour of one that wants no more";
}

TEST(Health, OpensAtOnceWhereTheReceiverRefusesUsAltogether) {
  Random random(1);
  EXPECT_EQ(fail_times(1, trouble(Verdict::kRefused, 401), random).state, "failing");
}

TEST(Health, IsNotTouchedByARefusalOfOneMessage) {
  Random random(1);
  EXPECT_EQ(fail_times(9, judged(Verdict::kRefused, 400), random).state, "ok");
  EXPECT_EQ(fail_times(9, judged(Verdict::kRetry, 450), random).failures, 0);
}

TEST(Health, PausesAReceiverThatIsGoneAndAsksRarely) {
  Random random(1);
  const auto missing = fail_times(1, trouble(Verdict::kPause, 404), random);
  EXPECT_EQ(missing.state, "paused");
  EXPECT_EQ(places(missing, kCreated + 59min, 4), 0);
  EXPECT_EQ(places(missing, kCreated + 1h, 4), 1);
  EXPECT_EQ(places(fail_times(1, trouble(Verdict::kPause, 410), random), kCreated + 23h, 4), 0);
}

TEST(Health, KeepsProbingSlowlyWhereAPausedReceiverFailsInAnotherWay) {
  Random random(1);
  auto health = fail_times(1, trouble(Verdict::kPause, 404), random);
  health = health_after(health, trouble(Verdict::kRetry, 500), kCreated + 1h, random);
  EXPECT_EQ(health.state, "failing");
  EXPECT_EQ(places(health, kCreated + 1h + 29s, 4), 0);
}

TEST(Health, LearnsNothingFromAMessageThatCouldNotBeSent) {
  Random random(1);
  const auto failing = fail_times(3, trouble(Verdict::kRetry, 0), random);
  EXPECT_EQ(health_after(failing, judged(Verdict::kRefused, 0), kCreated, random), failing);
}

TEST(Health, KeepsTheTimeAtWhichAStateBegan) {
  Random random(1);
  auto health = fail_times(3, trouble(Verdict::kRetry, 0), random);
  health = health_after(health, trouble(Verdict::kRetry, 0), kCreated + 2h, random);
  EXPECT_EQ(health.since, kCreated);
}

}  // namespace
}  // namespace bylined::deliver
