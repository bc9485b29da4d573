// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_guard.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace bylined::markup {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

bool starts_with_folded(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

// A start or end tag: where it ends (behind '>'), and where to cut it if it is over a limit.
struct Tag {
  std::size_t end = 0;
  std::size_t keep = 0;  // end of the last attribute within the limits; 0 where the tag is fine
};

class TagScan {
 public:
  TagScan(std::string_view page, const HtmlLimits& limits) : page_(page), limits_(limits) {}

  Tag scan(std::size_t start) {
    at_ = start + 1;
    while (at_ < page_.size() && !is_blank(page_[at_]) && page_[at_] != '>') ++at_;
    Tag tag;
    std::size_t kept = at_;
    for (int attributes = 0; skip_to_attribute(); ++attributes) {
      skip_attribute();
      const bool over = attributes >= limits_.attributes || at_ - start > limits_.tag_bytes;
      if (over && tag.keep == 0) tag.keep = kept;
      if (!over) kept = at_;
    }
    tag.end = std::min(at_ + 1, page_.size());
    return tag;
  }

 private:
  bool skip_to_attribute() {
    while (at_ < page_.size() && (is_blank(page_[at_]) || page_[at_] == '/')) ++at_;
    return at_ < page_.size() && page_[at_] != '>';
  }

  void skip_attribute() {
    ++at_;  // a name may begin with '='
    while (at_ < page_.size() && !is_blank(page_[at_]) && !std::strchr("=>/", page_[at_])) ++at_;
    std::size_t value = at_;
    while (value < page_.size() && is_blank(page_[value])) ++value;
    if (value >= page_.size() || page_[value] != '=') return;
    at_ = value + 1;
    while (at_ < page_.size() && is_blank(page_[at_])) ++at_;
    if (at_ < page_.size()) skip_value();
  }

  void skip_value() {
    const char quote = page_[at_];
    if (quote == '"' || quote == '\'') {
      at_ = std::min(page_.find(quote, at_ + 1), page_.size() - 1) + 1;
      return;
    }
    while (at_ < page_.size() && !is_blank(page_[at_]) && page_[at_] != '>') ++at_;
  }

  std::string_view page_;
  const HtmlLimits& limits_;
  std::size_t at_ = 0;
};

// Behind the end tag of an element whose content is not markup.
std::size_t end_of_raw(std::string_view page, std::size_t from, std::string_view name) {
  while ((from = page.find("</", from)) != std::string_view::npos) {
    if (starts_with_folded(page.substr(from + 2), name)) return from;
    from += 2;
  }
  return page.size();
}

std::size_t end_of_comment(std::string_view page, std::size_t start) {
  const std::size_t end = page.find("-->", start + 2);
  return end == std::string_view::npos ? page.size() : end + 3;
}

}  // namespace

Guarded guard(std::string_view page, const HtmlLimits& limits) {
  static constexpr std::array<std::string_view, 5> kRaw = {"script", "style", "textarea", "title", "xmp"};
  Guarded result;
  TagScan tags(page, limits);
  std::size_t copied = 0;
  std::size_t at = 0;
  while ((at = page.find('<', at)) != std::string_view::npos && at + 1 < page.size()) {
    const std::string_view rest = page.substr(at + 1);
    if (rest.starts_with("!--")) {
      at = end_of_comment(page, at);
      continue;
    }
    if (!is_letter(rest[0]) && rest[0] != '/') {
      ++at;
      continue;
    }
    const Tag tag = tags.scan(at);
    if (tag.keep != 0) {
      result.rewritten.append(page.substr(copied, tag.keep - copied)).append(">");
      copied = tag.end;
      result.cut = true;
    }
    at = tag.end;
    const auto raw = std::find_if(kRaw.begin(), kRaw.end(), [&](std::string_view name) { return starts_with_folded(rest, name); });
    if (raw != kRaw.end()) at = end_of_raw(page, at, *raw);
  }
  if (result.cut) result.rewritten.append(page.substr(copied));
  result.text = result.cut ? std::string_view(result.rewritten) : page;
  return result;
}

}  // namespace bylined::markup
