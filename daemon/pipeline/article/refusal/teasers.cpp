// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/refusal/teasers.h"

#include "base/text/ascii.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Node;

constexpr std::size_t kLongestIndex = 20'000;  // bytes of a text that are looked at
constexpr int kMostHeadings = 200;
constexpr int kMostPieces = 30;      // elements and texts behind a headline that are its teaser
constexpr int kFewestTeasers = 4;
constexpr std::size_t kFewestBytes = 30;  // of a piece, squashed: what is shorter stands in many a text

bool is_headline(Node node) {
  const std::string_view name = node.name();
  return name.size() == 2 && name[0] == 'h' && name[1] >= '2' && name[1] <= '4';
}

// What is told below it stands elsewhere in full.
bool leads_elsewhere(Node link) {
  const std::string_view address = text::trimmed(link.attribute("href"));
  return link.tag() == markup::Tag::kA && !address.empty() && !address.starts_with('#') && !text::lower(address).starts_with("javascript:");
}

Node link_of(Node headline) {
  if (leads_elsewhere(headline.parent())) return headline.parent();
  int pieces = 0;
  for (Node at = headline.first_child(); at && ++pieces <= kMostPieces; at = at.next_below(headline)) {
    if (leads_elsewhere(at)) return at;
  }
  return {};
}

std::size_t length_in(const std::string& bare, const std::string& piece) { return piece.size() >= kFewestBytes && bare.find(piece) != std::string::npos ? piece.size() : 0; }

// Bytes of the text that stand from this headline to the next one; 0 where nothing follows it.
std::size_t teaser_at(Node headline, Node top, const std::string& bare) {
  const Node end = headline.next_behind(top);
  std::size_t own = 0, below = 0;
  int pieces = 0;
  bool is_inside = true;
  for (Node at = headline.next_below(top); at && ++pieces <= kMostPieces && !is_headline(at); at = at.next_below(top)) {
    is_inside = is_inside && at != end;
    if (at.is_text()) (is_inside ? own : below) += length_in(bare, squashed(at.text_content()));
  }
  return below == 0 ? 0 : own + below;
}

}  // namespace

double share_of_teasers(const markup::Document& document, const std::string& body) {
  if (body.empty() || body.size() > kLongestIndex) return 0;
  const std::string bare = squashed(body);
  std::size_t teased = 0;
  int headings = 0, teasers = 0;
  for (const Node node : document.all("h2, h3, h4")) {
    if (++headings > kMostHeadings) break;
    const std::size_t teaser = link_of(node) ? teaser_at(node, document.root(), bare) : 0;
    teased += teaser;
    teasers += teaser > 0 ? 1 : 0;
  }
  return teasers < kFewestTeasers || bare.empty() ? 0 : static_cast<double>(teased) / static_cast<double>(bare.size());
}

}  // namespace bylined::article
