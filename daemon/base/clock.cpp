// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <time.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bylined {
namespace {

class SystemClock final : public Clock {
 public:
  explicit SystemClock(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  Instant now() const override { return system_now(); }

  Steady steady() const override {
    return std::chrono::duration_cast<Steady>(std::chrono::steady_clock::now().time_since_epoch());
  }

  Task<void> sleep(Millis length) override {
    if (length <= Millis::zero()) co_return;
    boost::asio::steady_timer timer(executor_, length);
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await timer.async_wait(token);
  }

  Task<void> wait(Bell& bell, Millis longest) override {
    if (bell.take_ring() || longest <= Millis::zero()) co_return;
    boost::asio::steady_timer timer(executor_, longest);
    std::function<void()> wake = [&timer] { timer.cancel(); };
    const ArmedBell armed(bell, std::move(wake));
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await timer.async_wait(token);
  }

 private:
  boost::asio::any_io_executor executor_;
};

}  // namespace

Instant system_now() { return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()); }

std::int64_t monotonic_micros() {
  timespec at{};
  clock_gettime(CLOCK_MONOTONIC, &at);
  return static_cast<std::int64_t>(at.tv_sec) * 1'000'000 + at.tv_nsec / 1'000;
}

std::unique_ptr<Clock> make_system_clock(boost::asio::any_io_executor executor) {
  return std::make_unique<SystemClock>(std::move(executor));
}

}  // namespace bylined
