// SPDX-License-Identifier: Apache-2.0
// The Encoding Standard's indexes: what a pointer stands for. Built on first use from ICU's converters, with the
// places where those differ put right; never changed afterwards.
#pragma once

#include <cstdint>
#include <vector>

namespace bylined::text {

// 0 stands for "nothing".
using Index = std::vector<char32_t>;

const Index& korean_index();              // (lead - 0x81) * 190 + trail - 0x41
const Index& chinese_index();             // GB18030, two bytes
const Index& chinese_ranges();            // GB18030, four bytes, below U+10000
const Index& big5_index();
const Index& japanese_index();            // JIS X 0208 with the vendors' rows
const Index& japanese_supplement();       // JIS X 0212
// 128 entries; `converter` is ICU's name.
const Index& single_byte_index(const char* converter);

}  // namespace bylined::text
