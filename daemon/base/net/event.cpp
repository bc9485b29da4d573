// SPDX-License-Identifier: Apache-2.0
#include "base/net/event.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bylined::net {

Task<Wake> Event::wait(Millis limit) {
  if (happened_) co_return Wake::kHappened;
  timer_.expires_after(limit);
  constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
  const auto [error] = co_await timer_.async_wait(token);
  if (happened_) co_return Wake::kHappened;
  co_return error ? Wake::kCancelled : Wake::kTimeout;
}

}  // namespace bylined::net
