// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace bylined {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t millis;
};
// Longest first when writing; "ms" stands before "m" and "s" so that reading finds it first.
constexpr std::array<Unit, 5> kUnits{{{"d", 86'400'000}, {"h", 3'600'000}, {"ms", 1}, {"m", 60'000}, {"s", 1'000}}};

// Reads exactly `count` digits at `at`; -1 where there are none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

Error not_a_time(std::string_view text) {
  return Error(ErrorKind::kInvalid, quoted(text) + " is not an RFC 3339 time such as 2025-02-04T09:32:10Z");
}

}  // namespace

std::string rfc3339(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<Millis> clock(at - day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) return not_a_time(text);
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return not_a_time(text);
  if (text[13] != ':' || text[16] != ':' || hour > 23 || minute > 59 || second > 60) return not_a_time(text);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return not_a_time(text);

  std::size_t at = 19;
  int millis = 0;
  if (at < text.size() && text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) millis += (text[at] - '0') * scale;
  }
  const std::string_view zone = text.substr(at);
  int offset = 0;
  if (zone != "Z" && zone != "z") {
    const int hours = digits(zone, 1, 2), minutes = digits(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0 || minutes < 0) return not_a_time(text);
    offset = (hours * 60 + minutes) * (zone[0] == '-' ? -1 : 1);
  }
  return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute - offset) +
         std::chrono::seconds(second) + Millis(millis);
}

Result<Millis> parse_duration(std::string_view text) {
  const Error wrong(ErrorKind::kInvalid, quoted(text) + " is not a duration such as \"90s\", \"5m\", \"1h\" or \"1d\"");
  std::int64_t total = 0;
  std::string_view rest = text;
  if (rest.empty()) return wrong;
  while (!rest.empty()) {
    double number = 0;
    if (rest.front() < '0' || rest.front() > '9') return wrong;  // no sign, no "inf"
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
    if (code != std::errc()) return wrong;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    bool known = false;
    for (const Unit& unit : kUnits) {
      if (!rest.starts_with(unit.name)) continue;
      const double millis = number * static_cast<double>(unit.millis);
      if (millis > 36'500.0 * 86'400'000) return wrong;  // a hundred years: surely a slip
      total += std::llround(millis);
      rest.remove_prefix(unit.name.size());
      known = true;
      break;
    }
    if (!known) return wrong;
  }
  return Millis(total);
}

std::string duration_text(Millis length) {
  std::int64_t left = length.count();
  if (left <= 0) return "0s";
  if (left % 1000 == 0 && left < 120'000) return std::to_string(left / 1000) + "s";
  std::string text;
  for (const std::string_view name : {"d", "h", "m", "s", "ms"}) {
    for (const Unit& unit : kUnits) {
      if (unit.name != name || left < unit.millis) continue;
      text += std::to_string(left / unit.millis);
      text += unit.name;
      left %= unit.millis;
    }
  }
  return text;
}

}  // namespace bylined
