// SPDX-License-Identifier: Apache-2.0
// Something one coroutine waits for, with a deadline. Lives on the I/O thread; happens once until it is reset.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include "base/task.h"
#include "base/time.h"

namespace bylined::net {

enum class Wake { kHappened, kTimeout, kCancelled };

class Event {
 public:
  explicit Event(boost::asio::io_context& context) : timer_(context) {}

  void set() {
    happened_ = true;
    timer_.cancel();
  }
  void reset() { happened_ = false; }
  bool happened() const { return happened_; }
  Task<Wake> wait(Millis limit);

 private:
  boost::asio::steady_timer timer_;
  bool happened_ = false;
};

}  // namespace bylined::net
