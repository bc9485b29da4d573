// SPDX-License-Identifier: Apache-2.0
// How many cores there are, and plain threads for a command that eats a stream of independent pieces of
// work. The daemon's own work runs on lanes.
#pragma once

#include <functional>

namespace bylined {

// At least 1.
unsigned cores();

using Done = std::function<void()>;
using Work = std::function<Done()>;
// Each of `threads` threads (0: one a core) takes a piece of work with `next` (an empty one ends it), does it, and calls
// what came of it. `next` and what came of it are called under one lock each, work at the same time by all. Returns
// when all is done. Nothing may throw.
void run_workers(unsigned threads, const std::function<Work()>& next);

}  // namespace bylined
