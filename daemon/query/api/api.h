// SPDX-License-Identifier: Apache-2.0
// The HTTP face of the daemon: probes, metrics, and /api/v1. Translates to and from query/service; decides
// nothing. A GET changes nothing; orders are taken on the Unix socket only.
#pragma once

#include <string>
#include <vector>

#include "base/net/server.h"
#include "base/secret.h"
#include "query/live.h"
#include "query/reading_room.h"

namespace bylined::api {

struct Options {
  std::vector<std::string> hosts;  // accepted in `Host` besides loopback names; others get 421
  std::vector<Secret> tokens;      // where there are any, /api/v1 over TCP asks for one of them
};

// Both outlive it.
net::Handler make_handler(query::Live& live, query::ReadingRoom& room, Options options);

}  // namespace bylined::api
