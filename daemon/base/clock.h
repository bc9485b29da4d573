// SPDX-License-Identifier: Apache-2.0
// The only place where the daemon learns what time it is, and the only way to wait for it.
// Tests put a simulated one in its place; nothing else reads a clock (kept by tests/house).
#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "base/bell.h"
#include "base/task.h"
#include "base/time.h"

namespace bylined {

class Clock {
 public:
  virtual ~Clock() = default;

  // Wall time, for stamps and stored due times. May jump.
  virtual Instant now() const = 0;
  // Never jumps, meaningless beyond this process.
  virtual Steady steady() const = 0;
  // Returns after `length` of steady time, or at once when it is not positive.
  // Cancelling the coroutine ends the wait early.
  virtual Task<void> sleep(Millis length) = 0;
  // Returns when `bell` is rung, after `longest` at the latest. The bell outlives the wait.
  virtual Task<void> wait(Bell& bell, Millis longest) = 0;
};

// Wall time for a command that runs once. The daemon asks its Clock.
Instant system_now();

// CLOCK_MONOTONIC in microseconds, by which systemd pairs a reload with its end.
std::int64_t monotonic_micros();

// Real time on the given executor's thread.
std::unique_ptr<Clock> make_system_clock(boost::asio::any_io_executor executor);

}  // namespace bylined
