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

// Reads numbers at their places; whatever is no digit there spoils them all.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text.data()) {}

  bool good() const { return good_; }
  int pair(std::size_t at) {
    const int tens = text_[at] - '0', ones = text_[at + 1] - '0';
    good_ = good_ && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return tens * 10 + ones;
  }
  int year(std::size_t at) {
    const int century = pair(at);
    return century * 100 + pair(at + 2);
  }
  // "09:30:00"
  void clock(std::size_t at, Fields& fields) {
    good_ = good_ && text_[at + 2] == ':' && text_[at + 5] == ':';
    fields.hour = pair(at);
    fields.minute = pair(at + 3);
    fields.second = pair(at + 6);
  }
  // A sign, hours, and minutes `apart` letters behind the sign.
  minutes offset(std::size_t at, std::size_t apart) {
    const int whole = pair(at + 1), rest = pair(at + apart);
    good_ = good_ && (text_[at] == '+' || text_[at] == '-') && whole <= 14 && rest <= 59;
    return minutes(text_[at] == '-' ? -(whole * 60 + rest) : whole * 60 + rest);
  }

 private:
  const char* text_;  // an index of a view would be checked, letter by letter
  bool good_ = true;
};

bool read_mail_form(std::string_view text, Fields& fields) {
  constexpr std::size_t kLength = std::string_view("Tue, 04 Feb 2025 09:30:00 +0900").size();
  const bool is_greenwich = text.size() == kLength - 2 && text.ends_with(" GMT");
  if ((!is_greenwich && text.size() != kLength) || text[4] != ' ' || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[25] != ' ') return false;
  const auto month = place_in(kMonths, text.substr(8, 3));
  if (!month || !place_in(kWeekdays, text.substr(0, 3))) return false;
  Places places(text);
  fields = Fields{places.year(12), *month, places.pair(5), 0, 0, 0, is_greenwich ? minutes(0) : places.offset(26, 3)};
  places.clock(17, fields);
  return places.good();
}

bool read_iso_form(std::string_view text, Fields& fields) {
  constexpr std::size_t kLength = std::string_view("2025-02-04T09:30:00+09:00").size();
  const bool is_greenwich = text.size() == kLength - 5 && text.ends_with('Z');
  if ((!is_greenwich && (text.size() != kLength || text[22] != ':')) || text[4] != '-' || text[7] != '-' || text[10] != 'T') return false;
  Places places(text);
  fields = Fields{places.year(0), places.pair(5), places.pair(8), 0, 0, 0, is_greenwich ? minutes(0) : places.offset(19, 4)};
  places.clock(11, fields);
  return places.good();
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
  constexpr std::size_t kShortest = 20;
  constexpr int kFirstYear = 1900;
  if (text.size() < kShortest) return std::nullopt;
  Fields fields{};
  if (!(text[3] == ',' ? read_mail_form(text, fields) : read_iso_form(text, fields))) return std::nullopt;
  if (fields.year < kFirstYear || fields.hour > 23 || fields.minute > 59 || fields.second > 59) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(fields.year), std::chrono::month(static_cast<unsigned>(fields.month)),
                                        std::chrono::day(static_cast<unsigned>(fields.day))};
  if (!day.ok()) return std::nullopt;
  const Instant at = std::chrono::sys_days(day) + std::chrono::hours(fields.hour) + minutes(fields.minute) + std::chrono::seconds(fields.second) - fields.offset;
  return PrintedDate{Stamp{at, Precision::kSecond, written(fields)}, true};
}

}  // namespace bylined::text
