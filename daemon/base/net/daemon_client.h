// SPDX-License-Identifier: Apache-2.0
// How the command line reaches its daemon: one request and its answer, over the daemon's Unix socket or an
// address that a person gave. Blocks. Never used by the daemon, and never for pages of the press.
#pragma once

#include <string>

#include "base/net/http.h"
#include "base/secret.h"
#include "base/time.h"

namespace bylined::net {

struct DaemonAddress {
  std::string socket;  // path of a Unix socket; where it is empty:
  std::string server;  // "http://127.0.0.1:7277" or "https://press.example.com"
  Secret token;        // sent to `server`
  Millis patience{120'000};  // until the answer is whole; whole seconds
};

// kTransient: nobody answers there. Any status is a value.
Result<HttpResponse> ask_daemon(const DaemonAddress& address, const std::string& method, const std::string& target, const std::string& body);

}  // namespace bylined::net
