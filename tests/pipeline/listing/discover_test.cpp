// SPDX-License-Identifier: Apache-2.0
// Which of a page's links are its list.
#include <gtest/gtest.h>

#include "pipeline/listing/listing.h"

namespace bylined::listing {
namespace {

Result<model::Listing> read(const std::string& body) {
  model::Source source;
  source.kind = "auto";
  source.url = "https://naru.example/journalist/7";
  return read_listing(source, {source.url, "text/html; charset=utf-8", "<!doctype html><html><body>" + body + "</body></html>", *parse_rfc3339("2026-11-29T05:40:00Z")});
}

std::string headlines_of(const Result<model::Listing>& listing) {
  if (!listing) return "! " + listing.error().text();
  std::string text;
  for (const model::ListedItem& item : listing->items) text += item.url.substr(item.url.rfind('/') + 1) + " " + item.title + "\n";
  return text;
}

std::string rows(int from, int count, const std::string& tail) {
  std::string text = "<ul>";
  for (int n = from; n < from + count; ++n) text += "<li class=row><a class=tit href=/news/" + std::to_string(n) + ">한빛전자 새 공장 짓는다 " + std::to_string(n) + "보</a>" + tail + "</li>";
  return text + "</ul>";
}

std::string others(int count) {
  std::string text = "<ul>";
  for (int n = 0; n < count; ++n) text += "<li><a href=/other/" + std::to_string(n) + ">나루시 주말 행사에 구름 인파 몰려 " + std::to_string(n) + "</a></li>";
  return text + "</ul>";
}

const std::string kDate = "<span class=date>2026.11.28 10:12</span>";

TEST(Discover, AFewLinksAreAListWhereEachIsDated) {
  EXPECT_EQ(headlines_of(read("<h2>윤가람 기자</h2>" + rows(1, 2, kDate))), "1 한빛전자 새 공장 짓는다 1보\n2 한빛전자 새 공장 짓는다 2보\n");
  EXPECT_FALSE(read(rows(1, 1, kDate)));
  EXPECT_FALSE(read(rows(1, 4, ""))) << "nothing says that they are articles";
  EXPECT_FALSE(read("<h3>공지사항</h3>" + rows(1, 3, kDate))) << "notices are dated too";
  EXPECT_TRUE(headlines_of(read("<h2>윤가람 기자</h2>" + rows(1, 3, kDate) + "<strong>이 시각 주요뉴스</strong>" + others(5))).starts_with("1 "));
  EXPECT_TRUE(headlines_of(read(rows(1, 3, kDate) + others(30))).starts_with("0 ")) << "many of one kind are the list";
}

TEST(Discover, AFeedSaysMoreThanAFewLinks) {
  const std::string feed = "<link rel=alternate type=application/rss+xml href=/rss.xml title=나루일보>";
  const auto few = read(feed + rows(1, 3, kDate)), many = read(feed + rows(1, 6, kDate));
  ASSERT_TRUE(few && many);
  ASSERT_EQ(few->parts.size(), 1u);
  EXPECT_EQ(few->parts.front().url, "https://naru.example/rss.xml");
  EXPECT_TRUE(many->parts.empty()) << "the page is the list that it is";
}

TEST(Discover, OfTwoListsTheDatedOneIsReadBeforeTheHeavier) {
  EXPECT_TRUE(headlines_of(read("<div><em>함께 볼 만한</em>" + others(10) + "</div>" + rows(1, 6, kDate))).starts_with("1 "));
}

TEST(Discover, AListIsWhatItsHeadingSays) {
  for (const char* const heading : {"<strong>지금 많이 읽는 기사</strong>", "<h3><a href=/best>많이 본 뉴스</a></h3>", "<div><span>Most</span> <b>read</b></div>", "<h4>인기 기사</h4><p>일간 주간</p>"}) {
    const std::string ranked = std::string("<div>") + heading + others(10) + "</div>";
    EXPECT_TRUE(headlines_of(read(ranked + rows(1, 6, ""))).starts_with("1 ")) << heading;
    EXPECT_TRUE(headlines_of(read(rows(1, 6, "") + ranked)).starts_with("1 ")) << heading;
    EXPECT_TRUE(headlines_of(read(ranked)).starts_with("0 ")) << "where nothing else stands it is the list: " << heading;
  }
  EXPECT_TRUE(headlines_of(read("<h3>많이 본 영화 이야기를 모아 두는 나루일보 주말판</h3>" + others(10) + rows(1, 6, ""))).starts_with("0 ")) << "a sentence is no heading";
}

std::string cards(const std::string& link, const std::string& inside) {
  std::string text;
  for (int n = 1; n < 7; ++n) {
    std::string card = "<div class=card>" + link + inside + "</div>";
    for (std::size_t at = card.find('#'); at != std::string::npos; at = card.find('#')) card.replace(at, 1, std::to_string(n));
    text += card;
  }
  return text;
}

TEST(Discover, AnEmptyLinkOverACardHasTheCardsHeadline) {
  const std::string words = "<p>회사는 4일 공장을 짓는다고 밝혔다.</p>";
  EXPECT_TRUE(headlines_of(read(cards("<a href=/news/# aria-label='나루시 # 예산안 의결'></a>", words))).starts_with("1 나루시 1 예산안 의결\n2 "));
  EXPECT_TRUE(headlines_of(read(cards("<a href=/news/# aria-label='기사 전문 읽으러 가기'><span></span></a>", "<h3>나루시 # 예산안 의결</h3>" + words))).starts_with("1 나루시 1 예산안 의결\n2 "));
  EXPECT_TRUE(headlines_of(read(cards("<a href=/news/# aria-label='기사 전문 읽으러 가기'></a>", "<a href=/news/#>나루시 # 예산안 의결</a>" + words))).starts_with("1 나루시 1 예산안 의결\n2 "));
  EXPECT_FALSE(read(cards("<a href=/news/# aria-label='나루시 # 예산안 의결'><img src=/#.jpg></a>", words))) << "a picture's label is the picture's";
  EXPECT_FALSE(read(cards("<a href=/news/#></a>", words)));
}

TEST(Discover, SaysThatAScriptOpensTheEntries) {
  for (const char* const link : {"<a href='javascript:void(0)' onclick=\"goView('#')\">나루시 # 예산안 의결</a>", "<a href=\"javascript:goView('#')\">나루시 # 예산안 의결</a>"}) {
    EXPECT_EQ(headlines_of(read(cards(link, ""))), "! read as auto: a script opens the entries, and the page does not say where they lie; name a feed, or an address that lists them") << link;
  }
  EXPECT_NE(headlines_of(read(cards("<a href='javascript:void(0)' onclick=\"goView('#')\">더보기</a>", ""))), headlines_of(read(cards("<a href='javascript:void(0)' onclick=\"goView('#')\">나루시 # 예산안 의결</a>", ""))));
}

// As a page that a script builds carries it; `opens` is the script's beginning.
const std::string kData = "<script id=data type='application/json'>";

std::string data(int count, const std::string& members, const std::string& opens = kData) {
  std::string rows;
  for (int n = 1; n <= count; ++n) rows += std::string(n > 1 ? "," : "") + "{\"title\": \"나루시 예산안 " + std::to_string(n) + "차 의결\", \"url\": \"/news/" + std::to_string(n) + "\"" + members + "}";
  return opens + "{\"props\": {\"menu\": [{\"title\": \"정치 뉴스 전체 보기\", \"url\": \"/politics\"}], \"list\": [" + rows + "]}}</script>";
}

TEST(Discover, AListThatAScriptShowsIsReadFromThePagesData) {
  const auto listing = read("<div id=root></div>" + data(6, ", \"publishedAt\": \"2026-11-28T10:12:00+09:00\""));
  EXPECT_TRUE(headlines_of(listing).starts_with("1 나루시 예산안 1차 의결\n2 ")) << headlines_of(listing);
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->items.size(), 6u);
  EXPECT_EQ(listing->items.front().printed->text, "2026-11-28T10:12:00+09:00");
  EXPECT_EQ(listing->items.front().origin, "script#data.props.list 1");
  const auto assigned = read("<div id=root></div>" + data(6, ", \"date\": \"2026-11-28\"", "<script>window.__STATE__ = "));
  EXPECT_TRUE(headlines_of(assigned).starts_with("1 나루시 예산안 1차 의결\n2 ")) << headlines_of(assigned);
  EXPECT_FALSE(read(data(2, ", \"date\": \"2026-11-28\"")));
  EXPECT_FALSE(read(data(6, ""))) << "a menu looks like that";
  EXPECT_TRUE(headlines_of(read(rows(11, 6, "") + data(6, ", \"date\": \"2026-11-28\""))).starts_with("11 ")) << "what is shown is read";
}

}  // namespace
}  // namespace bylined::listing
