// SPDX-License-Identifier: Apache-2.0
// What the three loops share: ports, options, the current policy, and writing that outlasts a full disk.
// Private to pipeline/*.cpp.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "base/log.h"
#include "pipeline/pipeline.h"

namespace bylined::pipeline {

inline constexpr Millis kLeastPause{50};  // of a loop before it looks again

class Desk {
 public:
  Desk(Ports given, Options chosen, std::string owner, PolicyPtr first, std::function<void(const std::string&)> on_corrupt)
      : ports(given), options(chosen), policy(std::move(first)), owner_(std::move(owner)), on_corrupt_(std::move(on_corrupt)) {
    last_round = ports.clock.steady();
  }

  const Ports ports;
  const Options options;
  PolicyPtr policy;
  Storage storage;
  Steady last_round{0};
  std::uint64_t writes = 0;  // calls that changed the database, or tried to

  bool stopping() const { return ports.supervisor.stopping(); }
  const std::string& owner() const { return owner_; }
  store::Lease lease() const { return store::Lease{owner_, ports.clock.now() + options.lease}; }
  void round() { last_round = ports.clock.steady(); }

  // A call that must succeed in the end: while the disk is full or locked it is tried again, and the
  // state is shown. What was found stays in memory meanwhile; the loops' own limits bound how much. Errors
  // that come back are lasting: kCancelled (somebody else has the claim), kCorrupt, kInvalid.
  template <auto kMethod, class... V>
  auto record(V... values) -> decltype(std::declval<store::StoreLane&>().call<kMethod>(values...)) {
    Millis pause{500};
    ++writes;
    Held held(*this);
    for (;;) {
      auto outcome = co_await ports.store.call<kMethod>(values...);
      if (!outcome && outcome.error().kind() == ErrorKind::kCorrupt) on_corrupt_(outcome.error().text());
      if (outcome || !may_pass(outcome.error())) co_return outcome;
      held.by(outcome.error());
      round();
      co_await ports.clock.sleep(pause);
      pause = std::min(pause * 2, Millis(15'000));
    }
  }

 private:
  static bool may_pass(const Error& error) { return error.kind() == ErrorKind::kTransient || error.kind() == ErrorKind::kExhausted; }

  // A call that is being tried again. The trouble lasts until none is: on a full disk small writes still pass
  // between the large ones that do not.
  class Held {
   public:
    explicit Held(Desk& desk) : desk_(desk) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() {
      if (counted_ && --desk_.held_ == 0) desk_.show_storage(nullptr);
    }

    void by(const Error& error) {
      if (!std::exchange(counted_, true) && desk_.held_++ == 0) desk_.show_storage(&error);
    }

   private:
    Desk& desk_;
    bool counted_ = false;
  };

  void show_storage(const Error* trouble) {
    storage.writable = trouble == nullptr;
    storage.reason = trouble != nullptr ? trouble->text() : std::string();
    storage.since = ports.clock.now();
    ports.metrics.gauge("bylined_storage_writable", storage.writable ? 1 : 0);
    if (trouble != nullptr) {
      log::error("storage.trouble", {{"reason", storage.reason}, {"remedy", "nothing is lost; free space or end what locks the database"}});
    } else {
      log::info("storage.recovered");
    }
  }

  int held_ = 0;
  const std::string owner_;
  const std::function<void(const std::string&)> on_corrupt_;
};

// Notices a wall clock that was set: due times written while it was ahead lie too far away after that, and ages that it gives are wrong.
class WallWatch {
 public:
  explicit WallWatch(const Clock& clock) : zero_(zero_of(clock)), even_since_(clock.steady()) {}

  // How far since it was asked last; zero where it is less than what a clock is slewed by.
  Millis set_back(const Clock& clock) {
    const Instant before = std::exchange(zero_, zero_of(clock));
    if (!near(before, zero_)) even_since_ = clock.steady();
    return before - zero_ < kLeast ? Millis(0) : before - zero_;
  }
  // Has it run beside the steady one for so long, as far as this process saw?
  bool even_for(const Clock& clock, Millis length) const { return near(zero_of(clock), zero_) && clock.steady() - even_since_ >= length; }

 private:
  static constexpr Millis kLeast{60'000};
  static bool near(Instant a, Instant b) { return a - b < kLeast && b - a < kLeast; }
  static Instant zero_of(const Clock& clock) { return clock.now() - clock.steady(); }

  Instant zero_;  // the wall clock's time at steady zero
  Steady even_since_;
};

// How many of a loop's coroutines are under way.
struct Crew {
  int size = 0;
  bool awaited = false;  // the loop had no room for all that was due: whoever ends wakes it
};

// Counts a coroutine among those under way for as long as it lives, also when it is cancelled. Its end is no news to its loop, which
// would look into the database for nothing, but where the loop waits for it or it leaves something due.
class Underway {
 public:
  Underway(Crew& crew, Bell& bell) : crew_(crew), bell_(bell) { ++crew_.size; }
  ~Underway() {
    --crew_.size;
    if (crew_.awaited || leaves_more_) bell_.ring();
  }
  Underway(const Underway&) = delete;
  Underway& operator=(const Underway&) = delete;

  // At a time that the loop does not know.
  void leaves_more() { leaves_more_ = true; }

 private:
  Crew& crew_;
  Bell& bell_;
  bool leaves_more_ = false;
};

}  // namespace bylined::pipeline
