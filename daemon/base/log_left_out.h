// SPDX-License-Identifier: Apache-2.0
// How many lines of the log were not written, and why: for the metrics. Any thread.
#pragma once

#include <cstdint>

namespace bylined::log {

struct LeftOut {
  std::uint64_t flood = 0;    // their event came too often
  std::uint64_t blocked = 0;  // nobody took them: a full pipe, a journal that does not read
};
LeftOut left_out();

}  // namespace bylined::log
