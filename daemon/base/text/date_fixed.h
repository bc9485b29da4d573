// SPDX-License-Identifier: Apache-2.0
// The two writings that nearly all feeds use, in full and with everything at its place: "Tue, 04 Feb 2025 09:30:00 +0900" and
// "2025-02-04T09:30:00+09:00". Private to dates: whatever differs by a letter is read with them.
#pragma once

#include <optional>
#include <string_view>

#include "base/text/date.h"

namespace bylined::text {

std::optional<PrintedDate> read_fixed_date(std::string_view text);

}  // namespace bylined::text
