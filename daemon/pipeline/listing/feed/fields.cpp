// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/feed/fields.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::XmlNode;

enum class Field { kTitle, kLink, kId, kSummary, kContent, kPublished, kUpdated, kDate, kAuthor, kOrigin, kLanguage };

struct Rule {
  Space space;
  std::string_view name;
  Field field;
  int rank;
};
constexpr std::array<Rule, 44> kRules{{
    {Space::kPlain, "title", Field::kTitle, 0},
    {Space::kDublinCore, "title", Field::kTitle, 1},
    {Space::kMedia, "title", Field::kTitle, 2},
    {Space::kItunes, "title", Field::kTitle, 3},
    {Space::kPlain, "link", Field::kLink, 0},
    {Space::kPlain, "guid", Field::kId, 0},
    {Space::kPlain, "id", Field::kId, 0},
    {Space::kDublinCore, "identifier", Field::kId, 2},
    {Space::kPlain, "description", Field::kSummary, 0},
    {Space::kPlain, "summary", Field::kSummary, 0},
    {Space::kPlain, "subtitle", Field::kSummary, 0},
    {Space::kPlain, "tagline", Field::kSummary, 0},
    {Space::kPlain, "abstract", Field::kSummary, 1},
    {Space::kDublinCore, "description", Field::kSummary, 2},
    {Space::kDublinCore, "abstract", Field::kSummary, 3},
    {Space::kItunes, "summary", Field::kSummary, 4},
    {Space::kMedia, "description", Field::kSummary, 5},
    {Space::kItunes, "subtitle", Field::kSummary, 6},
    {Space::kContent, "encoded", Field::kContent, 0},
    {Space::kPlain, "content", Field::kContent, 1},
    {Space::kXhtml, "body", Field::kContent, 2},
    {Space::kXhtml, "div", Field::kContent, 2},
    {Space::kPlain, "body", Field::kContent, 3},
    {Space::kPlain, "fullitem", Field::kContent, 4},
    {Space::kPlain, "pubDate", Field::kPublished, 0},
    {Space::kPlain, "published", Field::kPublished, 0},
    {Space::kPlain, "issued", Field::kPublished, 1},
    {Space::kDublinCore, "issued", Field::kPublished, 1},
    {Space::kPlain, "created", Field::kPublished, 3},
    {Space::kDublinCore, "created", Field::kPublished, 3},
    {Space::kPlain, "updated", Field::kUpdated, 0},
    {Space::kPlain, "modified", Field::kUpdated, 0},
    {Space::kDublinCore, "modified", Field::kUpdated, 1},
    {Space::kPlain, "lastBuildDate", Field::kUpdated, 1},
    {Space::kDublinCore, "date", Field::kDate, 2},
    {Space::kPlain, "date", Field::kDate, 3},
    {Space::kPlain, "author", Field::kAuthor, 0},
    {Space::kDublinCore, "creator", Field::kAuthor, 1},
    {Space::kDublinCore, "author", Field::kAuthor, 1},
    {Space::kItunes, "author", Field::kAuthor, 2},
    {Space::kPlain, "managingEditor", Field::kAuthor, 3},
    {Space::kFeedburner, "origLink", Field::kOrigin, 0},
    {Space::kPlain, "language", Field::kLanguage, 0},
    {Space::kDublinCore, "language", Field::kLanguage, 1},
}};

// By the length of their names, so that an element is compared with few of them.
constexpr auto kByLength = [] {
  auto rules = kRules;
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.name.size() < b.name.size(); });
  return rules;
}();

const Rule* rule_for(Space space, std::string_view name) {
  auto rule = std::lower_bound(kByLength.begin(), kByLength.end(), name.size(), [](const Rule& one, std::size_t length) { return one.name.size() < length; });
  for (; rule != kByLength.end() && rule->name.size() == name.size(); ++rule) {
    if (rule->space == space && same_name(rule->name, name)) return &*rule;
  }
  return nullptr;
}

// A MIME type whose bytes stand encoded in the feed.
bool is_encoded(std::string_view type, std::string_view mode) {
  if (mode == "base64") return true;
  return mode.empty() && type.find('/') != std::string_view::npos && !type.starts_with("text/") && !type.ends_with("xml") && !type.ends_with("/html");
}

bool is_div(XmlNode node) { return node && same_name(node.local_name(), "div") && !node.next_sibling(); }

}  // namespace

std::string FeedText::plain() const { return is_markup ? text_of_markup(text) : squeezed(text); }

Base::Base(XmlNode element, const std::string& outside) : outside_(outside) {
  const std::string_view own = element.attribute("xml:base");
  if (!own.empty()) own_ = absolute(outside, own);
}

FeedText Fields::text_of(XmlNode element) const {
  const std::string_view type = element.attribute("type"), mode = element.attribute("mode");
  if (is_encoded(type, mode)) {
    std::string letters = element.text();
    std::erase_if(letters, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    if (const auto bytes = decode_base64(letters)) return FeedText{*bytes, true};
  }
  if (element.has_elements()) {
    const XmlNode inside = is_div(element.first_child()) ? element.first_child() : element;
    // Where markup is written as text, elements that stand there as they are do not change that.
    const bool is_escaped = type == "html" || type == "text/html" || mode == "escaped" || (!is_atom_ && type.empty() && mode.empty());
    return FeedText{is_escaped ? inside.loose_markup() : inside.markup(), true};
  }
  if (type == "html" || type == "text/html" || mode == "escaped") return FeedText{element.text(), true};
  const bool is_plain = type == "text" || type == "text/plain" || type == "xhtml" || mode == "xml" || (is_atom_ && type.empty());
  return FeedText{element.text(), !is_plain};
}

void Fields::take(XmlNode element) {
  const Space space = vocabulary_.space(element);
  const Rule* rule = rule_for(space, element.local_name());
  if (rule == nullptr) return;
  std::string joined;
  switch (rule->field) {
    case Field::kTitle: {
      const FeedText said = text_of(element);
      std::string title = said.is_markup ? headline(said.text) : said.plain();
      if (!title.empty()) title_.offer(std::move(title), rule->rank);
      break;
    }
    case Field::kLink: take_link(element, space); break;
    case Field::kId: {
      id_.offer(id_of(element), rule->rank);
      // A permanent link stands in for a missing one.
      if (!same_name(element.attribute("isPermaLink"), "false")) {
        std::string url = absolute(std::string(), element.text_in(joined));
        if (!url.empty()) link_.offer(std::move(url), 5);
      }
      break;
    }
    case Field::kSummary:
    case Field::kContent: {
      auto& slot = rule->field == Field::kSummary ? summary_ : content_;
      FeedText text = text_of(element);
      if (!text.text.empty()) slot.offer(std::move(text), rule->rank);
      break;
    }
    case Field::kPublished: take_date(element, published_, rule->rank); break;
    case Field::kUpdated: take_date(element, updated_, rule->rank); break;
    case Field::kDate:
      take_date(element, published_, rule->rank);
      take_date(element, updated_, rule->rank);
      break;
    case Field::kAuthor: take_author(element, rule->rank); break;
    case Field::kOrigin: origin_.offer(absolute(base_, element.text_in(joined)), rule->rank); break;
    case Field::kLanguage: language_.offer(element.text(), rule->rank); break;
  }
}

void Fields::take_link(XmlNode element, Space) {
  const Base base(element, base_);
  const std::string_view href = element.attribute("href");
  if (href.empty()) {
    std::string joined;
    std::string url = absolute(base.url(), element.text_in(joined));
    if (!url.empty()) link_.offer(std::move(url), 1);
    return;
  }
  const std::string_view relation = element.attribute("rel"), type = element.attribute("type");
  std::string url = absolute(base.url(), href);
  if (relation == "next") next_page_.offer(url, 0);
  if (!relation.empty() && relation != "alternate") return;
  if (!url.empty()) link_.offer(std::move(url), type.empty() || type == "text/html" ? 0 : 2);
}

void Fields::take_author(XmlNode element, int rank) {
  XmlNode named = element;
  for (XmlNode child = element.first_child(); child; child = child.next_sibling()) {
    if (same_name(child.local_name(), "name")) named = child;
  }
  if (rank > authors_.rank) return;
  std::vector<std::string> names = rank == authors_.rank ? authors_.value : std::vector<std::string>();
  std::string joined;
  for (std::string& name : person_names(named.text_in(joined))) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  if (names.empty()) return;
  authors_.value = std::move(names);
  authors_.rank = rank;
}

void Fields::take_date(XmlNode element, Ranked<std::optional<text::PrintedDate>>& slot, int rank) {
  std::string joined;
  auto date = text::read_printed_date(element.text_in(joined));
  if (!date) return;
  slot.rank = slot.rank == rank ? rank + 1 : slot.rank;  // of two equals the later holds
  slot.offer(std::move(*date), rank);
}

// An id is opaque, but for a relative reference.
std::string Fields::id_of(XmlNode element) const {
  std::string id = element.has_elements() ? element.markup() : element.text();
  if (!id.starts_with('/') && !id.starts_with("./") && !id.starts_with("../")) return id;
  std::string whole = absolute(Base(element, base_).url(), id);
  return whole.empty() ? id : whole;
}

FeedEntry Fields::entry() && {
  FeedEntry entry;
  entry.id = std::move(id_.value);
  entry.url = std::move(link_.value);
  entry.origin = std::move(origin_.value);
  entry.title = std::move(title_.value);
  entry.authors = std::move(authors_.value);
  entry.published = std::move(published_.value);
  entry.updated = std::move(updated_.value);
  entry.summary = std::move(summary_.value);
  entry.content = std::move(content_.value);
  return entry;
}

void Fields::into(FeedDocument& document) const {
  document.title = title_.value;
  document.url = link_.value;
  document.description = summary_.value;
  document.language = language_.value;
  document.updated = updated_.value ? updated_.value : published_.value;
  document.next_page = next_page_.value;
}

}  // namespace bylined::listing
