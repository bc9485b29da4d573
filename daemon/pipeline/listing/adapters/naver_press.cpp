// SPDX-License-Identifier: Apache-2.0
// A press's page of the portal, and its "newsflash" feed in JSON, which has each article's time to the second.
#include "base/text/decode.h"
#include "pipeline/listing/adapters/naver_page.h"

namespace bylined::listing {
namespace {

bool recognises(const net::Url& url) {
  return url.host() == "media.naver.com" && (url.path().starts_with("/press/") || url.path().starts_with("/newsflash/"));
}

// "…/newsflash/277/Economy?before=…" for what lies before the last row.
std::optional<std::string> address_before(const std::string& url, const markup::json::array& rows) {
  if (rows.empty()) return std::nullopt;
  const std::string_view last = markup::text_at(rows.back(), "serviceTimeForMoreApi");
  if (last.size() != 19) return std::nullopt;
  return url.substr(0, url.find('?')) + "?before=" + std::string(last);
}

Result<model::Listing> read_rows(std::string_view utf8, const model::Page& page) {
  const auto json = markup::parse_json(utf8);
  if (!json) return json.error();
  const markup::json::value* list = json->is_object() ? json->get_object().if_contains("list") : nullptr;
  if (list == nullptr || !list->is_array()) return Error(ErrorKind::kInvalid, "JSON without \"list\": no page of a press's articles");
  Collector collector;
  const int rows = collect_rows(list->get_array(), page, collector);
  if (const auto before = address_before(page.url, list->get_array())) collector.listing().next_page = *before;
  model::Listing listing = collector.take();
  if (rows > 0 && listing.items.empty()) return Error(ErrorKind::kInvalid, std::to_string(rows) + " rows, none with a link and a title");
  return listing;
}

std::string parameter(const std::string& url, std::string_view key) {
  const std::size_t at = url.find(std::string(key) + "=");
  return at == std::string::npos ? std::string() : url.substr(at + key.size() + 1, url.find_first_of("&#", at) - at - key.size() - 1);
}

// A section that the press does not have is answered with its home tab, without a word.
bool is_another_tab(const markup::Document& document, const std::string& url) {
  const std::string section = parameter(url, "sid");
  const markup::Node meta = document.first("meta[name=nlog]");
  if (section.empty() || !meta) return false;
  const auto settings = markup::parse_json(meta.attribute("data-nlog-params"));
  const std::string_view tab = settings ? markup::text_at(*settings, "tab_name") : std::string_view();
  return !tab.empty() && tab != "section_" + section;
}

Result<model::Listing> read_html(std::string_view utf8, const model::Page& page) {
  const auto document = markup::Document::parse(utf8, markup::HtmlLimits());
  if (!document) return document.error();
  if (is_another_tab(*document, page.url)) return Error(ErrorKind::kInvalid, "the press has no section " + parameter(page.url, "sid") + ": this is its home tab");
  Collector collector;
  const int entries = collect_edit_news(*document, page, collector);
  collector.listing().page_cut = document->cut();
  if (const markup::Node name = document->first(".press_hd_name_link, .press_hd_name")) collector.listing().outlet = name.text();
  model::Listing listing = collector.take();
  const bool is_press = !listing.outlet.empty() || document->first("ul.press_edit_news_list");
  if (entries > 0 && listing.items.empty()) {
    return Error(ErrorKind::kInvalid, std::to_string(entries) + " entries, none with a link and a title: the layout has changed");
  }
  if (entries == 0 && !document->first("ul.press_edit_news_list")) {
    const std::string wall = kind_of_wall(utf8);
    if (!wall.empty()) return Error(ErrorKind::kInvalid, "no press's page but " + wall);
    return Error(ErrorKind::kInvalid, is_press ? "a press's page without a list of articles: the layout has changed" : "no press's page: neither name nor list");
  }
  order_by_number(listing);
  return listing;
}

Result<model::Listing> read(const model::Source&, const model::Page& page) {
  const text::Decoded decoded = text::decode(page.bytes, page.content_type);
  return trimmed(decoded.text).starts_with('{') ? read_rows(decoded.text, page) : read_html(decoded.text, page);
}

}  // namespace

extern const Adapter naver_press;
const Adapter naver_press{"naver_press", "a press's page of Naver News, or its newsflash feed", "네이버 뉴스 언론사 페이지, 속보 피드", recognises, read, true};

}  // namespace bylined::listing
