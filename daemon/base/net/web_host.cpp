// SPDX-License-Identifier: Apache-2.0
#include "base/net/web_host.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "base/text/domain.h"

namespace bylined::net {
namespace {

using Pieces = std::array<std::uint16_t, 8>;

using text::is_digit;
int hex_of(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The letters that each set adds to the one before it.
constexpr bool is_encoded(unsigned char c, EncodeSet set) {
  if (c <= 0x1F || c > 0x7E) return true;
  if (set == EncodeSet::kControl) return false;
  const std::string_view of_all = " \"<>";
  const char letter = static_cast<char>(c);
  if (of_all.find(letter) != std::string_view::npos) return true;
  if (set == EncodeSet::kFragment) return letter == '`';
  if (letter == '#') return true;
  if (set == EncodeSet::kQuery) return false;
  if (set == EncodeSet::kSpecialQuery) return letter == '\'';
  if (std::string_view("?^`{}").find(letter) != std::string_view::npos) return true;
  return set == EncodeSet::kUserInfo && std::string_view("/:;=@[\\]|").find(letter) != std::string_view::npos;
}

constexpr std::size_t kSets = 6;

// is_encoded of every byte, for each set.
constexpr std::array<std::array<bool, 256>, kSets> kEncoded = [] {
  std::array<std::array<bool, 256>, kSets> all{};
  for (std::size_t set = 0; set < kSets; ++set) {
    for (std::size_t c = 0; c < 256; ++c) all[set][c] = is_encoded(static_cast<unsigned char>(c), static_cast<EncodeSet>(set));
  }
  return all;
}();

constexpr bool is_forbidden_in_host(char c) { return c == '\0' || std::string_view("\t\n\r #/:<>?@[\\]^|").find(c) != std::string_view::npos; }

constexpr std::array<bool, 256> kForbiddenInDomain = [] {
  std::array<bool, 256> all{};
  for (std::size_t c = 0; c < 256; ++c) all[c] = is_forbidden_in_host(static_cast<char>(c)) || c <= 0x1F || c == '%' || c == 0x7F;
  return all;
}();

bool is_forbidden_in_domain(char c) { return kForbiddenInDomain[static_cast<unsigned char>(c)]; }

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(mark, from), text.size());
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

// "192", "0300", "0xc0"; none where it is no number. Beyond 2^32 it stays beyond.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t base = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] | 32) == 'x') {
    text.remove_prefix(2);
    base = 16;
  } else if (text.size() >= 2 && text[0] == '0') {
    text.remove_prefix(1);
    base = 8;
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = hex_of(c);
    if (digit < 0 || static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
    value = std::min<std::uint64_t>(value * base + static_cast<std::uint64_t>(digit), std::uint64_t{1} << 40);
  }
  return value;
}

// The empty part behind a closing dot is none.
std::string_view without_closing_dot(std::string_view host) { return host.ends_with('.') ? host.substr(0, host.size() - 1) : host; }

bool ends_in_number(std::string_view host) {
  host = without_closing_dot(host);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && (std::all_of(last.begin(), last.end(), is_digit) || ipv4_number(last));
}

std::optional<std::string> parse_ipv4(std::string_view host) {
  const auto parts = split(without_closing_dot(host), '.');
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const auto number = ipv4_number(parts[at]);
    const bool is_last = at + 1 == parts.size();
    const std::uint64_t limit = is_last ? std::uint64_t{1} << (8 * (5 - parts.size())) : 256;
    if (!number || *number >= limit) return std::nullopt;
    address += is_last ? *number : *number << (8 * (3 - at));
  }
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += std::to_string((address >> shift) & 0xFF) + (shift > 0 ? "." : "");
  return text;
}

// "192.0.2.1" at the end of an IPv6 address, strictly; two pieces.
bool take_dotted(std::string_view text, Pieces& pieces, std::size_t& at) {
  const auto parts = split(text, '.');
  if (parts.size() != 4 || at > 6) return false;
  std::array<int, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string_view part = parts[i];
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), is_digit)) return false;
    if (part.size() > 1 && part[0] == '0') return false;
    std::from_chars(part.data(), part.data() + part.size(), bytes[i]);
    if (bytes[i] > 255) return false;
  }
  pieces[at++] = static_cast<std::uint16_t>(bytes[0] * 256 + bytes[1]);
  pieces[at++] = static_cast<std::uint16_t>(bytes[2] * 256 + bytes[3]);
  return true;
}

// Up to four hex digits at the front of `text`.
std::uint16_t take_piece(std::string_view& text) {
  int value = 0;
  for (int digits = 0; digits < 4 && !text.empty() && hex_of(text.front()) >= 0; ++digits) {
    value = value * 16 + hex_of(text.front());
    text.remove_prefix(1);
  }
  return static_cast<std::uint16_t>(value);
}

std::optional<Pieces> read_pieces(std::string_view text) {
  Pieces pieces{};
  std::size_t at = 0;
  std::optional<std::size_t> gap;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    text.remove_prefix(2);
    gap = 0;
  }
  while (!text.empty()) {
    if (at == 8) return std::nullopt;
    if (text.starts_with(':')) {
      if (gap) return std::nullopt;
      text.remove_prefix(1);
      gap = at;
      continue;
    }
    const std::string_view here = text;
    const std::uint16_t value = take_piece(text);
    if (text.starts_with('.')) {
      if (!take_dotted(here, pieces, at)) return std::nullopt;
      break;
    }
    if (text.size() == here.size()) return std::nullopt;
    pieces[at++] = value;
    if (text.empty()) break;
    if (!text.starts_with(':') || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!gap) return at == 8 ? std::optional(pieces) : std::nullopt;
  const auto from = pieces.begin() + static_cast<std::ptrdiff_t>(*gap);
  std::rotate(from, pieces.begin() + static_cast<std::ptrdiff_t>(at), pieces.end());
  return pieces;
}

// The first of the longest runs of zeros, of two at least; it is written "::".
std::pair<std::size_t, std::size_t> longest_gap(const Pieces& pieces) {
  std::pair<std::size_t, std::size_t> best{8, 0};
  for (std::size_t at = 0; at < 8; ++at) {
    std::size_t length = 0;
    while (at + length < 8 && pieces[at + length] == 0) ++length;
    if (length > std::max<std::size_t>(best.second, 1)) best = {at, length};
    at += length;
  }
  return best;
}

std::string ipv6_text(const Pieces& pieces) {
  const auto [gap, length] = longest_gap(pieces);
  std::string text = "[";
  for (std::size_t at = 0; at < 8; ++at) {
    if (at == gap) {
      text += at == 0 ? "::" : ":";
      at += length - 1;
      continue;
    }
    std::array<char, 4> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), pieces[at], 16).ptr;
    text.append(digits.data(), end);
    if (at < 7) text += ':';
  }
  return text + "]";
}

}  // namespace

std::string percent_encode(std::string_view text, EncodeSet set) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const std::array<bool, 256>& encoded = kEncoded[static_cast<std::size_t>(set)];
  const auto stays = [&](char c) { return !encoded[static_cast<unsigned char>(c)]; };
  const auto first = std::find_if_not(text.begin(), text.end(), stays);
  std::string out(text.begin(), first);
  for (const char c : text.substr(out.size())) {
    const auto byte = static_cast<unsigned char>(c);
    if (stays(c)) {
      out += c;
      continue;
    }
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '%' && at + 2 < text.size() && hex_of(text[at + 1]) >= 0 && hex_of(text[at + 2]) >= 0;
    out += coded ? static_cast<char>(hex_of(text[at + 1]) * 16 + hex_of(text[at + 2])) : text[at];
    at += coded ? 2 : 0;
  }
  return out;
}

std::string_view site_of(std::string_view host) {
  constexpr std::array<std::string_view, 15> kSecondLevels{"co", "com", "or", "org", "ne", "net", "go", "gov", "gob", "ac", "edu", "re", "pe", "nm", "sch"};
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return host;
  const std::size_t second = host.rfind('.', last - 1);
  if (second == std::string_view::npos || second == 0) return host;
  const bool is_country = host.size() - last - 1 == 2;
  const std::string_view label = host.substr(second + 1, last - second - 1);
  if (!is_country || std::find(kSecondLevels.begin(), kSecondLevels.end(), label) == kSecondLevels.end()) return host.substr(second + 1);
  const std::size_t third = host.rfind('.', second - 1);
  return third == std::string_view::npos ? host : host.substr(third + 1);
}

std::optional<std::string> parse_web_host(std::string_view text, bool is_special) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const auto pieces = read_pieces(text.substr(1, text.size() - 2));
    return pieces ? std::optional(ipv6_text(*pieces)) : std::nullopt;
  }
  if (!is_special) {
    if (std::any_of(text.begin(), text.end(), is_forbidden_in_host)) return std::nullopt;
    return percent_encode(text, EncodeSet::kControl);
  }
  std::string decoded;
  if (text.find('%') != std::string_view::npos) text = decoded = percent_decode(text);
  if (!text::valid_utf8(text)) return std::nullopt;  // U+FFFD is in no domain
  auto host = text::domain_to_ascii(text);
  if (!host || host->empty() || std::any_of(host->begin(), host->end(), is_forbidden_in_domain)) return std::nullopt;
  return ends_in_number(*host) ? parse_ipv4(*host) : host;
}

}  // namespace bylined::net
