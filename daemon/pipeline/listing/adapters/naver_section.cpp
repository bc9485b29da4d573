// SPDX-License-Identifier: Apache-2.0
// A section of the portal over all presses: the page, and the JSON with more of its HTML.
#include <charconv>

#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/naver_page.h"

namespace bylined::listing {
namespace {

using markup::Document;
using markup::Node;

constexpr std::string_view kTemplate = "SECTION_ARTICLE_LIST";

bool recognises(const net::Url& url) {
  return url.host() == "news.naver.com" && (url.path().starts_with("/section/") || url.path().starts_with("/breakingnews/section/"));
}

model::ListedItem item_of(const Document& document, Node entry, const model::Page& page) {
  model::ListedItem item;
  const Node link = document.first("a.sa_text_title", entry);
  if (link) item.url = absolute(page.url, link.attribute("href"));
  if (link) item.title = link.text();
  if (const Node lede = document.first(".sa_text_lede", entry)) item.summary = lede.text();
  const Node time = document.first(".sa_text_datetime", entry);
  const auto stamp = time ? text::read_date_near(time.text(), page.fetched_at) : text::read_date(std::string_view());
  if (stamp) item.printed = *stamp;
  return item;
}

// Where the next piece is asked for, from what the list says about itself.
std::optional<std::string> address_of_more(const Document& document, const model::Page& page) {
  const Node list = document.first("div[data-cursor]");
  if (!list || list.attribute("data-cursor").empty() || list.attribute("data-has-next") == "false") return std::nullopt;
  int number = 1;
  const std::string_view shown = list.attribute("data-page-no");
  std::from_chars(shown.data(), shown.data() + shown.size(), number);
  std::string address = "/section/template/" + std::string(kTemplate) + "?";
  for (const auto& [key, attribute] : std::initializer_list<std::pair<const char*, const char*>>{
           {"sid", "data-sid"}, {"sid2", "data-sid2"}, {"cluid", "data-cluid"}, {"date", "data-date"}, {"next", "data-cursor"}}) {
    address += std::string(key) + "=" + std::string(list.attribute(attribute)) + "&";
  }
  const std::string url = absolute(page.url, address + "pageNo=" + std::to_string(number + 1));
  return url.empty() ? std::nullopt : std::optional(url);
}

Result<model::Listing> read_html(std::string_view utf8, const model::Page& page) {
  const auto document = Document::parse(utf8, markup::HtmlLimits());
  if (!document) return document.error();
  Collector collector;
  constexpr const char* kEntry = "div.sa_text";
  const auto entries = document->all(kEntry);
  collector.entries_are(kEntry);
  for (const Node entry : entries) collector.add(item_of(*document, entry, page));
  collector.listing().next_page = address_of_more(*document, page);
  collector.listing().page_cut = document->cut();
  model::Listing listing = collector.take();
  if (!listing.items.empty()) return listing;
  if (!entries.empty()) return Error(ErrorKind::kInvalid, std::to_string(entries.size()) + " entries, none with a link and a title: the layout has changed");
  if (document->first("ul.sa_list, div.section_latest_article")) return listing;
  const std::string wall = kind_of_wall(utf8);
  return Error(ErrorKind::kInvalid, wall.empty() ? "no section of the portal: no list on it" : "no section of the portal but " + wall);
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  std::string copy;
  const std::string_view utf8 = text::decoded_in(page.bytes, page.content_type, copy);
  if (!trimmed(utf8).starts_with('{')) return read_html(utf8, page);
  const auto json = markup::parse_json(utf8);
  if (!json) return json.error();
  const markup::json::value* rendered = json->get_object().if_contains("renderedComponent");
  const std::string_view html = rendered == nullptr ? std::string_view() : markup::text_at(*rendered, kTemplate);
  if (html.empty()) return Error(ErrorKind::kInvalid, "JSON without \"renderedComponent\": no section of the portal");
  return read_html(html, page);
}

}  // namespace

extern const Adapter naver_section;
const Adapter naver_section{"naver_section", "a section of Naver News over all presses", "네이버 뉴스 섹션 (모든 언론사)", recognises, read, true};

}  // namespace bylined::listing
