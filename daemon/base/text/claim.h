// SPDX-License-Identifier: Apache-2.0
// What is said of a document's charset, before a byte of it is believed.
#pragma once

#include <string_view>

namespace bylined::text {

// Neither a mark nor the header nor the document says that it is in another one. What checks every letter itself need not decode
// such bytes.
bool claims_utf8(std::string_view bytes, std::string_view content_type);

}  // namespace bylined::text
