// SPDX-License-Identifier: Apache-2.0
#include "base/net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace bylined::net {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

struct Special {
  Bytes bytes;
  int bits;
  std::string_view use;
};

// More specific rows first. What is not globally reachable, plus multicast and what is handed out
// for tunnels that end who knows where.
constexpr Special kFour[] = {
    {{0}, 8, "unspecified"},
    {{10}, 8, "private"},
    {{100, 64}, 10, "carrier-private"},
    {{127}, 8, "loopback"},
    {{168, 63, 129, 16}, 32, "cloud service"},  // public by its number, but in Azure each machine's own wire server and resolver
    {{169, 254}, 16, "link-local"},
    {{172, 16}, 12, "private"},
    {{192, 0, 0}, 24, "reserved"},
    {{192, 0, 2}, 24, "documentation"},
    {{192, 88, 99}, 24, "6to4"},
    {{192, 168}, 16, "private"},
    {{198, 18}, 15, "benchmarking"},
    {{198, 51, 100}, 24, "documentation"},
    {{203, 0, 113}, 24, "documentation"},
    {{224}, 4, "multicast"},
    {{255, 255, 255, 255}, 32, "broadcast"},
    {{240}, 4, "reserved"},
};

constexpr Special kSix[] = {
    {{}, 128, "unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{}, 96, "IPv4-compatible"},
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, "local NAT64"},
    {{0x01, 0x00}, 64, "discard-only"},
    {{0x20, 0x01, 0x00, 0x00}, 32, "Teredo"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x20, 0x01, 0x00}, 23, "reserved"},
    {{0x20, 0x02}, 16, "6to4"},
    {{0x3f, 0xff}, 20, "documentation"},
    {{0x5f, 0x00}, 16, "segment routing"},
    {{0xfc}, 7, "private"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfe, 0xc0}, 10, "site-local"},
    {{0xff}, 8, "multicast"},
};

constexpr Bytes kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr Bytes kNat64 = {0x00, 0x64, 0xff, 0x9b};

bool starts_alike(const Bytes& a, const Bytes& b, int bits) {
  const int whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xff << (8 - bits % 8) & 0xff;
  return ((a[whole] ^ b[whole]) & mask) == 0;
}

// The IPv4 address in the last four bytes.
Address inner(const Address& address) {
  Address four;
  std::copy(address.bytes.begin() + 12, address.bytes.end(), four.bytes.begin());
  return four;
}

template <std::size_t N>
std::string_view look_up(const Special (&table)[N], const Bytes& bytes) {
  for (const Special& row : table) {
    if (starts_alike(bytes, row.bytes, row.bits)) return row.use;
  }
  return {};
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  const std::string copy(text);  // the system's parser wants an end
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  Address address;
  if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> Address::of(const sockaddr* socket_address) {
  if (socket_address == nullptr) return std::nullopt;
  Address address;
  if (socket_address->sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, socket_address, sizeof four);
    std::memcpy(address.bytes.data(), &four.sin_addr, 4);
    return address;
  }
  if (socket_address->sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 six;
  std::memcpy(&six, socket_address, sizeof six);
  std::memcpy(address.bytes.data(), &six.sin6_addr, 16);
  address.v6 = true;
  return address;
}

std::string Address::text() const {
  char out[INET6_ADDRSTRLEN];
  return inet_ntop(v6 ? AF_INET6 : AF_INET, bytes.data(), out, sizeof out) == nullptr ? std::string() : std::string(out);
}

Address Address::unmapped() const { return v6 && starts_alike(bytes, kMapped, 96) ? inner(*this) : *this; }

Result<Range> Range::parse(std::string_view text) {
  const auto wrong = [&](std::string_view why) { return Error(ErrorKind::kInvalid, "range " + quoted(text) + " " + std::string(why)); };
  const std::size_t slash = text.find('/');
  const auto address = Address::parse(text.substr(0, slash));
  if (!address) return wrong("does not start with an IP address");
  Range range;
  range.bytes_ = address->bytes;
  range.v6_ = address->v6;
  range.bits_ = address->v6 ? 128 : 32;
  if (slash != std::string_view::npos) {
    int bits = -1;
    const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
    if (error != std::errc() || end != text.data() + text.size() || bits < 0 || bits > range.bits_) return wrong("has no prefix length");
    range.bits_ = bits;
  }
  Bytes rest = range.bytes_;
  for (int bit = 0; bit < range.bits_; ++bit) rest[bit / 8] &= static_cast<std::uint8_t>(~(0x80 >> bit % 8));
  if (rest != Bytes()) return wrong("has bits set beyond its prefix");
  return range;
}

bool Range::holds(const Address& address) const {
  const Address dialled = address.unmapped();
  return dialled.v6 == v6_ && starts_alike(dialled.bytes, bytes_, bits_);
}

Result<std::vector<Range>> parse_ranges(const std::vector<std::string>& texts) {
  std::vector<Range> ranges;
  for (const std::string& text : texts) {
    auto range = Range::parse(text);
    if (!range) return range.error();
    ranges.push_back(*range);
  }
  return ranges;
}

std::string_view special_use(const Address& address) {
  const Address dialled = address.unmapped();
  if (!dialled.v6) return look_up(kFour, dialled.bytes);
  // The prefix by which IPv6-only networks reach public IPv4 (RFC 6052): as good as what it holds.
  if (starts_alike(dialled.bytes, kNat64, 96)) return look_up(kFour, inner(dialled).bytes);
  const std::string_view use = look_up(kSix, dialled.bytes);
  const bool unicast = (dialled.bytes[0] & 0xe0) == 0x20;  // 2000::/3, all that is handed out so far
  return use.empty() && !unicast ? "reserved" : use;
}

}  // namespace bylined::net
