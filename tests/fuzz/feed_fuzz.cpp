// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>

#include "model/listing.h"
#include "model/page.h"
#include "model/source.h"
#include "pipeline/listing/listing.h"
#include "tests/fuzz/fuzz.h"

// A feed or a sitemap of any bytes, in any of their formats: clean items of identities of their own, or a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bylined;
  const model::Page page{"https://www.example.co.kr/rss.xml", "", std::string(fuzz::text_of(data, size)), Instant(std::chrono::seconds(1'750'000'000))};
  for (const char* kind : {"feed", "sitemap"}) {
    model::Source source;
    source.kind = kind;
    source.url = page.url;
    const auto listing = listing::read_listing(source, page);
    if (!listing) continue;
    fuzz::require(listing->items.size() <= listing::Limits().items);
    std::set<model::ArticleIdentity> seen;
    for (const model::ListedItem& item : listing->items) {
      fuzz::require(!item.identity.empty() && seen.insert(item.identity).second);
      fuzz::require(item.url.starts_with("http://") || item.url.starts_with("https://"));
      fuzz::require_running_text(item.title);
      fuzz::require_running_text(item.summary);
    }
  }
  if (const auto feed = listing::read_feed(page)) {
    for (const listing::FeedEntry& entry : feed->entries) {
      fuzz::require_running_text(entry.title);
      fuzz::require(text::valid_utf8(entry.content.plain()) && text::valid_utf8(entry.id));
    }
  }
  if (const auto sitemap = listing::read_sitemap(page)) {
    for (const listing::SitemapEntry& entry : sitemap->entries) fuzz::require(text::valid_utf8(entry.url));
  }
  return 0;
}
