// SPDX-License-Identifier: Apache-2.0
// What befalls a receiver, and what its operator does about it: nothing that waits is lost, nobody gets what is not theirs.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/effort.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script with_news() {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 20min));
  return script;
}

bool before(Instant now, World& world, Millis end) { return now < world.outside().press.start() + end; }

net::HttpResponse answered(int status) {
  net::HttpResponse response;
  response.status = status;
  return response;
}

press::Script with_much_news() {
  press::Script script = with_news();
  for (int i = 0; i < 4; ++i) script.articles.push_back(news(std::to_string(301 + i), "한빛전자 소식 " + std::to_string(i), 21min));
  return script;
}

void expect_all_told(World& world) {
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.reader()->counts()->deliveries_dead, 0);
}

std::vector<store::ReceiverHealth> how_receivers_are(World& world) {
  auto all = world.reader()->receivers();
  EXPECT_TRUE(all);
  return all ? *all : std::vector<store::ReceiverHealth>();
}

TEST(Receivers, AReceiverThatRefusesEverybodyForADayGetsEverythingAfterwards) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  for (const int status : {400, 550, 554}) {
    World world(45, with_much_news(), small_wishes());
    world.outside().receiver_answer = [&world, status](const std::string&, Instant now) { return answered(before(now, world, 24h) ? status : 204); };
    world.boot();
    ASSERT_TRUE(world.run_for(6h));
    for (const store::ReceiverHealth& health : how_receivers_are(world)) {
      if (status == 400 && health.receiver.value == "desk") continue;  // a mail server says 451 there
      EXPECT_EQ(health.state, "failing") << health.receiver.value << " " << status;
    }
    ASSERT_TRUE(world.run_for(21h));
    expect_all_told(world);
  }
}

TEST(Receivers, AClockThatIsDaysAheadForAMinuteKillsNothingThatWaits) {
  for (const bool from_the_start : {false, true}) {
    World world(47, with_much_news(), small_wishes());
    world.outside().receiver_answer = [&world](const std::string&, Instant now) { return answered(before(now, world, 3h) ? 503 : 204); };
    world.boot();
    ASSERT_TRUE(world.run_for(1h));
    if (from_the_start) world.crash();
    world.jump(6 * 24h);
    if (from_the_start) world.boot();
    ASSERT_TRUE(world.run_for(10min));
    world.jump(-6 * 24h);
    ASSERT_TRUE(world.run_for(5h));
    expect_all_told(world);
  }
}

TEST(Receivers, ASlipInAReceiversIdIsMendedByAReload) {
  World world(48, with_news(), small_wishes());
  world.outside().receiver_answer = [&world](const std::string&, Instant now) { return answered(before(now, world, 1h) ? 503 : 204); };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  const Wishes right = world.wishes();
  world.wishes().receivers.front().id.value = "hooc";
  world.wishes().watches.front().receivers.front().value = "hooc";
  world.reload();
  ASSERT_TRUE(world.run_for(3h));
  const auto waiting = world.reader()->waiting_for_others({{"hooc"}, {"desk"}});
  ASSERT_TRUE(waiting);
  ASSERT_EQ(waiting->size(), 1u);
  EXPECT_EQ(waiting->at(0).first.value, "hook");
  world.wishes() = right;
  world.reload();
  ASSERT_TRUE(world.run_for(1min));
  expect_all_told(world);
}

TEST(Receivers, WhatWaitsForAReceiverThatStaysAwayEndsWithItsLifetime) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  World world(49, with_news(), small_wishes());
  world.outside().receiver_answer = [](const std::string& receiver, Instant) { return answered(receiver == "hook" ? 503 : 204); };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  world.wishes().receivers.erase(world.wishes().receivers.begin());
  world.wishes().watches.front().receivers.erase(world.wishes().watches.front().receivers.begin());
  world.reload();
  ASSERT_TRUE(world.run_for(4 * 24h));
  EXPECT_EQ(world.reader()->counts()->deliveries_dead, 0);
  EXPECT_EQ(world.metrics().value("bylined_deliveries_retired_total"), 0);
  ASSERT_TRUE(world.run_for(26h));
  EXPECT_EQ(world.reader()->counts()->deliveries_dead, 1);
  EXPECT_EQ(world.metrics().value("bylined_deliveries_retired_total"), 1);
}

TEST(Receivers, AMendedReceiverIsToldAtOnceAlsoAfterADeath) {
  for (const bool dies : {false, true}) {
    World world(50, with_much_news(), small_wishes());
    world.outside().receiver_answer = [](const std::string& receiver, Instant) { return answered(receiver == "hook" ? 410 : 204); };
    world.boot();
    ASSERT_TRUE(world.run_for(40min));
    if (dies) world.crash();
    std::string& url = world.wishes().receivers.front().url;
    url += "-mended";
    if (dies) {
      world.boot();
    } else {
      world.reload();
    }
    ASSERT_TRUE(world.run_for(1min));
    EXPECT_EQ(world.reader()->counts()->deliveries_pending, 0) << dies;
    for (const store::ReceiverHealth& health : how_receivers_are(world)) EXPECT_EQ(health.state, "ok");
  }
}

TEST(Receivers, WhoIsTakenOffAListGetsNothingThatWaited) {
  World world(51, with_news(), small_wishes());
  world.wishes().receivers.back().to = {"desk@receivers.example", "left@receivers.example"};
  world.outside().receiver_answer = [&world](const std::string& receiver, Instant now) {
    return answered(receiver == "left" && before(now, world, 1h) ? 451 : 204);
  };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  world.wishes().receivers.back().to.pop_back();
  world.reload();
  ASSERT_TRUE(world.run_for(4h));
  for (const Taken& one : world.outside().taken) EXPECT_FALSE(one.receiver == "left" && one.status < 300);
  EXPECT_EQ(world.reader()->counts()->deliveries_dead, 1);
  EXPECT_EQ(world.reader()->counts()->deliveries_pending, 0);
}

std::size_t taken_by(const World& world, const std::string& receiver) {
  const auto& all = const_cast<World&>(world).outside().taken;
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Taken& one) { return one.receiver == receiver && one.status < 300; }));
}

TEST(Receivers, WhatWaitsForAWrongAddressGoesToTheRightOne) {
  World world(52, with_much_news(), small_wishes());
  world.wishes().receivers.back().to = {"dekk@receivers.example"};
  world.outside().receiver_answer = [](const std::string& receiver, Instant) { return answered(receiver == "dekk" ? 550 : 204); };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  ASSERT_EQ(taken_by(world, "desk"), 0u);
  world.wishes().receivers.back().to = {"desk@receivers.example", "press@receivers.example"};
  world.reload();
  ASSERT_TRUE(world.run_for(1min));
  EXPECT_EQ(taken_by(world, "desk"), 5u);
  EXPECT_EQ(taken_by(world, "press"), 5u) << "it stands in the same place";
  EXPECT_EQ(world.reader()->counts()->deliveries_pending, 0);
}

TEST(Receivers, WhatWaitsForAWebhookThatBecameAMailboxIsMailed) {
  World world(53, with_much_news(), small_wishes());
  world.outside().receiver_answer = [](const std::string& receiver, Instant) { return answered(receiver == "hook" ? 503 : 204); };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  model::Receiver mailbox = world.wishes().receivers.back();
  mailbox.id = world.wishes().receivers.front().id;
  mailbox.to = {"newsroom@receivers.example"};
  world.wishes().receivers.front() = mailbox;
  world.reload();
  ASSERT_TRUE(world.run_for(1min));
  EXPECT_EQ(taken_by(world, "newsroom"), 5u);
  EXPECT_EQ(world.reader()->counts()->deliveries_pending, 0);
}

// A machine that was asleep, or a clock that is set while a receiver takes its time: the lease is over, the attempt is not.
TEST(Receivers, AClockThatLeapsDuringAnAttemptSendsNothingTwice) {
  World world(54, with_much_news(), small_wishes());
  bool under_way = false;
  world.outside().weather = [&under_way](const std::string& host, const std::string&, Instant) {
    Weather weather;
    if (host == kReceiversHost) weather.latency = 6s, under_way = true;
    return weather;
  };
  world.boot();
  for (int i = 0; i < 1'200 && !under_way; ++i) ASSERT_TRUE(world.run_for(2s));
  ASSERT_TRUE(under_way);
  world.jump(1h);
  ASSERT_TRUE(world.run_for(30min));
  std::map<std::string, int> times;
  for (const Taken& one : world.outside().taken) ++times[one.receiver + " " + one.id];
  EXPECT_EQ(times.size(), 10u);
  for (const auto& [what, count] : times) EXPECT_EQ(count, 1) << what;
}

// It was away, and takes one message a second of what waits: all it says is that more is too much.
TEST(Receivers, OneThatTakesAMessageASecondIsServedAtThatPace) {
  World world(55, [] {
    press::Script script = with_news();
    for (int i = 0; i < 15; ++i) script.articles.push_back(news(std::to_string(401 + i), "한빛전자 소식 " + std::to_string(i), 21min));
    return script;
  }(), small_wishes());
  Instant last, turned_away;
  world.outside().receiver_answer = [&](const std::string& receiver, Instant now) {
    if (receiver != "hook") return answered(204);
    if (before(now, world, 1h)) return answered(503);
    if (now - last < 1s) {
      if (turned_away == Instant()) turned_away = now;
      return answered(429);
    }
    last = now;
    return answered(204);
  };
  world.boot();
  ASSERT_TRUE(world.run_for(80min));
  EXPECT_EQ(taken_by(world, "hook"), 16u);
  ASSERT_NE(turned_away, Instant());
  EXPECT_LE(last - turned_away, 40s) << "one a second, and a try between";
  expect_all_told(world);
}

// It serves one at a time, and says so by 503.
TEST(Receivers, WhatWasTurnedAwayWhileOthersWereTakenComesSoonAfter) {
  World world(56, with_much_news(), small_wishes());
  int said_no = 0;
  world.outside().receiver_answer = [&said_no](const std::string& receiver, Instant) { return answered(receiver == "hook" && said_no++ % 3 != 2 && said_no < 25 ? 503 : 204); };
  world.boot();
  ASSERT_TRUE(world.run_for(40min));
  expect_all_told(world);
}

}  // namespace
}  // namespace bylined::tests
