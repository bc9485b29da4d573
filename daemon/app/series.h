// SPDX-License-Identifier: Apache-2.0
// The series of /metrics that are known before anything happens, and the limits among them: what was met since the
// start, and what to do about it. Counts nothing itself.
#pragma once

#include "base/markup/json.h"
#include "base/metrics.h"

namespace bylined::app {

// Each with its help, at zero: so that nothing and none are not the same to whoever watches.
void declare_series(Metrics& metrics);

// {limit, count, reason, remedy} of those that were met, for `status`.
markup::json::array limits_met(const Metrics& metrics);

}  // namespace bylined::app
