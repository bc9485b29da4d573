// SPDX-License-Identifier: Apache-2.0
// A source of which nobody has said what it is: it is looked at, and what was found is said in remarks.
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/discover.h"

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

Result<model::Listing> read_html(std::string_view utf8, const model::Page& page) {
  const auto document = markup::Document::parse(utf8, markup::HtmlLimits());
  if (!document) return document.error();
  Collector collector;
  FoundList list = find_list(*document, page);
  collector.listing().page_cut = document->cut();
  std::vector<model::NamedPart>& parts = collector.listing().parts;
  const bool stands_for_a_feed = list.items.empty() || is_front_page(page.url);
  for (Suggestion& one : linked_sources(*document, page.url)) {
    collector.remark("found a " + one.kind + ": " + one.url + " (" + one.why + ")");
    if (one.kind == "feed" && parts.empty() && stands_for_a_feed) parts.push_back({one.url, "feed", "", true, one.why});
  }
  if (!list.items.empty()) collector.remark("found a list of " + std::to_string(list.items.size()) + " links at " + list.where);
  if (list.items.empty() && parts.empty()) {
    const std::string wall = kind_of_wall(utf8);
    return Error(ErrorKind::kInvalid, wall.empty() ? "neither feed, sitemap nor list was found on the page; name one: `byline source kinds` lists them" : "no list but " + wall);
  }
  collector.entries_are(list.where);
  for (model::ListedItem& item : list.items) collector.add(std::move(item));
  return collector.take();
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
