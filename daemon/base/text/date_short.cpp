// SPDX-License-Identifier: Apache-2.0
#include "base/text/date_short.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/date.h"
#include "base/text/date_cursor.h"
#include "base/text/date_names.h"

namespace bylined::text {
namespace {

using std::chrono::days;

constexpr std::string_view kBlanks = " \t\r\n", kDateMarks = " \t\r\n.,:;|()[]-/~";

// The longer ones first.
constexpr auto kWords = std::to_array<std::string_view>({"그저께", "시간", "오전", "오후", "입력", "수정", "등록", "승인", "작성", "발행", "최종", "게재", "기사", "방금", "어제",
                                                         "오늘",   "그제", "개월", "요일", "다섯", "여섯", "일곱", "여덟", "아홉", "한",   "두",   "세",   "네",   "열",   "년",
                                                         "월",     "일",   "시",   "분",   "초",   "전",   "주",   "화",   "수",   "목",   "금",   "토",   "·",    "\u00a0"});
constexpr auto kEnglish = std::to_array<std::string_view>({"a",      "an",      "am",  "pm",   "ago",  "at",    "just", "now",  "today", "yesterday", "kst",    "second", "seconds",
                                                           "minute", "minutes", "min", "mins", "hour", "hours", "day",  "days", "week",  "weeks",     "month",  "months", "year",
                                                           "years",  "updated"});
constexpr auto kDateLabels = std::to_array<std::string_view>({"최종", "기사", "입력", "수정", "등록", "승인", "작성", "게재"});

struct Count {
  std::string_view word;
  int value;
};
constexpr std::array<Count, 12> kCounts{{{"한", 1}, {"두", 2}, {"세", 3}, {"네", 4}, {"다섯", 5}, {"여섯", 6}, {"일곱", 7}, {"여덟", 8}, {"아홉", 9}, {"열", 10}, {"an ", 1}, {"a ", 1}}};

bool take_english(Cursor& cursor) {
  Cursor ahead = cursor;
  const std::string word = ahead.take_word();
  if (std::find(kEnglish.begin(), kEnglish.end(), word) == kEnglish.end() && !place_in(kMonths, word) && !place_in(kWeekdays, word)) return false;
  cursor = ahead;
  return true;
}

void skip_labels(Cursor& cursor) {
  cursor.skip(kDateMarks);
  while (std::any_of(kDateLabels.begin(), kDateLabels.end(), [&cursor](std::string_view label) { return cursor.take(label); })) cursor.skip(kDateMarks);
}

std::string pair(int number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }

std::string day_text(int year, int month, int day) { return std::to_string(year) + "-" + pair(month) + "-" + pair(day); }

std::string day_of(Instant instant) {
  const std::chrono::year_month_day day(std::chrono::floor<days>(instant + kSeoul));
  return day_text(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day())));
}

int year_of(Instant instant) { return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<days>(instant + kSeoul)).year()); }

// "한 시간 전", "1시간 30분 전".
std::optional<WrittenOut> count_in_words(Cursor cursor) {
  for (const Count& count : kCounts) {
    if (cursor.take(count.word)) return WrittenOut{std::to_string(count.value) + std::string(cursor.rest()), {}};
  }
  const auto whole = cursor.take_number(1, 2);
  cursor.blanks();
  if (!whole || !cursor.take("시간")) return std::nullopt;
  cursor.blanks();
  const auto rest = cursor.take_number(1, 2);
  if (!rest) return std::nullopt;
  return WrittenOut{std::to_string(*whole * 60 + *rest) + std::string(cursor.rest()), {}};
}

// "04:10", "오전 4:10".
std::optional<WrittenOut> clock_alone(const Cursor& cursor, Instant reference) {
  Cursor ahead = cursor;
  const bool half = ahead.take("오전") || ahead.take("오후");
  if (half) ahead.blanks();
  const auto hour = ahead.take_number(1, 2);
  if (!hour || *hour > 24 || !(ahead.take(":") || (half && ahead.take("시")))) return std::nullopt;
  if (ahead.take_number(1, 2).value_or(0) > 59) return std::nullopt;
  const std::string clock = " " + std::string(cursor.rest());
  return WrittenOut{day_of(reference) + clock, day_of(reference - days(1)) + clock};
}

// "26.11.30". Between slashes it may be "11/30/26" too: what is listed is rather new than old.
WrittenOut with_century(const std::array<int, 3>& numbers, bool slashes, const std::string& behind) {
  const auto [first, second, third] = numbers;
  WrittenOut dates{day_text(2000 + first, second, third) + behind, slashes ? day_text(2000 + third, first, second) + behind : std::string()};
  if (slashes && third > first) std::swap(dates.text, dates.otherwise);
  return dates;
}

// "11.29 09:15", "11-29", "11월 30일 04:10", "26.11.30".
std::optional<WrittenOut> day_alone(Cursor cursor, Instant reference) {
  const auto first = cursor.take_number(1, 2);
  if (!first || cursor.done()) return std::nullopt;
  const bool spelled = cursor.take("월");
  const char mark = cursor.front();
  if (!spelled && mark != '.' && mark != '-' && mark != '/') return std::nullopt;
  cursor.skip(spelled ? kBlanks : std::string_view(" .-/"));
  const auto second = cursor.take_number(1, 2);
  if (!second || (spelled && !cursor.take("일"))) return std::nullopt;
  Cursor further = cursor;
  if (!spelled && further.take(std::string_view(&mark, 1))) {
    further.blanks();
    const auto third = further.take_number(1, 2);
    further.skip(".");
    if (third && further.front() != ':') return with_century({*first, *second, *third}, mark == '/', " " + std::string(further.rest()));
  }
  if (!spelled) cursor.skip(".");
  const std::string behind = " " + std::string(cursor.rest());
  const int year = year_of(reference);
  return WrittenOut{day_text(year, *first, *second) + behind, day_text(year - 1, *first, *second) + behind};
}

}  // namespace

bool has_only_date_words(std::string_view text) {
  const std::string small = lower(text);
  Cursor cursor(small);
  bool says_something = false;
  for (cursor.skip(kDateMarks); !cursor.done(); cursor.skip(kDateMarks)) {
    const bool known = take_english(cursor) || std::any_of(kWords.begin(), kWords.end(), [&cursor](std::string_view word) { return cursor.take(word); });
    if (!known && cursor.digits_ahead() == 0) return false;
    if (!known) cursor.drop(cursor.digits_ahead());
    says_something = true;
  }
  return says_something;
}

std::optional<WrittenOut> written_out(std::string_view printed, Instant reference) {
  if (!has_only_date_words(printed)) return std::nullopt;
  const std::string small = lower(printed);
  Cursor cursor(small);
  skip_labels(cursor);
  if (auto counted = count_in_words(cursor)) return counted;
  if (auto clock = clock_alone(cursor, reference)) return clock;
  return day_alone(cursor, reference);
}

}  // namespace bylined::text
