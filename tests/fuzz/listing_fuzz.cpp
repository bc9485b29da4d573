// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>

#include "model/listing.h"
#include "model/page.h"
#include "model/source.h"
#include "pipeline/listing/listing.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

struct Kind {
  const char* name;
  const char* url;
};
constexpr Kind kKinds[] = {{"naver_journalist", "https://media.naver.com/journalist/277/72385"},
                           {"naver_journalist", "https://media.naver.com/journalist/277/72385/moreArticles?offset=2"},
                           {"naver_press", "https://media.naver.com/press/277"},
                           {"naver_section", "https://news.naver.com/section/101"},
                           {"naver_search", "https://openapi.naver.com/v1/search/news.json?query=x"},
                           {"css_page", "https://www.example.co.kr/reporter/7"},
                           {"auto", "https://www.example.co.kr/"}};

bool is_web(const std::string& url) { return url.starts_with("http://") || url.starts_with("https://"); }

// A sitemap, which a page of unknown kind may be, has no titles.
bool is_sitemap(const model::Listing& listing) { return std::find(listing.remarks.begin(), listing.remarks.end(), "read as sitemap") != listing.remarks.end(); }

void check(const model::Listing& listing) {
  const bool titled = !is_sitemap(listing);
  require(listing.items.size() <= listing::Limits().items && listing.skipped >= 0);
  std::set<model::ArticleIdentity> seen;
  for (const model::ListedItem& item : listing.items) {
    require(!item.identity.empty() && seen.insert(item.identity).second);
    require(is_web(item.url) && (!titled || !item.title.empty()));
    fuzz::require_running_text(item.title);
    fuzz::require_running_text(item.summary);
    for (const std::string& name : item.authors) fuzz::require_running_text(name);
  }
  require(!listing.next_page || is_web(*listing.next_page));
}

model::Source source_of(const Kind& kind) {
  model::Source source;
  source.kind = kind.name;
  source.url = kind.url;
  model::Recipe recipe;
  recipe.item = "li";
  recipe.link = "a";
  recipe.time = "time";
  recipe.byline = ".by";
  recipe.next_page = "a.next";
  source.recipe = recipe;
  return source;
}

}  // namespace

// The length chooses the kind of source. Every item has an identity of its own, a web address and a clean title.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Kind& kind = kKinds[size % std::size(kKinds)];
  const model::Page page{kind.url, "", std::string(fuzz::text_of(data, size)), Instant(std::chrono::seconds(1'750'000'000))};
  require(listing::find_adapter(kind.name) != nullptr);
  const auto listing = listing::read_listing(source_of(kind), page);
  if (listing) check(*listing);
  for (const listing::Suggestion& one : listing::suggest_sources(page)) require(is_web(one.url));
  return 0;
}
