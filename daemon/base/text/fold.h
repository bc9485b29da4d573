// SPDX-License-Identifier: Apache-2.0
// The form in which texts are compared: NFKC, case folded, Latin letters without their marks, HTML character
// references read, invisible characters gone, quotes, dashes and middle dots unified, runs of blanks one blank, with
// the way back to the text as it stands. Never fails: bytes that are no UTF-8 become U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::text {

class Folded {
 public:
  // A run of blanks is one U+0020, or one U+000A where a line ends in it.
  std::u32string text;

  // Character i stands for the input's code points [start(i), end(i)). Neither ever falls as i rises.
  std::uint32_t start(std::size_t i) const;
  std::uint32_t end(std::size_t i) const;

 private:
  friend class Folder;

  // From character `at` on, each stands for one code point, the first for the one at `start`; or the one
  // character at `at` stands for `width` of them.
  struct Stretch {
    std::uint32_t at = 0;
    std::uint32_t start = 0;
    std::uint32_t width = 1;
  };
  const Stretch& stretch_of(std::size_t i) const;

  std::vector<Stretch> stretches_;
};

Folded fold(std::string_view utf8);
// Letters or digits of any script, once folded.
bool has_letters(std::string_view utf8);
// A letter of Latin script without its marks: "é" is e, "ł" is l, "æ" is a. Any other is what it is.
char32_t without_marks(char32_t letter);
std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

}  // namespace bylined::text
