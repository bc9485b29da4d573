// SPDX-License-Identifier: Apache-2.0
#include "base/net/normal_url.h"

#include <algorithm>
#include <array>

namespace bylined::net {
namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";

constexpr std::array<bool, 256> set_of(std::string_view letters) {
  std::array<bool, 256> set{};
  for (const char c : letters) set[static_cast<unsigned char>(c)] = true;
  return set;
}

// Letters at the front that are of the set.
std::size_t run_of(const std::array<bool, 256>& set, std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), [&](char c) { return set[static_cast<unsigned char>(c)]; }) - text.begin());
}

// No port, no user, no number in the last label, which might make it an address.
bool is_plain_host(std::string_view host) {
  constexpr std::size_t kLongest = 253;
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return host.size() <= kLongest && !last.empty() && kLower.find(last.front()) != std::string_view::npos;
}

// Segments of dots, plain or encoded, would be resolved.
bool may_hold_dots(std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    const std::string_view segment = path.substr(at + 1, 2);
    if (segment.starts_with('.') || segment == "%2") return true;
  }
  return false;
}

}  // namespace

bool is_plainly_normal(std::string_view text) {
  static constexpr auto kHost = set_of("abcdefghijklmnopqrstuvwxyz0123456789-.");
  static constexpr auto kPath = set_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&()*+,;=:@/%");
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return false;
  const std::string_view host = text.substr(scheme, run_of(kHost, text.substr(scheme)));
  const std::string_view path = text.substr(scheme + host.size());
  if (!path.starts_with('/') || !is_plain_host(host) || may_hold_dots(path)) return false;
  const std::size_t end = run_of(kPath, path);
  if (end == path.size()) return true;
  const std::string_view query = path.substr(end + 1);
  return path[end] == '?' && !query.empty() && run_of(kPath, query) == query.size();
}

}  // namespace bylined::net
