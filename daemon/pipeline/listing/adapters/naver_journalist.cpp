// SPDX-License-Identifier: Apache-2.0
// A journalist's page of the portal: several lists of the same articles, and older ones behind JSON pages whose
// address stands somewhere on the page.
#include <algorithm>
#include <charconv>

#include "base/text/decode.h"
#include "pipeline/listing/adapters/naver_page.h"

namespace bylined::listing {
namespace {

constexpr std::string_view kMore = "moreArticles";
constexpr std::size_t kUuid = 36;  // 8-4-4-4-12 hex digits
constexpr std::size_t kNear = 400;  // bytes behind the module's name within which its cursor is expected

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// "/journalist/277/72385"
bool recognises(const net::Url& url) {
  constexpr std::string_view kPath = "/journalist/";
  if (url.host() != "media.naver.com" || !url.path().starts_with(kPath)) return false;
  std::string_view rest = std::string_view(url.path()).substr(kPath.size());
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return false;
  std::string_view number = rest.substr(slash + 1);
  number = number.substr(0, number.find('/'));
  return (slash == 3 || slash == 4) && all_digits(rest.substr(0, slash)) && all_digits(number);
}

bool is_uuid(std::string_view text) {
  if (text.size() < kUuid) return false;
  for (std::size_t at = 0; at < kUuid; ++at) {
    const char c = text[at];
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    const bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

std::string_view find_uuid(std::string_view text) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (at >= 8 && is_uuid(text.substr(at - 8))) return text.substr(at - 8, kUuid);
  }
  return std::string_view();
}

// The number behind "cursor", however it is written: cursor=1, data-cursor="1", "cursor":1.
std::string_view find_cursor(std::string_view text) {
  for (std::size_t at = text.find("cursor"); at != std::string_view::npos; at = text.find("cursor", at + 1)) {
    std::string_view rest = text.substr(at + 6);
    rest.remove_prefix(std::min(rest.find_first_not_of("=:\"' \t"), rest.size()));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
    if (end - rest.begin() >= 4) return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  }
  return std::string_view();
}

// Where older items are asked for. The module's name and the cursor stand together or apart; nobody documents it.
std::optional<std::string> address_of_more(std::string_view html) {
  std::string_view module, cursor;
  for (std::size_t at = html.find(kMore); at != std::string_view::npos && module.empty(); at = html.find(kMore, at + 1)) {
    const std::string_view near = html.substr(at, kNear);
    module = find_uuid(near);
    cursor = find_cursor(near);
  }
  if (module.empty()) module = find_uuid(html);
  if (cursor.empty()) cursor = find_cursor(html);
  if (module.empty() || cursor.empty()) return std::nullopt;
  return "/j/moreArticles/" + std::string(module) + "?cursor=" + std::string(cursor) + "&offset=1";
}

// The page behind this one: offsets 0 and 1 name the same page.
std::optional<std::string> address_behind(const std::string& url) {
  const std::size_t at = url.find("offset=");
  if (at == std::string::npos) return std::nullopt;
  int page = 0;
  const char* first = url.data() + at + 7;
  const auto [last, code] = std::from_chars(first, url.data() + url.size(), page);
  if (code != std::errc() || page < 0 || page > 10'000) return std::nullopt;
  return url.substr(0, at + 7) + std::to_string(std::max(page, 1) + 1) + std::string(last, url.data() + url.size());
}

Result<model::Listing> read_rows(std::string_view utf8, const model::Page& page) {
  const auto json = markup::parse_json(utf8);
  if (!json) return json.error();
  const markup::json::value* result = json->is_object() ? json->get_object().if_contains("result") : &*json;
  if (result != nullptr && !result->is_array() && !result->is_null()) result = nullptr;
  if (result == nullptr) return Error(ErrorKind::kInvalid, "JSON without \"result\": no page of a journalist's articles");
  Collector collector;
  const int rows = result->is_array() ? collect_rows(result->get_array(), page, collector) : 0;
  model::Listing listing = collector.take();
  if (rows > 0 && listing.items.empty()) return Error(ErrorKind::kInvalid, std::to_string(rows) + " rows, none with a link and a title");
  if (rows > 0) listing.next_page = address_behind(page.url);
  order_by_number(listing);
  return listing;
}

void read_profile(const markup::Document& document, model::Listing& listing) {
  const markup::Node name = document.first("h2.media_reporter_basic_name");
  const auto names = name ? person_names(name.text()) : std::vector<std::string>();
  if (!names.empty()) listing.journalist = names.front();
  const markup::Node press = document.first(".media_reporter_basic_press_txt");
  if (press) listing.outlet = press.text();
}

Result<model::Listing> read_html(std::string_view utf8, const model::Page& page) {
  const auto document = markup::Document::parse(utf8, markup::HtmlLimits());
  if (!document) return document.error();
  Collector collector;
  const int entries = collect_edit_news(*document, page, collector);
  read_profile(*document, collector.listing());
  collector.listing().page_cut = document->cut();
  const bool has_list = static_cast<bool>(document->first("ul.press_edit_news_list"));
  const bool says_none = utf8.find("기사가 없습니다") != std::string_view::npos;
  if (!has_list && !says_none) {
    const std::string wall = kind_of_wall(utf8);
    if (!wall.empty()) return Error(ErrorKind::kInvalid, "no journalist's page but " + wall);
    return Error(ErrorKind::kInvalid, collector.listing().journalist.empty() ? "no journalist's page: neither profile nor list"
                                                                            : "a profile without a list of articles: the layout has changed");
  }
  if (const auto more = address_of_more(utf8)) {
    collector.listing().next_page = absolute(page.url, *more);
  } else {
    collector.remark("where older items are asked for (moreArticles) does not stand on the page: only its first items are read");
  }
  model::Listing listing = collector.take();
  if (entries > 0 && listing.items.empty()) {
    return Error(ErrorKind::kInvalid, std::to_string(entries) + " entries, none with a link and a title: the layout has changed");
  }
  order_by_number(listing);
  return listing;
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  const text::Decoded decoded = text::decode(page.bytes, page.content_type);
  const std::size_t first = decoded.text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return Error(ErrorKind::kInvalid, "the answer is empty");
  const bool is_json = decoded.text[first] == '{' || decoded.text[first] == '[';
  return is_json ? read_rows(decoded.text, page) : read_html(decoded.text, page);
}

}  // namespace

extern const Adapter naver_journalist;
const Adapter naver_journalist{"naver_journalist", "a journalist's page of Naver News", "네이버 뉴스 기자 페이지", recognises, read, true};

}  // namespace bylined::listing
