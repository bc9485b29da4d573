// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/adapters/naver_page.h"

#include <algorithm>

#include "base/text/date.h"

namespace bylined::listing {
namespace {

using markup::Node;
using markup::text_at;

constexpr std::string_view kArticles = "https://n.news.naver.com/";

// Relative links of the portal's lists start from the article host.
std::string base_of(const model::Page& page) {
  const auto url = net::Url::parse(page.url);
  return url && url->host() == "media.naver.com" ? std::string(kArticles) : page.url;
}

std::string article_url(std::string_view office, std::string_view article) {
  return std::string(kArticles) + "article/" + std::string(office) + "/" + std::string(article);
}

// "news277,0005600001" in the comment box's settings, where an entry has no link of its own.
std::string url_of_comment(std::string_view settings) {
  const auto json = markup::parse_json(settings);
  const std::string_view number = json ? text_at(*json, "gno") : std::string_view();
  const std::size_t comma = number.find(',');
  if (!number.starts_with("news") || comma == std::string_view::npos) return std::string();
  return article_url(number.substr(4, comma - 4), number.substr(comma + 1));
}

std::optional<model::Stamp> stamp_of(std::string_view exact, std::string_view shown, Instant fetched_at) {
  if (const auto stamp = text::read_date(exact)) return *stamp;
  const auto stamp = text::read_date_near(shown, fetched_at);
  return stamp ? std::optional(*stamp) : std::nullopt;
}

model::ListedItem item_of(const markup::Document& document, Node entry, const model::Page& page) {
  model::ListedItem item;
  const Node link = document.first("a.press_edit_news_link, a._es_pc_link, a[href]", entry);
  const std::string_view href = link ? trimmed(link.attribute("href")) : std::string_view();
  if (!href.starts_with('#')) item.url = absolute(base_of(page), href);  // "#" is a button
  if (item.url.empty()) item.url = url_of_comment(entry.attribute("data-comment"));
  const Node title = document.first(".press_edit_news_title", entry);
  item.title = title ? title.text() : std::string();
  const Node time = document.first(".r_modify", entry);
  item.printed = stamp_of(entry.attribute("data-service-datetime"), time ? time.text() : std::string(), page.fetched_at);
  return item;
}

std::string url_of_row(const markup::json::value& row, const model::Page& page) {
  std::string url = absolute(base_of(page), text_at(row, "linkUrl"));
  if (!url.empty()) return url;
  const std::string_view article = text_at(row, "articleId").empty() ? text_at(row, "id") : text_at(row, "articleId");
  return article.empty() ? std::string() : article_url(text_at(row, "officeId"), article);
}

}  // namespace

int collect_edit_news(const markup::Document& document, const model::Page& page, Collector& collector) {
  constexpr const char* kEntry = "li.press_edit_news_item";
  const auto entries = document.all(kEntry);
  collector.entries_are(kEntry);
  for (const Node entry : entries) collector.add(item_of(document, entry, page));
  return static_cast<int>(entries.size());
}

int collect_rows(const markup::json::array& rows, const model::Page& page, Collector& collector) {
  collector.entries_are("row");
  for (const markup::json::value& row : rows) {
    model::ListedItem item;
    item.url = url_of_row(row, page);
    item.title = headline(text_at(row, "title"));
    item.printed = stamp_of(text_at(row, "serviceTimeForMoreApi"), text_at(row, "serviceTimeForCardList"), page.fetched_at);
    collector.add(std::move(item));
  }
  return static_cast<int>(rows.size());
}

void order_by_number(model::Listing& listing) {
  const auto office = [](const model::ListedItem& item) {
    const auto numbers = model::naver_numbers(item.url);
    return numbers ? numbers->office : std::string();
  };
  const auto& items = listing.items;
  if (items.empty() || office(items.front()).empty()) return;
  const std::string first = office(items.front());
  if (!std::all_of(items.begin(), items.end(), [&](const model::ListedItem& item) { return office(item) == first; })) return;
  // One office: the identities differ in their ten digits only.
  std::stable_sort(listing.items.begin(), listing.items.end(),
                   [](const model::ListedItem& a, const model::ListedItem& b) { return a.identity > b.identity; });
}

}  // namespace bylined::listing
