// SPDX-License-Identifier: Apache-2.0
// A few threads that run pure functions on values and bring one value back to the I/O thread.
// Never touches anything that the I/O thread owns: what goes in is moved or copied.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/task.h"

namespace bylined {

class Lane {
 public:
  // No threads: everything runs in place, on the caller's thread, in the caller's order (tests).
  explicit Lane(unsigned threads)
      : pool_(threads == 0 ? nullptr : std::make_unique<boost::asio::thread_pool>(threads)) {}

  // Runs `function(values…)` on the lane. Await it on the I/O thread; the caller's place is kept
  // by the coroutine, so the callers' own limits bound the queue.
  // g++ 12 destroys a capturing closure made inside the co_await expression twice, hence the assertion.
  template <class F, class... V>
  Task<std::invoke_result_t<F, V...>> run(F function, V... values) {
    static_assert(std::is_trivially_copyable_v<F>, "pass a function or a lambda without captures, and its values beside it");
    using R = std::invoke_result_t<F, V...>;
    if (!pool_) co_return std::invoke(function, std::move(values)...);
    auto job = work<R, F, V...>(function, std::move(values)...);
    auto done = co_await boost::asio::co_spawn(pool_->get_executor(), std::move(job), boost::asio::use_awaitable);
    co_return std::move(*done);
  }

  // Finishes what runs, drops what waits. Call before the I/O context is destroyed.
  void stop() {
    if (!pool_) return;
    pool_->stop();
    pool_->join();
  }

 private:
  template <class R, class F, class... V>
  static Task<std::optional<R>> work(F function, V... values) {
    co_return std::optional<R>(std::invoke(function, std::move(values)...));
  }

  std::unique_ptr<boost::asio::thread_pool> pool_;
};

}  // namespace bylined
