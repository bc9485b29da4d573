// SPDX-License-Identifier: Apache-2.0
#include "base/text/date.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/date_cursor.h"
#include "base/text/date_fixed.h"
#include "base/text/date_names.h"
#include "base/text/date_short.h"
#include "base/text/date_zones.h"

namespace bylined::text {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant kEarliest = std::chrono::sys_days(std::chrono::year(1900) / 1 / 2);
constexpr hours kAhead{1};  // clocks differ; what is printed further ahead was meant to lie behind
constexpr std::size_t kLongestDate = 200;  // what a date's text may take; the rest is not looked at
constexpr int kMostWords = 12;         // and marks that may stand before the date

struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
};
struct DayTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millis = 0;
  Precision precision = Precision::kDay;
};

std::optional<int> month_named(std::string_view word) { return place_in(kMonths, word); }

bool weekday(std::string_view word) { return place_in(kWeekdays, word).has_value(); }

int full_year(int written, std::size_t length) {
  if (length > 2) return written;
  return written < 70 ? 2000 + written : 1900 + written;
}

bool real(const Day& day) {
  if (day.year < 1900 || day.year > 9999) return false;
  return std::chrono::year_month_day(std::chrono::year(day.year), std::chrono::month(static_cast<unsigned>(day.month)),
                                     std::chrono::day(static_cast<unsigned>(day.day)))
      .ok();
}

// "2025-02-04", "2025.02.04.", "2025년 2월 4일", "2025/2/4".
std::optional<Day> take_year_first(Cursor& cursor) {
  Cursor ahead = cursor;
  Day day;
  const auto year = ahead.take_number(4, 4);
  if (!year) return std::nullopt;
  day.year = *year;
  if (!ahead.take("년")) ahead.skip(" .-/");
  ahead.blanks();
  const auto month = ahead.take_number(1, 2);
  if (!month) return std::nullopt;
  day.month = *month;
  if (!ahead.take("월")) ahead.skip(" .-/");
  ahead.blanks();
  const auto date = ahead.take_number(1, 2);
  if (!date) return std::nullopt;
  day.day = *date;
  if (!ahead.take("일")) ahead.take(".");
  if (!real(day)) return std::nullopt;
  cursor = ahead;
  return day;
}

// "4 Feb 2025", "04-Feb-25".
std::optional<Day> take_day_first(Cursor& cursor) {
  Cursor ahead = cursor;
  const auto date = ahead.take_number(1, 2);
  ahead.skip(" -/.,");
  const auto month = month_named(ahead.take_word());
  ahead.skip(" -/.,");
  const std::size_t length = ahead.digits_ahead();
  const auto year = ahead.take_number(2, 4);
  if (!date || !month || !year) return std::nullopt;
  const Day day{full_year(*year, length), *month, *date};
  if (!real(day)) return std::nullopt;
  cursor = ahead;
  return day;
}

// "31/12/2025", "12/31/2025", "31.12.2025". Where both could be the month, dots mean the day first and
// slashes the month first.
std::optional<Day> take_year_last(Cursor& cursor) {
  Cursor ahead = cursor;
  const auto first = ahead.take_number(1, 2);
  const char mark = ahead.front();
  if (!first || (mark != '/' && mark != '.' && mark != '-')) return std::nullopt;
  ahead.drop(1);
  const auto second = ahead.take_number(1, 2);
  if (!second || ahead.front() != mark) return std::nullopt;
  ahead.drop(1);
  const auto year = ahead.take_number(4, 4);
  if (!year) return std::nullopt;
  const bool day_leads = *first > 12 || (*second <= 12 && mark != '/');
  const Day day = day_leads ? Day{*year, *second, *first} : Day{*year, *first, *second};
  if (!real(day)) return std::nullopt;
  cursor = ahead;
  return day;
}

std::optional<bool> take_half(Cursor& cursor) {
  Cursor ahead = cursor;
  ahead.blanks();
  std::optional<bool> afternoon;
  if (ahead.take("오전")) afternoon = false;
  if (ahead.take("오후")) afternoon = true;
  if (!afternoon) {
    const std::string word = ahead.take_word();
    if (word == "am" || (word == "a" && ahead.take(".m"))) afternoon = false;
    if (word == "pm" || (word == "p" && ahead.take(".m"))) afternoon = true;
    if (afternoon) ahead.take(".");
  }
  if (afternoon) cursor = ahead;
  return afternoon;
}

void take_fraction(Cursor& cursor, DayTime& clock) {
  if ((cursor.front() != '.' && cursor.front() != ',') || cursor.rest().size() < 2 || !any_digit(cursor.rest()[1])) return;
  cursor.drop(1);
  int scale = 100;
  for (; any_digit(cursor.front()); cursor.drop(1), scale /= 10) clock.millis += (cursor.front() - '0') * scale;
}

// ":32:10.120" or "시 32분 10초", after the hour.
bool take_minutes(Cursor& cursor, DayTime& clock) {
  const bool spelled = !cursor.rest().starts_with("시간") && cursor.take("시");  // "2시간 전" is no hour of the day
  if (!spelled && !cursor.take(":")) return false;
  clock.precision = Precision::kHour;
  if (spelled) cursor.blanks();
  const auto minute = cursor.take_number(1, 2);
  if (!minute) return spelled;
  clock.minute = *minute;
  clock.precision = Precision::kMinute;
  if (spelled && cursor.take("분")) cursor.blanks();
  if (!spelled && !cursor.take(":")) return true;
  const auto second = cursor.take_number(1, 2);
  if (!second) return true;
  clock.second = *second;
  clock.precision = Precision::kSecond;
  take_fraction(cursor, clock);
  cursor.take("초");
  return true;
}

std::optional<DayTime> take_clock(Cursor& cursor) {
  Cursor ahead = cursor;
  auto afternoon = take_half(ahead);
  ahead.blanks();
  DayTime clock;
  const auto hour = ahead.take_number(1, 2);
  if (!hour) return std::nullopt;
  clock.hour = *hour;
  if (!take_minutes(ahead, clock)) {
    afternoon = afternoon ? afternoon : take_half(ahead);
    if (!afternoon) return std::nullopt;  // a bare number is no time
    clock.precision = Precision::kHour;
  }
  if (!afternoon) afternoon = take_half(ahead);
  if (afternoon && clock.hour <= 12) clock.hour = clock.hour % 12 + (*afternoon ? 12 : 0);
  if (clock.hour > 24 || clock.minute > 59 || clock.second > 60 || (clock.hour == 24 && clock.minute + clock.second > 0)) return std::nullopt;
  cursor = ahead;
  return clock;
}

// A time of day with the zone behind it; none without a clock.
struct Time {
  std::optional<DayTime> clock;
  std::optional<Zone> zone;
};

Time take_time(Cursor& cursor) {
  Time time{take_clock(cursor), std::nullopt};
  if (time.clock) time.zone = take_zone(cursor);
  return time;
}

// A mark and two digits, of a number below 100.
void add_pair(std::string& out, char mark, long number) {
  const char text[] = {mark, static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  out.append(text, sizeof text);
}

void add_day(std::string& out, const std::chrono::year_month_day& day) {
  out += std::to_string(static_cast<int>(day.year()));  // four digits: none is before 1900
  add_pair(out, '-', static_cast<unsigned>(day.month()));
  add_pair(out, '-', static_cast<unsigned>(day.day()));
}

void add_clock(std::string& out, const std::chrono::hh_mm_ss<Millis>& clock) {
  add_pair(out, 'T', clock.hours().count());
  add_pair(out, ':', clock.minutes().count());
  add_pair(out, ':', clock.seconds().count());
}

void add_offset(std::string& out, minutes offset) {
  const long count = std::chrono::abs(offset).count();
  add_pair(out, offset.count() < 0 ? '-' : '+', count / 60);
  add_pair(out, ':', count % 60);
}

Stamp stamp_at(Instant at, Precision precision, minutes offset) {
  const Instant local = at + offset;
  const auto day = std::chrono::floor<days>(local);
  Stamp stamp{at, precision, std::string()};
  stamp.text.reserve(std::string_view("2025-02-04T09:32:10+09:00").size());
  add_day(stamp.text, std::chrono::year_month_day(day));
  if (precision == Precision::kDay) return stamp;
  add_clock(stamp.text, std::chrono::hh_mm_ss<Millis>(local - day));
  add_offset(stamp.text, offset);
  return stamp;
}

PrintedDate printed_at(const Day& day, const Time& time) {
  const Instant midnight = std::chrono::sys_days(
      std::chrono::year_month_day(std::chrono::year(day.year), std::chrono::month(static_cast<unsigned>(day.month)),
                                  std::chrono::day(static_cast<unsigned>(day.day))));
  if (!time.clock) return PrintedDate{stamp_at(midnight - kSeoul, Precision::kDay, kSeoul), false};
  const DayTime& clock = *time.clock;
  const Instant local = midnight + hours(clock.hour) + minutes(clock.minute) + std::chrono::seconds(clock.second) + Millis(clock.millis);
  const minutes offset = time.zone ? ahead_of(*time.zone, local) : kSeoul;
  return PrintedDate{stamp_at(local - offset, clock.precision, offset), time.zone.has_value()};
}

// 8, 12, 14 or 19 digits and nothing else.
std::optional<PrintedDate> read_digits(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), any_digit)) return std::nullopt;
  if (text.size() != 8 && text.size() != 12 && text.size() != 14 && text.size() != 19) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  const Day day{number(0, 4), number(4, 2), number(6, 2)};
  if (!real(day)) return std::nullopt;
  if (text.size() == 8) return printed_at(day, Time());
  DayTime clock{number(8, 2), number(10, 2), 0, 0, Precision::kMinute};
  if (text.size() > 12) {
    clock.second = number(12, 2);
    clock.precision = Precision::kSecond;
  }
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 60) return std::nullopt;
  return printed_at(day, Time{clock, std::nullopt});
}

// "Feb 4, 2025 9:32 AM", "Tue Feb  4 09:32:10 KST 2025"; the month's name is already taken, and so is the time that
// stands before it.
std::optional<PrintedDate> read_month_first(Cursor cursor, int month, const Time& before) {
  cursor.skip(" .");
  const auto date = cursor.take_number(1, 2);
  if (!date) return std::nullopt;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) cursor.take(ending);
  cursor.skip(" ,");
  Time time = cursor.digits_ahead() == 4 ? Time() : take_time(cursor);
  cursor.skip(" ,");
  const auto year = cursor.take_number(4, 4);
  const Day day{year.value_or(0), month, *date};
  if (!real(day)) return std::nullopt;
  if (!time.clock) {
    cursor.skip(" ,|·-");
    cursor.take("at ");
    time = take_time(cursor);
  }
  return printed_at(day, time.clock ? time : before);
}

// What brackets hold behind a day is its weekday, unless there is a digit in it: "(06:00)" is the clock.
void skip_weekday_in_brackets(Cursor& cursor) {
  constexpr std::size_t kLongestWeekday = 16;  // bytes
  const std::string_view rest = cursor.rest();
  const std::size_t close = rest.find(')');
  if (close < kLongestWeekday && std::none_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(close), any_digit)) cursor.drop(close + 1);
}

// "토요일", or "토" as a word of its own.
void skip_weekday(Cursor& cursor) {
  for (const std::string_view name : {"월", "화", "수", "목", "금", "토", "일"}) {
    Cursor ahead = cursor;
    if (!ahead.take(name) || (!ahead.take("요일") && ahead.front() != ' ')) continue;
    cursor = ahead;
    return;
  }
}

void skip_between_day_and_clock(Cursor& cursor) {
  if (cursor.take("T") || cursor.take("t")) return;
  cursor.skip(" \t\r\n,|-/[");
  if (cursor.take("(")) skip_weekday_in_brackets(cursor);
  cursor.blanks();
  skip_weekday(cursor);
  cursor.skip(" \t\r\n[");
  cursor.take("at ");
}

std::optional<PrintedDate> read_numbers(Cursor cursor, const Time& before) {
  auto day = take_year_first(cursor);
  if (!day) day = take_day_first(cursor);
  if (!day) day = take_year_last(cursor);
  if (!day) return std::nullopt;
  skip_between_day_and_clock(cursor);
  const Time time = take_time(cursor);
  return printed_at(*day, time.clock ? time : before);
}

Error unreadable(std::string_view printed) { return Error(ErrorKind::kInvalid, quoted(printed) + " is not a date we can read"); }

// A number and what it counts: "3분전", "2 hours ago".
std::optional<Stamp> read_count(Cursor cursor, Instant reference) {
  struct Unit {
    std::string_view korean, english;
    Millis length;
    Precision precision;
  };
  constexpr std::array<Unit, 7> kUnits{{{"초", "second", Millis(1'000), Precision::kMinute},
                                        {"분", "minute", Millis(60'000), Precision::kMinute},
                                        {"시간", "hour", Millis(3'600'000), Precision::kHour},
                                        {"일", "day", Millis(86'400'000), Precision::kDay},
                                        {"주", "week", Millis(7 * 86'400'000LL), Precision::kDay},
                                        {"개월", "month", Millis(30 * 86'400'000LL), Precision::kDay},
                                        {"년", "year", Millis(365 * 86'400'000LL), Precision::kDay}}};
  const auto count = cursor.take_number(1, 4);
  if (!count) return std::nullopt;
  cursor.blanks();
  for (const Unit& unit : kUnits) {
    const bool english = cursor.take(unit.english);
    if (!english && !cursor.take(unit.korean)) continue;
    if (english) cursor.take("s");
    cursor.blanks();
    if (!cursor.take(english ? "ago" : "전")) return std::nullopt;
    const Instant at = reference - unit.length * *count;
    if (at < kEarliest) return std::nullopt;
    if (unit.precision != Precision::kDay) return stamp_at(at, unit.precision, kSeoul);
    return stamp_at(std::chrono::floor<days>(at + kSeoul) - kSeoul, Precision::kDay, kSeoul);
  }
  return std::nullopt;
}

}  // namespace

Result<PrintedDate> read_printed_date(std::string_view printed) {
  const std::string_view text = trimmed(printed).substr(0, kLongestDate);
  if (auto fixed = read_fixed_date(text)) return std::move(*fixed);
  if (auto compact = read_digits(text)) return std::move(*compact);
  Cursor cursor(text);
  Time before;  // "10:30 a.m. ET, Fri Nov. 28, 2026"
  // Whatever stands before the date: a weekday, a label in front of a colon, brackets.
  for (int words = 0; words < kMostWords && !cursor.done(); ++words) {
    if (any_digit(cursor.front())) {
      if (auto date = read_numbers(cursor, before)) return std::move(*date);
      if (before.clock) return unreadable(printed);
    }
    if (const Time time = before.clock ? Time() : take_time(cursor); time.clock) {
      before = time;
      continue;
    }
    if (any_digit(cursor.front())) return unreadable(printed);
    const std::string word = cursor.take_word();
    const auto month = weekday(word) ? std::nullopt : month_named(word);
    if (month) {
      if (auto date = read_month_first(cursor, *month, before)) return std::move(*date);
    }
    if (!word.empty() && !weekday(word) && word != "on") before = Time();  // it is of something else
    if (word.empty()) cursor.drop(static_cast<unsigned char>(cursor.front()) >= 0x80 ? 3 : 1);
  }
  return unreadable(printed);
}

Result<Stamp> read_date(std::string_view printed) {
  auto date = read_printed_date(printed);
  if (!date) return date.error();
  return std::move(date->stamp);
}

Result<Stamp> read_date_near(std::string_view printed, Instant reference) {
  const std::string_view text = trimmed(printed).substr(0, kLongestDate);
  const std::string plain = lower(text);
  const Instant today = std::chrono::floor<days>(reference + kSeoul) - kSeoul;
  if (plain.starts_with("방금") || plain == "just now") return stamp_at(reference, Precision::kMinute, kSeoul);
  if (const auto counted = read_count(Cursor(plain), reference)) return *counted;
  for (const auto& [word, back] : std::initializer_list<std::pair<std::string_view, int>>{{"오늘", 0}, {"어제", 1}, {"그제", 2}, {"그저께", 2}, {"today", 0}, {"yesterday", 1}}) {
    Cursor cursor(plain);
    if (!cursor.take(word)) continue;
    cursor.skip(" ,");
    const auto clock = take_clock(cursor);
    if (!clock) return stamp_at(today - days(back), Precision::kDay, kSeoul);
    return stamp_at(today - days(back) + hours(clock->hour) + minutes(clock->minute) + std::chrono::seconds(clock->second), clock->precision, kSeoul);
  }
  auto date = read_date(printed);
  if (date) return date;
  const auto full = written_out(plain, reference);
  if (!full) return date;
  for (const std::string_view one : {std::string_view(full->text), std::string_view(full->otherwise)}) {
    const auto counted = read_count(Cursor(one), reference);
    if (counted) return *counted;
    auto read = read_date(one);
    if (read && read->at <= reference + kAhead) return read;
  }
  return date;
}

}  // namespace bylined::text
