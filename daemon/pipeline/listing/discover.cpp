// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/discover.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::Document;
using markup::Node;

constexpr std::size_t kFewest = 5;          // links that make a list
constexpr std::size_t kShortHeadline = 8;   // code points: menus are shorter
constexpr std::size_t kLongHeadline = 60;   // what counts of one
constexpr std::size_t kMostLinks = 5'000;
constexpr std::size_t kMostSuggestions = 10;
constexpr int kClimb = 4;  // levels from a link up to its entry
constexpr int kMostPieces = 500;  // elements and texts of an entry
constexpr int kMostInside = 20;   // links of it

std::string shown(Node node) {
  const std::string_view classes = node.attribute("class");
  const std::string_view first = trimmed(classes).substr(0, trimmed(classes).find(' '));
  return std::string(node.name()) + (first.empty() ? "" : "." + std::string(first));
}

// Link, parent and grandparent: links of one list look alike in that.
std::string signature(Node link) {
  std::string text = shown(link);
  Node at = link.parent();
  for (int level = 0; level < 2 && at; ++level, at = at.parent()) text = shown(at) + " " + text;
  return text;
}

bool is_beside(Node node) {
  constexpr std::array<std::string_view, 4> kBeside{"nav", "header", "footer", "aside"};
  for (; node; node = node.parent()) {
    if (std::find(kBeside.begin(), kBeside.end(), node.name()) != kBeside.end()) return true;
  }
  return false;
}

// The last two labels of a host, or three under a second level such as "co.kr".
std::string_view site_of(std::string_view host) {
  std::size_t at = host.rfind('.');
  int labels = 1;
  while (at != std::string_view::npos && at > 0) {
    const std::size_t before = host.rfind('.', at - 1);
    ++labels;
    const std::string_view rest = before == std::string_view::npos ? host : host.substr(before + 1);
    if (labels >= 2 && rest.find('.') > 3) return rest;
    if (labels >= 3) return rest;
    at = before;
  }
  return host;
}

bool is_same_site(const std::string& url, const std::string& page_url) {
  const auto a = net::Url::parse(url), b = net::Url::parse(page_url);
  return a && b && site_of(a->host()) == site_of(b->host());
}

struct Link {
  Node node;
  std::string url, text;
};

struct Group {
  std::vector<Link> links;
  std::set<std::string> urls;
  std::size_t weight = 0;
};

std::map<std::string, Group> groups_of(const Document& document, const std::string& page_url) {
  std::map<std::string, Group> groups;
  std::size_t seen = 0;
  for (const Node node : document.all("a[href]")) {
    if (++seen > kMostLinks) break;
    Link link{node, absolute(page_url, node.attribute("href")), node.text()};
    const std::size_t length = text::code_points(link.text);
    if (link.url.empty() || length < kShortHeadline || !is_same_site(link.url, page_url) || is_beside(node)) continue;
    Group& group = groups[signature(node)];
    if (!group.urls.insert(link.url).second) continue;
    group.weight += std::min(length, kLongHeadline);
    group.links.push_back(std::move(link));
  }
  return groups;
}

// Is it more than one entry of the list whose links are at `places`? Not looked through further than an entry may be long: a list
// of many links would be looked through for each of them.
bool is_more_than_one(Node node, const Link& link, const std::set<std::uint32_t>& places) {
  int pieces = 0, links = 0;
  for (Node at = node.first_child(); at; at = at.next_below(node)) {
    if (++pieces > kMostPieces) return true;
    if (at.name() != "a" || !at.has_attribute("href")) continue;
    if (++links > kMostInside || (at != link.node && places.contains(at.index()))) return true;
  }
  return false;
}

// The link's own entry: as far up as no other link of the list stands inside.
Node entry_of(const Link& link, const std::set<std::uint32_t>& places) {
  Node entry = link.node;
  for (int level = 0; level < kClimb && entry.parent(); ++level) {
    if (is_more_than_one(entry.parent(), link, places)) break;
    entry = entry.parent();
  }
  return entry;
}

std::optional<model::Stamp> time_in(const Document& document, Node entry, Instant fetched_at) {
  for (const Node node : document.all("time, [class*=date], [class*=time]", entry)) {
    if (const auto exact = text::read_date(node.attribute("datetime"))) return *exact;
    if (const auto near = text::read_date_near(node.text(), fetched_at)) return *near;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Suggestion> linked_sources(const Document& document, const std::string& page_url) {
  std::vector<Suggestion> found;
  std::set<std::string> seen;
  const auto add = [&](Node node, const char* kind, const char* why) {
    const std::string url = absolute(page_url, node.attribute("href"));
    if (url.empty() || found.size() >= kMostSuggestions || !seen.insert(url).second) return;
    const std::string_view title = node.attribute("title");
    found.push_back(Suggestion{kind, url, std::string(why) + (title.empty() ? std::string() : " \"" + std::string(title) + "\"")});
  };
  for (const Node node : document.all("link[type*=rss], link[type*=atom], link[type*='feed+json']")) add(node, "feed", "the page names this feed");
  for (const Node node : document.all("link[rel=sitemap]")) add(node, "sitemap", "the page names this sitemap");
  for (const Node node : document.all("a[href$='.rss'], a[href$='.atom'], a[href*='/rss'], a[href*='rss.xml'], a[href*='/feed']")) add(node, "feed", "a link looks like a feed");
  return found;
}

std::vector<Suggestion> suggest_sources(const model::Page& page) {
  const text::Decoded decoded = text::decode(page.bytes, page.content_type);
  const auto document = Document::parse(decoded.text, markup::HtmlLimits());
  return document ? linked_sources(*document, page.url) : std::vector<Suggestion>();
}

FoundList find_list(const Document& document, const model::Page& page) {
  const auto groups = groups_of(document, page.url);
  const std::pair<const std::string, Group>* best = nullptr;
  for (const auto& group : groups) {
    if (group.second.links.size() >= kFewest && (best == nullptr || group.second.weight > best->second.weight)) best = &group;
  }
  FoundList list;
  if (best == nullptr) return list;
  list.where = best->first;
  std::set<std::uint32_t> places;
  for (const Link& link : best->second.links) places.insert(link.node.index());
  for (const Link& link : best->second.links) {
    model::ListedItem item;
    item.url = link.url;
    item.title = link.text;
    item.printed = time_in(document, entry_of(link, places), page.fetched_at);
    list.items.push_back(std::move(item));
  }
  return list;
}

}  // namespace bylined::listing
