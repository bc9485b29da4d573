// SPDX-License-Identifier: Apache-2.0
// Keeps the long-running coroutines: each has a name, all are asked to stop together. An exception
// that leaves one is a bug of ours: it is logged and ends the process (status 70), never hidden;
// leases give its work back after the restart. Lives on the I/O thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "base/clock.h"
#include "base/task.h"

namespace bylined {

class Supervisor {
 public:
  // `on_bug` is called with the coroutine's name and what it threw; it must not return to work as before.
  Supervisor(boost::asio::any_io_executor executor, Clock& clock, std::function<void(const std::string&, const std::string&)> on_bug)
      : executor_(std::move(executor)), clock_(clock), on_bug_(std::move(on_bug)) {}

  void spawn(std::string name, Task<void> task);
  // True from the first stop() on: loops claim nothing new.
  bool stopping() const { return stopping_; }
  std::size_t running() const { return children_.size(); }
  // Lets what is in flight finish for `grace`, then cancels every wait, and gives that `grace` once more.
  // Returns true where all ended. What has not ended is dropped with the I/O context.
  Task<bool> stop(Millis grace);

 private:
  struct Child {
    std::string name;
    boost::asio::cancellation_signal cancel;
  };
  Task<void> until_idle(Millis limit);

  boost::asio::any_io_executor executor_;
  Clock& clock_;
  std::function<void(const std::string&, const std::string&)> on_bug_;
  std::list<std::shared_ptr<Child>> children_;
  bool stopping_ = false;
};

}  // namespace bylined
