// SPDX-License-Identifier: Apache-2.0
// Points and lengths of time, and how they are written. Never asks what time it is: that is Clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined {

using Millis = std::chrono::milliseconds;
// Wall time in UTC. For stamps and for what must survive a restart.
using Instant = std::chrono::sys_time<Millis>;
// Time since an arbitrary start that never jumps. For intervals and deadlines inside one process.
using Steady = std::chrono::duration<std::int64_t, std::milli>;

// "2025-02-04T09:32:10.120Z".
std::string rfc3339(Instant at);
// Takes any RFC 3339 time with an offset or Z; fractions beyond milliseconds are cut.
Result<Instant> parse_rfc3339(std::string_view text);

// "90s" "5m" "1.5h" "1d" "250ms" and sums such as "1h30m". No sign, no blanks.
Result<Millis> parse_duration(std::string_view text);
// The shortest exact writing that parse_duration takes: "90s", "1h30m", "0s".
std::string duration_text(Millis length);

}  // namespace bylined
