// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/discover.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/net/url.h"
#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/entry.h"
#include "pipeline/listing/link.h"

namespace bylined::listing {
namespace {

using markup::Document;
using markup::Node;

constexpr std::size_t kFewest = 5;          // links that make a list
constexpr std::size_t kFewestDated = 2;     // the same where each entry says when it is from: a journalist's first articles, say
constexpr std::size_t kLongHeadline = 60;   // what counts of one
constexpr std::size_t kHeading = 2, kBeside = 8;  // a heading counts twice, what stands beside the news an eighth
constexpr std::size_t kDated = 3;           // articles are dated where they are listed; menus, and what is much read, are not
constexpr std::size_t kMostLists = 8;
constexpr std::size_t kSame = 5;            // all but a fifth of the links are those of another list
constexpr std::size_t kLongestClass = 60;   // bytes
constexpr std::size_t kMostLinks = 5'000;
constexpr std::size_t kMostSuggestions = 10;
constexpr int kClimb = 4;  // levels from a link up to its entry
constexpr int kMostInside = 20;   // links of it
constexpr int kMostBefore = 6;    // elements, and blanks between them, that stand before a list and may be its heading
constexpr int kMostHeadingPieces = 20;
constexpr std::size_t kLongestHeading = 60;  // bytes

// The first class that says what it is, and not where it stands or what was clicked.
std::string shown(Node node) {
  constexpr std::array<std::string_view, 8> kStates{"first", "last", "odd", "even", "on", "active", "current", "new"};
  for (std::string_view rest = trimmed(node.attribute("class")); !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find_first_of(" \t\r\n"));
    if (std::find(kStates.begin(), kStates.end(), one) == kStates.end()) return std::string(node.name()) + "." + std::string(one.substr(0, kLongestClass));
    rest = trimmed(rest.substr(one.size()));
  }
  return std::string(node.name());
}

// Link, parent and grandparent: links of one list look alike in that.
std::string signature(Node link) {
  std::string text = shown(link);
  Node at = link.parent();
  for (int level = 0; level < 2 && at; ++level, at = at.parent()) text = shown(at) + " " + text;
  return text;
}

bool is_beside(Node node) {
  constexpr std::array<std::string_view, 4> kParts{"nav", "header", "footer", "aside"};
  for (; node; node = node.parent()) {
    if (std::find(kParts.begin(), kParts.end(), node.name()) != kParts.end()) return true;
  }
  return false;
}

// A menu, or a box of what is much read, by its name; the whole page is called whatever its columns are.
bool is_called_beside(Node node) {
  for (; node && node.name() != "body"; node = node.parent()) {
    if (is_called(node, {"gnb", "lnb", "snb", "nav", "navi", "menu", "footer", "rank", "ranking", "popular", "best", "most", "hot", "side", "sidebar", "aside", "recommend", "related", "banner", "notice"})) return true;
  }
  return false;
}

// A heading of its own: in it, or around it.
bool has_heading(const Document& document, Node link) {
  const auto is_heading = [](Node node) { return node.name().size() == 2 && node.name()[0] == 'h' && node.name()[1] >= '1' && node.name()[1] <= '6'; };
  return is_heading(link.parent()) || is_heading(link.parent().parent()) || document.first("h1, h2, h3, h4, h5, h6", link);
}

bool is_link(Node node) { return node.name() == "a" && node.has_attribute("href"); }

// A link that leads somewhere stands in it, or around it: that one counts. Nor is it an entry where it holds more than one may.
bool is_beside_a_link(const std::string& base, Node node) {
  int pieces = 0;
  for (Node at = node.first_child(); at; at = at.next_below(node)) {
    if (++pieces > kMostPieces || (is_link(at) && !address_at(base, at).empty())) return true;
  }
  Node above = node.parent();
  for (int level = 0; level < kClimb && above; ++level, above = above.parent()) {
    if (is_link(above) && !address_at(base, above).empty()) return true;
  }
  return false;
}

struct Link {
  Node node;
  std::string url, text;
  std::optional<model::Stamp> printed;
};

struct Group {
  std::string where;
  std::vector<Link> links;
  std::set<std::string> urls;
  std::size_t weight = 0;
  bool in_headings = false;
};

bool add(std::map<std::string, Group>& groups, Link link) {
  const std::size_t length = text::code_points(link.text);
  if (length < kShortHeadline) return false;
  Group& group = groups[signature(link.node)];
  if (!group.urls.insert(link.url).second) return true;
  group.weight += std::min(length, kLongHeadline) + 1 - kShortHeadline;
  group.links.push_back(std::move(link));
  return true;
}

std::map<std::string, Group> groups_of(const Document& document, const std::string& page_url) {
  const std::string base = base_of(document, page_url);
  std::map<std::string, Group> groups;
  std::set<std::string> titled;
  std::vector<Link> covers;
  std::size_t seen = 0;
  for (const Node node : document.all(kLeading)) {
    if (++seen > kMostLinks) break;
    Link link{node, address_at(base, node), {}, {}};
    if (link.url.empty() || !net::is_same_site(link.url, page_url) || is_beside(node)) continue;
    if (!is_link(node) && is_beside_a_link(base, node)) continue;
    link.text = title_of_link(node);
    const std::string url = link.url;
    if (link.text.empty()) covers.push_back(std::move(link));
    else if (add(groups, std::move(link))) titled.insert(url);
  }
  for (Link& cover : covers) {  // a link with words of its own knows better
    if (titled.contains(cover.url)) continue;
    cover.text = title_of_cover(cover.node);
    add(groups, std::move(cover));
  }
  return groups;
}

bool weighs_more(const Group& a, const Group& b) { return a.weight > b.weight; }

// Is it more than one entry of the list whose links are at `places`? Not looked through further than an entry may be long: a list
// of many links would be looked through for each of them.
bool is_more_than_one(Node node, const Link& link, const std::set<std::uint32_t>& places) {
  int pieces = 0, links = 0;
  for (Node at = node.first_child(); at; at = at.next_below(node)) {
    if (++pieces > kMostPieces) return true;
    if (at != link.node && places.contains(at.index())) return true;
    if (is_link(at) && ++links > kMostInside) return true;
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

std::string without_blanks(std::string_view text) {
  std::string small = text::lower(text);
  std::erase_if(small, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return small;
}

// All its words, where they are few enough for a heading; blanks left out.
std::string short_text(Node node) {
  if (node.text_content().size() > kLongestHeading) return {};
  std::string text = without_blanks(node.text_content());
  int pieces = 0;
  for (Node at = node.first_child(); at; at = at.next_below(node)) {
    if (++pieces > kMostHeadingPieces || text.size() + at.text_content().size() > kLongestHeading) return {};
    text += without_blanks(at.text_content());
  }
  return text;
}

bool names_what_is_beside(const std::string& heading) {
  constexpr std::array<std::string_view, 10> kWords{"많이본", "많이읽", "많이찾", "인기기사", "인기뉴스", "랭킹", "공지사항", "mostread", "mostviewed", "popular"};
  return std::any_of(kWords.begin(), kWords.end(), [&heading](std::string_view word) { return heading.find(word) != std::string::npos; });
}

// By the words right before it: on the first level, from its first entry up, where some stand.
bool is_headed_beside(Node entry) {
  bool is_headed = false;
  for (int level = 0; level < kClimb && entry && entry.name() != "body" && !is_headed; ++level, entry = entry.parent()) {
    int before = 0;
    for (Node at = entry.previous_sibling(); at && ++before <= kMostBefore; at = at.previous_sibling()) {
      const std::string heading = short_text(at);
      if (names_what_is_beside(heading)) return true;
      is_headed = is_headed || !heading.empty();
    }
  }
  return false;
}

// A group becomes a list: when its entries are from, and what it weighs; nothing where it is none.
bool becomes_list(const Document& document, Group& group, Instant fetched_at) {
  if (group.links.size() < kFewestDated) return false;
  std::set<std::uint32_t> places;
  for (const Link& link : group.links) places.insert(link.node.index());
  std::size_t dated = 0;
  for (Link& link : group.links) {
    link.printed = time_of_entry(document, entry_of(link, places), fetched_at);
    dated += link.printed ? 1 : 0;
  }
  const Link& first = group.links.front();
  const bool is_beside = is_called_beside(first.node) || is_headed_beside(entry_of(first, places));
  if (group.links.size() < kFewest && (is_beside || dated < group.links.size())) return false;
  group.in_headings = has_heading(document, first.node);
  group.weight *= group.in_headings && group.links.size() >= kFewest ? kHeading : 1;
  group.weight *= dated * 2 >= group.links.size() ? kDated : 1;
  group.weight /= is_beside ? kBeside : 1;
  return true;
}

std::vector<Group> likeliest(const Document& document, std::map<std::string, Group> groups, Instant fetched_at) {
  std::vector<Group> lists;
  for (auto& [where, group] : groups) {
    if (!becomes_list(document, group, fetched_at)) continue;
    group.where = where;
    lists.push_back(std::move(group));
  }
  std::stable_sort(lists.begin(), lists.end(), weighs_more);
  if (lists.size() > kMostLists) lists.resize(kMostLists);
  return lists;
}

// Are `other`'s links the second ones of the same entries: its summaries, say?
bool goes_on(const Group& list, const Group& other) {
  std::map<std::string_view, std::uint32_t> places;
  for (const Link& link : list.links) places.emplace(link.url, link.node.index());
  std::size_t same = 0;
  std::uint32_t before = 0;  // where the last entry ended
  for (const Link& link : other.links) {
    const auto found = places.find(link.url);
    if (found == places.end() || found->second < before || found->second > link.node.index()) continue;
    ++same;
    before = link.node.index();
  }
  return same * kSame >= other.links.size() * (kSame - 1);
}

// Of the links of an entry the headline comes first, or stands in a heading.
bool has_the_headlines(const Group& list, const Group& other) {
  if (list.in_headings == other.in_headings) return goes_on(list, other);
  return list.in_headings && (goes_on(list, other) || goes_on(other, list));
}

void drop_second_links(std::vector<Group>& lists) {
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (std::size_t j = 0; j < lists.size();) {
      if (i == j || !has_the_headlines(lists[i], lists[j])) {
        ++j;
        continue;
      }
      lists[i].weight = std::max(lists[i].weight, lists[j].weight);
      lists.erase(lists.begin() + static_cast<std::ptrdiff_t>(j));
      if (j < i) --i;
    }
  }
  std::stable_sort(lists.begin(), lists.end(), weighs_more);
}

}  // namespace

std::vector<Suggestion> linked_sources(const Document& document, const std::string& page_url) {
  const std::string base = base_of(document, page_url);
  std::vector<Suggestion> found;
  std::set<std::string> seen;
  const auto add = [&](Node node, const char* kind, const char* why) {
    const std::string url = absolute(base, node.attribute("href"));
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

std::vector<FoundList> find_lists(const Document& document, const model::Page& page) {
  std::vector<Group> groups = likeliest(document, groups_of(document, page.url), page.fetched_at);
  drop_second_links(groups);
  std::vector<FoundList> lists;
  for (Group& group : groups) {
    FoundList list{std::move(group.where), {}};
    for (Link& link : group.links) {
      model::ListedItem item;
      item.printed = std::move(link.printed);
      item.url = std::move(link.url);
      item.title = std::move(link.text);
      list.items.push_back(std::move(item));
    }
    lists.push_back(std::move(list));
  }
  return lists;
}

bool is_opened_by_script(const Document& document, const std::string& page_url) {
  const std::string base = base_of(document, page_url);
  std::size_t seen = 0, calls = 0;
  for (const Node node : document.all("a[onclick], a[href^='javascript:']")) {
    if (++seen > kMostLinks || calls >= kFewest) break;
    if (address_at(base, node).empty() && text::code_points(title_of_link(node)) >= kShortHeadline) ++calls;
  }
  return calls >= kFewest;
}

}  // namespace bylined::listing
