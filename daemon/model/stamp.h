// SPDX-License-Identifier: Apache-2.0
// A time as a page printed it, with its precision. Never our own time: that is Instant.
#pragma once

#include <string>

#include "base/text/date.h"

namespace bylined::model {

using text::Precision;
using text::Stamp;

// The day as it is printed, "2025-02-04"; Seoul's where it is printed otherwise.
std::string day_of(const Stamp& stamp);
// Is it one of the calendar's, written so?
bool is_day(const std::string& text);

}  // namespace bylined::model
