// SPDX-License-Identifier: Apache-2.0
// Simulated time on one thread: nothing waits for real, whoever sleeps longest wakes last, equal times in
// the order in which they lay down. The wall clock can jump; steady time cannot.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.h"

namespace bylined::tests {

class SimClock final : public Clock {
 public:
  SimClock(boost::asio::io_context& context, Instant start) : context_(context), start_(start) {}

  Instant now() const override { return start_ + steady_ + jumped_; }
  Steady steady() const override { return steady_; }
  // As the rest of the world sees it: without our jumps.
  Instant true_now() const { return start_ + steady_; }
  Task<void> sleep(Millis length) override;
  Task<void> wait(Bell& bell, Millis longest) override;

  // The wall clock is set forward or back by so much.
  void jump(Millis by) { jumped_ += by; }
  Millis jumped() const { return jumped_; }

  // Runs everything that is ready, then the sleepers in order, until `length` has passed or `enough`
  // says so (asked after each step). Returns false where `enough` ended it.
  bool run_for(Millis length, const std::function<bool()>& enough = nullptr);
  std::uint64_t steps() const { return next_; }

 private:
  class Sleeper;
  using Key = std::pair<Steady, std::uint64_t>;
  void settle();

  boost::asio::io_context& context_;
  const Instant start_;
  Steady steady_{0};
  Millis jumped_{0};
  std::uint64_t next_ = 0;
  std::map<Key, boost::asio::steady_timer*> sleepers_;
};

}  // namespace bylined::tests
