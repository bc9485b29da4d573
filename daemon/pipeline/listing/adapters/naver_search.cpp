// SPDX-License-Identifier: Apache-2.0
// Answers of the portal's official news search, old end point and new. Whoever asks brings the keys; here is only
// what comes back.
#include <algorithm>
#include <array>

#include "base/markup/json_document.h"
#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::text_at;

constexpr int kDeepest = 1000;  // "start" goes no further

bool recognises(const net::Url& url) {
  return (url.host() == "openapi.naver.com" && url.path().starts_with("/v1/search/news")) ||
         (url.host() == "naverapihub.apigw.ntruss.com" && url.path().starts_with("/search/v1/news"));
}

// What an item says, found in one walk.
struct Row {
  std::string_view title, original, link, description, date;
};
struct Named {
  std::string_view key;
  std::string_view Row::*value;
};
constexpr std::array<Named, 5> kNamed{
    {{"title", &Row::title}, {"originallink", &Row::original}, {"link", &Row::link}, {"description", &Row::description}, {"pubDate", &Row::date}}};

Row row_of(const markup::json::value& item) {
  Row row;
  const markup::json::object* members = item.if_object();
  if (members == nullptr) return row;
  for (const markup::json::key_value_pair& member : *members) {
    const std::string_view key(member.key().data(), member.key().size());
    const markup::json::string* text = member.value().if_string();
    const auto named = std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& one) { return one.key == key; });
    if (text != nullptr && named != kNamed.end()) row.*named->value = std::string_view(text->data(), text->size());
  }
  return row;
}

// The portal's copy where there is one, since its numbers are the better identity; else the outlet's page.
void take_address(model::ListedItem& item, const Row& row) {
  item.identity = model::identity_of(row.link);
  const bool is_portals = item.identity.value.starts_with("naver:");
  item.url = is_portals || row.original.empty() ? row.link : row.original;
  if (!is_portals && !row.original.empty()) item.identity = model::identity_of(row.original);
}

int number_at(const markup::json::value& object, std::string_view key) {
  const markup::json::value* value = object.get_object().if_contains(key);
  return value != nullptr && value->is_int64() ? static_cast<int>(value->get_int64()) : 0;
}

// The same question from the first row that this answer did not hold.
std::optional<std::string> address_behind(const std::string& url, const markup::json::value& answer, std::size_t rows) {
  const int start = number_at(answer, "start"), display = number_at(answer, "display"), total = number_at(answer, "total");
  const int next = start + display;
  if (start < 1 || display < 1 || rows < static_cast<std::size_t>(display) || next > kDeepest || next > total) return std::nullopt;
  std::string address = url;
  const std::size_t at = address.find("start=");
  if (at == std::string::npos) return address + (address.find('?') == std::string::npos ? "?" : "&") + "start=" + std::to_string(next);
  const std::size_t end = std::min(address.find('&', at), address.size());
  return address.replace(at, end - at, "start=" + std::to_string(next));
}

// The old end point and the new one ask for the same keys by other names.
std::vector<std::pair<std::string, Secret>> keys_of(const model::Source& source) {
  const auto url = net::Url::parse(source.url);
  const bool old = url && url->host() == "openapi.naver.com";
  return {{old ? "X-Naver-Client-Id" : "X-NCP-APIGW-API-KEY-ID", Secret(source.client_id)},
          {old ? "X-Naver-Client-Secret" : "X-NCP-APIGW-API-KEY", source.client_secret}};
}

constexpr Service kService{"naver_search", 25'000, keys_of};

// What reads it checks every letter, so that bytes are decoded only where they are no UTF-8.
Result<markup::JsonDocument> json_of(const model::Page& page) {
  if (text::claims_utf8(page.bytes, page.content_type)) {
    if (auto quick = markup::JsonDocument::parse(page.bytes)) return quick;
  }
  std::string copy;
  return markup::JsonDocument::parse(text::decoded_in(page.bytes, page.content_type, copy));
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  const auto document = json_of(page);
  if (!document) return document.error().within("answer of the news search");
  const markup::json::value& json = document->root();
  if (!text_at(json, "errorMessage").empty()) {
    return Error(ErrorKind::kInvalid, "the news search refuses: " + quoted(text_at(json, "errorMessage")) + " (" + std::string(text_at(json, "errorCode")) + ")");
  }
  const markup::json::value* items = json.is_object() ? json.get_object().if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array()) return Error(ErrorKind::kInvalid, "JSON without \"items\": no answer of the news search");
  Collector collector;
  collector.entries_are("items");
  collector.expect(items->get_array().size());
  for (const markup::json::value& one : items->get_array()) {
    const Row row = row_of(one);
    model::ListedItem item;
    take_address(item, row);
    item.title = headline(row.title);
    item.summary = headline(row.description);
    if (auto stamp = text::read_date(row.date)) item.printed = std::move(*stamp);
    collector.add(std::move(item));
  }
  collector.listing().next_page = address_behind(page.url, json, items->get_array().size());
  return collector.take();
}

}  // namespace

extern const Adapter naver_search;
const Adapter naver_search{"naver_search", "Naver's official news search API", "네이버 뉴스 검색 공식 API", recognises, read, true, &kService};

}  // namespace bylined::listing
