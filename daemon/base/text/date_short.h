// SPDX-License-Identifier: Apache-2.0
// Dates as lists print them: without the year, the century or the day, or with a count in words. Private to base/text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace bylined::text {

// The same in full, as date.h reads it, and what it says else, where the first lies ahead of `reference`: a year or a day before.
struct WrittenOut {
  std::string text;
  std::string otherwise;  // may be empty
};
// None where it is no such date, or holds other words.
std::optional<WrittenOut> written_out(std::string_view printed, Instant reference);

}  // namespace bylined::text
