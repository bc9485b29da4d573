// SPDX-License-Identifier: Apache-2.0
// One function a decoder of the Encoding Standard. Private to encoding.cpp.
#pragma once

#include <string_view>

#include "base/text/encoding.h"

namespace bylined::text {

void decode_utf8(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_single(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_gb18030(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_big5(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_euc_jp(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_iso_2022_jp(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_shift_jis(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_euc_kr(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_replacement(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_utf16be(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_utf16le(const Encoding& self, std::string_view bytes, Utf8Sink& out);
void decode_user_defined(const Encoding& self, std::string_view bytes, Utf8Sink& out);

}  // namespace bylined::text
