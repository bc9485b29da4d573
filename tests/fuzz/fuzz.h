// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets share: a broken promise ends the program, and text that we hand on is fit to be handed on.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/text/decode.h"

namespace bylined::fuzz {

inline void require(bool holds, int line = __builtin_LINE(), const char* file = __builtin_FILE()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: a promise is broken\n", file, line);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Valid UTF-8, and of the C0 controls only those of running text.
inline void require_running_text(std::string_view text, int line = __builtin_LINE(), const char* file = __builtin_FILE()) {
  require(text::valid_utf8(text), line, file);
  for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r', line, file);
}

}  // namespace bylined::fuzz
