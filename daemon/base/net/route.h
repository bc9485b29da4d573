// SPDX-License-Identifier: Apache-2.0
// Finds the way to a server and judges it before anything is dialled: ports, literal addresses, every
// address of a name, the proxy, the laboratory's map. Opens no connection.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/net/guard.h"
#include "base/net/resolver.h"

namespace bylined::net {

struct Destination {
  std::string host;   // lower case; IPv6 in brackets
  int port = 0;
  std::vector<std::string> allow_private;
  bool any_port = false;
  bool direct = false;  // never through the proxy
  Line line = Line::kUsual;  // in which its name waits for the resolver
};

// What libcurl is told, and the judge of what it then dials.
struct Route {
  std::string resolve;     // CURLOPT_RESOLVE, empty for literals
  std::string connect_to;  // CURLOPT_CONNECT_TO, or empty
  std::string proxy;       // empty: straight
  std::shared_ptr<const Guard> guard;
};

struct RouterOptions {
  std::vector<int> ports;
  std::vector<Range> allowed;
  std::map<std::string, std::string> connect_to;
  std::string proxy;
  Millis resolve_timeout{10'000};
};

class Router {
 public:
  // kInvalid: a proxy or a target of connect_to that cannot be read.
  static Status check(const RouterOptions& options);
  Router(Clock& clock, Metrics& metrics, RouterOptions options, std::unique_ptr<Resolver> resolver)
      : clock_(clock), metrics_(metrics), options_(std::move(options)), resolver_(std::move(resolver)) {}

  // kRefused: with the reason. kTransient, kBusy and kExhausted: the name cannot be looked up now.
  Task<Result<Route>> find(Destination destination, Millis limit);
  // What find() would answer without a wait, as it does nearly always; none where it may have to wait.
  std::optional<Result<Route>> at_hand(const Destination& destination);
  bool may_wait_for(const std::string& host) const;
  // Counts a refusal and makes an error of it.
  Error refused(const Refusal& refusal);

 private:
  Task<Result<Route>> through_proxy(Destination destination, std::shared_ptr<const Guard> guard, Millis limit);
  Task<Result<std::vector<Address>>> look_up(std::string host, Line line, Millis limit);
  std::optional<Result<Route>> mapped(const Destination& destination, const std::shared_ptr<const Guard>& guard);
  Result<Route> judged(const Destination& destination, const std::vector<Address>& addresses, const std::shared_ptr<const Guard>& guard);
  Result<std::shared_ptr<const Guard>> guard_for(const std::vector<std::string>& allow_private);
  bool port_allowed(int port) const;

  Clock& clock_;
  Metrics& metrics_;
  const RouterOptions options_;
  const std::unique_ptr<Resolver> resolver_;
  std::vector<Address> own_;
  Steady own_until_{-1};
  std::shared_ptr<const Guard> usual_;  // of whoever asks for no ranges of their own; as old as `own_`
};

}  // namespace bylined::net
