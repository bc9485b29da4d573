// SPDX-License-Identifier: Apache-2.0
// From a page to the articles it lists. Pure. An adapter is two plain functions in one file of
// adapters/ and one line in adapters.inc; it never fetches, stores or matches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/net/url.h"
#include "base/result.h"
#include "model/listing.h"
#include "model/page.h"
#include "model/source.h"
#include "pipeline/listing/documents.h"

namespace bylined::listing {

struct Limits {
  std::size_t items = 2000;  // a listing beyond it is cut, the newest stay, and says so in a remark
};

// kInvalid: not a page of that kind (login wall, other layout, no feed), with the reason.
Result<model::Listing> read_listing(const model::Source& source, const model::Page& page);

// A service that knows its callers by their keys and counts their calls.
struct Service {
  std::string_view quota;  // the calls of one key are counted under it and the key's number
  int calls_a_day;         // of Seoul
  std::vector<std::pair<std::string, Secret>> (*keys)(const model::Source& source);  // as headers
};

struct Adapter {
  std::string_view name;                   // as written in `kind`
  std::string_view summary_en;             // one line for `byline source kinds`
  std::string_view summary_ko;
  bool (*recognises)(const net::Url& url); // could this address be yours?
  Result<model::Listing> (*read)(const model::Source& source, const model::Page& page);
  bool one_site = false;                   // reads no address but those it recognises
  const Service* service = nullptr;        // where the source must bring keys
};
const std::vector<const Adapter*>& adapters();
const Adapter* find_adapter(std::string_view name);
// The first that recognises the address; none: null.
const Adapter* suggest_adapter(const net::Url& url);

// What the page could be watched by besides itself; for `source add` and `source test`.
struct Suggestion {
  std::string kind;  // an adapter's name
  std::string url;
  std::string why;
};
std::vector<Suggestion> suggest_sources(const model::Page& page);

// css_page: each selector that does not compile, as "key: reason at column n".
std::vector<std::string> recipe_faults(const model::Recipe& recipe);

// The document itself, for people: nothing is dropped, merged or identified. kInvalid: not of that kind.
Result<FeedDocument> read_feed(const model::Page& page);
Result<SitemapDocument> read_sitemap(const model::Page& page);

}  // namespace bylined::listing
