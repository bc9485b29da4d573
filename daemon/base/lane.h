// SPDX-License-Identifier: Apache-2.0
// A few threads that run pure functions on values and bring one value back to the I/O thread.
// Never touches anything that the I/O thread owns: what goes in is moved or copied.
//
// A job takes a worker many milliseconds, and the I/O thread a few microseconds at a time: it must not wait for its core until a
// job is done. So these threads stand back: they are nicer (nice(2), on Linux a thread's own) than the rest of the process,
// which goes before them whenever it wakes, and costs them nothing while it sleeps. Where that may not be asked for, as in
// the sandbox of the service's unit, the unit gives the I/O thread the same lead.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/task.h"

namespace bylined {

class Lane {
 public:
  // No threads: everything runs in place, on the caller's thread, in the caller's order (tests).
  explicit Lane(unsigned threads);
  ~Lane() { stop(); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  // Runs `function(values…)` on the lane. Await it on the I/O thread; the caller's place is kept
  // by the coroutine, so the callers' own limits bound the queue.
  // g++ 12 destroys a capturing closure made inside the co_await expression twice, hence the assertion.
  template <class F, class... V>
  Task<std::invoke_result_t<F, V...>> run(F function, V... values) {
    static_assert(std::is_trivially_copyable_v<F>, "pass a function or a lambda without captures, and its values beside it");
    using R = std::invoke_result_t<F, V...>;
    if (in_place_) co_return std::invoke(function, std::move(values)...);
    auto job = work<R, F, V...>(function, std::move(values)...);
    // A job is not interrupted, so a cancelled caller waits for its end. Asio would send the word after it to the lane, where it may
    // come when the job and all that it points to are gone.
    auto to_its_end = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable);
    auto done = co_await boost::asio::co_spawn(context_.get_executor(), std::move(job), std::move(to_its_end));
    co_return std::move(*done);
  }

  // Finishes what runs, drops what waits. Call before the I/O context is destroyed.
  void stop();

 private:
  template <class R, class F, class... V>
  static Task<std::optional<R>> work(F function, V... values) {
    co_return std::optional<R>(std::invoke(function, std::move(values)...));
  }

  const bool in_place_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_;
  std::vector<std::thread> threads_;  // last: they use the above
};

// Two lanes, by how many bytes a job has to read: no usual job waits until the large ones are done, which may take a second each
// and be many at once.
class SizedLanes {
 public:
  static constexpr std::size_t kUsual = 512u << 10;  // bytes

  // Of the usual lane; the large one has a single thread. 0: everything runs in place (tests).
  explicit SizedLanes(unsigned threads) : usual_(threads), large_(threads == 0 ? 0 : 1) {}
  Lane& for_bytes(std::size_t bytes) { return bytes > kUsual ? large_ : usual_; }
  Lane& large() { return large_; }
  // As Lane's.
  void stop() {
    usual_.stop();
    large_.stop();
  }

 private:
  Lane usual_;
  Lane large_;
};

}  // namespace bylined
