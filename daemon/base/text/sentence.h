// SPDX-License-Identifier: Apache-2.0
// Where a sentence ends in running text: at a line's end, and at a full stop, question or exclamation mark
// that a blank follows. The same for quotes around a mention and for rules.
#pragma once

#include <cstddef>
#include <string_view>

namespace bylined::text {

constexpr bool is_space(char32_t c) { return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == 0xA0 || c == 0x3000; }

// Is text[i] the last character of its sentence?
constexpr bool ends_sentence(std::u32string_view text, std::size_t i) {
  if (text[i] == U'\n') return true;
  const bool stop = text[i] == U'.' || text[i] == U'?' || text[i] == U'!';
  return stop && i + 1 < text.size() && is_space(text[i + 1]);
}

}  // namespace bylined::text
