// SPDX-License-Identifier: Apache-2.0
// One writing for all URLs of the same page: whatever only says how somebody got there, or on which device, is
// left out. Never fetches, so what only the page can tell (rel=canonical) is not in it. Private to identity.
#pragma once

#include <string>
#include <string_view>

#include "base/net/web_url.h"

namespace bylined::model {

// Does what stands behind an address's '#' tell a script which article to show ("/news/1", "!/news/1"), and not the reader where
// on the page to look?
bool is_route(std::string_view fragment);

// "https://host/path?what=counts" of an http(s) URL, and "#/route" where it has one.
std::string canonical_url(const net::WebUrl& url);
// The same of an address in normal form (net::is_plainly_normal) that has nothing in its path that would be left out, as most have:
// then it need not be taken apart. Empty says nothing.
std::string quick_canonical_url(std::string_view text);

}  // namespace bylined::model
