// SPDX-License-Identifier: Apache-2.0
// Internet addresses as bytes, ranges of them, and which of them are not for the public Internet.
// Pure: never asks a resolver, an interface or a clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace bylined::net {

struct Address {
  std::array<std::uint8_t, 16> bytes{};  // of IPv4 the first four, the others 0
  bool v6 = false;

  // "192.0.2.1", "2001:db8::1"; no brackets, zones, or other spellings of IPv4.
  static std::optional<Address> parse(std::string_view text);
  static std::optional<Address> of(const sockaddr* socket_address);  // none: neither IPv4 nor IPv6
  std::string text() const;
  // The IPv4 address that the kernel dials for ::ffff:a.b.c.d; any other address as it is.
  Address unmapped() const;
  bool operator==(const Address&) const = default;
};

class Range {
 public:
  // "10.0.0.0/8", "fc00::/7", or one address. kInvalid: bits beyond the prefix, or not an address.
  static Result<Range> parse(std::string_view text);
  bool holds(const Address& address) const;

 private:
  std::array<std::uint8_t, 16> bytes_{};
  bool v6_ = false;
  int bits_ = 0;
};

Result<std::vector<Range>> parse_ranges(const std::vector<std::string>& texts);

// What a special address is for ("loopback"), from the IANA special-purpose registries, IPv4 inside
// IPv6 unwrapped; empty where it is public. The words are a closed set.
std::string_view special_use(const Address& address);

}  // namespace bylined::net
