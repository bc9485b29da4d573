// SPDX-License-Identifier: Apache-2.0
// The only way out: libcurl on the Asio loop behind an address guard, with names resolved in a bounded
// pool, so that a dead DNS server stalls nobody. One function builds every handle. Never follows
// redirects, keeps cookies, reads netrc, proxies from the environment, or a certificate it cannot verify.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/net/http.h"
#include "base/net/mail.h"

namespace bylined::net {

struct ClientOptions {
  std::string user_agent;                  // product and contact
  std::vector<int> ports = {80, 443};
  std::string ca_file;                     // besides the system's
  std::string proxy;                       // "http://host:port" or empty; the environment is never asked
  std::vector<std::string> allow_private;  // CIDR; laboratory only
  std::map<std::string, std::string> connect_to;  // "host:port" → "address:port"; laboratory only
  int resolver_threads = 4;
  Millis connect_timeout{10'000};
};

struct Client {
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<MailClient> mail;
};

// kInvalid: a CA file or range that cannot be read. Everything lives on the context's thread.
Result<Client> make_client(boost::asio::io_context& context, Clock& clock, Metrics& metrics, ClientOptions options);

}  // namespace bylined::net
