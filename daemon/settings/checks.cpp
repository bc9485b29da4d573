// SPDX-License-Identifier: Apache-2.0
#include "settings/checks.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/net/address.h"
#include "base/text/zone.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kUnixPathMost = 107;  // sun_path without its zero

Error invalid(std::string_view what, const std::string& wanted) { return Error(ErrorKind::kInvalid, quoted(what) + " " + wanted); }

bool alphanumeric(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<int> number(std::string_view text, int most) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || text.empty() || value < 0 || value > most) return std::nullopt;
  return value;
}

struct Endpoint {
  std::string host;  // without brackets
  bool bracketed = false;
  int port = 0;
};

std::optional<Endpoint> split(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  const auto port = number(std::string_view(text).substr(colon + 1), 65'535);
  if (!port) return std::nullopt;
  Endpoint endpoint{text.substr(0, colon), text.front() == '[', *port};
  if (!endpoint.bracketed) return endpoint;
  if (endpoint.host.back() != ']') return std::nullopt;
  endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
  return endpoint;
}

bool literal_address(const Endpoint& endpoint) {
  const auto address = net::Address::parse(endpoint.host);
  return address && address->v6 == endpoint.bracketed;
}

bool host_name(std::string_view host) {
  const auto fits = [](unsigned char c) { return alphanumeric(c) || c == '-' || c == '.' || c == '_'; };
  return !host.empty() && host.size() <= 253 && alphanumeric(static_cast<unsigned char>(host.front())) && std::all_of(host.begin(), host.end(), fits);
}

}  // namespace

Status check_id(std::string_view id) {
  const auto fits = [](unsigned char c) { return c >= 0x80 || alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  if (id.empty() || id.size() > 100 || !std::all_of(id.begin(), id.end(), fits)) {
    return invalid(id, "is not an id: letters, digits, \".\", \"_\" and \"-\", at most 100 bytes, no blanks");
  }
  return Status();
}

Status check_zone(const std::string& zone) {
  const auto offset = text::zone_offset(zone, Instant());
  return offset ? Status() : Status(offset.error());
}

Status check_range(const std::string& range) {
  const auto good = net::Range::parse(range);
  return good ? Status() : Status(good.error());
}

Status check_listener(const std::string& address) {
  constexpr std::string_view kUnix = "unix:";
  if (address.starts_with(kUnix)) {
    const std::string_view path = std::string_view(address).substr(kUnix.size());
    if (path.empty() || path.front() != '/') return invalid(address, "wants an absolute path such as \"unix:/run/bylined/bylined.sock\"");
    if (path.size() > kUnixPathMost) return invalid(address, "is longer than the 107 bytes that the system takes");
    return Status();
  }
  const auto endpoint = split(address);
  if (!endpoint || !literal_address(*endpoint)) {
    return invalid(address, "is not an address to listen on such as \"127.0.0.1:7277\", \"[::1]:7277\" or \"unix:/run/bylined/bylined.sock\"");
  }
  return Status();
}

Status check_endpoint(const std::string& text, bool literal) {
  const auto endpoint = split(text);
  const bool good = endpoint && endpoint->port > 0 && (literal_address(*endpoint) || (!literal && !endpoint->bracketed && host_name(endpoint->host)));
  if (good) return Status();
  return invalid(text, literal ? "is not an address and port such as \"127.0.0.1:8443\"" : "is not a host and port such as \"media.naver.com:443\"");
}

Result<std::string> normal_host(const std::string& host) {
  const auto url = net::Url::parse("https://" + host + "/");
  const bool bare = host.find_first_of(":/?#@[] ") == std::string::npos;
  if (!url || !bare) return invalid(host, "is not a host name such as \"n.news.naver.com\"");
  return url->host();
}

}  // namespace bylined::settings
