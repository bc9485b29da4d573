// SPDX-License-Identifier: Apache-2.0
// Kinds of letters in folded text, and what a Korean syllable ends in. Knows no names and no words.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text/hangul.h"

namespace bylined::match {

enum class Script : std::uint8_t { kNone, kHangul, kLatin, kDigit, kHanja, kOther };

constexpr bool within(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

using text::all_hangul;
using text::is_hangul;
constexpr bool is_digit(char32_t c) { return within(c, U'0', U'9'); }
constexpr bool is_latin(char32_t c) {
  return within(c, U'a', U'z') || within(c, U'A', U'Z') || (within(c, 0xC0, 0x24F) && c != 0xD7 && c != 0xF7) || within(c, 0x1E00, 0x1EFF);
}
constexpr bool is_hanja(char32_t c) { return within(c, 0x4E00, 0x9FFF) || within(c, 0x3400, 0x4DBF) || within(c, 0x20000, 0x3134F); }

constexpr Script script_of(char32_t c) {
  if (is_hangul(c)) return Script::kHangul;
  if (is_latin(c)) return Script::kLatin;
  if (is_digit(c)) return Script::kDigit;
  if (is_hanja(c)) return Script::kHanja;
  // Letters of Hangul outside any syllable are none: a bar or a dash (ㅣ ㅡ), or laughter (ㅋㅋ). No word is written with them.
  const bool other = within(c, 0x250, 0x10FF) || within(c, 0x1200, 0x1CFF) || within(c, 0x3041, 0x30FF) || within(c, 0xA000, 0xABFF);
  return other ? Script::kOther : Script::kNone;
}

using View = std::u32string_view;

inline constexpr std::size_t kLongestWord = 24;  // letters of a word that are looked at

constexpr bool is_letter(char32_t c) { return script_of(c) != Script::kNone; }

constexpr char32_t at(View text, std::size_t i) { return i < text.size() ? text[i] : U'\0'; }
constexpr bool starts_word(View text, std::size_t i) { return i == 0 || !is_letter(text[i - 1]); }

// What parts the words of a name: names are stored without, texts may have one between two letters.
constexpr bool is_separator(char32_t c) { return c == U' ' || c == U'\n' || c == U'-' || c == U'\u00B7'; }
constexpr bool is_blank(char32_t c) { return c == U' ' || c == U'\n'; }

// Which form of a particle may follow. Letters that are no Hangul are read in more than one way: both are right.
enum class Final : std::uint8_t { kVowel, kRieul, kConsonant, kUnknown };

constexpr Final final_of(char32_t c) {
  if (!is_hangul(c)) return Final::kUnknown;
  const char32_t final = (c - 0xAC00) % 28;
  return final == 0 ? Final::kVowel : final == 8 ? Final::kRieul : Final::kConsonant;
}

}  // namespace bylined::match
