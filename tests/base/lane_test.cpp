// SPDX-License-Identifier: Apache-2.0
#include "base/lane.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <latch>
#include <list>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace bylined {
namespace {

// What a job saw of the thread it ran on.
struct Seen {
  pid_t thread = 0;
  int nice = 0;
};

Seen look() { return {::gettid(), ::getpriority(PRIO_PROCESS, 0)}; }

Task<> see(Lane& lane, Seen& seen) { seen = co_await lane.run(&look); }

Seen seen_on(Lane& lane) {
  Seen seen;
  boost::asio::io_context io;
  boost::asio::co_spawn(io, see(lane, seen), boost::asio::detached);
  io.run();
  return seen;
}

TEST(Lane, WithoutThreadsEverythingRunsInPlace) {
  Lane lane(0);
  EXPECT_EQ(seen_on(lane).thread, ::gettid());
}

// As far behind as the last place allows.
TEST(Lane, ItsThreadsStandBehindTheOneThatAsks) {
  Lane lane(2);
  const Seen there = seen_on(lane);
  const int here = ::getpriority(PRIO_PROCESS, 0);
  EXPECT_NE(there.thread, ::gettid());
  EXPECT_EQ(there.nice, std::min(here + 5, 19));
}

Task<> add_on(Lane& lane, int number, int& sum) {
  const auto square = +[](int n) { return n * n; };
  sum += co_await lane.run(square, number);
}

TEST(Lane, ManyJobsComeBackToWhoeverAskedThem) {
  Lane lane(2);
  boost::asio::io_context io;
  int sum = 0;  // touched by this thread alone
  for (int i = 0; i < 1'000; ++i) boost::asio::co_spawn(io, add_on(lane, i, sum), boost::asio::detached);
  io.run();
  lane.stop();
  EXPECT_EQ(sum, 332'833'500);
}

TEST(Lane, WhatWaitsWhenItStopsIsDropped) {
  boost::asio::io_context io;  // outlives what the lane still holds
  Lane lane(1);
  lane.stop();
  int sum = 0;
  boost::asio::co_spawn(io, add_on(lane, 7, sum), boost::asio::detached);
  io.poll();
  EXPECT_EQ(sum, 0);
}

Task<> sleep_on(Lane& lane, int& ended) {
  const auto nap = +[](int length) {
    ::usleep(static_cast<useconds_t>(length));
    return 0;
  };
  ended += 1 + co_await lane.run(nap, 200);
}

// What runs is not interrupted, and whoever waits for it is told afterwards.
TEST(Lane, CallersThatAreCancelledWaitForTheirJobs) {
  Lane lane(2);
  boost::asio::io_context io;
  int ended = 0;
  std::list<boost::asio::cancellation_signal> signals;
  for (int i = 0; i < 200; ++i) {
    boost::asio::co_spawn(io, sleep_on(lane, ended), boost::asio::bind_cancellation_slot(signals.emplace_back().slot(), boost::asio::detached));
  }
  io.run_for(std::chrono::milliseconds(3));
  for (boost::asio::cancellation_signal& one : signals) one.emit(boost::asio::cancellation_type::terminal);
  io.run();
  lane.stop();
  EXPECT_EQ(ended, 200);
}

Task<> wait_on(Lane& lane, std::latch* over) {
  const auto wait = +[](std::latch* latch) {
    latch->wait();
    return 0;
  };
  static_cast<void>(co_await lane.run(wait, over));
}

TEST(SizedLanes, AUsualJobDoesNotWaitUntilTheLargeOnesAreDone) {
  SizedLanes lanes(1);
  boost::asio::io_context io;
  std::latch over(1);
  for (int i = 0; i < 20; ++i) boost::asio::co_spawn(io, wait_on(lanes.for_bytes(SizedLanes::kUsual + 1), &over), boost::asio::detached);
  int sum = 0;
  boost::asio::co_spawn(io, add_on(lanes.for_bytes(SizedLanes::kUsual), 7, sum), boost::asio::detached);
  for (int i = 0; i < 1'000 && sum == 0; ++i) io.run_for(std::chrono::milliseconds(10));
  EXPECT_EQ(sum, 49);
  over.count_down();
  io.run();
}

TEST(SizedLanes, WithoutThreadsBothRunInPlace) {
  SizedLanes lanes(0);
  EXPECT_EQ(seen_on(lanes.for_bytes(0)).thread, ::gettid());
  EXPECT_EQ(seen_on(lanes.large()).thread, ::gettid());
}

}  // namespace
}  // namespace bylined
