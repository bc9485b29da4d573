// SPDX-License-Identifier: Apache-2.0
#include "tests/press/stamps.h"

#include <cstdio>

namespace bylined::press {
namespace {

struct Parts {
  int year, month, day, hour, minute, second, weekday;
};

Parts parts(Instant at, std::chrono::hours offset) {
  const auto local = at + offset;
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(local - days));
  return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day())), int(time.hours().count()),
          int(time.minutes().count()), int(time.seconds().count()), int(std::chrono::weekday(days).c_encoding())};
}

Parts seoul(Instant at) { return parts(at, std::chrono::hours(9)); }

template <class... V>
std::string print(const char* format, V... values) {
  char text[80];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string mail_date(const Parts& p, const char* zone) {
  return print("%s, %02d %s %04d %02d:%02d:%02d %s", kDays[p.weekday], p.day, kMonths[p.month - 1], p.year, p.hour, p.minute, p.second, zone);
}

}  // namespace

std::string korean_seconds(Instant at) {
  const Parts p = seoul(at);
  return print("%04d-%02d-%02d %02d:%02d:%02d", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

std::string korean_minutes(Instant at) {
  const Parts p = seoul(at);
  return print("%04d.%02d.%02d. %s %d:%02d", p.year, p.month, p.day, p.hour < 12 ? "오전" : "오후", p.hour % 12 == 0 ? 12 : p.hour % 12, p.minute);
}

std::string korean_ago(Instant at, Instant now) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now - at).count();
  if (minutes < 1) return "방금전";
  if (minutes < 60) return std::to_string(minutes) + "분전";
  if (minutes < 24 * 60) return std::to_string(minutes / 60) + "시간전";
  if (minutes < 7 * 24 * 60) return std::to_string(minutes / (24 * 60)) + "일전";
  const Parts p = seoul(at);
  return print("%04d.%02d.%02d.", p.year, p.month, p.day);
}

std::string rfc822(Instant at) { return mail_date(seoul(at), "+0900"); }

std::string iso(Instant at) {
  const Parts p = seoul(at);
  return print("%04d-%02d-%02dT%02d:%02d:%02d+09:00", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

std::string http_date(Instant at) { return mail_date(parts(at, std::chrono::hours(0)), "GMT"); }

std::string korean_digits(Instant at) {
  const Parts p = seoul(at);
  return print("%04d%02d%02d%02d%02d%02d00000", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

}  // namespace bylined::press
