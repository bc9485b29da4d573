// SPDX-License-Identifier: Apache-2.0
// Builds every handle that goes out, so that no request can be without its guard, its limits or its
// TLS rules. Nothing else in the daemon creates or configures one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "base/net/guard.h"
#include "base/net/route.h"
#include "base/net/trust.h"

namespace bylined::net {

enum class Purpose { kFetch, kReceiver, kMail };

// Judges at the last moment what libcurl dials, or finds dialled already.
struct Gate {
  std::shared_ptr<const Guard> guard;
  bool names_allowed = false;        // libcurl may read an address from the host itself
  std::optional<Refusal> refusal;
  bool no_descriptor = false;        // for its socket: the process has as many files open as it may
  int sent = 0;                      // more than once where a kept connection had died
};

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;
void append(List& list, const std::string& line);

// What must live as long as the transfer, and is the same for HTTP and mail.
struct Outgoing {
  Outgoing(Route way, AuthorityStore trusted);

  Route route;
  AuthorityStore authorities;
  Gate gate;
  List resolve;
  List connect_to;
  char message[CURL_ERROR_SIZE] = {};  // libcurl's words for a failure
};

// A kept connection that has idled for longer is not used again.
inline constexpr Millis kIdleLimit{60'000};

struct Patience {
  Millis whole{60'000};
  Millis connect{10'000};
  Millis stall{30'000};
};

inline constexpr long kBufferBytes = 32 * 1024;

// Why nothing was dialled where a gate has `no_descriptor`.
inline constexpr const char* kNoDescriptor = "we have as many files and connections open as we may: raise LimitNOFILE= of the service";

// What is the same for all requests of a purpose. Until it is aimed such a handle dials nothing.
Status furnish(CURL* handle, Purpose purpose);
// Everything else but the request itself. `outgoing` stays where it is until the transfer has ended.
Status aim(CURL* handle, const std::string& url, Outgoing& outgoing, const Patience& patience);
// After a GET: furnished as before, and pointing to nothing of that request. Neither can be done where others went on over its
// connection (HTTP/2): libcurl then leaves it its buffer, and takes no size of it.
Status disarm(CURL* handle);
// Over a connection of its own, which is not kept.
Status stay_alone(CURL* handle);

}  // namespace bylined::net
