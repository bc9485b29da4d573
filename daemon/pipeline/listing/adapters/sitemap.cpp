// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <iterator>

#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/sitemap/sitemap.h"

namespace bylined::listing {
namespace {

bool recognises(const net::Url& url) { return url.path().find("sitemap") != std::string::npos; }

// A sitemap without news fields has no headlines: those come with the articles.
model::ListedItem item_of(SitemapEntry&& entry) {
  model::ListedItem item;
  item.url = std::move(entry.url);
  item.title = std::move(entry.title);
  if (entry.modified) item.touched = entry.modified->stamp.at;
  if (entry.published) item.touched = std::max(item.touched, std::optional(entry.published->stamp.at));
  auto& date = entry.published ? entry.published : entry.modified;
  if (date) item.printed = std::move(date->stamp);
  return item;
}

model::NamedPart part_of(const SitemapEntry& entry) {
  model::NamedPart part;
  part.url = entry.url;
  part.kind = "sitemap";
  if (entry.modified) part.changed = entry.modified->stamp.text;
  part.why = "a sitemap of the index";
  return part;
}

// An index grows at one of its ends: of a page of many entries those are kept.
class Ends {
 public:
  void add(model::NamedPart part) {
    if (first_.size() < kKept) return first_.push_back(std::move(part));
    if (last_.size() == kKept) last_.pop_front();
    last_.push_back(std::move(part));
  }
  std::vector<model::NamedPart> take() {
    std::move(last_.begin(), last_.end(), std::back_inserter(first_));
    return std::move(first_);
  }

 private:
  static constexpr std::size_t kKept = 1'000;
  std::vector<model::NamedPart> first_;
  std::deque<model::NamedPart> last_;
};

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  Collector collector;
  collector.entries_are("url");
  Ends index;
  std::size_t taken = 0;
  const auto kind = scan_sitemap(page, [&](SitemapKind is, SitemapEntry&& entry) {
    const bool more = ++taken < SitemapLimits().entries;
    if (is == SitemapKind::kIndex) {
      if (entry.title.empty()) index.add(part_of(entry));
      return more;
    }
    if (collector.listing().outlet.empty()) collector.listing().outlet = entry.publication;
    collector.add_untitled(item_of(std::move(entry)));
    return more;
  });
  if (!kind) return kind.error();
  if (*kind != SitemapKind::kIndex) return collector.take();
  Collector parts;
  parts.remark("an index of " + std::to_string(taken) + " sitemaps");
  parts.listing().parts = index.take();
  return parts.take();
}

}  // namespace

extern const Adapter sitemap;
const Adapter sitemap{"sitemap", "sitemaps and news sitemaps, gzip too; an index is followed", "사이트맵, 뉴스 사이트맵 (gzip 포함, 색인은 하위 사이트맵까지 따라감)", recognises, read};

}  // namespace bylined::listing
