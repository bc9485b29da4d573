// SPDX-License-Identifier: Apache-2.0
// The HTTP face of the daemon: probes, metrics, and /api/v1. Translates to and from query/service; decides
// nothing. A GET changes nothing; orders are taken on the Unix socket only.
#pragma once

#include "base/net/server.h"
#include "query/live.h"
#include "query/reading_room.h"

namespace bylined::api {

// Both outlive it. Each request is judged by the settings in force when it comes: what a reload revokes is void at once.
// Host names other than loopback's and http.hosts get 421; where there are tokens, /api/v1 over TCP asks for one of them.
net::Handler make_handler(query::Live& live, query::ReadingRoom& room);

}  // namespace bylined::api
