// SPDX-License-Identifier: Apache-2.0
// A source of which nobody has said what it is: it is looked at, and what was found is said in remarks.
#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/discover.h"
#include "pipeline/listing/embedded.h"

namespace bylined::listing {
namespace {

// Any address could be; but whoever knows it better is asked first.
bool recognises(const net::Url&) { return false; }

Result<model::Listing> read_as(const Adapter& adapter, const model::Source& source, const model::Page& page) {
  auto listing = adapter.read(source, page);
  if (listing) listing->remarks.push_back("read as " + std::string(adapter.name));
  return listing;
}

// A site's first feed lists what its front page does, and better. A journalist's page names the same feed, and is
// another list.
bool is_front_page(const std::string& address) {
  const auto url = net::Url::parse(address);
  return url && url->path() == "/";
}

// Comments are no articles.
bool is_of_comments(const Suggestion& feed) {
  const std::string small = text::lower(feed.url + " " + feed.why);
  return small.find("comment") != std::string::npos || small.find("댓글") != std::string::npos;
}

model::Block block_of(FoundList list) {
  Collector collector;
  collector.entries_are(list.where);
  for (model::ListedItem& item : list.items) collector.add(std::move(item));
  return {std::move(list.where), collector.take().items};
}

// The outlet's main feed stands first; of comments there may be others before it.
std::vector<model::NamedPart> feeds_to_follow(const std::vector<Suggestion>& found) {
  for (const Suggestion& one : found) {
    if (one.kind == "feed" && !is_of_comments(one)) return {{one.url, "feed", "", true, one.why}};
  }
  return {};
}

// A journalist's first articles, or a box of them on a page whose list a script makes: a feed that the page names says more.
bool is_few(const FoundList& list) {
  constexpr std::size_t kFew = 5;
  return list.items.size() < kFew;
}

std::string why_nothing(std::string_view utf8, bool is_opened_by_script) {
  if (is_opened_by_script) return "a script opens the entries, and the page does not say where they lie; name a feed, or an address that lists them";
  const std::string wall = kind_of_wall(utf8);
  return wall.empty() ? "neither feed, sitemap nor list was found on the page; name one: `byline source kinds` lists them" : "no list but " + wall;
}

Result<model::Listing> read_html(std::string_view utf8, const model::Page& page) {
  const auto document = markup::Document::parse(utf8, markup::HtmlLimits());
  if (!document) return document.error();
  Collector collector;
  std::vector<FoundList> lists = find_lists(*document, page);
  if (lists.empty()) lists = find_embedded_lists(*document, page);
  collector.listing().page_cut = document->cut();
  const std::vector<Suggestion> sources = linked_sources(*document, page.url);
  for (const Suggestion& one : sources) collector.remark("found a " + one.kind + ": " + one.url + " (" + one.why + ")");
  std::vector<model::NamedPart>& parts = collector.listing().parts;
  if (lists.empty() || is_few(lists.front()) || is_front_page(page.url)) parts = feeds_to_follow(sources);
  for (const FoundList& list : lists) {
    const char* const which = &list == &lists.front() ? "found a list of " : "left aside a list of ";
    collector.remark(which + std::to_string(list.items.size()) + " links at " + list.where);
  }
  if (lists.empty() && parts.empty()) return Error(ErrorKind::kInvalid, why_nothing(utf8, is_opened_by_script(*document, page.url)));
  if (lists.empty()) return collector.take();
  collector.listing().block = lists.front().where;
  collector.entries_are(lists.front().where);
  for (model::ListedItem& item : lists.front().items) collector.add(std::move(item));
  model::Listing listing = collector.take();
  lists.erase(lists.begin());
  for (FoundList& list : lists) listing.other_blocks.push_back(block_of(std::move(list)));
  return listing;
}

Result<model::Listing> read(const model::Source& source, const model::Page& page) {
  const auto url = net::Url::parse(page.url);
  const Adapter* known = url ? suggest_adapter(*url) : nullptr;
  if (known != nullptr) {
    auto listing = read_as(*known, source, page);
    if (listing) return listing;
  }
  for (const std::string_view kind : {"feed", "sitemap"}) {
    auto listing = read_as(*find_adapter(kind), source, page);
    if (listing) return listing;
  }
  const text::Decoded decoded = text::decode(page.bytes, page.content_type);
  return read_html(decoded.text, page);
}

}  // namespace

extern const Adapter auto_page;
const Adapter auto_page{"auto", "any page: finds its feeds, sitemaps and lists, and says so", "아무 페이지: 피드, 사이트맵, 목록을 찾아 알려 줌", recognises, read};

}  // namespace bylined::listing
