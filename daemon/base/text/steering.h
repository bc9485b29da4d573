// SPDX-License-Identifier: Apache-2.0
// Characters that are not shown but obeyed: by a terminal, or by whoever lays out the line around them.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace bylined::text {

// How many bytes the first character takes if it is a control (C0, C1), turns the writing direction, or ends a line or
// paragraph; else 0.
inline std::size_t steering_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto between = [](unsigned least, unsigned value, unsigned most) { return least <= value && value <= most; };
  if (text.empty()) return 0;
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && between(0x80, byte(1), 0x9F)) return 2;
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;  // U+061C
  if (byte(0) != 0xE2) return 0;
  if (byte(1) == 0x80 && (between(0x8E, byte(2), 0x8F) || between(0xA8, byte(2), 0xAE))) return 3;  // U+200E, 200F, 2028 to 202E
  return byte(1) == 0x81 && between(0xA6, byte(2), 0xA9) ? 3 : 0;                                    // U+2066 to 2069
}

inline void append_escaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(c));
    out += escaped;
  }
}

}  // namespace bylined::text
