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
bool begins_with_dot(std::string_view segment) { return segment.starts_with('.') || segment.starts_with("%2"); }

// With its query, if any: then it is not empty.
bool is_plain_path(std::string_view path) {
  static constexpr auto kSegment = set_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&()*+,;=:@%");
  bool in_query = false;
  for (std::size_t at = 0; (at += run_of(kSegment, path.substr(at))) < path.size(); ++at) {
    const std::string_view behind = path.substr(at + 1);
    if (path[at] == '/' ? begins_with_dot(behind) : path[at] != '?' || in_query || behind.empty()) return false;
    in_query |= path[at] == '?';
  }
  return true;
}

}  // namespace

bool is_plainly_normal(std::string_view text) {
  static constexpr auto kHost = set_of("abcdefghijklmnopqrstuvwxyz0123456789-.");
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return false;
  const std::string_view host = text.substr(scheme, run_of(kHost, text.substr(scheme)));
  const std::string_view path = text.substr(scheme + host.size());
  return path.starts_with('/') && is_plain_host(host) && is_plain_path(path);
}

}  // namespace bylined::net
