// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "base/permits.h"

namespace bylined {
namespace {

constexpr Millis kLong{10'000}, kShort{20};

class Permitting : public testing::Test {
 protected:
  Task<void> take(int who, Millis limit) {
    Permit permit = co_await permits_.take(limit);
    came_.push_back(permit ? who : -who);
    held_.push_back(std::move(permit));
  }
  void start(int who, Millis limit = kLong) { boost::asio::co_spawn(context_, take(who, limit), boost::asio::detached); }
  void settle(Millis length = Millis(0)) {
    context_.restart();
    if (length == Millis(0)) context_.poll();
    else context_.run_for(length);
  }

  boost::asio::io_context context_;
  std::unique_ptr<Clock> clock_ = make_system_clock(context_.get_executor());
  std::vector<int> came_;
  std::vector<Permit> held_;
  Permits permits_{*clock_, 2};
};

TEST_F(Permitting, GivesAsManyAsThereAreAndTheNextInTheOrderOfTheirComing) {
  for (const int who : {1, 2, 3, 4, 5}) start(who);
  settle();
  EXPECT_EQ(came_, (std::vector<int>{1, 2}));
  EXPECT_FALSE(permits_.any_free());
  held_[0].give_back();
  held_[0].give_back();  // which it has no more
  settle();
  EXPECT_EQ(came_, (std::vector<int>{1, 2, 3}));
  held_.clear();
  settle();
  EXPECT_EQ(came_, (std::vector<int>{1, 2, 3, 4, 5}));
  held_.clear();
  EXPECT_TRUE(permits_.any_free());
}

TEST_F(Permitting, LetsNobodyWaitBeyondTheLimitAndLosesNoneByIt) {
  for (const int who : {1, 2}) start(who);
  start(3, kShort);
  start(4);
  settle(2 * kShort);
  EXPECT_EQ(came_, (std::vector<int>{1, 2, -3}));
  held_.clear();
  settle();
  EXPECT_EQ(came_, (std::vector<int>{1, 2, -3, 4}));
}

TEST_F(Permitting, OutlivesWhoGaveIt) {
  auto permits = std::make_unique<Permits>(*clock_, 1);
  Permit permit;
  boost::asio::co_spawn(context_, [&]() -> Task<void> { permit = co_await permits->take(kLong); }, boost::asio::detached);
  settle();
  EXPECT_TRUE(permit);
  permits.reset();
  permit = Permit();
  EXPECT_FALSE(permit);
}

}  // namespace
}  // namespace bylined
