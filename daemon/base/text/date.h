// SPDX-License-Identifier: Apache-2.0
// Dates as pages and feeds print them, in Korean and English. Where no zone is written it is Asia/Seoul (UTC+9, no summer time
// since 1988); what written ones mean ("EST", "ET") stands in date_zones.h. What cannot be read is an error, never "now".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace bylined::text {

enum class Precision { kSecond, kMinute, kHour, kDay };

struct Stamp {
  Instant at;                                 // start of the second, minute, hour or day that is printed
  Precision precision = Precision::kSecond;
  std::string text;                           // RFC 3339 with the page's offset, or the day alone: "2025-05-15"

  bool operator==(const Stamp&) const = default;
};

struct PrintedDate {
  Stamp stamp;
  bool zone_written = false;

  bool operator==(const PrintedDate&) const = default;
};

// Any absolute form: RFC 822 and its common damages, ISO 8601, "YYYY-MM-DD hh:mm:ss",
// "2026.02.12. 오전 10:30", "2026.02.12.", "2025년 2월 4일", "Feb 4, 2025 9:32 AM", "9:32 a.m. ET, Tue Feb. 4, 2025", 8, 12, 14 and 19
// digits. A label in front ("입력 2025.02.04") and words behind do not disturb.
Result<Stamp> read_date(std::string_view printed);
// The same, and whether the zone is theirs or our assumption.
Result<PrintedDate> read_printed_date(std::string_view printed);
// Also the forms that count back from `reference`: "방금 전", "3분전", "2시간 전", "어제", "6일전". They are
// answered as reference minus the count; the truth may lie up to one unit before it. And those that leave out what a reader
// of then knows: "11.29 09:15", "11월 30일", "26.11.30" (the year first), "오전 4:10", "한 시간 전"; of Seoul, and the last such
// moment that was, but where other words stand beside them.
Result<Stamp> read_date_near(std::string_view printed, Instant reference);
// Nothing but digits, marks and the words of dates ("입력 11.29 오전 9:15", "3시간 전"); whether they make one is not said.
bool has_only_date_words(std::string_view text);

}  // namespace bylined::text
