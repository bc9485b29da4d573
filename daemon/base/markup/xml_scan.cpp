// SPDX-License-Identifier: Apache-2.0
#include "base/markup/xml_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace bylined::markup {
namespace {

constexpr std::size_t kMostAttributes = 256;
constexpr std::size_t kLongestReference = 12;
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";
constexpr std::string_view kXmlBlanks = " \t\r\n";

constexpr bool may_start_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::array<bool, 256> kStartsName = [] {
  std::array<bool, 256> all{};
  for (std::size_t c = 0; c < all.size(); ++c) all[c] = may_start_name(static_cast<char>(c));
  return all;
}();
constexpr std::array<bool, 256> kInName = [] {
  std::array<bool, 256> all = kStartsName;
  for (const char c : std::string_view("0123456789-.")) all[static_cast<unsigned char>(c)] = true;
  return all;
}();

bool starts_name(char c) { return kStartsName[static_cast<unsigned char>(c)]; }

std::size_t name_length(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end && kInName[static_cast<unsigned char>(*at)]) ++at;
  return static_cast<std::size_t>(at - text.data());
}

bool is_tag(std::string_view text) {
  if (text.size() < 2) return false;
  if (text[1] == '/') return text.size() > 2 && starts_name(text[2]);
  return starts_name(text[1]) || text[1] == '!' || text[1] == '?';
}

// Where the tag that starts `text` ends: at its '>', or where the next tag begins, or at the end. A quotation
// mark that is never closed before the next tag does not count.
std::size_t tag_length(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '>') return at + 1;
    if (c == '<') return at;
    if (c != '"' && c != '\'') continue;
    const std::size_t close = text.find(c, at + 1);
    const std::size_t next_tag = text.find('<', at + 1);
    if (close != std::string_view::npos && (next_tag == std::string_view::npos || close < next_tag)) at = close;
  }
  return text.size();
}

void add_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr std::array<int, 4> kLead{0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[static_cast<std::size_t>(tail)] | static_cast<int>(c >> (6 * tail)));
  for (int left = tail - 1; left >= 0; --left) out += static_cast<char>(0x80 | ((c >> (6 * left)) & 0x3F));
}

std::optional<std::uint32_t> number_of(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 32);
    const int digit = c >= '0' && c <= '9' ? c - '0' : hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit), 0x110000);
  }
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return std::nullopt;
  return value;
}

// What the reference between '&' and ';' stands for; false where it is none of XML's own.
bool add_reference(std::string& out, std::string_view inside) {
  if (inside.starts_with('#')) {
    const auto number = number_of(inside.substr(1));
    if (number) add_utf8(out, *number);
    return number.has_value();
  }
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [name, letter] : kNamed) {
    if (inside != name) continue;
    out += letter;
    return true;
  }
  return false;
}

}  // namespace

std::string undo_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t mark = std::min(text.find('&'), text.size());
    out += text.substr(0, mark);
    text.remove_prefix(mark);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, kLongestReference).find(';');
    if (end != std::string_view::npos && add_reference(out, text.substr(1, end - 1))) {
      text.remove_prefix(end + 1);
    } else {
      out += '&';
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string XmlScanner::text() const {
  std::string copy;
  return std::string(text_in(copy));
}

std::string_view XmlScanner::text_in(std::string& copy) const {
  if (verbatim_ || text_.find('&') == std::string_view::npos) return text_;
  return copy = undo_references(text_);
}

XmlScanner::Piece XmlScanner::next() {
  while (!rest_.empty()) {
    if (rest_.front() != '<' || !is_tag(rest_)) {
      std::size_t length = rest_.find('<', 1);
      while (length != std::string_view::npos && !is_tag(rest_.substr(length))) length = rest_.find('<', length + 1);
      return read_text(std::min(length, rest_.size()), false);
    }
    if (rest_.starts_with(kCdata)) return read_cdata();
    if (rest_[1] == '/') return read_end();
    if (rest_[1] != '!' && rest_[1] != '?') return read_start();
    if (!skip_mark()) return read_text(1, false);
  }
  return Piece::kDone;
}

XmlScanner::Piece XmlScanner::read_text(std::size_t length, bool verbatim) {
  text_ = rest_.substr(0, length);
  verbatim_ = verbatim;
  rest_.remove_prefix(length);
  return Piece::kText;
}

// A section without its end would swallow the items behind it: then it ends with its element.
XmlScanner::Piece XmlScanner::read_cdata() {
  rest_.remove_prefix(kCdata.size());
  const std::size_t end = rest_.find(kCdataEnd);
  const std::size_t another = rest_.find(kCdata);
  met_unended_ |= end == std::string_view::npos;
  const bool closed = end != std::string_view::npos && (another == std::string_view::npos || end < another);
  if (!closed) {
    const std::size_t element_end = rest_.find("</" + std::string(open_) + ">");
    if (element_end != std::string_view::npos && (end == std::string_view::npos || element_end < end)) return read_text(element_end, true);
  }
  const std::size_t length = std::min(end, rest_.size());
  const Piece piece = read_text(length, true);
  rest_.remove_prefix(std::min(kCdataEnd.size(), rest_.size()));
  return piece;
}

// Takes the name behind the mark that begins a tag, and answers what stands behind the name: mostly nothing but the tag's end.
std::string_view XmlScanner::take_tag(std::size_t mark) {
  std::string_view inside = rest_.substr(mark);
  name_ = inside.substr(0, name_length(inside));
  const std::size_t end = mark + name_.size();
  const bool is_plain = end < rest_.size() && rest_[end] == '>';
  const std::size_t length = is_plain ? end + 1 : tag_length(rest_);
  inside = rest_.substr(end, length - end);
  rest_.remove_prefix(length);
  if (inside.ends_with('>')) inside.remove_suffix(1);
  return inside;
}

XmlScanner::Piece XmlScanner::read_start() {
  std::string_view inside = take_tag(1);
  closes_itself_ = inside.ends_with('/');
  if (closes_itself_) inside.remove_suffix(1);
  read_attributes(inside);
  if (!closes_itself_) open_ = name_;
  return Piece::kStart;
}

XmlScanner::Piece XmlScanner::read_end() {
  take_tag(2);
  return Piece::kEnd;
}

void XmlScanner::read_attributes(std::string_view inside) {
  attributes_.clear();
  while (attributes_.size() < kMostAttributes) {
    const std::size_t first = static_cast<std::size_t>(std::find_if(inside.begin(), inside.end(), starts_name) - inside.begin());
    inside.remove_prefix(first);
    if (inside.empty()) return;
    const std::string_view name = inside.substr(0, name_length(inside));
    inside.remove_prefix(name.size());
    inside.remove_prefix(std::min(inside.find_first_not_of(kXmlBlanks), inside.size()));
    std::string_view value;
    if (inside.starts_with('=')) {
      inside.remove_prefix(std::min(inside.find_first_not_of(kXmlBlanks, 1), inside.size()));
      const char mark = inside.empty() ? '\0' : inside.front();
      const bool is_quoted = (mark == '"' || mark == '\'') && inside.find(mark, 1) != std::string_view::npos;
      const std::size_t from = is_quoted ? 1 : 0;
      const std::size_t to = is_quoted ? inside.find(mark, 1) : std::min(inside.find_first_of(kXmlBlanks), inside.size());
      value = inside.substr(from, to - from);
      inside.remove_prefix(std::min(to + from, inside.size()));
    }
    attributes_.emplace_back(name, value);
  }
}

bool XmlScanner::skip_mark() {
  std::string_view ending = ">";
  if (rest_.starts_with("<!--")) ending = "-->";
  if (rest_.starts_with("<?")) ending = "?>";
  if (rest_.starts_with("<!DOCTYPE") && rest_.substr(0, rest_.find('>')).find('[') != std::string_view::npos) ending = "]>";
  std::size_t end = rest_.find(ending);
  if (end == std::string_view::npos) {
    met_unended_ = true;
    ending = ">";
    end = rest_.find(ending);
  }
  if (end == std::string_view::npos) return false;
  rest_.remove_prefix(end + ending.size());
  return true;
}

}  // namespace bylined::markup
