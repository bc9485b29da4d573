// SPDX-License-Identifier: Apache-2.0
#include "base/net/route.h"

#include <ifaddrs.h>

#include <algorithm>
#include <charconv>

namespace bylined::net {
namespace {

constexpr Millis kOwnFresh{60'000};  // addresses of this machine are read again so often

struct HostPort {
  std::string host;
  int port = 0;
};

// "host:port", with IPv6 in brackets.
std::optional<HostPort> split(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  HostPort parts{std::string(text.substr(0, colon)), 0};
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), parts.port);
  if (error != std::errc() || end != text.data() + text.size() || parts.port < 1 || parts.port > 65'535) return std::nullopt;
  return parts;
}

std::optional<Address> literal(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return Address::parse(host);
}

// By agreement, whatever a name server says (RFC 6761, 6.3).
bool means_this_machine(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host == "localhost" || host.ends_with(".localhost");
}

// Under which the resolver knows it.
std::string name_of(const std::string& host) { return means_this_machine(host) ? "localhost" : host; }

std::string bracketed(const Address& address) { return address.v6 ? "[" + address.text() + "]" : address.text(); }

// "+": libcurl forgets it after a minute, so that its memory of names stays small.
std::string resolve_entry(const std::string& host, int port, const std::vector<Address>& addresses) {
  std::string entry = "+" + host + ":" + std::to_string(port) + ":";
  for (const Address& address : addresses) entry += bracketed(address) + ",";
  entry.pop_back();
  return entry;
}

std::optional<HostPort> read_proxy(std::string_view proxy) {
  constexpr std::string_view kScheme = "http://";
  if (!proxy.starts_with(kScheme)) return std::nullopt;
  proxy.remove_prefix(kScheme.size());
  if (proxy.ends_with('/')) proxy.remove_suffix(1);
  if (proxy.find_first_of("/@?# ") != std::string_view::npos) return std::nullopt;
  return split(proxy);
}

std::vector<Address> own_addresses() {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(first, freeifaddrs);
  std::vector<Address> own;
  for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
    if (const auto address = Address::of(one->ifa_addr)) own.push_back(*address);
  }
  return own;
}

}  // namespace

Status Router::check(const RouterOptions& options) {
  if (!options.proxy.empty() && !read_proxy(options.proxy)) {
    return Error(ErrorKind::kInvalid, "proxy " + quoted(options.proxy) + " is not of the form http://host:port");
  }
  for (const auto& [from, to] : options.connect_to) {
    const auto target = split(to);
    if (!split(from) || !target || !literal(target->host)) {
      return Error(ErrorKind::kInvalid, "connect_to " + quoted(from + " = " + to) + " is not of the form host:port = address:port");
    }
  }
  return Status();
}

bool Router::port_allowed(int port) const { return std::find(options_.ports.begin(), options_.ports.end(), port) != options_.ports.end(); }

Error Router::refused(const Refusal& refusal) {
  metrics_.count("bylined_net_refused_total", "reason=\"" + std::string(refusal.reason) + "\"");
  return Error(ErrorKind::kRefused, refusal.text + ": only what allow_private names is asked there");
}

Result<std::shared_ptr<const Guard>> Router::guard_for(const std::vector<std::string>& allow_private) {
  if (own_until_ <= clock_.steady()) {
    own_ = own_addresses();
    own_until_ = clock_.steady() + kOwnFresh;
    usual_ = std::make_shared<const Guard>(options_.allowed, own_);
  }
  if (allow_private.empty()) return usual_;
  auto allowed = parse_ranges(allow_private);
  if (!allowed) return allowed.error();
  allowed->insert(allowed->end(), options_.allowed.begin(), options_.allowed.end());
  return std::make_shared<const Guard>(std::move(*allowed), own_);
}

Task<Result<std::vector<Address>>> Router::look_up(std::string host, Line line, Millis limit) {
  if (const auto address = literal(host)) co_return std::vector<Address>(1, *address);
  if (host.starts_with('[')) co_return Error(ErrorKind::kRefused, "host " + quoted(host) + " is an address with a zone");
  host = name_of(host);
  co_return co_await resolver_->resolve(std::move(host), std::min(limit, options_.resolve_timeout), line);
}

bool Router::may_wait_for(const std::string& host) const {
  if (!options_.proxy.empty() || !options_.connect_to.empty()) return true;
  if (literal(host)) return false;
  const auto known = resolver_->remembered(name_of(host));
  return !known || !*known;
}

std::optional<Result<Route>> Router::at_hand(const Destination& destination) {
  if (!destination.any_port && !port_allowed(destination.port)) {
    return refused(Refusal{"port", "port " + std::to_string(destination.port) + " is not among the allowed ones (fetch.ports)"});
  }
  auto guard = guard_for(destination.allow_private);
  if (!guard) return guard.error();
  if (auto route = mapped(destination, *guard)) return route;
  if (!options_.proxy.empty() && !destination.direct) return std::nullopt;
  if (const auto address = literal(destination.host)) {
    if (const auto no = (*guard)->refusal(*address)) return refused(*no);
    return Route{{}, {}, {}, *guard};
  }
  const auto addresses = resolver_->remembered(name_of(destination.host));
  if (!addresses) return std::nullopt;
  return *addresses ? judged(destination, **addresses, *guard) : addresses->error();
}

Task<Result<Route>> Router::find(Destination destination, Millis limit) {
  if (auto route = at_hand(destination)) co_return std::move(*route);
  const auto guard = guard_for(destination.allow_private);
  if (!guard) co_return guard.error();
  if (!options_.proxy.empty() && !destination.direct) {
    co_return co_await through_proxy(std::move(destination), *guard, limit);
  }
  const auto addresses = co_await look_up(destination.host, destination.line, limit);
  if (!addresses) co_return addresses.error();
  co_return judged(destination, *addresses, *guard);
}

std::optional<Result<Route>> Router::mapped(const Destination& destination, const std::shared_ptr<const Guard>& guard) {
  if (options_.connect_to.empty()) return std::nullopt;
  const std::string from = destination.host + ":" + std::to_string(destination.port);
  const auto found = options_.connect_to.find(from);
  if (found == options_.connect_to.end()) return std::nullopt;
  if (const auto no = guard->refusal(*literal(split(found->second)->host))) return refused(*no);
  return Route{{}, from + ":" + found->second, {}, guard};
}

Result<Route> Router::judged(const Destination& destination, const std::vector<Address>& addresses, const std::shared_ptr<const Guard>& guard) {
  if (const auto no = guard->refusal(addresses)) return refused(*no);
  return Route{resolve_entry(destination.host, destination.port, addresses), {}, {}, guard};
}

// The proxy resolves and dials in our place: what can be judged without an address is judged here. The
// guard of the connection lets the proxy pass, wherever it stands.
Task<Result<Route>> Router::through_proxy(Destination destination, std::shared_ptr<const Guard> guard, Millis limit) {
  if (const auto address = literal(destination.host)) {
    if (const auto no = guard->refusal(*address)) co_return refused(*no);
  } else if (looks_local(destination.host)) {
    co_return refused(Refusal{"local name", "host " + quoted(destination.host) + " is a local name"});
  }
  const HostPort proxy = *read_proxy(options_.proxy);
  const auto addresses = co_await look_up(proxy.host, destination.line, limit);
  if (!addresses) co_return addresses.error().within("proxy");
  std::vector<Range> only;
  for (const Address& address : *addresses) only.push_back(*Range::parse(address.unmapped().text()));
  Route route;
  if (!literal(proxy.host)) route.resolve = resolve_entry(proxy.host, proxy.port, *addresses);
  route.proxy = options_.proxy;
  route.guard = std::make_shared<const Guard>(std::move(only), std::vector<Address>());
  co_return route;
}

}  // namespace bylined::net
