// SPDX-License-Identifier: Apache-2.0
// Character references (&amp; &#xAC00;) by the HTML Standard. Knows nothing of tags.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bylined::markup {

struct Reference {
  std::size_t length = 0;  // bytes read from '&' on; 0: it is no reference
  std::uint32_t first = 0;
  std::uint32_t second = 0;  // 0 where it stands for one code point
};

// `text` begins with '&'. In attributes "&copy=1" is not a reference.
Reference read_reference(std::string_view text, bool in_attribute);
void append_utf8(std::string& out, std::uint32_t code_point);

// Decodes in place: the result is never longer than the text.
std::string_view decode_references(char* begin, char* end, bool in_attribute);

}  // namespace bylined::markup
