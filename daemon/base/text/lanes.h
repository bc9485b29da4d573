// SPDX-License-Identifier: Apache-2.0
// Sixteen bytes of a text at once, which the compiler turns into the processor's own. Private to base/text.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace bylined::text {

using Bytes = std::uint8_t __attribute__((vector_size(16)));
using Marked = std::int8_t __attribute__((vector_size(16)));  // what a comparison answers: all bits of a byte where it holds

inline Bytes bytes_at(const char* text) {
  Bytes bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

inline bool is_marked(Marked marks) {
  using Halves = std::uint64_t __attribute__((vector_size(16)));
  const auto halves = std::bit_cast<Halves>(marks);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace bylined::text
