// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server (Boost.Beast, in one .cpp) on TCP and Unix sockets. Knows no routes.
// Limits: 64 KiB of headers, 1 MiB of body, 10 s for a request to arrive, 60 s idle, `max_connections`.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/net/http.h"
#include "base/result.h"

namespace bylined::net {

struct Peer {
  bool unix_socket = false;
  unsigned uid = 0;        // of the process at the other end of a Unix socket (SO_PEERCRED)
  std::string address;     // of a TCP peer
};

struct ServerRequest {
  std::string method;
  std::string target;      // path and query as sent
  Headers headers;         // names in lower case
  std::string body;
  Peer peer;
};

struct ServerResponse {
  int status = 200;
  std::string content_type = "application/json";
  Headers headers;
  std::string body;
};

using Handler = std::function<Task<ServerResponse>(ServerRequest)>;

class Server {
 public:
  virtual ~Server() = default;
  virtual void stop() = 0;  // closes listeners and connections
};

// `addresses` as in the contract's http.listen ("127.0.0.1:7277", "unix:/run/…"); `inherited` are
// listening sockets passed by systemd, which win over them. kRefused: address in use.
Result<std::unique_ptr<Server>> listen(boost::asio::io_context& context, const std::vector<std::string>& addresses,
                                       const std::vector<int>& inherited, Handler handler, int max_connections = 256);

}  // namespace bylined::net
