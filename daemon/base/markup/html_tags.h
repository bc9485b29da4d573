// SPDX-License-Identifier: Apache-2.0
// The HTML elements by number, and what the parser and readers of its tree need to know of each. Unknown
// elements are kOther.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bylined::markup {

enum class Tag : std::uint8_t {
  kText,   // not an element
  kOther,
#define TAG(tag, name, traits) k##tag,
#include "base/markup/html_tags.inc"
#undef TAG
};

constexpr int kTagCount = 2
#define TAG(tag, name, traits) +1
#include "base/markup/html_tags.inc"
#undef TAG
    ;

enum TagTraits : std::uint16_t {
  kIsVoid = 1,            // has no content
  kIsSpecial = 1 << 1,    // ends of formatting do not reach through it
  kIsFormatting = 1 << 2,
  kClosesParagraph = 1 << 3,
  kIsScope = 1 << 4,      // end tags do not look above it
  kIsRaw = 1 << 5,        // its content is text as it stands
  kIsRcdata = 1 << 6,     // its content is text with character references
  kInHead = 1 << 7,
  kIsImplied = 1 << 8,    // its end tag may be left out
  kIsTable = 1 << 9,      // where stray content is moved before the table
  kLeavesForeign = 1 << 10,
  kIsInline = 1 << 11,    // does not part words
  kIsSilent = 1 << 12,    // its content is not read
};

// `lower_name` is in lower case.
Tag tag_of(std::string_view lower_name);
std::string_view tag_name(Tag tag);

inline constexpr std::uint16_t kTagTraits[kTagCount] = {
    0,
    0,
#define TAG(tag, name, traits) traits,
#include "base/markup/html_tags.inc"
#undef TAG
};
inline bool has_trait(Tag tag, std::uint16_t traits) { return (kTagTraits[static_cast<std::size_t>(tag)] & traits) != 0; }

}  // namespace bylined::markup
