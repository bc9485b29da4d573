// SPDX-License-Identifier: Apache-2.0
// The encoding that a document declares itself: HTML's <meta> by the standard's prescan, or the XML declaration.
// Knows labels only; whether the declaration is true is somebody else's question.
#pragma once

#include <string_view>

#include "base/text/encoding.h"

namespace bylined::text {

// Looks at the first 32 KiB. Null where nothing usable is declared.
const Encoding* declared_encoding(std::string_view bytes);
// The charset of a Content-Type, as a header or a <meta> writes it; empty where there is none.
std::string_view charset_of(std::string_view content_type);

}  // namespace bylined::text
