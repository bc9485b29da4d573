// SPDX-License-Identifier: Apache-2.0
// The HTTP face of the daemon: probes, metrics, and /api/v1. Translates to and from query/service; decides
// nothing, and changes nothing on a GET.
#pragma once

#include <string>
#include <vector>

#include "base/net/server.h"
#include "query/live.h"

namespace bylined::api {

struct Options {
  std::vector<std::string> hosts;  // accepted in `Host` besides loopback names; others get 421
};

// `live` outlives it.
net::Handler make_handler(query::Live& live, Options options);

}  // namespace bylined::api
