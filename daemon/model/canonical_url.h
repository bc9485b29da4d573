// SPDX-License-Identifier: Apache-2.0
// One writing for all URLs of the same page: whatever only says how somebody got there, or on which device, is
// left out. Never fetches, so what only the page can tell (rel=canonical) is not in it. Private to identity.
#pragma once

#include <string>
#include <string_view>

#include "base/net/web_url.h"

namespace bylined::model {

// "https://host/path?what=counts" of an http(s) URL.
std::string canonical_url(const net::WebUrl& url);
// The same of an address in normal form (net::is_plainly_normal) that has nothing in its path that would be left out, as most have:
// then it need not be taken apart. Empty says nothing.
std::string quick_canonical_url(std::string_view text);

}  // namespace bylined::model
