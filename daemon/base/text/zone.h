// SPDX-License-Identifier: Apache-2.0
// How far a time zone is ahead of UTC, from ICU's copy of the IANA data. Never this machine's zone.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace bylined::text {

// kNotFound: no zone of this name ("Asia/Seoul", "UTC").
Result<std::chrono::minutes> zone_offset(std::string_view zone, Instant at);

}  // namespace bylined::text
