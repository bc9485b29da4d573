// SPDX-License-Identifier: Apache-2.0
// Which encoding bytes look like when nobody says: each candidate is read, and the text that a writer of some
// language would most likely have written wins. Looks at a sample; never at labels.
#pragma once

#include <string_view>

#include "base/text/encoding.h"

namespace bylined::text {

// Pure ASCII is windows-1252, the web's own default.
const Encoding& detect_encoding(std::string_view bytes);

// Multi-byte sequences of UTF-8, whole ones and damaged ones.
struct Utf8Count {
  int whole = 0;
  int damaged = 0;
};
Utf8Count count_utf8(std::string_view bytes);

}  // namespace bylined::text
