// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/listing.h"
#include "query/plumbing/feed_dates.h"

namespace bylined::plumbing {
namespace {

std::string_view name_of(listing::SitemapKind kind) {
  switch (kind) {
    case listing::SitemapKind::kUrls: return "urlset";
    case listing::SitemapKind::kIndex: return "index";
    case listing::SitemapKind::kFeed: return "feed";
  }
  return "urlset";
}

json::object shown(const listing::SitemapEntry& entry) {
  json::object item;
  item["url"] = entry.url;
  item["lastmod"] = date_or_null(entry.modified);
  item["title"] = text_or_null(entry.title);
  item["published"] = date_or_null(entry.published);
  item["publication"] = text_or_null(entry.publication);
  item["language"] = text_or_null(entry.language);
  return item;
}

Result<json::object> answer(const json::object& request) {
  auto bytes = read_file(request);
  if (!bytes) return bytes.error();
  const model::Page page{text_of(request, "url"), text_of(request, "content_type"), std::move(*bytes), Instant()};
  const auto sitemap = listing::read_sitemap(page);
  if (!sitemap) return sitemap.error();
  json::object reply;
  reply["kind"] = name_of(sitemap->kind);
  json::array items;
  for (const listing::SitemapEntry& entry : sitemap->entries) items.push_back(shown(entry));
  reply["items"] = std::move(items);
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

}  // namespace

extern const Tool parse_sitemap_tool;
const Tool parse_sitemap_tool{"parse-sitemap", "a sitemap, an index of sitemaps or a news sitemap as one JSON document", {"--url", "--content-type"}, {}, {"file"}, prepare, nullptr};

}  // namespace bylined::plumbing
