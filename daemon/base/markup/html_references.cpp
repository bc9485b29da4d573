// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_references.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

namespace bylined::markup {
namespace {

struct Entity {
  std::string_view name;
  std::uint32_t first;
  std::uint32_t second;
  bool bare;  // also without its semicolon
};

constexpr Entity kEntities[] = {
#include "base/markup/html_entities.inc"
};

constexpr std::size_t kLongestName = 32;
constexpr std::size_t kLongestBareName = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Where the names that begin with each letter stand, and where those behind them do.
constexpr std::array<std::uint16_t, 129> make_starts() {
  std::array<std::uint16_t, 129> starts{};
  std::size_t row = 0;
  for (std::size_t letter = 0; letter < starts.size(); ++letter) {
    while (row < std::size(kEntities) && static_cast<unsigned char>(kEntities[row].name.front()) < letter) ++row;
    starts[letter] = static_cast<std::uint16_t>(row);
  }
  return starts;
}
constexpr std::array<std::uint16_t, 129> kFirstOf = make_starts();

// `name` is of ASCII letters and digits.
const Entity* find_entity(std::string_view name) {
  if (name.empty()) return nullptr;
  const auto letter = static_cast<std::size_t>(name.front());
  const Entity* const end = kEntities + kFirstOf[letter + 1];
  const auto found = std::lower_bound(kEntities + kFirstOf[letter], end, name, [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
  return found != end && found->name == name ? found : nullptr;
}

// Windows letters written as control characters, as every browser reads them.
std::uint32_t repaired(std::uint32_t c) {
  static constexpr std::uint16_t kWindows[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                                 0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                 0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  if (c >= 0x80 && c < 0xA0) return kWindows[c - 0x80];
  return c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

std::uint32_t digit_of(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? static_cast<std::uint32_t>(lower - 'a' + 10) : 99;
}

Reference read_number(std::string_view text) {
  std::size_t at = 2;
  const bool hex = at < text.size() && (text[at] | 32) == 'x';
  if (hex) ++at;
  const std::uint32_t base = hex ? 16 : 10;
  const std::size_t digits = at;
  std::uint32_t c = 0;
  for (; at < text.size() && digit_of(text[at]) < base; ++at) c = std::min<std::uint32_t>(c * base + digit_of(text[at]), 0x110000);
  if (at == digits) return {};
  if (at < text.size() && text[at] == ';') ++at;
  return {at, repaired(c), 0};
}

Reference read_name(std::string_view text, bool in_attribute) {
  const std::size_t most = std::min(text.size(), kLongestName + 1);
  std::size_t end = 1;
  while (end < most && is_alphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const Entity* entity = find_entity(text.substr(1, end - 1))) return {end + 1, entity->first, entity->second};
  }
  for (std::size_t length = std::min(end - 1, kLongestBareName); length >= 2; --length) {
    const Entity* entity = find_entity(text.substr(1, length));
    if (entity == nullptr || !entity->bare) continue;
    const char next = length + 1 < text.size() ? text[length + 1] : ' ';
    if (in_attribute && (next == '=' || is_alphanumeric(next))) return {};
    return {length + 1, entity->first, entity->second};
  }
  return {};
}

int utf8_length(std::uint32_t c) { return c == 0 ? 0 : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

char* put_utf8(char* out, std::uint32_t c) {
  const int length = utf8_length(c);
  if (length == 1) *out = static_cast<char>(c);
  if (length < 2) return out + length;
  static constexpr int kLead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (int i = length - 1; i > 0; --i, c >>= 6) out[i] = static_cast<char>(0x80 | (c & 0x3F));
  out[0] = static_cast<char>(kLead[length] | static_cast<int>(c));
  return out + length;
}

}  // namespace

Reference read_reference(std::string_view text, bool in_attribute) {
  if (text.size() < 2) return {};
  return text[1] == '#' ? read_number(text) : read_name(text, in_attribute);
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  char bytes[4];
  out.append(bytes, static_cast<std::size_t>(put_utf8(bytes, code_point) - bytes));
}

std::string_view decode_references(char* begin, char* end, bool in_attribute) {
  char* out = static_cast<char*>(std::memchr(begin, '&', static_cast<std::size_t>(end - begin)));
  if (out == nullptr) return {begin, static_cast<std::size_t>(end - begin)};
  for (char* in = out; in != end;) {
    const Reference reference = read_reference({in, static_cast<std::size_t>(end - in)}, in_attribute);
    const int bytes = utf8_length(reference.first) + utf8_length(reference.second);
    // Two of the names are shorter than what they stand for; those stay as they are.
    if (reference.length != 0 && static_cast<std::size_t>(bytes) <= reference.length) {
      out = put_utf8(put_utf8(out, reference.first), reference.second);
      in += reference.length;
    } else {
      *out++ = *in++;
    }
    char* next = in == end ? nullptr : static_cast<char*>(std::memchr(in, '&', static_cast<std::size_t>(end - in)));
    if (next == nullptr) next = end;
    std::memmove(out, in, static_cast<std::size_t>(next - in));
    out += next - in;
    in = next;
  }
  return {begin, static_cast<std::size_t>(out - begin)};
}

}  // namespace bylined::markup
