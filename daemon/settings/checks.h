// SPDX-License-Identifier: Apache-2.0
// Are these words what a setting wants? Pure. Each error says what is wrong and shows what is right.
#pragma once

#include <string>
#include <string_view>

#include "base/net/url.h"
#include "base/result.h"

namespace bylined::settings {

// Letters of any script, digits, ". _ -"; at most 100 bytes.
Status check_id(std::string_view id);
// An IANA name such as "Asia/Seoul".
Status check_zone(const std::string& zone);
// "10.0.0.0/8", "fd00::/8" or one address.
Status check_range(const std::string& range);
// "127.0.0.1:7277", "[::1]:7277" or "unix:/run/…".
Status check_listener(const std::string& address);
// "host:port", or "address:port" where `literal`.
Status check_endpoint(const std::string& endpoint, bool literal);
// The host as it stands in URLs: lower case, punycode.
Result<std::string> normal_host(const std::string& host);

}  // namespace bylined::settings
