// SPDX-License-Identifier: Apache-2.0
// What a coroutine that nobody waits for throws ends the loop that runs it: a bug of ours is not to be lost.
#pragma once

#include <exception>

namespace bylined {

// For co_spawn.
inline void rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace bylined
