// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/letters.h"

#include <algorithm>
#include <array>

namespace bylined::article {
namespace {

// Of the ASCII letters: itself in lower case where it is of a word, else 0.
constexpr std::array<char, 128> make_ascii() {
  std::array<char, 128> ascii{};
  for (char c = '0'; c <= '9'; ++c) ascii[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) ascii[static_cast<std::size_t>(c)] = ascii[static_cast<std::size_t>(c - 32)] = c;
  ascii['_'] = '_';
  return ascii;
}
constexpr std::array<char, 128> kAscii = make_ascii();

char* put_letter(char* out, std::uint32_t c) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | (c >> 6));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | (c >> 12));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | (c >> 18));
    *out++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

// A text that grows by single letters: they are handed over many at a time.
class Gathered {
 public:
  explicit Gathered(std::string& out) : out_(out) {}

  void add(std::uint32_t c) {
    if (bytes_ + kRoom - end_ < 4) hand_over();
    end_ = put_letter(end_, c);
  }
  // ASCII letters of words, in lower case; others are left out.
  void add_words(std::string_view ascii) {
    while (!ascii.empty()) {
      if (end_ == bytes_ + kRoom) hand_over();
      const std::string_view fits = ascii.substr(0, static_cast<std::size_t>(bytes_ + kRoom - end_));
      for (const char c : fits) {
        *end_ = kAscii[static_cast<std::size_t>(c)];
        end_ += *end_ != 0 ? 1 : 0;
      }
      ascii.remove_prefix(fits.size());
    }
  }
  void hand_over() {
    out_.append(bytes_, end_);
    end_ = bytes_;
  }
  std::size_t size() const { return out_.size() + static_cast<std::size_t>(end_ - bytes_); }

 private:
  static constexpr std::ptrdiff_t kRoom = 240;

  std::string& out_;
  char bytes_[kRoom];
  char* end_ = bytes_;
};

// The first letter, taken off the text: in lower case where it is of a word, else 0.
std::uint32_t take_word_letter(std::string_view& text) {
  const Letter letter = letter_at(text);
  text.remove_prefix(letter.bytes);
  if (letter.code < 0x80) return static_cast<std::uint32_t>(kAscii[letter.code]);
  if (is_between(letter.code, 0x3400, 0xD7FF)) return letter.code;  // han and hangul: words without case, as is_word() and lower() say
  return is_word(letter.code) ? lower(letter.code) : 0;
}

}  // namespace

void append_letter(std::string& out, std::uint32_t c) {
  char bytes[4];
  out.append(bytes, put_letter(bytes, c));
}

std::uint32_t last_letter(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return letter_at(text.substr(at)).code;
}

bool is_word(std::uint32_t c) {
  if (c < 0x80) return is_digit(c) || is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') || c == '_';
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (is_between(c, 0x2000, 0x2BFF) || is_between(c, 0x3000, 0x303F) || is_between(c, 0xFF00, 0xFF0F) || is_between(c, 0xFF1A, 0xFF20)) return false;
  return c != 0xD7 && c != 0xF7 && c != 0xFEFF && c != 0xFFFD && !is_between(c, 0x1F000, 0x1FAFF) && c != 0x60C && c != 0x61F && c != 0x964;
}

std::uint32_t lower(std::uint32_t c) {
  if (c < 0x80) return is_between(c, 'A', 'Z') ? c + 32 : c;
  if (is_between(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 32;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E)) return (c & 1) != 0 ? c + 1 : c;
  if (is_between(c, 0x100, 0x17F)) return c | 1;
  if (is_between(c, 0x391, 0x3A9)) return c + 32;
  if (is_between(c, 0x410, 0x42F)) return c + 32;
  if (is_between(c, 0x400, 0x40F)) return c + 80;
  if (is_between(c, 0x1EA0, 0x1EF9)) return c | 1;
  return c;
}

std::string squashed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Gathered letters(out);
  while (!text.empty()) {
    const auto wide = std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    letters.add_words({text.begin(), wide});
    text = {wide, text.end()};
    while (!text.empty() && static_cast<unsigned char>(text.front()) >= 0x80) {
      if (const std::uint32_t letter = take_word_letter(text); letter != 0) letters.add(letter);
    }
  }
  letters.hand_over();
  return out;
}

WordRow::WordRow(std::string_view text, std::size_t most) {
  ends_.reserve(std::min<std::size_t>(most, 16));
  Gathered letters(text_);
  bool inside = false;
  while (!text.empty()) {
    const std::uint32_t letter = take_word_letter(text);
    if (letter != 0 && (!inside || is_wide(letter))) {
      if (ends_.size() + (letters.size() > 0 ? 1 : 0) == most) break;
      if (letters.size() > 0) {
        ends_.push_back(letters.size());
        letters.add(' ');
      }
    }
    inside = letter != 0 && !is_wide(letter);
    if (letter != 0) letters.add(letter);
  }
  if (letters.size() > 0) ends_.push_back(letters.size());
  letters.hand_over();
}

std::vector<std::string> words_of(std::string_view text, std::size_t most) {
  const WordRow row(text, most);
  std::vector<std::string> words;
  words.reserve(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) words.emplace_back(row.from_to(i, i));
  return words;
}

}  // namespace bylined::article
