// SPDX-License-Identifier: Apache-2.0
#include "base/text/shown.h"

#include <cassert>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace bylined::text {
namespace {

constexpr int kMostMarks = 4;  // Hebrew with cantillation needs three

void append(std::string& out, UChar32 letter) {
  std::uint8_t bytes[4];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, letter);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_blank(UChar32 letter) { return u_isUWhiteSpace(letter) != 0 || u_charType(letter) == U_CONTROL_CHAR; }

// Direction marks, overrides and isolates, joiners of nothing, byte order marks, tags. The joiners of
// emoji and of Persian (U+200C, U+200D) stay.
bool is_unseen(UChar32 letter) {
  return u_charType(letter) == U_FORMAT_CHAR && letter != 0x200C && letter != 0x200D && letter != 0x00AD;
}

bool is_mark(UChar32 letter) {
  const auto type = u_charType(letter);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

}  // namespace

std::string shown(std::string_view foreign) {
  std::string out;
  out.reserve(foreign.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(foreign.data());
  const auto length = static_cast<std::int32_t>(foreign.size());
  bool after_blank = false;
  int marks = kMostMarks;  // there is no letter yet that they could stand on
  for (std::int32_t at = 0; at < length;) {
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(bytes, at, length, letter);
    if (is_blank(letter)) {
      if (!after_blank) out += ' ';
      after_blank = true;
      marks = kMostMarks;
      continue;
    }
    if (is_unseen(letter)) continue;
    marks = is_mark(letter) ? marks + 1 : 0;
    if (marks > kMostMarks) continue;
    append(out, letter);
    after_blank = false;
  }
  return out;
}

std::string cut(std::string_view text, std::size_t most) {
  assert(most > 0);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  std::int32_t end = 0, kept = 0;
  for (std::size_t count = 0; end < length; ++count) {
    if (count == most) break;
    kept = end;  // room for the sign of the cut
    U8_FWD_1(bytes, end, length);
  }
  if (end >= length) return std::string(text);

  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> edges(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), code));
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, text.data(), length, &code);
  assert(U_SUCCESS(code));  // fails only without ICU's data
  edges->setText(&opened, code);
  const std::int32_t edge = edges->isBoundary(kept) ? kept : edges->preceding(kept);
  utext_close(&opened);
  return std::string(text.substr(0, static_cast<std::size_t>(edge > 0 ? edge : kept))) + "…";
}

}  // namespace bylined::text
