// SPDX-License-Identifier: Apache-2.0
// A list page without a feed, read by a recipe: selectors that stand in a file of their own, recipes/NAME.toml.
#include <algorithm>
#include <array>

#include "base/markup/html.h"
#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/link.h"

namespace bylined::listing {
namespace {

using markup::Document;
using markup::Node;
using markup::Selector;

// Only a recipe says how to read such a page, so no address suggests it.
bool recognises(const net::Url&) { return false; }

// A selector that may be left out; it then finds nothing. Counts what it finds, so that one that misses is named.
class Optional {
 public:
  explicit Optional(const char* key) : key_(key) {}
  Status compile(const std::string& css) {
    css_ = css;
    if (css.empty()) return Status();
    auto selector = Selector::compile(css);
    if (!selector) return selector.error().within(key_);
    selector_ = std::move(*selector);
    return Status();
  }

  explicit operator bool() const { return selector_.has_value(); }
  Node first(const Document& document, Node below = Node()) {
    const Node found = selector_ ? document.first(*selector_, below) : Node();
    found_ = found_ || found;
    return found;
  }
  std::vector<Node> all(const Document& document) {
    auto found = selector_ ? document.all(*selector_) : std::vector<Node>();
    found_ = found_ || !found.empty();
    return found;
  }
  // `where` it was looked for: "on the page". Empty where it found something, or is left out.
  std::string missed(const std::string& where) const { return found_ || css_.empty() ? std::string() : std::string(key_) + ": nothing " + where + " matches '" + css_ + "'"; }

 private:
  const char* key_;
  std::string css_;
  std::optional<Selector> selector_;
  bool found_ = false;
};

struct Compiled {
  Optional item{"item"}, link{"link"}, title{"title"}, summary{"summary"}, time{"time"}, byline{"byline"}, next_page{"next_page"}, journalist{"journalist"};
};

Compiled compile(const model::Recipe& recipe, std::vector<std::string>& faults) {
  Compiled compiled;
  const std::pair<Optional*, const std::string*> parts[] = {
      {&compiled.item, &recipe.item}, {&compiled.link, &recipe.link}, {&compiled.title, &recipe.title}, {&compiled.summary, &recipe.summary},
      {&compiled.time, &recipe.time}, {&compiled.byline, &recipe.byline}, {&compiled.next_page, &recipe.next_page}, {&compiled.journalist, &recipe.journalist}};
  for (const auto& [selector, css] : parts) {
    if (const Status made = selector->compile(*css); !made) faults.push_back(made.error().text());
  }
  if (recipe.item.empty()) faults.emplace_back("item: a recipe needs the selector of one entry of the list");
  return compiled;
}

// What was asked of the entries and stands in none of them.
std::vector<std::string> missed_by(const Compiled& recipe, std::size_t entries) {
  const std::string where = entries == 1 ? "in its one entry" : "in " + std::to_string(entries) + " entries";
  std::vector<std::string> missed;
  for (const Optional* const one : {&recipe.link, &recipe.title, &recipe.summary, &recipe.time, &recipe.byline}) {
    if (std::string text = one->missed(where); !text.empty()) missed.push_back(std::move(text));
  }
  return missed;
}

std::optional<model::Stamp> time_of(Node node, Instant fetched_at) {
  if (!node) return std::nullopt;
  if (const auto exact = text::read_date(node.attribute("datetime"))) return *exact;
  const auto shown = text::read_date_near(node.text(), fetched_at);
  return shown ? std::optional(*shown) : std::nullopt;
}

// Where no recipe says it: a link first, else what a script opens.
Node link_of(const Document& document, Compiled& recipe, const std::string& base, Node entry) {
  if (recipe.link) return recipe.link.first(document, entry);
  if (entry.has_attribute("href")) return entry;
  const Node link = document.first("a[href]", entry);
  if (link && !address_at(base, link).empty()) return link;
  if (!address_at(base, entry).empty()) return entry;
  const std::vector<Node> leading = document.all(kLeading, entry);
  const auto leads = std::find_if(leading.begin(), leading.end(), [&base](Node node) { return !address_at(base, node).empty(); });
  return leads == leading.end() ? link : *leads;
}

model::ListedItem item_of(const Document& document, Compiled& recipe, const std::string& base, Node entry, Instant fetched_at) {
  model::ListedItem item;
  const Node link = link_of(document, recipe, base, entry);
  if (link) item.url = address_at(base, link);
  const Node title = recipe.title ? recipe.title.first(document, entry) : link;
  if (title) item.title = title.text();
  if (item.title.empty() && link) item.title = link.attribute("title");
  if (const Node summary = recipe.summary.first(document, entry)) item.summary = summary.text();
  if (const Node byline = recipe.byline.first(document, entry)) item.authors = person_names(byline.text());
  item.printed = time_of(recipe.time.first(document, entry), fetched_at);
  return item;
}

// What stands beside the entries: the older page, and whose page it is.
void read_page(const Document& document, Compiled& recipe, const std::string& base, Collector& collector) {
  model::Listing& listing = collector.listing();
  listing.page_cut = document.cut();
  if (const Node next = recipe.next_page.first(document)) {
    const std::string url = address_at(base, next);
    if (!url.empty()) listing.next_page = url;
  }
  if (const Node name = recipe.journalist.first(document)) {
    const auto names = person_names(name.text());
    if (!names.empty()) listing.journalist = names.front();
  }
  for (const Optional* const one : {&recipe.next_page, &recipe.journalist}) {
    if (const std::string missed = one->missed("on the page"); !missed.empty()) collector.remark(missed);
  }
}

Result<model::Listing> read(const model::Source& source, const model::Page& page) {
  if (!source.recipe) return Error(ErrorKind::kInvalid, "a css_page needs a recipe: its source stands in the configuration with the one that reads it");
  std::vector<std::string> faults;
  Compiled recipe = compile(*source.recipe, faults);
  if (!faults.empty()) return Error(ErrorKind::kInvalid, "recipe " + source.recipe->name + ": " + faults.front());
  const text::Decoded decoded = text::decode(page.bytes, page.content_type);
  const auto document = Document::parse(decoded.text, markup::HtmlLimits());
  if (!document) return document.error();
  Collector collector;
  const std::string base = base_of(*document, page.url);
  const auto entries = recipe.item.all(*document);
  collector.entries_are(source.recipe->item);
  for (const Node entry : entries) {
    collector.add(item_of(*document, recipe, base, entry, page.fetched_at));
  }
  if (entries.empty()) {
    const std::string wall = kind_of_wall(decoded.text);
    if (!wall.empty()) return Error(ErrorKind::kInvalid, "no list but " + wall);
    collector.listing().nothing_matched = true;
    collector.remark(recipe.item.missed("on the page"));
  }
  const std::vector<std::string> missed = entries.empty() ? std::vector<std::string>() : missed_by(recipe, entries.size());
  for (const std::string& one : missed) collector.remark(one);
  read_page(*document, recipe, base, collector);
  collector.listing().outlet = source.recipe->outlet;
  model::Listing done = collector.take();
  if (!entries.empty() && done.items.empty()) {
    return Error(ErrorKind::kInvalid, std::to_string(entries.size()) + " entries, none with a link and a title: the layout has changed" +
                                          (missed.empty() ? std::string() : " (" + missed.front() + ")"));
  }
  return done;
}

}  // namespace

std::vector<std::string> recipe_faults(const model::Recipe& recipe) {
  std::vector<std::string> faults;
  compile(recipe, faults);
  return faults;
}

extern const Adapter css_page;
const Adapter css_page{"css_page", "a list page read by a recipe of CSS selectors", "CSS 선택자 레시피로 읽는 목록 페이지", recognises, read};

}  // namespace bylined::listing
