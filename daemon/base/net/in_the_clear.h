// SPDX-License-Identifier: Apache-2.0
// Where a key may be sent. Judges the address alone.
#pragma once

#include "base/net/url.h"

namespace bylined::net {

// Could others on the way read what is sent there? Not over TLS, and not on this machine itself.
bool is_in_the_clear(const Url& url);

}  // namespace bylined::net
