// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/linked_data.h"

#include <algorithm>

#include "base/markup/json.h"
#include "pipeline/article/byline/names.h"
#include "pipeline/article/headline/headline.h"
#include "pipeline/article/witness.h"

namespace bylined::article {
namespace {

namespace json = markup::json;

constexpr int kDeepest = 8;
constexpr std::int64_t kEarliest = 788'918'400, kLatest = 2'082'758'400;  // 1995 to 2035
constexpr std::size_t kLeastBody = 300;  // bytes; shorter ones are teasers
constexpr double kDoubted = 0.4;  // what is left of such an article's weights

bool ends_in_article(std::string_view type) {
  for (const std::string_view kind : {"Article", "Posting", "Report", "NewsStory"}) {
    if (type.ends_with(kind)) return true;
  }
  return false;
}

template <class F>
bool is_of_type(const json::object& thing, F kind) {
  const json::value* const type = thing.if_contains("@type");
  if (type == nullptr) return false;
  if (type->is_string()) return kind(type->as_string());
  if (!type->is_array()) return false;
  const json::array& all = type->as_array();
  return std::any_of(all.begin(), all.end(), [&](const json::value& one) { return one.is_string() && kind(one.as_string()); });
}

bool is_article(const json::object& thing) { return is_of_type(thing, ends_in_article); }

// A page as such may be dated, and so may a product or a recipe that is its subject.
bool is_page(const json::object& thing) {
  return is_of_type(thing, [](std::string_view type) { return type.ends_with("Page") || type == "Recipe" || type == "Event" || type == "CreativeWork" || type == "VideoObject"; });
}

// A text, or the name or url of a thing, or of the first of several.
std::string text_of(const json::value* value, std::string_view member) {
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->as_string());
  if (value->is_object()) return text_of(value->as_object().if_contains(member), member);
  if (value->is_array() && !value->as_array().empty()) return text_of(&value->as_array().front(), member);
  return {};
}

// A person may have a name in two parts only.
std::string name_of(const json::value& person) {
  std::string name = text_of(&person, "name");
  if (!name.empty() || !person.is_object()) return name;
  for (const std::string_view part : {"givenName", "familyName"}) {
    const std::string text = text_of(person.as_object().if_contains(part), "@value");
    name += (name.empty() || text.empty() ? "" : " ") + text;
  }
  return name;
}

std::vector<std::string> names_of(const json::value* value) {
  std::vector<std::string> names;
  if (value == nullptr) return names;
  if (!value->is_array()) return person_names(markup::plain_text(name_of(*value)));
  for (const json::value& one : value->as_array()) {
    for (std::string& name : person_names(markup::plain_text(name_of(one)))) {
      if (!add_name(names, std::move(name))) return names;
    }
  }
  return names;
}

// A time as text, or as seconds since 1970.
std::string time_of(const json::value* value) {
  if (value == nullptr || !value->is_int64()) return text_of(value, "@value");
  const std::int64_t seconds = value->as_int64();
  return seconds > kEarliest && seconds < kLatest ? rfc3339(Instant(std::chrono::seconds(seconds))) : std::string();
}

void add_stamp(Evidence& evidence, Field field, const json::object& thing, std::string_view member) {
  evidence.add_time(field, time_of(thing.if_contains(member)), "JSON-LD " + std::string(member), 0.9);
}

// A newsroom that signs as a whole.
bool is_organisation(const json::value* author) {
  if (author != nullptr && author->is_array() && author->as_array().size() == 1) author = &author->as_array().front();
  return author != nullptr && author->is_object() && is_of_type(author->as_object(), [](std::string_view type) { return type.ends_with("Organization"); });
}

void add_authors(Evidence& evidence, const json::value* authors) {
  const bool as_one = is_organisation(authors);
  evidence.add(Field::kAuthors, names_of(authors), as_one ? "JSON-LD author, an organisation" : "JSON-LD author", 0.85);
  for (Claim& claim : evidence.claims(Field::kAuthors)) claim.is_organisation = as_one;
}

Evidence claims_of(const json::object& thing) {
  Evidence evidence;
  const auto at = [&thing](std::string_view member) { return thing.if_contains(member); };
  const std::string outlet = markup::plain_text(text_of(at("publisher"), "name"));
  evidence.add(Field::kTitle, std::string(without_outlet(markup::plain_text(text_of(at("headline"), "@value")), outlet)), "JSON-LD headline", 0.91);
  add_authors(evidence, at("author"));
  add_stamp(evidence, Field::kPublished, thing, "datePublished");
  add_stamp(evidence, Field::kModified, thing, "dateModified");
  evidence.add(Field::kOutlet, outlet, "JSON-LD publisher", 0.6);
  evidence.add(Field::kSummary, markup::plain_text(text_of(at("description"), "@value")), "JSON-LD description", 0.5);
  evidence.add(Field::kSection, markup::plain_text(text_of(at("articleSection"), "name")), "JSON-LD articleSection", 0.7);
  evidence.add(Field::kLanguage, text_of(at("inLanguage"), "name"), "JSON-LD inLanguage", 0.5);
  evidence.add(Field::kImage, text_of(at("image"), "url"), "JSON-LD image", 0.5);
  const std::string body = text_of(at("articleBody"), "@value");
  if (body.size() >= kLeastBody) evidence.add(Field::kBody, markup::plain_text(body), "JSON-LD articleBody", 0.3);
  return evidence;
}

std::vector<std::string> addresses_of(const json::object& thing) {
  std::vector<std::string> addresses;
  for (const std::string_view member : {"url", "mainEntityOfPage", "@id"}) addresses.push_back(text_of(thing.if_contains(member), "@id"));
  return addresses;
}

void read_article(const json::object& thing, const PageItself& page, Evidence& evidence) {
  Evidence said = claims_of(thing);
  const auto& titles = said.claims(Field::kTitle);
  const std::string headline = titles.empty() ? std::string() : titles.front().values.front();
  switch (page.standing_of(headline, addresses_of(thing))) {
    case Standing::kWitness: return evidence.join(std::move(said));
    case Standing::kContradicted: return evidence.join(std::move(said), kDoubted, ", whose headline the page contradicts");
    case Standing::kOther: return evidence.set_aside(std::move(said), " of another article");
  }
}

// Weaker claims of what is not called an article.
void read_page(const json::object& thing, Evidence& evidence) {
  evidence.add_time(Field::kPublished, text_of(thing.if_contains("datePublished"), "@value"), "JSON-LD page's datePublished", 0.65);
  evidence.add(Field::kAuthors, names_of(thing.if_contains("author")), "JSON-LD page's author", 0.5);
}

void walk(const json::value& value, int depth, const PageItself& page, Evidence& evidence) {
  if (depth > kDeepest) return;
  if (value.is_array()) {
    for (const json::value& one : value.as_array()) walk(one, depth + 1, page, evidence);
  } else if (value.is_object()) {
    const json::object& thing = value.as_object();
    if (is_article(thing)) return read_article(thing, page, evidence);
    if (is_page(thing)) read_page(thing, evidence);
    for (const std::string_view member : {"@graph", "mainEntity", "itemListElement"}) {
      if (const json::value* const inner = thing.if_contains(member)) walk(*inner, depth + 1, page, evidence);
    }
  }
}

// <meta name="parsely-page" content="{…}">: an older form of the same.
void read_parsely(const markup::Document& document, Evidence& evidence) {
  const markup::Node meta = document.first("meta[name='parsely-page']");
  const auto parsed = meta ? markup::parse_loose_json(meta.attribute("content")) : Result<json::value>(json::value());
  if (!parsed || !parsed->is_object()) return;
  const json::object& page = parsed->as_object();
  evidence.add(Field::kTitle, markup::plain_text(text_of(page.if_contains("title"), "name")), "parsely-page title", 0.6);
  evidence.add(Field::kAuthors, names_of(page.if_contains(page.contains("authors") ? "authors" : "author")), "parsely-page author", 0.7);
  evidence.add_time(Field::kPublished, time_of(page.if_contains("pub_date")), "parsely-page pub_date", 0.8);
}

}  // namespace

void read_linked_data(const markup::Document& document, const std::string& url, Evidence& evidence) {
  const PageItself page(evidence, url);
  read_parsely(document, evidence);
  for (const markup::Node script : document.all("script[type='application/ld+json']")) {
    const markup::Node text = script.first_child();
    if (!text) continue;
    const auto parsed = markup::parse_loose_json(text.text_content());
    if (parsed) walk(*parsed, 0, page, evidence);
  }
}

}  // namespace bylined::article
