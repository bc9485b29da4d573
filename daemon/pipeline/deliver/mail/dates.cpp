// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/dates.h"

#include <cstdio>

#include "base/text/zone.h"

namespace bylined::deliver {
namespace {

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

struct Local {
  int year = 0;
  unsigned month = 0, day = 0, weekday = 0;  // weekday from Sunday
  int hour = 0, minute = 0, second = 0;
  std::chrono::minutes offset{0};
};

Local local_time(Instant at, const std::string& timezone) {
  const auto offset = text::zone_offset(timezone, at).value_or(std::chrono::minutes(0));
  const Instant shifted = at + offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(shifted);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss<Millis> clock(shifted - midnight);
  Local local;
  local.year = static_cast<int>(date.year());
  local.month = static_cast<unsigned>(date.month());
  local.day = static_cast<unsigned>(date.day());
  local.weekday = std::chrono::weekday(midnight).c_encoding();
  local.hour = static_cast<int>(clock.hours().count());
  local.minute = static_cast<int>(clock.minutes().count());
  local.second = static_cast<int>(clock.seconds().count());
  local.offset = offset;
  return local;
}

std::string day_text(const Local& local, model::Language language) {
  const std::string weekday(words_in(language).days[local.weekday]);
  const std::string year = std::to_string(local.year), day = std::to_string(local.day);
  if (language == model::Language::kEnglish) return weekday + " " + day + " " + kMonths[local.month - 1] + " " + year;
  return year + "년 " + std::to_string(local.month) + "월 " + day + "일 (" + weekday + ")";
}

}  // namespace

std::string mail_date(Instant at, const std::string& timezone) {
  const Local local = local_time(at, timezone);
  const auto minutes = static_cast<int>(local.offset.count());
  const std::string weekday(words_in(model::Language::kEnglish).days[local.weekday]);
  const std::string month = std::string(kMonths[local.month - 1]).substr(0, 3);
  char line[64];
  std::snprintf(line, sizeof line, "%s, %02u %s %04d %02d:%02d:%02d %c%02d%02d", weekday.c_str(), local.day, month.c_str(), local.year,
                local.hour, local.minute, local.second, minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
  return line;
}

std::string date_text(Instant at, const std::string& timezone, model::Language language) {
  const Local local = local_time(at, timezone);
  char clock[16];
  std::snprintf(clock, sizeof clock, "%02d:%02d", local.hour, local.minute);
  return day_text(local, language) + (language == model::Language::kEnglish ? ", " : " ") + clock;
}

std::string printed_date_text(const model::Stamp& printed, const std::string& timezone, model::Language language) {
  if (printed.precision != text::Precision::kDay) return date_text(printed.at, timezone, language);
  auto midnight = parse_rfc3339(printed.text.substr(0, 10) + "T00:00:00Z");
  return day_text(local_time(midnight.value_or(printed.at), "UTC"), language);
}

}  // namespace bylined::deliver
