// SPDX-License-Identifier: Apache-2.0
// A command that fetches, as the daemon would: robots.txt, the configured ways out, the same limits.
#pragma once

#include <functional>

#include "base/task.h"
#include "pipeline/fetch/fetch.h"
#include "query/cli/asker.h"

namespace bylined::cli {

// How to go out: the configuration's, or the defaults where there is none. kInvalid: it has faults.
Result<settings::SettingsPtr> ways_out(const Connection& connection);
// Runs one task with a fetcher of its own, four minutes at most. kTransient: it took longer.
Status go_out(const settings::Settings& settings, const std::function<Task<void>(fetch::Fetcher&)>& task);

}  // namespace bylined::cli
