// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/adapters/adapter.h"

#include <algorithm>
#include <array>

namespace bylined::listing {
namespace {

constexpr std::size_t kLongestBeginning = 80;  // code points
constexpr std::size_t kSeveral = 3;  // entries of one address: fewer are an article that was listed again under another headline

bool recognises(const net::Url& url) {
  std::string path = url.path();
  std::transform(path.begin(), path.end(), path.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 7> kSigns{"/rss", "/feed", ".rss", ".atom", "atom.xml", "rss.xml", "outboundfeeds"};
  return url.host().starts_with("rss.") || url.host().starts_with("feeds.") ||
         std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) { return path.find(sign) != std::string::npos; });
}

// RSS 2.0 asks for a title or a description. Its first sentence stands for the headline.
std::string beginning_of(const std::string& summary) {
  const std::string text = squeezed(summary);
  std::size_t end = 0;
  for (std::size_t letters = 0; end < text.size() && letters < kLongestBeginning; ++letters) {
    const bool ends = letters > 0 && text[end] == ' ' && std::string_view(".!?").find(text[end - 1]) != std::string_view::npos;
    if (ends) return text.substr(0, end);
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  }
  return end < text.size() ? text.substr(0, end) + "…" : text;
}

// An old article that was brought up to date is news.
std::optional<Instant> touched(const FeedEntry& entry) {
  std::optional<Instant> last;
  if (entry.published) last = entry.published->stamp.at;
  if (entry.updated) last = std::max(last, std::optional(entry.updated->stamp.at));
  return last;
}

model::ListedItem item_of(FeedEntry&& entry) {
  model::ListedItem item;
  item.url = entry.origin.empty() ? entry.url : entry.origin;
  item.title = entry.title;
  item.summary = entry.summary.text.empty() ? entry.content.plain() : entry.summary.plain();
  if (item.title.empty()) item.title = beginning_of(item.summary);
  item.authors = std::move(entry.authors);
  item.touched = touched(entry);
  auto& printed = entry.published ? entry.published : entry.updated;
  if (printed) item.printed = std::move(printed->stamp);
  return item;
}

// An address is one article: of a feed whose entries all lead to its front page no more than one is told.
void note_shared_addresses(Collector& collector) {
  const std::size_t count = collector.addresses_shared();
  if (count < kSeveral) return;
  collector.remark(std::to_string(count) + " entries lie under the address of another and have another title: an address is one article, so they are not told");
  collector.listing().addresses_shared = count;
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  auto document = read_feed(page);
  if (!document) return document.error();
  Collector collector;
  collector.expect(document->entries.size());
  for (FeedEntry& entry : document->entries) collector.add(item_of(std::move(entry)));
  if (document->damaged) collector.remark("the feed is damaged: what could be read was");
  if (document->channels_left_out > 0) collector.remark("channels that are nested deeper than four are not read");
  note_shared_addresses(collector);
  collector.listing().damaged = document->damaged;
  collector.listing().channels_left_out = document->channels_left_out;
  collector.listing().outlet = document->title;
  if (!document->next_page.empty()) collector.listing().next_page = document->next_page;
  return collector.take();
}

}  // namespace

extern const Adapter feed;
const Adapter feed{"feed", "RSS 0.9x to 2.0, RDF, Atom and JSON Feed, damaged ones too", "RSS, RDF, Atom, JSON Feed (깨진 피드 포함)", recognises, read};

}  // namespace bylined::listing
