// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/listing.h"
#include "query/plumbing/feed_dates.h"

namespace bylined::plumbing {
namespace {

json::object shown(const listing::FeedEntry& entry) {
  json::object item;
  item["id"] = text_or_null(entry.id);
  item["url"] = text_or_null(entry.url);
  item["title"] = text_or_null(entry.title);
  item["authors"] = json::array(entry.authors.begin(), entry.authors.end());
  item["published"] = date_or_null(entry.published);
  item["updated"] = date_or_null(entry.updated);
  item["summary"] = text_or_null(entry.summary.text);
  item["content"] = text_or_null(entry.content.text);
  return item;
}

Result<json::object> answer(const json::object& request) {
  auto bytes = read_file(request);
  if (!bytes) return bytes.error();
  const model::Page page{text_of(request, "url"), text_of(request, "content_type"), std::move(*bytes), Instant()};
  const auto feed = listing::read_feed(page);
  if (!feed) return feed.error();
  json::object reply;
  reply["title"] = text_or_null(feed->title);
  reply["url"] = text_or_null(feed->url);
  reply["description"] = text_or_null(feed->description.text);
  reply["language"] = text_or_null(feed->language);
  reply["updated"] = date_or_null(feed->updated);
  json::array items;
  for (const listing::FeedEntry& entry : feed->entries) items.push_back(shown(entry));
  reply["items"] = std::move(items);
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

}  // namespace

extern const Tool parse_feed_tool;
const Tool parse_feed_tool{"parse-feed", "an RSS, RDF, Atom or JSON feed as one JSON document", {"--url", "--content-type"}, {}, {"file"}, prepare, nullptr};

}  // namespace bylined::plumbing
