// SPDX-License-Identifier: Apache-2.0
#include "query/service/dry_run.h"

#include "base/net/url.h"
#include "base/text/decode.h"
#include "pipeline/article/article.h"
#include "pipeline/listing/listing.h"
#include "pipeline/schedule/schedule.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

namespace json = markup::json;

constexpr std::size_t kBodyShown = 600;  // bytes, cut on a character's edge

json::object item_shape(const model::ListedItem& item) {
  json::object out;
  out["title"] = item.title;
  out["url"] = item.url;
  out["identity"] = item.identity.value;
  out["printed"] = stamp_or_null(item.printed);
  out["authors"] = json::value_from(item.authors);
  out["summary"] = item.summary;
  out["origin"] = item.origin;
  return out;
}

json::object obstacle_shape(const fetch::Fetched& fetched) {
  json::object out;
  out["obstacle"] = fetch::obstacle_name(fetched.obstacle);
  out["reason"] = fetched.reason;
  out["status"] = fetched.status;
  return out;
}

std::string beginning(const std::string& body) { return std::string(text::first_bytes(body, kBodyShown)); }

json::object article_shape(const model::Content& content) {
  json::object out;
  out["title"] = content.title;
  out["authors"] = json::value_from(content.authors);
  out["published"] = stamp_or_null(content.published);
  out["modified"] = stamp_or_null(content.modified);
  out["outlet"] = content.outlet;
  out["section"] = content.section;
  out["language"] = content.language;
  out["original_url"] = content.original_url;
  out["body_bytes"] = content.body.size();
  out["body"] = beginning(content.body);
  return out;
}

json::object no_article(const std::string& reason) { return {{"obstacle", "no_article"}, {"reason", reason}}; }

// As the daemon reads it: where the page only points to another one, that one.
Task<json::object> read_first(fetch::Fetcher& fetcher, model::ListedItem item, model::RobotsRule robots) {
  std::string url = item.url;
  for (bool sent = false;; sent = true) {
    fetch::Request request;
    request.url = url;
    request.robots = robots;
    auto fetched = co_await fetcher.fetch(std::move(request));
    if (!fetched.complete()) co_return obstacle_shape(fetched);
    if (const auto elsewhere = article::astray(item.url, fetched.page.url)) co_return no_article(*elsewhere);
    const auto read = article::extract_or_pointer(fetched.page);
    if (read.content) co_return article_shape(*read.content);
    if (sent || read.pointed_to.empty() || article::astray(item.url, read.pointed_to)) co_return no_article(read.content.error().text());
    url = read.pointed_to;
  }
}

std::string kind_for(const model::Source& source) {
  if (!source.kind.empty() && source.kind != "auto") return source.kind;
  if (listing::find_adapter("auto") != nullptr) return "auto";
  const auto url = net::Url::parse(source.url);
  const listing::Adapter* const adapter = url ? listing::suggest_adapter(*url) : nullptr;
  return adapter == nullptr ? "feed" : std::string(adapter->name);
}

json::object listing_shape(const model::Listing& listing) {
  json::object read;
  json::array items, parts;
  for (const model::ListedItem& item : listing.items) items.emplace_back(item_shape(item));
  for (const model::NamedPart& part : listing.parts) {
    parts.emplace_back(json::object{{"url", part.url}, {"kind", part.kind}, {"changed", part.changed}, {"instead", part.instead}, {"why", part.why}});
  }
  read["items"] = std::move(items);
  read["parts"] = std::move(parts);
  read["outlet"] = listing.outlet;
  read["journalist"] = listing.journalist;
  read["next_page"] = listing.next_page ? json::value(*listing.next_page) : json::value(nullptr);
  read["skipped"] = listing.skipped;
  read["suspect"] = listing.nothing_matched;
  read["remarks"] = json::value_from(listing.remarks);
  return read;
}

// The further page that the daemon would ask first.
std::optional<model::NamedPart> first_part(const model::Listing& listing, const std::string& url) {
  auto plan = schedule::plan_parts({listing.parts, url, 1}, {}, Instant(), schedule::PartLimits());
  if (plan.ask.empty()) return std::nullopt;
  return plan.ask.front().named;
}

Task<Result<model::Listing>> read_part(fetch::Fetcher& fetcher, model::Source source, model::NamedPart part) {
  fetch::Request request;
  request.url = part.url;
  request.robots = source.robots;
  const auto fetched = co_await fetcher.fetch(std::move(request));
  if (!fetched.complete()) co_return Error(ErrorKind::kTransient, fetched.reason);
  source.kind = part.kind;
  co_return listing::read_listing(source, fetched.page);
}

// Does the daemon read the page itself too, since the feed that should stand for it stands still?
bool is_read_too(const model::Listing& page, const model::NamedPart& part, model::Listing& feed, Instant now) {
  const auto newest = schedule::newest_of(feed, now);
  if (!part.instead || page.items.empty() || !newest || !schedule::is_cold(newest, now)) return false;
  feed.remarks.push_back("its newest item is of " + rfc3339(*newest).substr(0, 10) + ": the page's own list is read too");
  return true;
}

// `out` gets the listing of each page down to the one that lists articles. `now` is when the first was had.
Task<std::optional<model::ListedItem>> follow(fetch::Fetcher& fetcher, model::Source source, model::Listing listing, json::object& out, Instant now) {
  std::string url = source.url;
  json::array followed;
  for (int depth = 0; depth < schedule::PartLimits().depth; ++depth) {
    const auto part = first_part(listing, url);
    if (!part) break;
    auto read = co_await read_part(fetcher, source, *part);
    const bool page_too = read && is_read_too(listing, *part, *read, now);
    json::object one{{"url", part->url}, {"kind", part->kind}};
    one["listing"] = read ? listing_shape(*read) : json::object{{"obstacle", "not_a_listing"}, {"reason", read.error().text()}};
    followed.push_back(std::move(one));
    if (!read || page_too) break;
    url = part->url;
    listing = *std::move(read);
  }
  if (!followed.empty()) out["followed"] = std::move(followed);
  if (listing.items.empty()) co_return std::nullopt;
  co_return listing.items.front();
}

}  // namespace

Task<json::object> dry_run(fetch::Fetcher& fetcher, model::Source source) {
  source.kind = kind_for(source);
  json::object out;
  out["url"] = source.url;
  out["kind"] = source.kind;
  fetch::Request request;
  request.url = source.url;
  request.robots = source.robots;
  const listing::Adapter* const adapter = listing::find_adapter(source.kind);
  if (adapter != nullptr && adapter->service != nullptr) request.keys = adapter->service->keys(source);
  const auto judged = co_await fetcher.judge(request);
  out["robots"] = judged.complete() ? json::value("allows it") : json::value(judged.reason);
  auto fetched = co_await fetcher.fetch(std::move(request));
  if (!fetched.complete()) {
    out["listing"] = obstacle_shape(fetched);
    co_return out;
  }
  auto listing = listing::read_listing(source, fetched.page);
  fetched.put_down();  // megabytes of a sitemap do not wait beside what was read in them
  if (!listing) {
    json::object failed;
    failed["obstacle"] = "not_a_listing";
    failed["reason"] = listing.error().text();
    out["listing"] = std::move(failed);
    co_return out;
  }
  out["listing"] = listing_shape(*listing);
  const auto first = co_await follow(fetcher, source, *std::move(listing), out, fetched.page.fetched_at);
  if (first) out["first_article"] = co_await read_first(fetcher, *first, source.robots);
  co_return out;
}

}  // namespace bylined::query
