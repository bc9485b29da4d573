// SPDX-License-Identifier: Apache-2.0
#include "base/net/guard.h"

#include <algorithm>

namespace bylined::net {
namespace {

// Reserved or in common use for networks of one's own (RFC 6761, 6762, 8375, 9476).
constexpr std::string_view kLocalZones[] = {".localhost", ".local", ".internal", ".localdomain", ".lan", ".home",     ".corp",
                                            ".intranet",  ".home.arpa", ".private", ".test",     ".invalid", ".alt", ".onion"};

// "127.0.0.1." or "0x7f.1": no name ends in a number, but some resolvers read an address in it.
bool ends_in_digits(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && last.front() >= '0' && last.front() <= '9';
}

}  // namespace

std::optional<Refusal> Guard::refusal(const Address& address) const {
  const auto holds = [&](const Range& range) { return range.holds(address); };
  if (std::any_of(allowed_.begin(), allowed_.end(), holds)) return std::nullopt;
  std::string_view use = special_use(address);
  if (use.empty() && std::find(own_.begin(), own_.end(), address.unmapped()) != own_.end()) use = "this machine";
  if (use.empty()) return std::nullopt;
  return Refusal{use, address.text() + " is " + std::string(use)};
}

std::optional<Refusal> Guard::refusal(const std::vector<Address>& addresses) const {
  for (const Address& address : addresses) {
    if (auto refused = refusal(address)) return refused;
  }
  return std::nullopt;
}

bool looks_local(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.find('.') == std::string_view::npos || ends_in_digits(host)) return true;
  return std::any_of(std::begin(kLocalZones), std::end(kLocalZones), [&](std::string_view zone) { return host.ends_with(zone); });
}

}  // namespace bylined::net
