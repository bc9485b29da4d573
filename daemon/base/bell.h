// SPDX-License-Identifier: Apache-2.0
// Wakes one coroutine that waits for news or for time to pass. A ring before the wait is kept, so that
// none is lost between looking and waiting. Lives on the I/O thread; one waiter at a time.
#pragma once

#include <cassert>
#include <functional>
#include <utility>

namespace bylined {

class Bell {
 public:
  void ring() {
    if (waker_) {
      waker_();
    } else {
      rung_ = true;
    }
  }

  // For Clock::wait. True where it was rung since the last wait: do not wait at all.
  bool take_ring() { return std::exchange(rung_, false); }
  void arm(std::function<void()> waker) {
    assert(!waker_);
    waker_ = std::move(waker);
  }
  void disarm() { waker_ = nullptr; }

 private:
  std::function<void()> waker_;
  bool rung_ = false;
};

// Arms for as long as it lives; a cancelled coroutine leaves no waker behind.
class ArmedBell {
 public:
  ArmedBell(Bell& bell, std::function<void()> waker) : bell_(bell) { bell_.arm(std::move(waker)); }
  ~ArmedBell() { bell_.disarm(); }
  ArmedBell(const ArmedBell&) = delete;
  ArmedBell& operator=(const ArmedBell&) = delete;

 private:
  Bell& bell_;
};

}  // namespace bylined
