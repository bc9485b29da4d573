// SPDX-License-Identifier: Apache-2.0
// Carries calls to the store's own thread and commits those that wait together. A caller goes on when
// its call is on disk, and not before. Knows nothing of what the calls do.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/batch_lane.h"
#include "base/lane.h"
#include "store/store.h"

namespace bylined::store {

class StoreLane {
 public:
  // `store` outlives it. No thread (0): each call runs in place and commits alone (simulation).
  StoreLane(Store& store, unsigned threads, BatchLane::Options options = {})
      : store_(store), lane_(threads, [&store](const std::function<void()>& calls) { return store.group(calls); }, options), beside_(threads) {}

  // `co_await lane.call<&Store::record_attempt>(attempt, health)`. Values go in, one value comes back; a
  // group that could not be committed answers each of its calls with that error.
  template <auto kMethod, class... V>
  auto call(V... values) -> Task<std::invoke_result_t<decltype(kMethod), Store&, V&...>> {
    using R = std::invoke_result_t<decltype(kMethod), Store&, V&...>;
    if constexpr (alone<kMethod>()) {
      // Copying pages takes long and needs nobody's place in the queue; finishing it is short.
      const Status moved = co_await beside_.run(&move_log, &store_);
      if (!moved) co_return moved.error();
    }
    auto slot = std::make_shared<Slot<R, V...>>(std::move(values)...);
    std::function<void()> work = [&store = store_, slot] {
      slot->result = std::apply([&store](V&... held) { return std::invoke(kMethod, store, held...); }, slot->values);
    };
    const Status whole = co_await lane_.run(std::move(work), alone<kMethod>());
    if (!whole) co_return whole.error();
    co_return std::move(*slot->result);
  }

  // Returns when what waits now is done, however it ended.
  Task<void> drain() {
    std::function<void()> nothing = [] {};
    const Status done = co_await lane_.run(std::move(nothing), true);
    static_cast<void>(done);
  }

  // Finishes what waits; later calls get kCancelled. Call before the I/O context is destroyed.
  void stop() {
    lane_.stop();
    beside_.stop();
  }

 private:
  template <class R, class... V>
  struct Slot {
    explicit Slot(V... v) : values(std::move(v)...) {}
    std::tuple<V...> values;
    std::optional<R> result;
  };

  // SQLite cannot move its log inside a transaction.
  template <auto kMethod>
  static constexpr bool alone() {
    if constexpr (std::is_same_v<decltype(kMethod), decltype(&Store::checkpoint)>) {
      return kMethod == &Store::checkpoint;
    }
    return false;
  }

  static Status move_log(Store* store) { return store->move_log(); }

  Store& store_;
  BatchLane lane_;
  Lane beside_;
};

}  // namespace bylined::store
