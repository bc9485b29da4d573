// SPDX-License-Identifier: Apache-2.0
// Bytes of any charset to UTF-8. Never fails: what cannot be read becomes U+FFFD, and is counted.
#pragma once

#include <string>
#include <string_view>

namespace bylined::text {

struct Decoded {
  std::string text;      // valid UTF-8 without a BOM
  std::string charset;   // the Encoding Standard's name in lower case, e.g. "euc-kr" (which means CP949)
  int replaced = 0;      // sequences that could not be read
};

// For reading: BOM, then the header's charset, then the document's own <meta> or XML declaration, then what the
// bytes look like. Whoever lies is not believed, and a few letters that are cut make no lie true: a declared UTF-8
// that is mostly not valid is what it looks like, a declared legacy charset whose bytes are mostly valid multi-byte
// UTF-8 is UTF-8, Hangul of euc-kr is that whatever it is called, and UTF-16 without zeros is none. No C0 controls but
// tab, line feed and carriage return are left.
Decoded decode(std::string_view bytes, std::string_view content_type);

// The text of decode(), without a copy where the bytes are it already, as they mostly are; else in `copy`.
std::string_view decoded_in(std::string_view bytes, std::string_view content_type, std::string& copy);

// To the letter of the Encoding Standard: what is declared is believed, and controls stay.
Decoded decode_verbatim(std::string_view bytes, std::string_view content_type);

// Neither a mark nor the header nor the document says that it is in another charset. What checks every letter itself need not
// decode such bytes.
bool claims_utf8(std::string_view bytes, std::string_view content_type);

bool valid_utf8(std::string_view text);
// Number of code points of valid UTF-8.
std::size_t code_points(std::string_view text);
// The longest beginning of whole code points: so many of them, or of so many bytes.
std::string_view first_code_points(std::string_view text, std::size_t most);
std::string_view first_bytes(std::string_view text, std::size_t most);

}  // namespace bylined::text
