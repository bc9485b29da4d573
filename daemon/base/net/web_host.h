// SPDX-License-Identifier: Apache-2.0
// Hosts of URLs by the URL Standard: names in their ASCII form, IPv4 in all its writings, IPv6, opaque ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bylined::net {

// Which ASCII letters a part of a URL percent-encodes, besides controls and all that is not ASCII.
enum class EncodeSet { kControl, kFragment, kQuery, kSpecialQuery, kPath, kUserInfo };

std::string percent_encode(std::string_view text, EncodeSet set);
std::string percent_decode(std::string_view text);

// Serialised; IPv6 in brackets. None where the standard says failure.
std::optional<std::string> parse_web_host(std::string_view text, bool is_special);

// What somebody registered: the last two labels of a host name, or three under a second level such as "co.kr".
std::string_view site_of(std::string_view host);

}  // namespace bylined::net
