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
  int trails = 0;  // bytes of the whole ones behind their first

  // So many letters, among so few that are cut, do not come about by chance in another encoding: there a high byte
  // is followed by what UTF-8 asks for about one time in three.
  bool likely() const { return whole >= 4 && trails >= damaged * 8; }
};
Utf8Count count_utf8(std::string_view bytes);

// Is it worth asking whether this is Hangul of euc-kr? Its syllables are pairs of high bytes in rows where the letters
// of other encodings lie more thinly. Cheap, and looks at a sample.
bool may_be_korean(std::string_view bytes);
// Zeros as two bytes a letter bring them with every blank and every letter of markup.
bool may_be_utf16(std::string_view bytes);

}  // namespace bylined::text
