// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "base/markup/html.h"
#include "base/markup/html_references.h"

namespace bylined::markup {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool holds_code(Tag tag) { return tag == Tag::kScript || tag == Tag::kStyle || tag == Tag::kTemplate; }

// Text with runs of blanks as one, and none at its ends. U+00A0 is a blank here.
class Squeezed {
 public:
  void blank() { wanted_ = !text_.empty(); }

  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_space(text[at])) {
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

// Where the tag or comment that starts `text` ends; 0 where it is only a '<'.
std::size_t markup_length(std::string_view text) {
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
    if (!has_trait(node.tag(), kIsInline) && node.is_element()) out.blank();
  };
  Node node = *this;
  while (node) {
    edge(node);
    out.add(node.text_content());
    const Node child = holds_code(node.tag()) ? Node() : node.first_child();
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
  const auto is_mark = [](char c) { return c == '<' || c == '&'; };
  for (std::size_t at = 0; at < fragment.size();) {
    const auto mark = std::find_if(fragment.begin() + static_cast<std::ptrdiff_t>(at), fragment.end(), is_mark);
    out.append(fragment.begin() + static_cast<std::ptrdiff_t>(at), mark);
    at = static_cast<std::size_t>(mark - fragment.begin());
    if (at == fragment.size()) break;
    const std::string_view left = fragment.substr(at);
    std::size_t read = 0;
    if (left[0] == '<') read = markup_length(left);
    if (left[0] == '&') {
      const Reference reference = read_reference(left, false);
      read = reference.length;
      if (read != 0) append_utf8(out, reference.first);
      if (reference.second != 0) append_utf8(out, reference.second);
    }
    if (read == 0) out += left[0];
    at += std::max<std::size_t>(read, 1);
  }
  return out;
}

}  // namespace bylined::markup
