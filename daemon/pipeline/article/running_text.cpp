// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/running_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/article/paragraphs.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;
using markup::Tag;

constexpr std::size_t kLeastParagraph = 25;  // bytes of text in one block that count as running text,
constexpr std::size_t kLeastOfAll = 4;       // or where there are none, so many
constexpr double kBulk = 0.6;                // the article is below the child that holds so much of the text

bool is_aside(Node node) {
  switch (node.tag()) {
    case Tag::kNav:
    case Tag::kAside:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kFigure:
    case Tag::kFigcaption:
    case Tag::kButton:
    case Tag::kIframe:
    case Tag::kHead:
    case Tag::kNoscript: return true;
    default: return false;
  }
}

// Words in the class or id of what stands beside an article's text.
constexpr std::array<std::string_view, 38> kBeside{
    "related",  "share",     "social",   "comment",  "newsletter", "subscri", "promo",   "advert",   "caption",  "byline",  "author",    "copyright", "breadcrumb",
    "recommend", "sidebar",  "popular",  "most-read", "banner",    "sponsor", "footer",  "menu",     "gallery",  "credit",  "read-more", "readmore",  "taglist",
    "tags",     "toolbar",   "cookie",   "consent",  "paywall",    "login",   "widget",  "outbrain", "taboola",  "reporter", "disclaimer", "masthead"};

bool calls_itself_beside(Node node) {
  for (const char* const attribute : {"class", "id"}) {
    const std::string_view value = node.attribute(attribute);
    if (value.empty()) continue;
    std::string lower(value);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const std::string_view word : kBeside) {
      if (lower.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

// Letters of running text below each element, by Node::index().
class Spread {
 public:
  Spread(const Document& document, std::size_t least) : letters_(document.size()), least_(least) {
    const Node root = document.root();
    for (Node node = root.next_below(root); node;) {
      const bool silent = node.is_element() && (is_aside(node) || has_trait(node.tag(), markup::kIsSilent) || node.tag() == Tag::kA || node.tag() == Tag::kH1);
      if (node.is_text()) count(node, root);
      node = silent ? node.next_behind(root) : node.next_below(root);
    }
  }

  std::size_t below(Node node) const { return letters_[node.index()]; }

 private:
  void count(Node text, Node root) {
    const std::size_t size = text.text_content().size();
    if (size < least_) return;
    for (Node up = text.parent(); up; up = up.parent()) {
      letters_[up.index()] += size;
      if (up == root) break;
    }
  }

  std::vector<std::size_t> letters_;
  const std::size_t least_;
};

// From the page down to the last element that still holds the bulk of the text.
Node bulk_of(const Document& document, const Spread& spread) {
  Node here = document.root();
  const auto whole = static_cast<double>(spread.below(here));
  if (whole == 0) return Node();
  for (;;) {
    Node best;
    for (Node child = here.first_child(); child; child = child.next_sibling()) {
      if (child.is_element() && (!best || spread.below(child) > spread.below(best))) best = child;
    }
    if (!best || best.tag() == Tag::kP || static_cast<double>(spread.below(best)) < kBulk * static_cast<double>(spread.below(here))) return here;
    here = best;
  }
}

// Half of its letters are links: a list of other pages.
bool mostly_links(Node node) {
  std::size_t all = 0, linked = 0;
  for (Node one = node.next_below(node); one; one = one.next_below(node)) {
    if (!one.is_text()) continue;
    const std::size_t size = one.text_content().size();
    all += size;
    for (Node up = one.parent(); up && up != node; up = up.parent()) {
      if (up.tag() == Tag::kA) {
        linked += size;
        break;
      }
    }
  }
  return all > 0 && linked * 2 > all;
}

bool is_notice(std::string_view paragraph) {
  if (paragraph.size() > 300) return false;
  for (const std::string_view words : {"무단 전재", "무단전재", "재배포 금지", "저작권자", "All rights reserved", "all rights reserved", "ⓒ", "©"}) {
    if (paragraph.find(words) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<std::string> text_by(const Document& document, const Spread& spread) {
  const Node body = bulk_of(document, spread);
  if (!body) return {};
  const std::size_t most = spread.below(body) / 2;
  const auto beside = [&](Node node) {
    if (is_aside(node) || node.tag() == Tag::kH1 || node.tag() == Tag::kHeader) return true;
    if (spread.below(node) > most) return false;  // whatever it calls itself, it holds the text
    if (calls_itself_beside(node)) return true;
    return (node.tag() == Tag::kUl || node.tag() == Tag::kOl || node.tag() == Tag::kDiv || node.tag() == Tag::kSection) && mostly_links(node);
  };
  std::vector<std::string> paragraphs = paragraphs_of(body, beside);
  std::erase_if(paragraphs, is_notice);
  return paragraphs;
}

}  // namespace

std::vector<std::string> running_text(const Document& document) {
  std::vector<std::string> paragraphs = text_by(document, Spread(document, kLeastParagraph));
  return paragraphs.empty() ? text_by(document, Spread(document, kLeastOfAll)) : paragraphs;
}

}  // namespace bylined::article
