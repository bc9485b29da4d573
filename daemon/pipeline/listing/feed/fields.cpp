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

// The place of the first rule whose name has so many letters or more.
constexpr auto kFirstOfLength = [] {
  std::array<std::size_t, kByLength.back().name.size() + 2> first{};
  for (std::size_t length = 0; length < first.size(); ++length) {
    while (first[length] < kByLength.size() && kByLength[first[length]].name.size() < length) ++first[length];
  }
  return first;
}();

bool may_be_same(char a, char b) { return ((a ^ b) & ~0x20) == 0; }

const Rule* rule_for(Space space, std::string_view name) {
  if (name.empty() || name.size() + 1 >= kFirstOfLength.size()) return nullptr;
  for (std::size_t at = kFirstOfLength[name.size()]; at < kFirstOfLength[name.size() + 1]; ++at) {
    const Rule& rule = kByLength[at];
    if (rule.space == space && may_be_same(rule.name.front(), name.front()) && same_name(rule.name, name)) return &rule;
  }
  return nullptr;
}

struct Mark {
  std::string_view name;
  std::string_view Marks::*value;
};
constexpr std::array<Mark, 6> kMarks{{{"xml:base", &Marks::base},
                                      {"type", &Marks::type},
                                      {"mode", &Marks::mode},
                                      {"href", &Marks::href},
                                      {"rel", &Marks::relation},
                                      {"isPermaLink", &Marks::is_permanent}}};

// Of two of one name the first holds.
void set_once(std::string_view& slot, std::string_view value) {
  if (slot.data() == nullptr) slot = value;
}

bool declares(std::string_view name, std::string_view prefix) {
  constexpr std::string_view kBefore = "xmlns";
  if (!name.starts_with(kBefore)) return false;
  return prefix.empty() ? name == kBefore : name.substr(kBefore.size()).starts_with(':') && name.substr(kBefore.size() + 1) == prefix;
}

// A MIME type whose bytes stand encoded in the feed.
bool is_encoded(std::string_view type, std::string_view mode) {
  if (mode == "base64") return true;
  return mode.empty() && type.find('/') != std::string_view::npos && !type.starts_with("text/") && !type.ends_with("xml") && !type.ends_with("/html");
}

// A link that was escaped twice: no address has "&amp;" in it.
std::string_view unescaped(std::string_view address, Texts& texts) {
  constexpr std::string_view kEscaped = "&amp;";
  if (address.find(kEscaped) == std::string_view::npos) return address;
  std::string plain;
  for (std::size_t at = address.find(kEscaped); at != std::string_view::npos; at = address.find(kEscaped)) {
    plain.append(address.substr(0, at)).append("&");
    address.remove_prefix(at + kEscaped.size());
  }
  return texts.keep(plain.append(address));
}

bool is_div(XmlNode node) { return node && same_name(node.local_name(), "div") && !node.next_sibling(); }

}  // namespace

std::string FeedText::plain() const { return is_markup ? text_of_markup(text) : squeezed(text); }

Base::Base(std::string_view own, const std::string& outside) : outside_(outside) {
  if (!own.empty()) own_ = absolute(outside, own);
}

Marks::Marks(XmlNode element, std::string_view prefix) {
  for (markup::XmlAttribute one = element.first_attribute(); one; one = one.next()) {
    const std::string_view name = one.name();
    for (const Mark& mark : kMarks) {
      if (mark.name == name) set_once(this->*mark.value, one.value());
    }
    if (declares(name, prefix)) set_once(space, one.value());
  }
}

Fields::Fields(const Vocabulary& vocabulary, bool is_atom, const std::string& base, FeedEntry& entry, Texts& texts)
    : vocabulary_(vocabulary),
      is_atom_(is_atom),
      base_(base),
      texts_(texts),
      title_(entry.title),
      link_(entry.url),
      id_(entry.id),
      origin_(entry.origin),
      summary_(entry.summary),
      content_(entry.content),
      published_(entry.published),
      updated_(entry.updated),
      authors_(entry.authors) {}

// What had to be joined is kept.
markup::XmlContent Fields::content_of(XmlNode node) {
  std::string joined;
  markup::XmlContent content = node.content_in(joined);
  if (!joined.empty()) content.text = texts_.keep(std::string(content.text));
  return content;
}

FeedText Fields::said_in(const Element& element) {
  const std::string_view type = element.marks.type, mode = element.marks.mode;
  if (is_encoded(type, mode)) {
    std::string letters = element.node.text();
    std::erase_if(letters, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    if (auto bytes = decode_base64(letters)) return FeedText{texts_.keep(std::move(*bytes)), true};
  }
  const markup::XmlContent content = content_of(element.node);
  if (content.element) {
    const XmlNode inside = is_div(content.element) ? content.element : element.node;
    // Where markup is written as text, elements that stand there as they are do not change that.
    const bool is_escaped = type == "html" || type == "text/html" || mode == "escaped" || (!is_atom_ && type.empty() && mode.empty());
    return FeedText{texts_.keep(is_escaped ? inside.loose_markup() : inside.markup()), true};
  }
  if (type.empty() && mode.empty()) return FeedText{content.text, !is_atom_};
  if (type == "html" || type == "text/html" || mode == "escaped") return FeedText{content.text, true};
  const bool is_plain = type == "text" || type == "text/plain" || type == "xhtml" || mode == "xml" || (is_atom_ && type.empty());
  return FeedText{content.text, !is_plain};
}

void Fields::take(const Element& element) {
  const Rule* rule = rule_for(vocabulary_.space(element.name.prefix, element.marks.space), element.name.local);
  if (rule == nullptr) return;
  switch (rule->field) {
    case Field::kTitle: return take_title(element, rule->rank);
    case Field::kLink: return take_link(element);
    case Field::kId: return take_id(element, rule->rank);
    case Field::kSummary: return take_text(element, summary_, rule->rank);
    case Field::kContent: return take_text(element, content_, rule->rank);
    case Field::kPublished: return take_date(element, published_, rule->rank);
    case Field::kUpdated: return take_date(element, updated_, rule->rank);
    case Field::kDate:
      take_date(element, published_, rule->rank);
      return take_date(element, updated_, rule->rank);
    case Field::kAuthor: return take_author(element, rule->rank);
    case Field::kOrigin: return origin_.offer(absolute_in(base_, content_of(element.node).text, texts_), rule->rank);
    case Field::kLanguage: return language_.offer(content_of(element.node).text, rule->rank);
  }
}

void Fields::take_title(const Element& element, int rank) {
  if (!title_.wants(rank)) return;
  const FeedText said = said_in(element);
  std::string copy;
  const std::string_view title = said.is_markup ? headline_in(said.text, copy) : squeezed_in(said.text, copy);
  if (!title.empty()) title_.set(texts_.keep(title, std::move(copy)), rank);
}

void Fields::take_text(const Element& element, Ranked<FeedText>& slot, int rank) {
  if (!slot.wants(rank)) return;
  const FeedText said = said_in(element);
  if (!said.text.empty()) slot.set(said, rank);
}

void Fields::take_id(const Element& element, int rank) {
  constexpr int kPermanentLink = 5;  // stands in for a missing one
  const markup::XmlContent content = content_of(element.node);
  if (id_.wants(rank)) id_.set(id_of(element, content), rank);
  if (!link_.wants(kPermanentLink) || same_name(element.marks.is_permanent, "false")) return;
  const std::string_view url = absolute_in(std::string(), content.text, texts_);
  if (!url.empty()) link_.set(url, kPermanentLink);
}

void Fields::take_link(const Element& element) {
  const Base base(element.marks.base, base_);
  const std::string_view href = element.marks.href;
  if (href.empty()) {
    const std::string_view url = absolute_in(base.url(), unescaped(content_of(element.node).text, texts_), texts_);
    if (!url.empty()) link_.offer(url, 1);
    return;
  }
  const std::string_view relation = element.marks.relation, type = element.marks.type;
  const std::string_view url = absolute_in(base.url(), unescaped(href, texts_), texts_);
  if (relation == "next") next_page_.offer(url, 0);
  if (!relation.empty() && relation != "alternate") return;
  if (!url.empty()) link_.offer(url, type.empty() || type == "text/html" ? 0 : 2);
}

// Sources that are equally good add to each other.
void Fields::take_author(const Element& element, int rank) {
  if (rank > authors_.rank()) return;
  XmlNode named = element.node;
  for (XmlNode child = element.node.first_child(); child; child = child.next_sibling()) {
    if (same_name(child.local_name(), "name")) named = child;
  }
  std::string joined;
  std::vector<std::string> said = person_names(named.content_in(joined).text);
  if (said.empty()) return;
  const bool is_better = authors_.wants(rank);
  if (is_better) named_.clear();
  if (is_better && said.size() == 1) return authors_.set(std::move(said), rank);  // as most are
  authors_.offer({}, rank);
  std::vector<std::string>& names = authors_.value();
  if (named_.empty()) named_.insert(names.begin(), names.end());
  for (std::string& name : said) {
    if (named_.insert(name).second) names.push_back(std::move(name));
  }
}

void Fields::take_date(const Element& element, Ranked<std::optional<text::PrintedDate>>& slot, int rank) {
  if (rank > slot.rank()) return;  // of two equals the later holds
  std::string joined;
  auto date = text::read_printed_date(element.node.content_in(joined).text);
  if (date) slot.set(std::move(*date), rank);
}

// An id is opaque, but for a relative reference.
std::string_view Fields::id_of(const Element& element, const markup::XmlContent& content) {
  const std::string_view id = content.element ? texts_.keep(element.node.markup()) : content.text;
  if (!id.starts_with('/') && !id.starts_with("./") && !id.starts_with("../")) return id;
  const std::string_view whole = absolute_in(Base(element.marks.base, base_).url(), id, texts_);
  return whole.empty() ? id : whole;
}

void Fields::into(FeedDocument& document) const {
  document.title = title_.value();
  document.url = link_.value();
  document.description = summary_.value();
  document.language = language_.value();
  document.updated = updated_.value() ? updated_.value() : published_.value();
  document.next_page = next_page_.value();
}

void sign(FeedDocument& document, const std::vector<std::string>& own) {
  constexpr std::size_t kCrowd = 20;
  if (own.size() > kCrowd) return;
  for (FeedEntry& entry : document.entries) {
    if (entry.authors.empty()) entry.authors = own;
  }
}

}  // namespace bylined::listing
