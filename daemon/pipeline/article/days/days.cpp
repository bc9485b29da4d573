// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/days/days.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <unordered_map>
#include <utility>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr int kFirstYear = 1995;
constexpr int kLastYear = 2035;
constexpr std::size_t kWidestGap = 8;     // bytes between two parts of a date
constexpr std::size_t kLongestWord = 24;  // bytes of a month's name

constexpr std::array<std::pair<int, std::string_view>, 12> kTable{{
#define MONTH(number, names) {number, names},
#include "pipeline/article/days/months.inc"
#undef MONTH
}};

std::unordered_map<std::string, int> make_index() {
  std::unordered_map<std::string, int> index;
  for (const auto& [number, names] : kTable) {
    for (std::size_t at = 0; at < names.size();) {
      const std::size_t end = std::min(names.find(' ', at), names.size());
      index.emplace(names.substr(at, end - at), number);
      at = end + 1;
    }
  }
  return index;
}

int month_of(const std::string& word) {
  static const std::unordered_map<std::string, int> index = make_index();
  const auto found = index.find(word);
  return found == index.end() ? 0 : found->second;
}

struct Token {
  std::size_t start = 0, end = 0;
  std::size_t digits = 0;  // 0: a word
  int value = 0;           // of a number, or the number of a month
  std::string word;
};

// Suffixes of day numbers and the words that stand between a day and its month.
bool is_filler(const std::string& word) {
  static constexpr std::array<std::string_view, 12> kWords{"st", "nd", "rd", "th", "er", "de", "del", "of", "el", "die", "den", "à"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// 年월… part a date in the languages that write them.
bool is_part(std::uint32_t code) { return code == U'年' || code == U'月' || code == U'日' || code == U'년' || code == U'월' || code == U'일'; }

// Every day has two; most lines with a number have one.
bool holds_two_numbers(std::string_view text) {
  int numbers = 0;
  bool inside = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside && ++numbers == 2) return true;
    inside = digit;
  }
  return false;
}

class Reader {
 public:
  Reader(std::string_view text, DayOrder order, std::size_t most) : text_(text), order_(order), most_(most) { tokenise(); }

  std::vector<FoundDay> run() {
    for (std::size_t i = 0; i < tokens_.size() && found_.size() < most_; ++i) {
      const std::size_t used = tokens_[i].digits > 0 ? from_number(i) : from_month(i);
      if (used > 0) i += used - 1;
    }
    return std::move(found_);
  }

 private:
  void tokenise() {
    for (std::size_t at = 0; at < text_.size();) {
      const Letter letter = letter_at(text_.substr(at));
      if (is_digit(letter.code) && letter.bytes == 1) at = take_number(at);
      else if (is_word(letter.code) && !is_part(letter.code) && !is_digit(letter.code)) at = take_word(at);
      else at += letter.bytes;
    }
  }

  std::size_t take_number(std::size_t at) {
    Token token;
    token.start = at;
    for (; at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; ++at) {
      if (++token.digits <= 8) token.value = token.value * 10 + (text_[at] - '0');
    }
    token.end = at;
    tokens_.push_back(std::move(token));
    return at;
  }

  std::size_t take_word(std::size_t at) {
    Token token;
    token.start = at;
    while (at < text_.size()) {
      const Letter letter = letter_at(text_.substr(at));
      if (!is_word(letter.code) || is_digit(letter.code) || is_part(letter.code)) break;
      if (token.word.size() < kLongestWord) append_letter(token.word, lower(letter.code));
      at += letter.bytes;
    }
    token.end = at;
    if (!is_filler(token.word)) {
      token.value = month_of(token.word);
      tokens_.push_back(std::move(token));
    }
    return at;
  }

  bool number(std::size_t i, std::size_t least, std::size_t most) const { return i < tokens_.size() && tokens_[i].digits >= least && tokens_[i].digits <= most; }
  bool month(std::size_t i) const { return i < tokens_.size() && tokens_[i].digits == 0 && tokens_[i].value > 0; }
  bool near(std::size_t i) const { return i + 1 < tokens_.size() && tokens_[i + 1].start - tokens_[i].end <= kWidestGap; }
  char mark(std::size_t i) const { return i + 1 < tokens_.size() && tokens_[i + 1].start == tokens_[i].end + 1 ? text_[tokens_[i].end] : '\0'; }

  std::size_t add(std::size_t first, int year, int month, int day) {
    using namespace std::chrono;
    const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day)));
    if (year < kFirstYear || year > kLastYear || !date.ok()) return 0;
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    found_.push_back({text, tokens_[first].start, tokens_[first + 2].end});
    return 3;
  }

  std::string_view between(std::size_t i) const { return text_.substr(tokens_[i].end, tokens_[i + 1].start - tokens_[i].end); }

  // "10.11.12.13" is an address or a version.
  bool is_one_of_four(std::size_t i) const {
    const std::string_view mark = between(i);
    return mark.size() == 1 && between(i + 1) == mark && ((i > 0 && between(i - 1) == mark) || (i + 3 < tokens_.size() && between(i + 2) == mark));
  }

  // "26.11.08", "26. 11. 08."
  std::size_t from_short_year(std::size_t i) {
    if (!number(i, 2, 2) || !number(i + 1, 2, 2) || !number(i + 2, 2, 2)) return 0;
    const std::string_view mark = between(i);
    if ((mark != "." && mark != "-" && mark != "/" && mark != ". ") || between(i + 1) != mark) return 0;
    const std::size_t used = add(i, 2000 + tokens_[i].value, tokens_[i + 1].value, tokens_[i + 2].value);
    if (used > 0) found_.back().short_year = true;
    return used;
  }

  std::size_t from_number(std::size_t i) {
    if (!near(i) || !near(i + 1)) return 0;
    const int a = tokens_[i].value, b = tokens_[i + 1].value, c = tokens_[i + 2].value;
    if (number(i, 4, 4) && number(i + 1, 1, 2) && number(i + 2, 1, 2)) return add(i, a, b, c);
    if (number(i, 1, 2) && month(i + 1) && number(i + 2, 4, 4)) return add(i, c, b, a);
    if (!number(i, 1, 2) || !number(i + 1, 1, 2)) return 0;
    if (order_.year_first) {
      if (is_one_of_four(i)) return 0;
      if (const std::size_t used = from_short_year(i); used > 0) return used;
    }
    const char between = mark(i);
    const bool dated = between == '.' || between == '/' || (between == '-' && tokens_[i + 2].digits == 4);
    const bool loose = text_.substr(tokens_[i].end, 2) == ". " && number(i + 2, 4, 4);  // "4. 2. 2020"
    if ((!dated || (mark(i + 1) != between && !(between == '.' && text_[tokens_[i + 1].end] == '.'))) && !loose) return 0;
    if (!number(i + 2, 4, 4) && !number(i + 2, 2, 2)) return 0;
    const int year = tokens_[i + 2].digits == 2 ? 2000 + c : c;
    const bool first_is_month = between == '/' && b > 12 ? true : between == '/' && a <= 12 && order_.month_first;
    return first_is_month ? add(i, year, a, b) : add(i, year, b, a);
  }

  // "Feb 4, 2025"
  std::size_t from_month(std::size_t i) {
    if (!month(i) || !near(i) || !near(i + 1) || !number(i + 1, 1, 2) || !number(i + 2, 4, 4)) return 0;
    return add(i, tokens_[i + 2].value, tokens_[i].value, tokens_[i + 1].value);
  }

  std::string_view text_;
  const DayOrder order_;
  const std::size_t most_;
  std::vector<Token> tokens_;
  std::vector<FoundDay> found_;
};

}  // namespace

std::vector<FoundDay> days_in(std::string_view text, DayOrder order, std::size_t most) {
  return holds_two_numbers(text) ? Reader(text, order, most).run() : std::vector<FoundDay>();
}

std::string spelt_out(std::string_view text, const FoundDay& day) { return day.text + std::string(text.substr(day.end)); }

std::string day_in_path(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = scheme == std::string_view::npos ? 0 : std::min(url.find('/', scheme + 3), url.size());
  std::string_view rest = url.substr(path);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::vector<FoundDay> days = days_in(rest, DayOrder(), 1);
  if (!days.empty()) return days.front().text;
  for (std::size_t at = 0; at + 8 <= rest.size(); ++at) {  // eight digits and no more
    const std::string_view eight = rest.substr(at, 8);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::all_of(eight.begin(), eight.end(), digit) || (at > 0 && digit(rest[at - 1])) || (at + 8 < rest.size() && digit(rest[at + 8]))) continue;
    const std::string parted = std::string(eight.substr(0, 4)) + "-" + std::string(eight.substr(4, 2)) + "-" + std::string(eight.substr(6, 2));
    const std::vector<FoundDay> day = days_in(parted, DayOrder(), 1);
    if (!day.empty()) return day.front().text;
  }
  return {};
}

}  // namespace bylined::article
