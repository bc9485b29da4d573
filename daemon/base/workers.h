// SPDX-License-Identifier: Apache-2.0
// How many cores there are, and plain threads for a command that eats a stream of independent pieces of
// work. The daemon's own work runs on lanes.
#pragma once

#include <functional>
#include <string>

namespace bylined {

// At least 1.
unsigned cores();

// Each of `threads` threads (0: one a core) takes a piece with `next` (false ends it), works on it, and hands
// the result to `done`. `next` and `done` are called under one lock each; `work` at the same time by all.
// Returns when all is done. Nothing may throw.
void run_workers(unsigned threads, const std::function<bool(std::string&)>& next, const std::function<std::string(std::string)>& work,
                 const std::function<void(const std::string&)>& done);

}  // namespace bylined
