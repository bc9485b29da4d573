// SPDX-License-Identifier: Apache-2.0
// Whose a host is, as far as that is known without its pages.
#pragma once

#include <string_view>

namespace bylined::model {

// Of an outlet that the portal carries, or under .kr: Korea's, whatever language it writes.
bool is_korean_outlet(std::string_view host);

}  // namespace bylined::model
