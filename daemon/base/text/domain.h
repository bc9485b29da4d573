// SPDX-License-Identifier: Apache-2.0
// Names of hosts in their ASCII form (IDNA as in UTS 46, not transitional), as the URL Standard asks for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bylined::text {

// Lower case, "삼성.kr" as "xn--…". None where it is no host name. A name that is ASCII already is not judged.
std::optional<std::string> domain_to_ascii(std::string_view utf8);

}  // namespace bylined::text
