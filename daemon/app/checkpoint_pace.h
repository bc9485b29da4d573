// SPDX-License-Identifier: Apache-2.0
// When the database's log is worth moving. Each move costs three syncs, so a few writes wait for more; on a full disk a move
// makes room, so it never waits. Where nothing is written it is called for nevertheless: it looks whether the files are still the
// ones that were opened. Counts and compares; moves nothing itself.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace bylined::app {

class CheckpointPace {
 public:
  explicit CheckpointPace(Steady now) : moved_at_(now) {}

  // Is a move due? Yes means that it is made now. `writes` are all since the start, in calls of the store.
  bool due(Steady now, std::uint64_t writes, bool writable) {
    const std::uint64_t fresh = writes - moved_;
    const bool at_once = fresh >= kMany || !writable;
    if (!at_once && now - moved_at_ < (fresh > 0 ? kPause : kIdlePause)) return false;
    moved_ = writes;
    moved_at_ = now;
    return true;
  }

 private:
  static constexpr std::uint64_t kMany = 256;  // some megabytes of log
  static constexpr Millis kPause{5'000};
  static constexpr Millis kIdlePause{15'000};

  std::uint64_t moved_ = 0;
  Steady moved_at_;
};

}  // namespace bylined::app
