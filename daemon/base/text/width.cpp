// SPDX-License-Identifier: Apache-2.0
#include "base/text/width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace bylined::text {
namespace {

std::size_t columns_of(UChar32 c) {
  const int category = u_charType(c);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

// Calls `take(first byte, byte after, columns)` for each character until it answers false.
template <class F>
void each(std::string_view utf8, F take) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  std::int32_t at = 0;
  const auto size = static_cast<std::int32_t>(utf8.size());
  while (at < size) {
    const std::int32_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (!take(static_cast<std::size_t>(start), static_cast<std::size_t>(at), columns_of(c < 0 ? 0xFFFD : c))) return;
  }
}

}  // namespace

std::size_t columns(std::string_view utf8) {
  std::size_t sum = 0;
  each(utf8, [&sum](std::size_t, std::size_t, std::size_t wide) {
    sum += wide;
    return true;
  });
  return sum;
}

std::string fitted(std::string_view utf8, std::size_t most) {
  std::string out(utf8);
  std::size_t used = columns(utf8);
  if (used > most) {
    std::size_t end = 0;
    used = 0;
    each(utf8, [&](std::size_t, std::size_t after, std::size_t wide) {
      if (used + wide + 1 > most) return false;
      used += wide;
      end = after;
      return true;
    });
    out = std::string(utf8.substr(0, end)) + "…";
    ++used;
  }
  return out + std::string(most - std::min(used, most), ' ');
}

}  // namespace bylined::text
