// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server (Boost.Beast, in one .cpp) on TCP and Unix sockets. Knows no routes.
// Everything has a limit: sizes, connections, and the time that a request or an answer may take.
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

struct ServerOptions {
  std::size_t max_headers = 64 << 10;  // request line and headers; beyond: 431
  std::size_t max_body = 1 << 20;      // beyond: 413
  int max_connections = 256;           // beyond: 503 and closed
  Millis request_timeout{10'000};      // from a request's first byte to its last
  Millis idle_timeout{60'000};         // between requests
  Millis write_timeout{30'000};        // for a client to take an answer
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
                                       const std::vector<int>& inherited, Handler handler, ServerOptions options = {});

}  // namespace bylined::net
