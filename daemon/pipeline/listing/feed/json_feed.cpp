// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/feed/json_feed.h"

#include "base/markup/json.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

namespace json = markup::json;
using markup::text_at;

std::string id_of(const json::value& item) {
  const json::object* members = item.if_object();
  const json::value* id = members == nullptr ? nullptr : members->if_contains("id");
  if (id == nullptr) return std::string();
  if (const json::string* text = id->if_string()) return std::string(text->data(), text->size());
  return id->is_number() ? json::serialize(*id) : std::string();
}

// Both the "authors" of version 1.1 and the "author" of 1.0.
std::vector<std::string> authors_of(const json::value& owner) {
  std::vector<std::string> names;
  const json::object* members = owner.if_object();
  if (members == nullptr) return names;
  const auto add = [&](const json::value& author) {
    for (std::string& name : person_names(text_at(author, "name"))) names.push_back(std::move(name));
  };
  if (const json::value* many = members->if_contains("authors"); many != nullptr && many->is_array()) {
    for (const json::value& author : many->get_array()) add(author);
  }
  if (const json::value* one = members->if_contains("author"); one != nullptr) add(*one);
  return names;
}

std::optional<text::PrintedDate> date_at(const json::value& item, std::string_view key) {
  const auto date = text::read_printed_date(text_at(item, key));
  return date ? std::optional(*date) : std::nullopt;
}

FeedEntry entry_of(const json::value& item, const std::string& base) {
  FeedEntry entry;
  entry.id = id_of(item);
  for (const std::string_view key : {"url", "external_url"}) {
    if (entry.url.empty()) entry.url = absolute(base, text_at(item, key));
  }
  const auto id = net::Url::parse(entry.id);
  if (entry.url.empty() && id) entry.url = id->text();
  entry.title = FeedText{std::string(text_at(item, "title")), false}.plain();
  entry.authors = authors_of(item);
  entry.published = date_at(item, "date_published");
  entry.updated = date_at(item, "date_modified");
  entry.summary = FeedText{std::string(text_at(item, "summary")), false};
  entry.content = FeedText{std::string(text_at(item, "content_html")), true};
  if (entry.content.text.empty()) entry.content = FeedText{std::string(text_at(item, "content_text")), false};
  return entry;
}

}  // namespace

Result<FeedDocument> read_json_feed(std::string_view utf8, const std::string& url) {
  const auto document = markup::parse_json(utf8);
  if (!document) return document.error();
  const json::object* members = document->if_object();
  const json::value* items = members == nullptr ? nullptr : members->if_contains("items");
  if (items == nullptr || !items->is_array()) return Error(ErrorKind::kInvalid, "no feed but JSON without \"items\"");
  FeedDocument feed;
  feed.title = FeedText{std::string(text_at(*document, "title")), false}.plain();
  feed.url = absolute(url, text_at(*document, "home_page_url"));
  feed.description = FeedText{std::string(text_at(*document, "description")), false};
  feed.language = text_at(*document, "language");
  feed.next_page = absolute(url, text_at(*document, "next_url"));
  const std::vector<std::string> authors = authors_of(*document);
  for (const json::value& item : items->get_array()) {
    FeedEntry entry = entry_of(item, url);
    if (entry.authors.empty()) entry.authors = authors;
    feed.entries.push_back(std::move(entry));
  }
  return feed;
}

}  // namespace bylined::listing
