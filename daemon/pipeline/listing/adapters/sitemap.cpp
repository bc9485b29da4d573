// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/sitemap/sitemap.h"

namespace bylined::listing {
namespace {

bool recognises(const net::Url& url) { return url.path().find("sitemap") != std::string::npos; }

// A sitemap without news fields has no headlines: those come with the articles.
model::ListedItem item_of(SitemapEntry entry) {
  model::ListedItem item;
  item.url = std::move(entry.url);
  item.title = std::move(entry.title);
  const auto& date = entry.published ? entry.published : entry.modified;
  if (date) item.printed = date->stamp;
  return item;
}

// The part of an index that changed last; where none says when, the last one, since indexes grow.
std::string newest_part(const std::vector<SitemapEntry>& entries) {
  const auto time = [](const SitemapEntry& entry) { return entry.modified ? entry.modified->stamp.at : Instant(); };
  const auto newest = std::max_element(entries.rbegin(), entries.rend(), [&](const SitemapEntry& a, const SitemapEntry& b) { return time(a) < time(b); });
  return newest == entries.rend() ? std::string() : newest->url;
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  Collector collector;
  std::vector<SitemapEntry> index;
  std::size_t taken = 0;
  // Whether it is an index is known at the end, so both are gathered; an index is small.
  const auto kind = scan_sitemap(page, [&](SitemapEntry entry) {
    if (entry.title.empty() && index.size() < 1000) index.push_back(entry);
    if (collector.listing().outlet.empty()) collector.listing().outlet = entry.publication;
    collector.add_untitled(item_of(std::move(entry)));
    return ++taken < SitemapLimits().entries;
  });
  if (!kind) return kind.error();
  if (*kind != SitemapKind::kIndex) return collector.take();
  return Error(ErrorKind::kInvalid, "an index of " + std::to_string(taken) + " sitemaps and no articles: watch the part that has them, such as " + newest_part(index));
}

}  // namespace

extern const Adapter sitemap;
const Adapter sitemap{"sitemap", "sitemaps and news sitemaps, gzip too; of an index, name the part", "사이트맵, 뉴스 사이트맵 (gzip 포함, 색인은 하위 사이트맵을 지정)", recognises, read};

}  // namespace bylined::listing
