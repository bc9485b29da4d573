// SPDX-License-Identifier: Apache-2.0
// The only way out: libcurl on the Asio loop behind an address guard, with names resolved in a bounded
// pool, so that a dead DNS server stalls nobody. One function builds every handle. Never follows
// redirects, keeps cookies, reads netrc, proxies from the environment, or a certificate it cannot verify.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/net/http.h"
#include "base/net/mail.h"

namespace bylined {
class Lane;
}

namespace bylined::net {

class Authorities;
// Whom we trust: the system's set, and what stands in `ca_file` where one is named. Reads and parses for some 50 ms: not for a
// thread that others wait for. kInvalid: it cannot be read.
Result<std::shared_ptr<Authorities>> read_authorities(std::string ca_file);

struct ClientOptions {
  std::string user_agent;                  // product and contact
  std::vector<int> ports = {80, 443};
  std::string ca_file;                     // besides the system's
  std::shared_ptr<Authorities> authorities;  // as they were read of that file; none: they are read
  // "http://host:port" or empty; the environment is never asked. Receivers with ranges of their own
  // and mail servers are reached without it.
  std::string proxy;
  std::vector<std::string> allow_private;  // CIDR; laboratory only
  std::map<std::string, std::string> connect_to;  // "host:port" → "address:port"; laboratory only
  Millis connect_timeout{10'000};          // also for looking a name up
  Millis first_byte{15'000};               // until an answer's headers are whole
  Millis stall{30'000};                    // with less than 100 bytes a second; whole seconds
  std::size_t max_header = 64u << 10;      // bytes of an answer's headers
  int kept_connections = 512;              // idle ones kept for reuse, a profile; more than a round needs at once
  int large_answers = 8;                   // of more than `usual_answer`, from its first byte beyond until it was read
  std::size_t usual_answer = 512u << 10;   // bytes in memory
  int resolver_threads = 4;
  int resolver_queue = 1'000;              // names that wait for a thread
  // In place of the system's resolver: the addresses of a host, as text. Called on resolver threads.
  std::function<Result<std::vector<std::string>>(const std::string& host)> lookup;
};

struct Client {
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<MailClient> mail;
};

// kInvalid: a CA file or range that cannot be read. Everything lives on the context's thread, but that bodies in which much is
// packed are unpacked on `large`.
Result<Client> make_client(boost::asio::io_context& context, Clock& clock, Metrics& metrics, Lane& large, ClientOptions options);

}  // namespace bylined::net
