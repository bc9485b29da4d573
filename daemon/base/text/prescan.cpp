// SPDX-License-Identifier: Apache-2.0
#include "base/text/prescan.h"

#include <algorithm>
#include <string>

#include "base/text/ascii.h"

namespace bylined::text {
namespace {

// The standard says 1,024 and lets the parser change its mind later; we look once, and further.
constexpr std::size_t kFar = 32u << 10;
constexpr std::string_view kMarkupBlanks = "\t\n\f\r ";

bool is_blank(char c) { return kMarkupBlanks.find(c) != std::string_view::npos; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool starts_with_name(std::string_view text, std::string_view name) {
  return text.size() >= name.size() && std::equal(name.begin(), name.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

struct Attribute {
  std::string name, value;  // lower case
};

// Attributes of a tag by the prescan's own rules, which differ from the tokenizer's.
class TagReader {
 public:
  explicit TagReader(std::string_view text) : rest_(text) {}

  // False behind the last attribute.
  bool next(Attribute& attribute) {
    while (!rest_.empty() && (is_blank(rest_.front()) || rest_.front() == '/')) rest_.remove_prefix(1);
    if (rest_.empty() || rest_.front() == '>') return false;
    attribute = Attribute();
    read_name(attribute);
    return true;
  }
  std::string_view rest() const { return rest_; }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  void read_name(Attribute& attribute) {
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '=' && !attribute.name.empty()) break;
      if (is_blank(c)) break;
      if (c == '/' || c == '>') return;
      attribute.name += lower(c);
      rest_.remove_prefix(1);
    }
    skip_blanks();
    if (rest_.empty() || rest_.front() != '=') return;
    rest_.remove_prefix(1);
    skip_blanks();
    read_value(attribute);
  }

  void read_value(Attribute& attribute) {
    if (rest_.empty()) return;
    const char mark = rest_.front();
    if (mark == '"' || mark == '\'') {
      const std::size_t end = rest_.find(mark, 1);
      is_cut_ = end == std::string_view::npos;
      attribute.value = is_cut_ ? std::string() : lower(rest_.substr(1, end - 1));
      rest_.remove_prefix(is_cut_ ? rest_.size() : end + 1);
      return;
    }
    while (!rest_.empty() && !is_blank(rest_.front()) && rest_.front() != '>') {
      attribute.value += lower(rest_.front());
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  bool is_cut_ = false;
};

// UTF-16 cannot be what we are reading this in; x-user-defined means the Western default.
const Encoding* adjusted(const Encoding* encoding) {
  if (encoding == nullptr) return nullptr;
  if (encoding->name.starts_with("utf-16")) return &encoding_named("utf-8");
  if (encoding->name == "x-user-defined") return &encoding_named("windows-1252");
  return encoding;
}

// <meta charset=…> or <meta http-equiv=content-type content=…>; the first of each attribute counts.
const Encoding* encoding_of_meta(TagReader& reader) {
  std::string seen = " ";
  bool got_pragma = false, needs_pragma = false, has_charset = false;
  const Encoding* encoding = nullptr;
  for (Attribute attribute; reader.next(attribute);) {
    if (seen.find(" " + attribute.name + " ") != std::string::npos) continue;
    seen += attribute.name + " ";
    if (attribute.name == "http-equiv") got_pragma = attribute.value == "content-type";
    if (attribute.name == "charset") {
      encoding = encoding_for_label(attribute.value);
      has_charset = true;
      needs_pragma = false;
    }
    if (attribute.name == "content" && !has_charset && encoding == nullptr) {
      encoding = encoding_for_label(charset_of(attribute.value));
      needs_pragma = encoding != nullptr;
    }
  }
  return needs_pragma && !got_pragma ? nullptr : adjusted(encoding);
}

// <?xml version="1.0" encoding="euc-kr"?>; also behind the rubbish that servers write in front.
const Encoding* encoding_of_xml(std::string_view declaration) {
  declaration = declaration.substr(0, declaration.find('>'));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return nullptr;
  declaration.remove_prefix(at + 8);
  const std::size_t open = declaration.find_first_of("\"'");
  if (open == std::string_view::npos) return nullptr;
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return nullptr;
  return adjusted(encoding_for_label(declaration.substr(open + 1, close - open - 1)));
}

// The rest behind the tag or mark that `text` begins with.
std::string_view behind(std::string_view text) {
  if (text.starts_with("<!--")) {
    const std::size_t end = text.find("-->", 2);
    return end == std::string_view::npos ? std::string_view() : text.substr(end + 3);
  }
  const std::size_t name = text.starts_with("</") ? 2 : 1;
  if (text.size() > name && is_letter(text[name])) {
    TagReader reader(text.substr(std::min(text.find_first_of("\t\n\f\r >", name), text.size())));
    for (Attribute attribute; reader.next(attribute);) {
    }
    return reader.rest();
  }
  const bool is_mark = text.starts_with("<!") || text.starts_with("</") || text.starts_with("<?");
  if (!is_mark) return text.substr(1);
  const std::size_t end = text.find('>');
  return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

}  // namespace

std::string_view charset_of(std::string_view content_type) {
  constexpr std::string_view kWord = "charset";
  for (std::size_t at = 0; at + kWord.size() <= content_type.size(); ++at) {
    if (!starts_with_name(content_type.substr(at), kWord)) continue;
    std::size_t from = content_type.find_first_not_of(kMarkupBlanks, at + kWord.size());
    if (from == std::string_view::npos) return std::string_view();
    if (content_type[from] != '=') {
      at = from - 1;
      continue;
    }
    from = content_type.find_first_not_of(kMarkupBlanks, from + 1);
    if (from == std::string_view::npos) return std::string_view();
    const char mark = content_type[from];
    if (mark == '"' || mark == '\'') {
      const std::size_t close = content_type.find(mark, from + 1);
      return close == std::string_view::npos ? std::string_view() : content_type.substr(from + 1, close - from - 1);
    }
    const std::size_t to = content_type.find_first_of("\t\n\f\r ;", from);
    return content_type.substr(from, to == std::string_view::npos ? to : to - from);
  }
  return std::string_view();
}

const Encoding* declared_encoding(std::string_view bytes) {
  std::string_view rest = bytes.substr(0, kFar);
  for (std::size_t at = rest.find('<'); at != std::string_view::npos; at = rest.find('<')) {
    rest.remove_prefix(at);
    if (rest.starts_with("<?xml") && rest.size() > 5 && is_blank(rest[5])) {
      if (const Encoding* encoding = encoding_of_xml(rest)) return encoding;
    }
    const bool is_meta = starts_with_name(rest.substr(1), "meta") && rest.size() > 5 && (is_blank(rest[5]) || rest[5] == '/');
    if (is_meta) {
      TagReader reader(rest.substr(5));
      if (const Encoding* encoding = encoding_of_meta(reader)) return encoding;
      rest = reader.rest();
    } else {
      rest = behind(rest);
    }
  }
  return nullptr;
}

}  // namespace bylined::text
