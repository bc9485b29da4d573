// SPDX-License-Identifier: Apache-2.0
// Judges an address just before it is dialled: public ones pass, special ones and this machine's own do
// not, unless a range allows them. Pure; knows no names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/net/address.h"

namespace bylined::net {

struct Refusal {
  std::string_view reason;  // of a closed set: a metric's label
  std::string text;         // "127.0.0.1 is loopback"
};

class Guard {
 public:
  // `own`: this machine's addresses.
  Guard(std::vector<Range> allowed, std::vector<Address> own) : allowed_(std::move(allowed)), own_(std::move(own)) {}

  std::optional<Refusal> refusal(const Address& address) const;
  // The first refusal among all of a name's addresses: one bad answer spoils the name.
  std::optional<Refusal> refusal(const std::vector<Address>& addresses) const;

 private:
  std::vector<Range> allowed_;
  std::vector<Address> own_;
};

// Does a name look like one inside somebody's network ("intranet", "printer.local")? Such names are not
// handed to a proxy, which would resolve them in our place.
bool looks_local(std::string_view host);

}  // namespace bylined::net
