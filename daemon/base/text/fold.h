// SPDX-License-Identifier: Apache-2.0
// The form in which texts are compared: NFKC, case folded, HTML character references read, invisible
// characters gone, quotes, dashes and middle dots unified, runs of blanks one blank, with the way back
// to the text as it stands. Never fails: bytes that are no UTF-8 become U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::text {

struct Folded {
  // A run of blanks is one U+0020, or one U+000A where a line ends in it.
  std::u32string text;
  // Code point offsets in the input: character i stands for [start[i], end[i]). Both never fall.
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> end;
};

Folded fold(std::string_view utf8);
std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

}  // namespace bylined::text
