// SPDX-License-Identifier: Apache-2.0
// Tells by a look at the letters that an address is in normal form already, as most are: then it need not be taken apart.
#pragma once

#include <string_view>

namespace bylined::net {

// Whether `text` is surely what Url::parse makes of it. False says nothing: it has to be parsed.
bool is_plainly_normal(std::string_view text);

}  // namespace bylined::net
