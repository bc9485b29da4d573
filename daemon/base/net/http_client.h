// SPDX-License-Identifier: Apache-2.0
// Sends HTTP requests, one hop each: fetches and receivers' webhooks over loops of their own. Follows
// nothing, retries nothing but a GET whose kept connection had died.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>

#include "base/net/http.h"
#include "base/net/route.h"
#include "base/net/trust.h"

namespace bylined {
class Lane;
}

namespace bylined::net {

struct HttpClientOptions {
  std::string user_agent;
  Millis connect{10'000};
  Millis first_byte{15'000};
  Millis stall{30'000};
  std::size_t max_header = 64u << 10;
  int kept_connections = 512;
  int large_answers = 8;
  std::size_t usual_answer = 512u << 10;
};

// What clients share. All outlive their tasks.
struct Services {
  boost::asio::io_context& context;
  Clock& clock;
  Metrics& metrics;
  Lane& large;  // for bodies in which much is packed
  std::shared_ptr<Router> router;
  std::shared_ptr<Authorities> authorities;
};

std::unique_ptr<HttpClient> make_http_client(Services services, HttpClientOptions options);

}  // namespace bylined::net
