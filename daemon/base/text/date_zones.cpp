// SPDX-License-Identifier: Apache-2.0
#include "base/text/date_zones.h"

#include <algorithm>
#include <array>

#include "base/text/zone.h"

namespace bylined::text {
namespace {

using std::chrono::minutes;

struct FixedZone {
  std::string_view name;     // in lower case
  int ahead;                 // minutes
  bool in_capitals = false;  // else it is a word
};
constexpr std::array<FixedZone, 27> kFixedZones{{
    {"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},          {"kst", 540},        {"jst", 540},        {"est", -300},
    {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},       {"mdt", -360},       {"pst", -480},       {"pdt", -420},
    {"cet", 60},   {"cest", 120}, {"bst", 60},   {"wet", 0},          {"eet", 120, true},  {"eest", 180, true}, {"msk", 180, true},
    {"ist", 330, true},           {"hkt", 480, true},                 {"sgt", 480, true},  {"aest", 600, true}, {"aedt", 660, true},
    {"sast", 120, true},
}};

struct ZoneRegion {
  std::string_view letters, word;  // as they are written
  std::string_view zone;           // of the IANA data
};
constexpr std::array<ZoneRegion, 4> kRegions{{{"ET", "Eastern", "America/New_York"},
                                              {"CT", "Central", "America/Chicago"},
                                              {"MT", "Mountain", "America/Denver"},
                                              {"PT", "Pacific", "America/Los_Angeles"}}};

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

// "+09:00", "+0900", "+9", "-05".
std::optional<minutes> take_offset(Cursor& cursor) {
  Cursor ahead = cursor;
  const bool minus = ahead.front() == '-' || ahead.take("−");
  if (ahead.front() != '+' && ahead.front() != '-' && !minus) return std::nullopt;
  ahead.skip("+-");
  const std::size_t length = ahead.digits_ahead();
  auto number = ahead.take_number(1, 4);
  if (!number) return std::nullopt;
  int total = length > 2 ? *number / 100 * 60 + *number % 100 : *number * 60;
  if (length <= 2 && ahead.take(":")) total += ahead.take_number(2, 2).value_or(0);
  if (total > 15 * 60) return std::nullopt;
  cursor = ahead;
  return minutes(minus ? -total : total);
}

// Behind "Eastern": "Eastern time", "Eastern Daylight Time"; not "Eastern Europe".
bool take_end_of_name(Cursor& cursor) {
  cursor.blanks();
  for (const std::string_view word : {"Standard", "Daylight"}) {
    if (cursor.take(word)) cursor.blanks();
  }
  return cursor.take("Time") || cursor.take("time") || cursor.letters_ahead() == 0;
}

std::optional<Zone> take_region(Cursor& cursor) {
  const std::string_view word = cursor.rest().substr(0, cursor.letters_ahead());
  const auto region = std::find_if(kRegions.begin(), kRegions.end(), [word](const ZoneRegion& one) { return one.letters == word || one.word == word; });
  if (region == kRegions.end()) return std::nullopt;
  Cursor ahead = cursor;
  ahead.drop(word.size());
  if (region->word == word && !take_end_of_name(ahead)) return std::nullopt;
  cursor = ahead;
  return Zone{minutes(0), region->zone};
}

// "KST", "GMT+9"
std::optional<Zone> take_fixed_zone(Cursor& cursor) {
  Cursor ahead = cursor;
  const std::string_view written = ahead.rest().substr(0, ahead.letters_ahead());
  const std::string word = ahead.take_word();
  for (const FixedZone& zone : kFixedZones) {
    if (zone.name != word || (zone.in_capitals && !std::none_of(written.begin(), written.end(), is_small))) continue;
    cursor = ahead;
    const auto further = zone.ahead == 0 ? take_offset(cursor) : std::nullopt;
    return Zone{further ? *further : minutes(zone.ahead)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Zone> take_zone(Cursor& cursor) {
  cursor.blanks();
  if (const auto offset = take_offset(cursor)) return Zone{*offset};
  Cursor ahead = cursor;
  ahead.skip("([");
  auto zone = take_region(ahead);
  if (!zone) zone = take_fixed_zone(ahead);
  if (!zone) return std::nullopt;
  ahead.skip(")]");
  cursor = ahead;
  return zone;
}

minutes ahead_of(const Zone& zone, Instant local) {
  if (zone.region.empty()) return zone.ahead;
  const auto nearly = zone_offset(zone.region, local);
  const auto known = nearly ? zone_offset(zone.region, local - *nearly) : nearly;
  return known ? *known : minutes(0);
}

}  // namespace bylined::text
