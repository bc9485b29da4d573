// SPDX-License-Identifier: Apache-2.0
// Whether a text is written in Korean. Syllables only: letters of Hangul outside any syllable are no word's.
#pragma once

#include <algorithm>
#include <string_view>

namespace bylined::text {

constexpr char32_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;

constexpr bool is_hangul(char32_t c) { return kFirstSyllable <= c && c <= kLastSyllable; }

// And nothing else; nothing is not Hangul.
constexpr bool all_hangul(std::u32string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_hangul); }

// Of UTF-8; what is none is not Hangul.
constexpr bool has_hangul(std::string_view text) {
  constexpr std::size_t kBytes = 3;  // of each syllable
  const auto bits = [](char byte) { return static_cast<char32_t>(static_cast<unsigned char>(byte) & 0x3F); };
  for (std::size_t at = 0; at + kBytes <= text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0xEA || lead > 0xED) continue;
    if (is_hangul(static_cast<char32_t>(lead & 0x0F) << 12 | bits(text[at + 1]) << 6 | bits(text[at + 2]))) return true;
  }
  return false;
}

}  // namespace bylined::text
