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
  std::size_t max_headers = 64u << 10;  // request line and headers; beyond: 431
  std::size_t max_body = 1u << 20;      // beyond: 413
  int max_connections = 256;            // beyond: the longest idle one is closed; where none is idle, 503
  Millis request_timeout{10'000};       // for a request to arrive whole
  Millis idle_timeout{60'000};          // between requests
  Millis write_timeout{30'000};         // for a client to take an answer …
  std::size_t slowest_client = 16u << 10;  // … and a second more for each so many bytes
};

// What was not answered as asked because it met a limit, since the start.
struct Refused {
  std::uint64_t connections = 0, headers = 0, body = 0, time = 0;
};

using Handler = std::function<Task<ServerResponse>(ServerRequest)>;

class Server {
 public:
  virtual ~Server() = default;  // drops what is still being answered
  // What is listened on, with the port that was given where it was 0.
  virtual std::vector<std::string> addresses() const = 0;
  // Closes the listeners and the idle connections; the others end with the answer they are at.
  virtual void stop() = 0;
  virtual int connections() const = 0;
  virtual Refused refused() const = 0;
};

// `addresses` as in the contract's http.listen ("127.0.0.1:7277", "[::1]:7277", "unix:/run/…"); `inherited` are
// listening sockets passed by systemd, which win over them. A Unix socket is 0660, replaces one that
// nobody listens on, and is removed at the end. kRefused: address in use. kInvalid: no such address.
// The handler is called on the context's thread; what it throws is logged and answered with 500.
Result<std::unique_ptr<Server>> listen(boost::asio::io_context& context, const std::vector<std::string>& addresses,
                                       const std::vector<int>& inherited, Handler handler, ServerOptions options = {});

}  // namespace bylined::net
