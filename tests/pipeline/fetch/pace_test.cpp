// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/pace.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/sim_clock.h"

namespace bylined::fetch {
namespace {

using namespace std::chrono_literals;

// Requests that take `length` each, and when they started.
struct Traffic {
  std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>();
  tests::SimClock clock{*context, Instant(1'760'000'000'000ms)};
  Pace pace;
  std::vector<Steady> starts;
  std::map<std::string, int> now, most;
  int refused = 0;
  std::string order;  // 'l' for a listing, 'a' for an article
  Millis look_up{0};  // between a host's front and its start

  explicit Traffic(PaceLimits limits) : pace(clock, limits) {}
  ~Traffic() { context.reset(); }  // what still waits refers to the rest

  Task<void> request(std::string host, Millis length, Wanted wanted) {
    Pace::Front front = co_await pace.come_up(host, wanted);
    if (!front.granted()) {
      ++refused;
      co_return;
    }
    co_await clock.sleep(look_up);
    const auto turn = co_await pace.start(std::move(front), host);
    if (!turn) {
      ++refused;
      co_return;
    }
    starts.push_back(clock.steady());
    order += wanted.listing ? 'l' : 'a';
    most[host] = std::max(most[host], ++now[host]);
    most["all"] = std::max(most["all"], ++now["all"]);
    co_await clock.sleep(length);
    --now[host];
    --now["all"];
  }

  void send(const std::string& host, Millis length, Wanted wanted = Wanted()) {
    boost::asio::co_spawn(*context, request(host, length, wanted), boost::asio::detached);
  }
};

const Wanted kListing{true, Steady::max(), {}};

TEST(Pace, KeepsTheIntervalBetweenStartsOnOneHost) {
  Traffic traffic(PaceLimits{32, 2, 2s, 64, 120s});
  for (int i = 0; i < 5; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(60s);
  ASSERT_EQ(traffic.starts.size(), 5u);
  for (std::size_t i = 1; i < 5; ++i) EXPECT_GE(traffic.starts[i] - traffic.starts[i - 1], 2s);
}

TEST(Pace, LeavesAHostAloneRightAfterTheStart) {
  Traffic traffic(PaceLimits{32, 2, 2s, 64, 120s});
  traffic.send("a", 10ms);
  traffic.clock.run_for(60s);
  EXPECT_GE(traffic.starts.front(), 2s);
}

TEST(Pace, NeverHasMoreUnderWayThanAllowed) {
  Traffic traffic(PaceLimits{3, 2, 0s, 64, 120s});
  for (int i = 0; i < 8; ++i) traffic.send(i % 2 == 0 ? "a" : "b", 5s);
  traffic.clock.run_for(120s);
  EXPECT_EQ(traffic.starts.size(), 8u);
  EXPECT_EQ(traffic.most["a"], 2);
  EXPECT_EQ(traffic.most["all"], 3);
}

TEST(Pace, WhoIsSlowLeavesHisPlaceToOthersUpToALimit) {
  Traffic traffic(PaceLimits{2, 2, 0s, 64, 120s});
  for (int i = 0; i < 40; ++i) traffic.send("slow" + std::to_string(i), 1h);
  traffic.clock.run_for(9s);
  EXPECT_EQ(traffic.starts.size(), 2u);
  traffic.clock.run_for(3s);
  EXPECT_EQ(traffic.starts.size(), 4u);
  traffic.clock.run_for(10min);
  EXPECT_EQ(traffic.starts.size(), 8u);
  EXPECT_EQ(traffic.most["all"], 8);
}

TEST(Pace, ASlowHostHoldsUpNobodyElse) {
  Traffic traffic(PaceLimits{4, 2, 1s, 64, 120s});
  for (int i = 0; i < 20; ++i) traffic.send("slow", 30s);
  traffic.send("quick", 10ms);
  traffic.clock.run_for(5s);
  EXPECT_EQ(traffic.most["quick"], 1);
}

Wanted by(const std::string& whose) {
  Wanted wanted;
  wanted.whose = whose;
  return wanted;
}

TEST(Pace, NobodysArticlesHoldMoreThanAQuarterOfWhatIsFree) {
  Traffic traffic(PaceLimits{32, 2, 0s, 64, 120s});
  for (int i = 0; i < 100; ++i) traffic.send("slow" + std::to_string(i), 1h, by("flood"));
  traffic.clock.run_for(1s);
  EXPECT_EQ(traffic.most["all"], 5) << "of 24, of which 19 are free then";
  traffic.clock.run_for(10min);
  EXPECT_EQ(traffic.most["all"], 6) << "slow ones leave their places";
  for (int i = 0; i < 20; ++i) traffic.send("quick" + std::to_string(i), 2s, Wanted());
  traffic.clock.run_for(1s);
  EXPECT_EQ(traffic.most["all"], 26) << "nobody's in particular take what is free";
}

TEST(Pace, EightThatListSlowHostsLeavePlacesToOthers) {
  Traffic traffic(PaceLimits{32, 2, 0s, 64, 120s});
  for (int i = 0; i < 400; ++i) traffic.send("slow" + std::to_string(i), 1h, by("flood" + std::to_string(i % 8)));
  traffic.clock.run_for(10min);
  EXPECT_LE(traffic.most["all"], 48);
  traffic.send("quick", 10ms, by("well"));
  traffic.clock.run_for(100ms);
  EXPECT_EQ(traffic.most["quick"], 1);
}

TEST(Pace, WhoIsAtTheFrontHoldsNoPlaceInAllYet) {
  Traffic traffic(PaceLimits{1, 1, 0s, 64, 120s});
  traffic.look_up = 60s;
  for (int i = 0; i < 20; ++i) traffic.send("silent" + std::to_string(i), 10ms);
  traffic.clock.run_for(10ms);
  traffic.look_up = 10ms;
  traffic.send("quick", 10ms);
  traffic.clock.run_for(1s);
  EXPECT_EQ(traffic.most["quick"], 1);
  EXPECT_EQ(traffic.starts.size(), 1u);
  traffic.clock.run_for(120s);
  EXPECT_EQ(traffic.starts.size(), 21u);
  EXPECT_EQ(traffic.most["all"], 1);
}

TEST(Pace, OneHostHasOneAtItsFront) {
  Traffic traffic(PaceLimits{32, 2, 0s, 64, 120s});
  traffic.look_up = 10s;
  for (int i = 0; i < 3; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(25s);
  EXPECT_EQ(traffic.starts.size(), 2u);
}

TEST(Pace, AFullQueueSaysWhenToComeBack) {
  Traffic traffic(PaceLimits{32, 1, 1s, 3, 120s});
  for (int i = 0; i < 3; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(0s);
  EXPECT_EQ(traffic.refused, 0);
  traffic.send("a", 10ms);
  traffic.clock.run_for(60s);
  EXPECT_EQ(traffic.refused, 1);
  EXPECT_EQ(traffic.starts.size(), 3u);
}

TEST(Pace, AListingGoesBeforeTheArticlesOfItsHost) {
  Traffic traffic(PaceLimits{32, 2, 2s, 64, 120s});
  for (int i = 0; i < 50; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(3s);
  traffic.send("a", 10ms, kListing);
  traffic.clock.run_for(2s);
  EXPECT_EQ(traffic.order, "al");
}

TEST(Pace, AListingFindsRoomWhereTheQueueIsFullOfArticles) {
  Traffic traffic(PaceLimits{32, 1, 1s, 3, 120s});
  for (int i = 0; i < 3; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(0s);
  traffic.send("a", 10ms, kListing);
  traffic.clock.run_for(2s);
  EXPECT_EQ(traffic.refused, 0);
  EXPECT_EQ(traffic.order.front(), 'l');
}

TEST(Pace, EachArticleLetsFourListingsByAtMost) {
  Traffic traffic(PaceLimits{32, 2, 1s, 64, 120s});
  traffic.send("a", 10ms);
  traffic.send("a", 10ms);
  for (int i = 0; i < 9; ++i) traffic.send("a", 10ms, kListing);
  traffic.clock.run_for(30s);
  EXPECT_EQ(traffic.order, "llllallllal");
}

TEST(Pace, APlaceIsKeptForListingsHoweverManyArticlesAreSlow) {
  Traffic traffic(PaceLimits{4, 2, 0s, 64, 120s});
  for (int i = 0; i < 40; ++i) traffic.send("slow" + std::to_string(i), 1h);
  traffic.clock.run_for(10min);
  EXPECT_EQ(traffic.starts.size(), 12u) << "of sixteen";
  traffic.send("quick", 10ms, kListing);
  traffic.clock.run_for(10ms);
  EXPECT_EQ(traffic.starts.size(), 13u);
}

TEST(Pace, AnArticleThatHoldsUpAListingTakesThePlaceThatIsKept) {
  Traffic traffic(PaceLimits{4, 2, 0s, 64, 120s});
  for (int i = 0; i < 40; ++i) traffic.send("slow" + std::to_string(i), 1h);
  traffic.clock.run_for(10min);
  traffic.send("quick", 10ms);
  traffic.clock.run_for(1s);
  traffic.send("quick", 10ms, kListing);
  traffic.clock.run_for(2s);
  EXPECT_EQ(traffic.order, "aaaaaaaaaaaaal");
}

TEST(Pace, NobodyWaitsLongerThanHeWantsTo) {
  Traffic traffic(PaceLimits{1, 1, 0s, 64, 120s});
  traffic.send("slow", 8s);
  traffic.clock.run_for(1s);
  traffic.send("slow", 10ms, Wanted{false, 5s, {}});
  traffic.send("other", 10ms, Wanted{false, 5s, {}});
  traffic.send("other", 10ms, Wanted{true, 20s, {}});
  traffic.clock.run_for(30s);
  EXPECT_EQ(traffic.refused, 2);
  EXPECT_EQ(traffic.order, "al");
}

TEST(Pace, OtherLimitsHoldFromTheNextStartOnAndForgetNothing) {
  Traffic traffic(PaceLimits{32, 2, 1s, 64, 120s});
  traffic.pace.set_interval("slow", 10s);
  traffic.send("a", 10ms);
  traffic.send("slow", 10ms);
  traffic.clock.run_for(5s);
  traffic.pace.set_limits(PaceLimits{32, 2, 3s, 64, 120s});
  for (int i = 0; i < 2; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(100ms);
  traffic.send("slow", 10ms);
  traffic.clock.run_for(5s);
  ASSERT_EQ(traffic.starts.size(), 4u) << "the slow one has still to wait";
  EXPECT_EQ(traffic.starts[3] - traffic.starts[2], 3s);
}

TEST(Pace, ACrawlDelaySlowsOneHostDown) {
  Traffic traffic(PaceLimits{32, 2, 1s, 64, 120s});
  traffic.pace.set_interval("a", 10s);
  for (int i = 0; i < 3; ++i) traffic.send("a", 10ms);
  traffic.clock.run_for(60s);
  EXPECT_GE(traffic.starts[2] - traffic.starts[1], 10s);
}

}  // namespace
}  // namespace bylined::fetch
