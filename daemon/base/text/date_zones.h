// SPDX-License-Identifier: Apache-2.0
// What times call their zones. An abbreviation means the same on every day, as it is written (EST is UTC-5 in July too); a
// region of America (ET or "Eastern", CT, MT, PT) means what its clocks show on that day by the rules of the IANA data, with
// summer time. Names that several countries use mean the one whose press writes them most: CST is America's, BST London's,
// IST India's. Private to base/text/date*.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "base/text/date_cursor.h"
#include "base/time.h"

namespace bylined::text {

// As it is written: so far ahead of UTC, or as far as a region's clocks are on that day.
struct Zone {
  std::chrono::minutes ahead{0};
  std::string_view region = {};
};

// Behind a clock: "+09:00", "KST", "ET", "(GMT)". Moves on only where one stands there.
std::optional<Zone> take_zone(Cursor& cursor);
// How far its clocks are ahead when they show `local`; in the hour that they show twice, one of both.
std::chrono::minutes ahead_of(const Zone& zone, Instant local);

}  // namespace bylined::text
