// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/general.h"

#include <vector>

#include "pipeline/article/korean.h"
#include "pipeline/article/paragraphs.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;
using markup::Tag;

std::string content_of(const Document& page, const char* meta) { return std::string(page.first(meta).attribute("content")); }

bool is_aside(Node node) {
  switch (node.tag()) {
    case Tag::kNav:
    case Tag::kAside:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kFigure:
    case Tag::kButton:
    case Tag::kIframe:
    case Tag::kNoscript: return true;
    default: return false;
  }
}

// The element that directly holds most running text.
Node densest(const Document& document) {
  std::vector<std::size_t> letters(document.size());
  Node best;
  std::size_t most = 0;
  const Node root = document.root();
  for (Node node = root.next_below(root); node;) {
    if (is_aside(node) || has_trait(node.tag(), markup::kIsSilent) || node.tag() == Tag::kA) {
      node = node.next_behind(root);
      continue;
    }
    const Node parent = node.parent();
    const Node holder = parent.tag() == Tag::kP ? parent.parent() : parent;
    if (node.is_text() && holder) letters[holder.index()] += node.text_content().size();
    if (node.is_text() && holder && letters[holder.index()] > most) most = letters[holder.index()], best = holder;
    node = node.next_below(root);
  }
  return best;
}

}  // namespace

Result<Evidence> read_general(const model::Page&, const Document& document) {
  Evidence evidence;
  evidence.add(Field::kTitle, content_of(document, "meta[property='og:title']"), "meta og:title", 0.8);
  evidence.add(Field::kTitle, document.first("h1") ? document.first("h1").text() : std::string(), "mark h1", 0.7);
  for (const char* meta : {"meta[property='article:published_time']", "meta[itemprop=datePublished]"}) {
    const auto stamp = text::read_date(content_of(document, meta));
    if (stamp) evidence.add(Field::kPublished, *stamp, meta, 0.9);
  }
  evidence.add(Field::kOutlet, content_of(document, "meta[property='og:site_name']"), "meta og:site_name", 0.9);
  const Node body = densest(document);
  if (!body) return Error(ErrorKind::kInvalid, "the page has no running text");
  auto paragraphs = paragraphs_of(body, is_aside);
  const Byline byline = take_bylines(paragraphs);
  evidence.add(Field::kBody, joined(paragraphs), "text density", 0.5);
  evidence.add(Field::kAuthors, byline.names, "text byline", 0.5);
  return evidence;
}

}  // namespace bylined::article
