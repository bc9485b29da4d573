// SPDX-License-Identifier: Apache-2.0
#include "base/text/date_short.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/date.h"
#include "base/text/date_names.h"

namespace bylined::text {
namespace {

using std::chrono::days;

constexpr std::chrono::hours kSeoul{9};
constexpr std::string_view kBlanks = " \t\r\n", kMarks = " \t\r\n.,:;|()[]-/~";

// The longer ones first.
constexpr auto kWords = std::to_array<std::string_view>({"그저께", "시간", "오전", "오후", "입력", "수정", "등록", "승인", "작성", "발행", "최종", "게재", "기사", "방금", "어제",
                                                         "오늘",   "그제", "개월", "요일", "다섯", "여섯", "일곱", "여덟", "아홉", "한",   "두",   "세",   "네",   "열",   "년",
                                                         "월",     "일",   "시",   "분",   "초",   "전",   "주",   "화",   "수",   "목",   "금",   "토",   "·",    "\u00a0"});
constexpr auto kEnglish = std::to_array<std::string_view>({"a",      "an",      "am",  "pm",   "ago",  "at",    "just", "now",  "today", "yesterday", "kst",    "second", "seconds",
                                                           "minute", "minutes", "min", "mins", "hour", "hours", "day",  "days", "week",  "weeks",     "month",  "months", "year",
                                                           "years",  "updated"});
constexpr auto kLabels = std::to_array<std::string_view>({"최종", "기사", "입력", "수정", "등록", "승인", "작성", "게재"});

struct Count {
  std::string_view word;
  int value;
};
constexpr std::array<Count, 12> kCounts{{{"한", 1}, {"두", 2}, {"세", 3}, {"네", 4}, {"다섯", 5}, {"여섯", 6}, {"일곱", 7}, {"여덟", 8}, {"아홉", 9}, {"열", 10}, {"an ", 1}, {"a ", 1}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

void skip(std::string_view& rest, std::string_view set) { rest.remove_prefix(std::min(rest.find_first_not_of(set), rest.size())); }

bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

// One or two digits, and no third.
std::optional<int> take_number(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && is_digit(rest[length])) ++length;
  if (length < 1 || length > 2) return std::nullopt;
  const int value = length == 1 ? rest[0] - '0' : (rest[0] - '0') * 10 + (rest[1] - '0');
  rest.remove_prefix(length);
  return value;
}

bool take_english(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && is_letter(rest[length])) ++length;
  const std::string_view word = rest.substr(0, length);
  if (std::find(kEnglish.begin(), kEnglish.end(), word) == kEnglish.end() && !place_in(kMonths, word) && !place_in(kWeekdays, word)) return false;
  rest.remove_prefix(length);
  return true;
}

void skip_labels(std::string_view& rest) {
  skip(rest, kMarks);
  while (std::any_of(kLabels.begin(), kLabels.end(), [&rest](std::string_view label) { return take(rest, label); })) skip(rest, kMarks);
}

std::string pair(int number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }

std::string day_text(int year, int month, int day) { return std::to_string(year) + "-" + pair(month) + "-" + pair(day); }

std::string day_of(Instant instant) {
  const std::chrono::year_month_day day(std::chrono::floor<days>(instant + kSeoul));
  return day_text(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day())));
}

int year_of(Instant instant) { return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<days>(instant + kSeoul)).year()); }

// "한 시간 전", "1시간 30분 전".
std::optional<WrittenOut> count_in_words(std::string_view rest) {
  for (const Count& count : kCounts) {
    if (take(rest, count.word)) return WrittenOut{std::to_string(count.value) + std::string(rest), {}};
  }
  const auto hours = take_number(rest);
  skip(rest, kBlanks);
  if (!hours || !take(rest, "시간")) return std::nullopt;
  skip(rest, kBlanks);
  const auto minutes = take_number(rest);
  if (!minutes) return std::nullopt;
  return WrittenOut{std::to_string(*hours * 60 + *minutes) + std::string(rest), {}};
}

// "04:10", "오전 4:10".
std::optional<WrittenOut> clock_alone(std::string_view rest, Instant reference) {
  std::string_view ahead = rest;
  const bool half = take(ahead, "오전") || take(ahead, "오후");
  if (half) skip(ahead, kBlanks);
  const auto hour = take_number(ahead);
  if (!hour || *hour > 24 || !(take(ahead, ":") || (half && take(ahead, "시")))) return std::nullopt;
  if (take_number(ahead).value_or(0) > 59) return std::nullopt;
  return WrittenOut{day_of(reference) + " " + std::string(rest), day_of(reference - days(1)) + " " + std::string(rest)};
}

// "26.11.30". Between slashes it may be "11/30/26" too: what is listed is rather new than old.
WrittenOut with_century(const std::array<int, 3>& numbers, bool slashes, const std::string& behind) {
  const auto [first, second, third] = numbers;
  WrittenOut dates{day_text(2000 + first, second, third) + behind, slashes ? day_text(2000 + third, first, second) + behind : std::string()};
  if (slashes && third > first) std::swap(dates.text, dates.otherwise);
  return dates;
}

// "11.29 09:15", "11-29", "11월 30일 04:10", "26.11.30".
std::optional<WrittenOut> day_alone(std::string_view rest, Instant reference) {
  const auto first = take_number(rest);
  if (!first || rest.empty()) return std::nullopt;
  const bool spelled = take(rest, "월");
  const char mark = rest.empty() ? '\0' : rest.front();
  if (!spelled && mark != '.' && mark != '-' && mark != '/') return std::nullopt;
  skip(rest, spelled ? kBlanks : std::string_view(" .-/"));
  const auto second = take_number(rest);
  if (!second || (spelled && !take(rest, "일"))) return std::nullopt;
  std::string_view further = rest;
  if (!spelled && take(further, std::string_view(&mark, 1))) {
    skip(further, kBlanks);
    const auto third = take_number(further);
    skip(further, ".");
    if (third && !further.starts_with(':')) return with_century({*first, *second, *third}, mark == '/', " " + std::string(further));
  }
  if (!spelled) skip(rest, ".");
  const std::string behind = " " + std::string(rest);
  const int year = year_of(reference);
  return WrittenOut{day_text(year, *first, *second) + behind, day_text(year - 1, *first, *second) + behind};
}

}  // namespace

bool has_only_date_words(std::string_view text) {
  const std::string small = lower(text);
  std::string_view rest = small;
  bool says_something = false;
  for (skip(rest, kMarks); !rest.empty(); skip(rest, kMarks)) {
    const bool known = take_english(rest) || std::any_of(kWords.begin(), kWords.end(), [&rest](std::string_view word) { return take(rest, word); });
    if (!known && !is_digit(rest.front())) return false;
    if (!known) skip(rest, "0123456789");
    says_something = true;
  }
  return says_something;
}

std::optional<WrittenOut> written_out(std::string_view printed, Instant reference) {
  if (!has_only_date_words(printed)) return std::nullopt;
  const std::string small = lower(printed);
  std::string_view rest = small;
  skip_labels(rest);
  if (auto counted = count_in_words(rest)) return counted;
  if (auto clock = clock_alone(rest, reference)) return clock;
  return day_alone(rest, reference);
}

}  // namespace bylined::text
