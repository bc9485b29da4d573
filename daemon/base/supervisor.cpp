// SPDX-License-Identifier: Apache-2.0
#include "base/supervisor.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

namespace bylined {

void Supervisor::spawn(std::string name, Task<void> task) {
  auto child = std::make_shared<Child>();
  child->name = std::move(name);
  const auto place = children_.insert(children_.end(), child);
  auto ended = [this, child, place](std::exception_ptr thrown) {
    children_.erase(place);
    if (!thrown) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
      // Asio tells a cancelled coroutine so by exception: that is our own stop().
      if (stopping_ && e.code() == boost::asio::error::operation_aborted) return;
      on_bug_(child->name, e.what());
    } catch (const std::exception& e) {
      on_bug_(child->name, e.what());
    }
  };
  boost::asio::co_spawn(executor_, std::move(task), boost::asio::bind_cancellation_slot(child->cancel.slot(), std::move(ended)));
}

Task<void> Supervisor::until_idle(Millis limit) {
  const Steady end = clock_.steady() + limit;
  while (!children_.empty() && clock_.steady() < end) co_await clock_.sleep(Millis(10));
}

Task<bool> Supervisor::stop(Millis grace) {
  stopping_ = true;
  co_await until_idle(grace);
  const auto left = children_;  // emitting may end a child, which takes itself off the list
  for (const auto& child : left) child->cancel.emit(boost::asio::cancellation_type::terminal);
  co_await until_idle(grace);
  co_return children_.empty();
}

}  // namespace bylined
