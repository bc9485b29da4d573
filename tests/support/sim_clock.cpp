// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sim_clock.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bylined::tests {

// On the clock's list as long as it lives; a destroyed coroutine takes it along.
class SimClock::Sleeper {
 public:
  Sleeper(SimClock& clock, Millis length)
      : clock_(clock), key_(clock.steady_ + length, clock.next_++), timer_(clock.context_, boost::asio::steady_timer::time_point::max()) {
    clock_.sleepers_.emplace(key_, &timer_);
  }
  ~Sleeper() { clock_.sleepers_.erase(key_); }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  boost::asio::steady_timer& timer() { return timer_; }

 private:
  SimClock& clock_;
  const Key key_;
  boost::asio::steady_timer timer_;
};

Task<void> SimClock::sleep(Millis length) {
  if (length <= Millis::zero()) co_return;
  Sleeper sleeper(*this, length);
  constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
  co_await sleeper.timer().async_wait(token);
}

Task<void> SimClock::wait(Bell& bell, Millis longest) {
  if (bell.take_ring() || longest <= Millis::zero()) co_return;
  Sleeper sleeper(*this, longest);
  std::function<void()> wake = [&sleeper] { sleeper.timer().cancel(); };
  const ArmedBell armed(bell, std::move(wake));
  constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
  co_await sleeper.timer().async_wait(token);
}

void SimClock::settle() {
  context_.restart();
  context_.poll();
}

bool SimClock::run_for(Millis length, const std::function<bool()>& enough) {
  const Steady end = steady_ + length;
  settle();
  for (;;) {
    if (enough && enough()) return false;
    if (sleepers_.empty() || sleepers_.begin()->first.first > end) break;
    const auto first = sleepers_.begin();
    steady_ = std::max(steady_, first->first.first);
    boost::asio::steady_timer* const timer = first->second;
    sleepers_.erase(first);
    timer->cancel();
    settle();
  }
  steady_ = end;
  return true;
}

}  // namespace bylined::tests
