// SPDX-License-Identifier: Apache-2.0
#include "base/net/in_the_clear.h"

#include "base/net/address.h"

namespace bylined::net {

bool is_in_the_clear(const Url& url) {
  const std::string& host = url.host();
  const auto address = Address::parse(host);
  const bool here = host == "localhost" || host == "[::1]" || (address && special_use(*address) == "loopback");
  return url.scheme() == "http" && !here;
}

}  // namespace bylined::net
