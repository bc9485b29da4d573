// SPDX-License-Identifier: Apache-2.0
// One writing for all URLs of the same page: whatever only says how somebody got there, or on which device, is
// left out. Never fetches, so what only the page can tell (rel=canonical) is not in it. Private to identity.
#pragma once

#include <string>

#include "base/net/web_url.h"

namespace bylined::model {

// "https://host/path?what=counts" of an http(s) URL.
std::string canonical_url(const net::WebUrl& url);

}  // namespace bylined::model
