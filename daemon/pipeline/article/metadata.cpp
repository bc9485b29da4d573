// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/metadata.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/net/url.h"
#include "base/text/decode.h"
#include "base/text/hangul.h"
#include "pipeline/article/body/marks.h"
#include "pipeline/article/byline/names.h"
#include "pipeline/article/headline/headline.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;

constexpr std::size_t kLongestList = 500;  // bytes of several authors
constexpr std::size_t kLongestMetas = 4000;  // bytes of as many as say more
constexpr std::size_t kLongestHeading = 1000;  // bytes that are looked for in a title
constexpr int kMostHeadings = 12;  // that are looked at
constexpr std::size_t kLeastSubheading = 8;  // letters; shorter ones name sections
constexpr double kSubheading = 0.5;  // how far the first below a site's own name is the headline
constexpr double kNameAlone = 0.2;   // of a title's weight, where it is the site's name

struct MetaName {
  Field field;
  std::string_view name;
  double weight;
};
constexpr auto kMetaNames = std::to_array<MetaName>({
#define META(field, name, weight) {Field::k##field, name, weight},
#include "pipeline/article/metadata.inc"
#undef META
});

// Where another claim stands; the value is an attribute, or the text where none is named.
struct Place {
  Field field;
  const char* selector;
  const char* attribute;
  double weight;
};
constexpr auto kPlaces = std::to_array<Place>({
    {Field::kTitle, "h1[itemprop=headline]", "", 0.5},
    {Field::kTitle, "[itemprop=headline]", "", 0.3},
    {Field::kTitle, "h1", "", 0.6},
    {Field::kTitle, "title", "", 0.45},
    {Field::kAuthors, "[itemprop=author] [itemprop=name]", "", 0.6},
    {Field::kAuthors, "[itemprop=author]", "", 0.5},
    {Field::kAuthors, "a[rel=author]", "", 0.6},
    {Field::kAuthors, ".byline__name", "", 0.5},
    {Field::kAuthors, ".author-name", "", 0.5},
    {Field::kAuthors, ".author a", "", 0.4},
    {Field::kAuthors, ".byline a", "", 0.4},
    {Field::kAuthors, ".byline", "", 0.35},
    {Field::kAuthors, ".author", "", 0.35},
    {Field::kPublished, "[itemprop=datePublished]", "datetime", 0.8},
    {Field::kPublished, "[itemprop=datePublished]", "content", 0.8},
    {Field::kPublished, "[itemprop=datePublished]", "title", 0.7},
    {Field::kPublished, "[itemprop=datePublished]", "", 0.6},
    {Field::kPublished, "time[pubdate]", "datetime", 0.7},
    {Field::kModified, "[itemprop=dateModified]", "content", 0.8},
    {Field::kModified, "[itemprop=dateModified]", "datetime", 0.8},
    {Field::kLanguage, "html", "lang", 0.8},
    {Field::kLanguage, "html", "xml:lang", 0.6},
    {Field::kLanguage, "body", "lang", 0.4},
    {Field::kImage, "link[rel=image_src]", "href", 0.4},
    {Field::kCanonicalUrl, "link[rel=canonical]", "href", 0.9},
});

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

const MetaName* meta_named(std::string_view name) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const MetaName*> made;
    for (const MetaName& one : kMetaNames) made.emplace(one.name, &one);
    return made;
  }();
  const auto found = index.find(lowered(name));
  return found == index.end() ? nullptr : found->second;
}

std::string absolute(const std::string& url, const std::string& reference) {
  const auto base = net::Url::parse(url);
  const auto full = base ? base->resolve(reference) : net::Url::parse(reference);
  return full ? full->text() : std::string();
}

// "ko_KR" is "ko-KR".
std::string language_tag(std::string text) {
  std::replace(text.begin(), text.end(), '_', '-');
  return text.size() >= 2 && text.size() <= 16 && text.find(' ') == std::string::npos ? text : std::string();
}

// Compiled once.
const std::vector<markup::Selector>& place_selectors() {
  static const auto all = [] {
    std::vector<markup::Selector> made;
    for (const Place& place : kPlaces) made.push_back(*markup::Selector::compile(place.selector));
    return made;
  }();
  return all;
}

const markup::Selector& item_selector() {
  static const markup::Selector selector = *markup::Selector::compile("[itemprop]");
  return selector;
}

// A word of a class name: "site-logo", not "catalogo".
bool has_word(std::string_view names, std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = names.find(word); at != std::string_view::npos; at = names.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_letter(names[at - 1])) && (end == names.size() || !is_letter(names[end]))) return true;
  }
  return false;
}

bool is_beside(Node node, MarkReader& reader) {
  while (node && !reader.stands_beside(node)) node = node.parent();
  return bool(node);
}

// Where sites put their own name, by the words of their authors.
bool is_called_masthead(Node element) {
  for (const char* const attribute : {"class", "id"}) {
    const std::string_view names = element.attribute(attribute);
    for (const std::string_view word : {"logo", "gnb", "sitename", "site-name", "site_name", "site-title", "site_title"}) {
      if (has_word(names, word)) return true;
    }
  }
  return false;
}

bool is_heading(const Place& place) { return std::string_view(place.selector) == "h1"; }
bool is_item(const Place& place) { return std::string_view(place.selector).find("[itemprop") != std::string_view::npos; }

class Reader {
 public:
  Reader(const Document& document, const std::string& url, Evidence& evidence) : document_(document), url_(url), evidence_(evidence) {}

  void run() {
    collect_metas();
    site_ = meta_value("og:site_name");
    evidence_.year_first = writes_year_first();
    const Node heading = heading_node();
    heading_ = heading ? heading.text() : std::string();
    for (const auto& [known, value] : metas_) add(known->field, value, "meta " + std::string(known->name), known->weight);
    const Node title = document_.first("title");
    if (title) evidence_.add(Field::kOutlet, outlet_in(title.text(), url_, heading_), "title's last part", 0.25);
    const bool has_items = bool(document_.first(item_selector()));
    const char* looked_for = "";
    Node node;
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
      const Place& place = kPlaces[i];
      const bool again = std::string_view(place.selector) == looked_for;
      if (!again) node = is_heading(place) ? heading : has_items || !is_item(place) ? document_.first(place_selectors()[i]) : Node();
      looked_for = place.selector;
      if (!node || is_meta_read(node)) continue;
      std::string value = place.attribute[0] == '\0' ? text_at(place_selectors()[i], place, node) : std::string(node.attribute(place.attribute));
      const std::string from = place.attribute[0] == '\0' ? place.selector : std::string(place.selector) + " " + place.attribute;
      const bool is_lower = is_heading(place) && node.tag() != markup::Tag::kH1;
      if (!value.empty()) add(place.field, std::move(value), is_lower ? "heading below the site's name" : from, is_lower ? kSubheading : place.weight);
    }
  }

 private:
  // The first one's text; several authors stand side by side.
  std::string text_at(const markup::Selector& selector, const Place& place, Node first) const {
    std::string text = first.text();
    if (place.field != Field::kAuthors) return text;
    for (Node next = first.next_sibling(); next && text.size() < kLongestList; next = next.next_sibling()) {
      if (next.is_element() && selector.matches(next)) text += ", " + next.text();
    }
    return text;
  }

  // One element is one witness.
  static bool is_meta_read(Node node) { return node.tag() == markup::Tag::kMeta && meta_named(node.attribute("itemprop")) != nullptr; }

  // The first of each name; several authors are all of them.
  void collect_metas() {
    std::vector<const MetaName*> seen;
    for (const Node meta : document_.all("meta")) {
      for (const char* const attribute : {"property", "name", "itemprop", "http-equiv"}) {
        const MetaName* const known = meta_named(meta.attribute(attribute));
        const std::string_view value = meta.attribute("content");
        if (known == nullptr || value.empty()) continue;
        const bool again = std::find(seen.begin(), seen.end(), known) != seen.end();
        if (again && known->field != Field::kAuthors) continue;
        if (again) {
          const auto first = std::find_if(metas_.begin(), metas_.end(), [&](const auto& one) { return one.first == known; });
          if (first->second.size() > kLongestMetas) evidence_.claims_cut = true;
          else if (first->second.find(value) == std::string::npos) first->second += ", " + std::string(value);
          continue;
        }
        seen.push_back(known);
        metas_.emplace_back(known, value);
      }
    }
  }

  void add(Field field, std::string value, const std::string& from, double weight) {
    switch (field) {
      case Field::kTitle: add_title(value, from, weight); break;
      case Field::kAuthors: evidence_.add(field, person_names(value), from, weight); break;
      case Field::kPublished:
      case Field::kModified: evidence_.add_time(field, value, from, weight); break;
      case Field::kImage:
      case Field::kCanonicalUrl: evidence_.add(field, whole(value), from, weight); break;
      case Field::kLanguage: evidence_.add(field, language_tag(std::move(value)), from, weight); break;
      default: evidence_.add(field, std::move(value), from, weight);
    }
  }

  std::string meta_value(std::string_view name) const {
    const auto meta = std::find_if(metas_.begin(), metas_.end(), [name](const auto& one) { return one.first->name == name; });
    return meta == metas_.end() ? std::string() : meta->second;
  }

  void add_title(const std::string& value, const std::string& from, double weight) {
    std::string headline = bare_headline(value, site_, url_, heading_);
    const std::string bare = squashed(headline);
    const bool is_name = !bare.empty() && (bare == masthead_ || names_outlet(bare));
    evidence_.add(Field::kTitle, std::move(headline), from, is_name ? kNameAlone * weight : weight);
  }

  // Addresses start from the page's <base href>, where it has one.
  std::string whole(const std::string& address) const {
    const Node base = net::Url::parse(address) ? Node() : document_.first("base[href]");
    const std::string start = base ? absolute(url_, std::string(base.attribute("href"))) : std::string();
    return absolute(start.empty() ? url_ : start, address);
  }

  // By its language, or by a title in Hangul under a template that says another.
  bool writes_year_first() const {
    std::string language = lowered(document_.first("html").attribute("lang"));
    const auto meta = std::find_if(metas_.begin(), metas_.end(), [](const auto& one) { return one.first->field == Field::kLanguage; });
    if (language.empty() && meta != metas_.end()) language = lowered(meta->second);
    const auto is = [&language](std::string_view tag) { return language.starts_with(tag); };
    return is("ko") || is("ja") || is("zh") || text::has_hangul(document_.first("title").text());
  }

  bool names_outlet(const std::string& bare) const { return bare == squashed(site_); }

  bool leads_home(Node link) const {
    const auto base = net::Url::parse(url_);
    const auto goal = base && link.has_attribute("href") ? base->resolve(link.attribute("href")) : Result<net::Url>(Error(ErrorKind::kInvalid, "no address"));
    return goal && (goal->path() == "/" || goal->path().starts_with("/index."));
  }

  // A site's own name: all of it leads to the front page, or it stands where sites put that.
  bool is_masthead(Node h1) const {
    if (is_called_masthead(h1) || is_called_masthead(h1.parent())) return true;
    const Node inner = document_.first("a", h1);
    if (inner) return leads_home(inner) && inner.text() == h1.text();
    return h1.parent().tag() == markup::Tag::kA && leads_home(h1.parent());
  }

  void note_masthead(Node h1) {
    const Node image = document_.first("img", h1);
    const std::string name = !h1.text().empty() ? h1.text() : std::string(image.attribute("alt"));
    masthead_ = squashed(name);
    if (site_.empty()) site_ = name;
  }

  // Where the h1 is the site's: the heading that the titles name, else, where they name the site alone, the first that leads
  // nowhere.
  Node lower_heading(const std::string& title, const std::string& named) const {
    const bool names_site_alone = title == masthead_ && (named.empty() || named == masthead_);
    MarkReader reader;
    Node first;
    int looked_at = 0;
    for (const Node heading : document_.all("h2, h3")) {
      if (++looked_at > kMostHeadings) break;
      const std::string text = heading.text(), bare = squashed(text);
      if (text::code_points(text) < kLeastSubheading || bare.size() > kLongestHeading || bare == masthead_) continue;
      if (title.find(bare) != std::string::npos || named.find(bare) != std::string::npos) return heading;
      if (names_site_alone && !first && !document_.first("a", heading) && !is_beside(heading, reader)) first = heading;
    }
    return first;
  }

  // The h1 that the page's title speaks of, else the first: many sites have their own name in one.
  Node heading_node() {
    const Node title = document_.first("title");
    const std::string in_title = squashed(title ? title.text() : std::string()), named = squashed(meta_value("og:title"));
    Node first;
    int looked_at = 0;
    for (const Node h1 : document_.all("h1")) {
      if (++looked_at > kMostHeadings) break;
      const std::string bare = squashed(h1.text());
      if (is_masthead(h1)) {
        note_masthead(h1);
        continue;
      }
      if (!bare.empty() && bare.size() <= kLongestHeading && !names_outlet(bare) && (in_title.find(bare) != std::string::npos || named.find(bare) != std::string::npos)) return h1;
      if (!first) first = h1;
    }
    return first || masthead_.empty() ? first : lower_heading(in_title, named);
  }

  const Document& document_;
  const std::string& url_;
  Evidence& evidence_;
  std::vector<std::pair<const MetaName*, std::string>> metas_;
  std::string heading_;
  std::string site_;      // its name, where the page says it
  std::string masthead_;  // that name as a h1 has it, squashed
};

}  // namespace

void read_metadata(const Document& document, const std::string& url, Evidence& evidence) { Reader(document, url, evidence).run(); }

}  // namespace bylined::article
