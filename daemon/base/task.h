// SPDX-License-Identifier: Apache-2.0
// What a function that waits returns. The only place that names Asio's coroutine type.
// Coroutines take values, never references or views, but for services that outlive them.
#pragma once

#include <utility>  // Boost 1.81's awaitable.hpp uses std::exchange without it

#include <boost/asio/awaitable.hpp>

namespace bylined {

template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace bylined
