// SPDX-License-Identifier: Apache-2.0
#include "base/text/detect.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace bylined::text {
namespace {

constexpr std::size_t kSample = 16u << 10;

enum class Script { kHangul, kHan, kKana, kCyrillic, kGreek, kHebrew, kArabic, kThai, kLatin, kVietnamese };

struct Language {
  Script script;
  std::u32string_view letters;    // commonest first
  std::string_view encodings;     // names, blanks between
  std::unordered_map<char32_t, double> weight;  // log probability
};

// Probabilities of what is no listed letter, as logarithms.
constexpr double kMark = -7.0;        // a quotation mark, dash, bullet
constexpr double kOwnRare = -10.5;    // of the language's script, but not in its list
constexpr double kForeign = -13.0;    // a letter of another script
constexpr double kSymbol = -14.0;
constexpr double kControl = -19.0;    // C1, private use
constexpr double kDamage = -21.0;

double own_rare(Script script) {
  return script == Script::kHangul || script == Script::kHan || script == Script::kKana ? kOwnRare : kOwnRare - 2;
}

bool writes_alone(Script script) { return script != Script::kLatin && script != Script::kVietnamese; }
bool is_east_asian(Script script) { return script == Script::kHangul || script == Script::kHan || script == Script::kKana; }

// The further down the list, the rarer: syllables and ideographs as Zipf says, letters of an alphabet faster.
double share_at(std::size_t rank, Script script) {
  const auto place = static_cast<double>(rank);
  return is_east_asian(script) ? 1.0 / (place + 3) : std::exp(-place / 8);
}

void weigh(Language& language) {
  double sum = 0;
  for (std::size_t rank = 0; rank < language.letters.size(); ++rank) sum += share_at(rank, language.script);
  for (std::size_t rank = 0; rank < language.letters.size(); ++rank) {
    language.weight.try_emplace(language.letters[rank], std::log(0.85 * share_at(rank, language.script) / sum));
  }
}

const std::vector<Language>& languages() {
  static const std::vector<Language> kAll = [] {
    std::vector<Language> all{
#define LANGUAGE(script, letters, encodings) {Script::script, letters, encodings, {}},
#include "base/text/languages.inc"
#undef LANGUAGE
    };
    for (Language& language : all) weigh(language);
    return all;
  }();
  return kAll;
}

bool has_script(char32_t c, Script script) {
  const auto between = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  switch (script) {
    case Script::kHangul: return between(0xAC00, 0xD7A3);
    case Script::kHan: return between(0x4E00, 0x9FFF);
    case Script::kKana: return between(0x3041, 0x30FE) || between(0x4E00, 0x9FFF);
    case Script::kCyrillic: return between(0x400, 0x45F);
    case Script::kGreek: return between(0x384, 0x3CE);
    case Script::kHebrew: return between(0x5B0, 0x5EA);
    case Script::kArabic: return between(0x60C, 0x6D5);
    case Script::kThai: return between(0xE01, 0xE5B);
    case Script::kLatin:
    case Script::kVietnamese: return between(0xC0, 0x24F) && c != 0xD7 && c != 0xF7;
  }
  return false;
}

bool is_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"\u00A0«»“”„‘’‚–—…•·°§©®™€№、。，．・「」『』（）：；！？《》　〜～ー·ㆍ";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How likely it is that somebody writing this language wrote this.
class Reading {
 public:
  explicit Reading(const Language& language) : language_(language) {}

  void take(char32_t c) {
    if (c >= 0x80) total_ += letter(c) + company(c);
    before_ = c;
  }
  double total() const { return total_; }

 private:
  double letter(char32_t c) const {
    if (c == 0xFFFD) return kDamage;
    if (c < 0xA0 || (c >= 0xE000 && c <= 0xF8FF)) return kControl;
    const auto listed = language_.weight.find(c);
    if (listed != language_.weight.end()) return listed->second;
    const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    const auto large = small == c ? language_.weight.end() : language_.weight.find(small);
    if (large != language_.weight.end()) return large->second - (u_isalpha(static_cast<UChar32>(before_)) ? 2.5 : 1.5);
    if (is_mark(c)) return kMark;
    if (has_script(c, language_.script)) return own_rare(language_.script);
    return u_isalpha(static_cast<UChar32>(c)) ? kForeign : kSymbol;
  }

  // What does not stand next to what: capitals inside a word, letters of two scripts in one word, and, in the
  // Latin script, several letters with marks in a row.
  double company(char32_t c) const {
    const bool is_letter = u_isalpha(static_cast<UChar32>(c));
    const bool after_letter = before_ < 0x80 ? is_ascii_letter(before_) : static_cast<bool>(u_isalpha(static_cast<UChar32>(before_)));
    if (!after_letter || is_east_asian(language_.script)) return 0;
    if (!is_letter) return is_mark(c) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK ? 0 : -2;
    double cost = 0;
    if (u_isupper(static_cast<UChar32>(c)) && u_islower(static_cast<UChar32>(before_))) cost -= 4;
    if (writes_alone(language_.script) && before_ < 0x80) cost -= 3;
    if (!writes_alone(language_.script) && before_ >= 0x80) cost -= 3;
    return cost;
  }

  const Language& language_;
  char32_t before_ = ' ';
  double total_ = 0;
};

double likelihood(const std::string& utf8, const Language& language) {
  Reading reading(language);
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<int32_t>(utf8.size());
  for (int32_t at = 0; at < length;) {
    UChar32 point;
    U8_NEXT_UNSAFE(data, at, point);
    reading.take(static_cast<char32_t>(point));
  }
  return reading.total();
}

std::string utf8_of(const Encoding& encoding, std::string_view bytes) {
  Utf8Sink out(bytes.size());
  encoding.decode(encoding, bytes, out);
  return out.take();
}

// Wide characters of two bytes without a mark in front: every other byte of ASCII is zero.
const Encoding* utf16_by_zeros(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  const std::size_t length = std::min(bytes.size(), kSample) & ~std::size_t{1};
  if (length < 4) return nullptr;
  for (std::size_t at = 0; at < length; ++at) zeros[at % 2] += bytes[at] == '\0';
  const std::size_t half = length / 2;
  if (zeros[0] > half / 4 && zeros[1] <= half / 20) return &encoding_named("utf-16be");
  if (zeros[1] > half / 4 && zeros[0] <= half / 20) return &encoding_named("utf-16le");
  return nullptr;
}

bool shifts_to_japanese(std::string_view bytes) {
  return bytes.find("\x1B$B") != std::string_view::npos || bytes.find("\x1B$@") != std::string_view::npos || bytes.find("\x1B(J") != std::string_view::npos;
}

const Encoding& most_likely(std::string_view sample) {
  std::map<std::string_view, std::string> texts;
  const Encoding* best = &encoding_named("windows-1252");
  double most = -1e300;
  for (const Language& language : languages()) {
    for (std::string_view left = language.encodings; !left.empty();) {
      const std::size_t end = std::min(left.find(' '), left.size());
      const Encoding& encoding = encoding_named(left.substr(0, end));
      left.remove_prefix(std::min(end + 1, left.size()));
      auto [text, is_new] = texts.try_emplace(encoding.name);
      if (is_new) text->second = utf8_of(encoding, sample);
      const double found = likelihood(text->second, language);
      if (found <= most) continue;
      most = found;
      best = &encoding;
    }
  }
  return *best;
}

}  // namespace

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<int32_t>(bytes.size());
  for (int32_t at = 0; at < length;) {
    if (data[at] < 0x80) {
      at += static_cast<int32_t>(ascii_length(bytes.substr(static_cast<std::size_t>(at))));
      continue;
    }
    const int32_t lead = at;
    UChar32 point;
    U8_NEXT(data, at, length, point);
    count.damaged += point < 0;
    count.whole += point >= 0;
    count.trails += point >= 0 ? at - lead - 1 : 0;
  }
  return count;
}

bool may_be_korean(std::string_view bytes) {
  const std::string_view sample = bytes.substr(ascii_length(bytes), kSample);
  const auto peek = [sample](std::size_t at) { return at < sample.size() ? static_cast<unsigned char>(sample[at]) : 0; };
  std::size_t syllables = 0, others = 0;
  for (std::size_t at = 0; at < sample.size();) {
    const bool is_pair = peek(at) >= 0x80 && peek(at + 1) >= 0x80;
    if (peek(at) >= 0x80) (is_pair && peek(at) >= 0xB0 && peek(at) <= 0xC8 && peek(at + 1) >= 0xA1 ? syllables : others)++;
    at += is_pair ? 2 : 1;
  }
  return syllables >= 4 && syllables > others * 2;
}

bool may_be_utf16(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kSample);
  return static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\0')) * 64 > sample.size();
}

const Encoding& detect_encoding(std::string_view bytes) {
  if (const Encoding* wide = utf16_by_zeros(bytes)) return *wide;
  const std::size_t first = ascii_length(bytes);
  if (first == bytes.size()) return encoding_named(shifts_to_japanese(bytes) ? "iso-2022-jp" : "windows-1252");
  const Utf8Count utf8 = count_utf8(bytes);
  if (utf8.damaged == 0 || utf8.likely()) return encoding_named("utf-8");
  // One letter in front of the first: whether it begins a word matters.
  return most_likely(bytes.substr(first > 0 ? first - 1 : 0, kSample));
}

}  // namespace bylined::text
