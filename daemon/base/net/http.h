// SPDX-License-Identifier: Apache-2.0
// One HTTP request and its answer as values, and the port through which all of the daemon's requests
// go out. A send is one hop: redirects are the caller's to judge. Any status is a value; an error means
// that there was no whole answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/net/url.h"
#include "base/permits.h"
#include "base/task.h"
#include "base/time.h"

namespace bylined::net {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case when received

struct HttpRequest {
  std::string method = "GET";  // GET or POST
  Url url;
  Headers headers;
  std::string body;
  Millis timeout{60'000};
  std::size_t max_body = 8 << 20;   // bytes on the wire; decoded at most twice that
  std::vector<std::string> allow_private;  // CIDR ranges this one request may reach besides public ones
  // A configured receiver, whose status is what counts: any port, connections of its own, no decoding. Of an
  // answer that is too long or cut off, what was read (at most max_body bytes) is given; a fetch fails there.
  // Status 0: the request had gone out and no status came back, so nobody knows whether it was taken; an
  // error then means that nothing can have arrived.
  bool receiver = false;
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;      // content encoding undone; empty where it cannot be and the status is not 2xx
  bool end_told = true;  // by a length, chunks, frames or the encoding; else a broken connection looks like the end (RFC 9112, 6.3)
  std::string address;   // that answered
  std::size_t wire_bytes = 0;  // headers and encoded body
  Permit large;          // of a body that is larger than usual: it lives as long as the body does, on the I/O thread

  // First value of a header, by its lower-case name; empty where there is none.
  std::string_view header(std::string_view name) const;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // kTransient: no or a broken answer (timeout, reset, cut body, DNS). kRefused: an address, port or
  // scheme that we do not go to, or a certificate that does not hold. kExhausted: a limit was hit.
  // kInvalid: an encoding we did not ask for. kBusy: too many names wait to be looked up and nothing was sent, or too many large
  // answers were before this one.
  virtual Task<Result<HttpResponse>> send(HttpRequest request) = 0;
  // Waits for the name server in place of a fetch of this URL that is sent soon after. Fails as send does. `met`: the host has
  // answered us before; others give way to it. Whoever looks no names up has nothing to wait for.
  virtual Task<Status> look_up(Url url, bool met, Millis limit);
  // Then there is nothing to wait for.
  virtual bool at_hand(const Url&) const { return false; }
};

// Seconds or an HTTP date, relative to the answer's own Date where it has one, else to `now`.
// Clamped to 0 … 24 h; none where absent or unreadable. (RFC 9110, 10.2.3)
std::optional<Millis> retry_after(const HttpResponse& response, Instant now);
// For how long caches keep giving the same answer (RFC 9111, 4.2.1): s-maxage where a shared cache gave it, else max-age;
// nothing where it must not be stored or used unasked. At most a day.
Millis freshness_lifetime(const HttpResponse& response);

}  // namespace bylined::net
