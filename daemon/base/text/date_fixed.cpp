// SPDX-License-Identifier: Apache-2.0
#include "base/text/date_fixed.h"

#include "base/text/date_names.h"

namespace bylined::text {
namespace {

using std::chrono::minutes;

struct Fields {
  int year, month, day, hour, minute, second;
  minutes offset;
};

// Reads from left to right; the first thing that is not at its place spoils the rest.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  bool good() const { return good_; }
  bool done() const { return at_ == text_.size(); }
  char front() const { return done() ? '\0' : text_[at_]; }

  void letter(char expected) {
    good_ = good_ && front() == expected;
    at_ += done() ? 0 : 1;
  }
  // Of exactly so many digits, and not beyond `most`.
  int number(int digits, int most) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = front();
      good_ = good_ && c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
      at_ += done() ? 0 : 1;
    }
    good_ = good_ && value <= most;
    return value;
  }
  // The place of a name of three letters in the list, from 1.
  template <std::size_t n>
  int name(const std::array<std::string_view, n>& list) {
    const std::string_view written = text_.substr(at_, 3);
    at_ += written.size();
    const std::optional<int> place = place_in(list, written);
    good_ = good_ && place;
    return place.value_or(0);
  }
  void clock(Fields& fields) {
    fields.hour = number(2, 23);
    letter(':');
    fields.minute = number(2, 59);
    letter(':');
    fields.second = number(2, 59);
  }
  minutes offset(bool with_colon) {
    const bool is_behind = front() == '-';
    letter(is_behind ? '-' : '+');
    const int hours = number(2, 14);
    if (with_colon) letter(':');
    const int total = hours * 60 + number(2, 59);
    return minutes(is_behind ? -total : total);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
};

bool read_mail_form(Places& places, Fields& fields) {
  places.name(kWeekdays);
  places.letter(',');
  places.letter(' ');
  fields.day = places.number(2, 31);
  places.letter(' ');
  fields.month = places.name(kMonths);
  places.letter(' ');
  fields.year = places.number(4, 9999);
  places.letter(' ');
  places.clock(fields);
  places.letter(' ');
  if (places.front() == 'G') {
    for (const char c : {'G', 'M', 'T'}) places.letter(c);
  } else {
    fields.offset = places.offset(false);
  }
  return places.good() && places.done();
}

bool read_iso_form(Places& places, Fields& fields) {
  fields.year = places.number(4, 9999);
  places.letter('-');
  fields.month = places.number(2, 12);
  places.letter('-');
  fields.day = places.number(2, 31);
  places.letter('T');
  places.clock(fields);
  if (places.front() == 'Z') {
    places.letter('Z');
  } else {
    fields.offset = places.offset(true);
  }
  return places.good() && places.done();
}

char* put(char* out, char mark, int number) {
  *out++ = mark;
  *out++ = static_cast<char>('0' + number / 10);
  *out++ = static_cast<char>('0' + number % 10);
  return out;
}

std::string written(const Fields& fields) {
  char text[25];
  char* out = put(text, static_cast<char>('0' + fields.year / 1000), fields.year / 10 % 100);
  *out++ = static_cast<char>('0' + fields.year % 10);
  out = put(put(out, '-', fields.month), '-', fields.day);
  out = put(put(put(out, 'T', fields.hour), ':', fields.minute), ':', fields.second);
  const int offset = static_cast<int>(std::chrono::abs(fields.offset).count());
  out = put(put(out, fields.offset.count() < 0 ? '-' : '+', offset / 60), ':', offset % 60);
  return std::string(text, out);
}

}  // namespace

std::optional<PrintedDate> read_fixed_date(std::string_view text) {
  constexpr std::size_t kShortest = 20, kLongest = 31;
  if (text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  Places places(text);
  Fields fields{};
  if (!(text[3] == ',' ? read_mail_form(places, fields) : text[4] == '-' && read_iso_form(places, fields))) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(fields.year), std::chrono::month(static_cast<unsigned>(fields.month)),
                                        std::chrono::day(static_cast<unsigned>(fields.day))};
  constexpr int kFirstYear = 1900;
  if (fields.year < kFirstYear || !day.ok()) return std::nullopt;
  const Instant at = std::chrono::sys_days(day) + std::chrono::hours(fields.hour) + minutes(fields.minute) + std::chrono::seconds(fields.second) - fields.offset;
  return PrintedDate{Stamp{at, Precision::kSecond, written(fields)}, true};
}

}  // namespace bylined::text
