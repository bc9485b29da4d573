// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include <libxml/HTMLparser.h>

#include "base/markup/html.h"

namespace bylined::markup {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& sorted) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

bool is_silent(std::string_view name) {
  static constexpr std::array<std::string_view, 3> kSilent = {"script", "style", "template"};
  return is_one_of(name, kSilent);
}

bool is_inline(std::string_view name) {
  static constexpr std::array<std::string_view, 27> kInline = {"a",    "abbr", "b",    "bdi",   "bdo",    "big",  "cite", "code", "del",
                                                               "em",   "font", "i",    "img",   "ins",    "kbd",  "mark", "q",    "s",
                                                               "samp", "small", "span", "strike", "strong", "sub", "sup", "u",   "var"};
  return is_one_of(name, kInline);
}

// Text with runs of blanks as one, and none at its ends. U+00A0 is a blank here.
class Squeezed {
 public:
  void blank() { wanted_ = !text_.empty(); }

  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_blank(text[at])) {
        blank();
      } else if (text.substr(at, 2) == "\xC2\xA0") {
        blank();
        ++at;
      } else {
        if (wanted_) text_ += ' ';
        wanted_ = false;
        text_ += text[at];
      }
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool wanted_ = false;
};

void add_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static constexpr int kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[tail] | static_cast<int>(c >> (6 * tail)));
  for (int left = tail - 1; left >= 0; --left) out += static_cast<char>(0x80 | ((c >> (6 * left)) & 0x3F));
}

// Windows letters written as control characters, as every browser reads them.
std::uint32_t repaired(std::uint32_t c) {
  static constexpr std::uint16_t kWindows[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                                 0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                 0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  if (c >= 0x80 && c < 0xA0) return kWindows[c - 0x80];
  return c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

// `text` starts with "&#". Returns how much was read; 0 where it is no reference.
std::size_t add_numeric(std::string& out, std::string_view text) {
  std::size_t at = 2;
  const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hex) ++at;
  const std::uint32_t base = hex ? 16 : 10;
  const std::size_t first = at;
  std::uint32_t c = 0;
  for (; at < text.size() && digit_of(text[at]) < static_cast<int>(base); ++at) {
    c = std::min<std::uint32_t>(c * base + static_cast<std::uint32_t>(digit_of(text[at])), 0x110000);
  }
  if (at == first) return 0;
  add_utf8(out, repaired(c));
  return at < text.size() && text[at] == ';' ? at + 1 : at;
}

std::size_t add_named(std::string& out, std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && end < 12 && (digit_of(text[end]) < 10 || std::isalpha(static_cast<unsigned char>(text[end])))) ++end;
  if (end >= text.size() || text[end] != ';') return 0;
  const std::string name(text.substr(1, end - 1));
  if (name == "apos") {
    out += '\'';
    return end + 1;
  }
  const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (entity == nullptr) return 0;
  add_utf8(out, entity->value);
  return end + 1;
}

std::size_t add_reference(std::string& out, std::string_view text) {
  return text.starts_with("&#") ? add_numeric(out, text) : add_named(out, text);
}

// Where the tag or comment that starts `text` ends; 0 where it is only a '<'.
std::size_t tag_length(std::string_view text) {
  if (text.size() < 2 || !(std::isalpha(static_cast<unsigned char>(text[1])) || text[1] == '/' || text[1] == '!')) return 0;
  if (text.starts_with("<!--")) return std::min(text.find("-->"), text.size() - 3) + 3;
  return std::min(text.find('>'), text.size() - 1) + 1;
}

}  // namespace

bool Node::has_class(std::string_view name) const {
  std::string_view left = attribute("class");
  while (!left.empty()) {
    const std::size_t end = std::min(left.find_first_of(" \t\r\n\f"), left.size());
    if (left.substr(0, end) == name && end > 0) return true;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return false;
}

std::string Node::text() const {
  Squeezed out;
  const auto edge = [&](Node node) {
    if (node.is_element() && !is_inline(node.name())) out.blank();
  };
  Node node = *this;
  while (node) {
    edge(node);
    out.add(node.text_content());
    const Node child = is_silent(node.name()) ? Node() : node.first_child();
    if (child) {
      node = child;
      continue;
    }
    while (node != *this && !node.next_sibling()) edge(node = node.parent());
    node = node == *this ? Node() : node.next_sibling();
  }
  return out.take();
}

std::string plain_text(std::string_view fragment) {
  std::string out;
  out.reserve(fragment.size());
  for (std::size_t at = 0; at < fragment.size();) {
    const std::string_view left = fragment.substr(at);
    std::size_t read = 0;
    if (left[0] == '&') read = add_reference(out, left);
    if (left[0] == '<') read = tag_length(left);
    if (read == 0) out += left[0];
    at += std::max<std::size_t>(read, 1);
  }
  return out;
}

}  // namespace bylined::markup
