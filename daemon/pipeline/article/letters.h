// SPDX-License-Identifier: Apache-2.0
// Code points of valid UTF-8, one by one, and the few classes of them that reading an article needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

inline constexpr std::uint64_t kHashPrime = 1099511628211u;  // what a hash is carried on with, as in FNV

struct Letter {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The first of a text that is not empty.
inline Letter letter_at(std::string_view text) {
  const char* const bytes = text.data();  // an index of the text itself would be checked, letter by letter
  const auto byte = [bytes](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  const std::uint32_t first = byte(0);
  if (first < 0xC0 || text.size() < 2) return {first, 1};
  if (first < 0xE0 || text.size() < 3) return {((first & 0x1F) << 6) | (byte(1) & 0x3F), 2};
  if (first < 0xF0 || text.size() < 4) return {((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F), 3};
  return {((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F), 4};
}
// The last of a text that is not empty.
std::uint32_t last_letter(std::string_view text);

constexpr bool is_between(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return c - first <= last - first; }

inline bool is_blank(std::uint32_t c) {
  if (c < 0x80) return c <= 0x20;
  return c == 0xA0 || c == 0x3000 || c == 0x200B || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}
inline bool is_sentence_end(std::uint32_t c) {
  if (c < 0x80) return c == '.' || c == '!' || c == '?';
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x2026 || c == 0x964 || c == 0x61F;
}
inline bool is_comma(std::uint32_t c) { return c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C || c == 0x60C; }
inline bool is_digit(std::uint32_t c) { return is_between(c, '0', '9'); }
// Scripts that part no words by blanks: kana and han.
inline bool is_wide(std::uint32_t c) { return is_between(c, 0x3040, 0xA4CF); }
// Letters and digits of any script.
bool is_word(std::uint32_t c);
// Latin, Greek and Cyrillic; others have no case.
std::uint32_t lower(std::uint32_t c);
inline bool is_upper(std::uint32_t c) { return c < 0x80 ? is_between(c, 'A', 'Z') : lower(c) != c; }

// Adds one code point as UTF-8.
void append_letter(std::string& out, std::uint32_t code);

// Letters and digits alone, in lower case: "‘A’ – b" and "a B" are the same.
std::string squashed(std::string_view text);

// Words in lower case, one behind the other with a blank between.
class WordRow {
 public:
  // At most `most` of them; each letter of a wide script is a word.
  WordRow(std::string_view text, std::size_t most);

  std::size_t size() const { return ends_.size(); }
  // Words `first` to `last`.
  std::string_view from_to(std::size_t first, std::size_t last) const {
    const std::size_t start = first == 0 ? 0 : ends_[first - 1] + 1;
    return std::string_view(text_).substr(start, ends_[last] - start);
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};
std::vector<std::string> words_of(std::string_view text, std::size_t most);

}  // namespace bylined::article
