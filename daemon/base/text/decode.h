// SPDX-License-Identifier: Apache-2.0
// Bytes of any charset to UTF-8. Never fails: what cannot be read becomes U+FFFD, and is counted.
#pragma once

#include <string>
#include <string_view>

namespace bylined::text {

struct Decoded {
  std::string text;      // valid UTF-8, no BOM, no C0 controls but tab, line feed and carriage return
  std::string charset;   // the Encoding Standard's name, e.g. "euc-kr" (which means CP949)
  int replaced = 0;      // sequences that could not be read
};

// BOM, then the header's charset, then the document's own <meta> or XML declaration in its first 4 KiB,
// then what the bytes look like. A declared UTF-8 that is not valid but valid CP949 is CP949, and a
// declared EUC-KR that is valid multi-byte UTF-8 is UTF-8.
Decoded decode(std::string_view bytes, std::string_view content_type);

bool valid_utf8(std::string_view text);
// Number of code points of valid UTF-8.
std::size_t code_points(std::string_view text);

}  // namespace bylined::text
