// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/sitemap/sitemap.h"

namespace bylined::listing {
namespace {

constexpr std::size_t kMostParts = 20;

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

// The parts of an index that changed last, newest first; where none says when, the last ones, since indexes grow.
std::vector<std::string> newest_parts(std::vector<SitemapEntry> entries) {
  const auto time = [](const SitemapEntry& entry) { return entry.modified ? entry.modified->stamp.at : Instant(); };
  std::reverse(entries.begin(), entries.end());
  std::stable_sort(entries.begin(), entries.end(), [&](const SitemapEntry& a, const SitemapEntry& b) { return time(a) > time(b); });
  std::vector<std::string> parts;
  for (const SitemapEntry& entry : entries) {
    if (parts.size() < kMostParts) parts.push_back(entry.url);
  }
  return parts;
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
  model::Listing listing;
  listing.parts = newest_parts(std::move(index));
  listing.remarks.push_back("an index of " + std::to_string(taken) + " sitemaps: " + std::to_string(listing.parts.size()) + " are read, the last changed first");
  return listing;
}

}  // namespace

extern const Adapter sitemap;
const Adapter sitemap{"sitemap", "sitemaps, news sitemaps and their indexes, gzip too", "사이트맵, 뉴스 사이트맵, 색인 (gzip 포함)", recognises, read};

}  // namespace bylined::listing
