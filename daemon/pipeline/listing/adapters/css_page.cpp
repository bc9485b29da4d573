// SPDX-License-Identifier: Apache-2.0
// A list page without a feed, read by a recipe: selectors that stand in a file of config/recipes.
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

// A selector that may be left out; it then finds nothing.
class Optional {
 public:
  static Result<Optional> compile(const std::string& css) {
    Optional made;
    if (css.empty()) return made;
    auto selector = Selector::compile(css);
    if (!selector) return selector.error();
    made.selector_ = std::move(*selector);
    return made;
  }

  explicit operator bool() const { return selector_.has_value(); }
  Node first(const Document& document, Node below = Node()) const { return selector_ ? document.first(*selector_, below) : Node(); }
  std::vector<Node> all(const Document& document) const { return selector_ ? document.all(*selector_) : std::vector<Node>(); }

 private:
  std::optional<Selector> selector_;
};

struct Compiled {
  Optional item, link, title, summary, time, byline, next_page, journalist;
};

Compiled compile(const model::Recipe& recipe, std::vector<std::string>& faults) {
  Compiled compiled;
  struct Part {
    const char* key;
    const std::string& css;
    Optional& selector;
  };
  const std::array<Part, 8> parts{{{"item", recipe.item, compiled.item},
                                   {"link", recipe.link, compiled.link},
                                   {"title", recipe.title, compiled.title},
                                   {"summary", recipe.summary, compiled.summary},
                                   {"time", recipe.time, compiled.time},
                                   {"byline", recipe.byline, compiled.byline},
                                   {"next_page", recipe.next_page, compiled.next_page},
                                   {"journalist", recipe.journalist, compiled.journalist}}};
  for (const Part& part : parts) {
    auto made = Optional::compile(part.css);
    if (made) part.selector = std::move(*made);
    else faults.push_back(made.error().within(part.key).text());
  }
  if (recipe.item.empty()) faults.emplace_back("item: a recipe needs the selector of one entry of the list");
  return compiled;
}

std::optional<model::Stamp> time_of(Node node, Instant fetched_at) {
  if (!node) return std::nullopt;
  if (const auto exact = text::read_date(node.attribute("datetime"))) return *exact;
  const auto shown = text::read_date_near(node.text(), fetched_at);
  return shown ? std::optional(*shown) : std::nullopt;
}

// Where no recipe says it: a link first, else what a script opens.
Node link_of(const Document& document, const Compiled& recipe, const std::string& base, Node entry) {
  if (recipe.link) return recipe.link.first(document, entry);
  if (entry.has_attribute("href")) return entry;
  const Node link = document.first("a[href]", entry);
  if (link && !address_at(base, link).empty()) return link;
  if (!address_at(base, entry).empty()) return entry;
  const std::vector<Node> leading = document.all(kLeading, entry);
  const auto leads = std::find_if(leading.begin(), leading.end(), [&base](Node node) { return !address_at(base, node).empty(); });
  return leads == leading.end() ? link : *leads;
}

model::ListedItem item_of(const Document& document, const Compiled& recipe, const std::string& base, Node entry, Instant fetched_at) {
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

Result<model::Listing> read(const model::Source& source, const model::Page& page) {
  if (!source.recipe) return Error(ErrorKind::kInvalid, "a css_page needs a recipe");
  std::vector<std::string> faults;
  const Compiled recipe = compile(*source.recipe, faults);
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
    collector.remark("item: nothing on the page matches '" + source.recipe->item + "'");
  }
  model::Listing& listing = collector.listing();
  listing.page_cut = document->cut();
  if (const Node next = recipe.next_page.first(*document)) {
    const std::string url = address_at(base, next);
    if (!url.empty()) listing.next_page = url;
  }
  if (const Node name = recipe.journalist.first(*document)) {
    const auto names = person_names(name.text());
    if (!names.empty()) listing.journalist = names.front();
  }
  listing.outlet = source.recipe->outlet;
  model::Listing done = collector.take();
  if (!entries.empty() && done.items.empty()) {
    return Error(ErrorKind::kInvalid, std::to_string(entries.size()) + " entries, none with a link and a title: the layout has changed");
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
