// SPDX-License-Identifier: Apache-2.0
// Data that speaks of another article than the page, or of the whole site.
#include <algorithm>

#include <gtest/gtest.h>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

using Names = std::vector<std::string>;

const std::string kUrl = "https://naru.example/news/12";
const std::string kReported = "가람전자, 화성에 반도체 공장";
const std::string kReport = "<p>[나루일보 홍길동 기자] 가람전자가 경기도 화성에 새 반도체 공장을 짓는다고 28일 밝혔다. 투자액은 3조원으로, 2028년 가동을 목표로 한다.</p>"
                          "<p>회사 관계자는 이번 투자로 일자리가 생길 것이라며 지역 협력사와도 함께 성장하겠다고 말했다.</p>";

Reading witnessed(const std::string& data, const std::string& head = "<title>" + kReported + " | 나루일보</title>") {
  const std::string html = "<!doctype html><html lang=ko><head>" + head + "<script type='application/ld+json'>" + data + "</script></head><body><h1>" + kReported +
                           "</h1><div class=info><span class=date>입력 2026.11.28. 오전 10:30</span></div>" + kReport + "</body></html>";
  auto reading = extract_explained(model::Page{kUrl, "text/html; charset=utf-8", html, Instant()});
  EXPECT_TRUE(reading);
  return reading ? *std::move(reading) : Reading();
}

std::string article(const std::string& headline, const std::string& more = "") {
  return "{\"@type\":\"NewsArticle\",\"headline\":\"" + headline + "\",\"author\":{\"@type\":\"Person\",\"name\":\"김다른\"},\"datePublished\":\"2020-05-05T00:00:00+09:00\"" +
         more + "}";
}

std::string published(const Reading& reading) { return reading.content.published ? reading.content.published->text : std::string(); }

const Verdict& verdict_of(const Reading& reading, Field field) {
  return *std::find_if(reading.verdicts.begin(), reading.verdicts.end(), [field](const Verdict& verdict) { return verdict.field == field; });
}

TEST(Witness, AnArticleAtAnotherAddressIsNone) {
  const Reading reading = witnessed("[" + article("나래금융 실적 발표", ",\"url\":\"https://naru.example/news/11\",\"articleSection\":\"금융\"") + ",{\"@type\":\"BreadcrumbList\"}]");
  EXPECT_EQ(reading.content.title, kReported);
  EXPECT_EQ(reading.content.authors, Names{"홍길동"});
  EXPECT_EQ(published(reading), "2026-11-28T10:30:00+09:00");
  EXPECT_EQ(reading.content.section, "") << "nor where nothing else speaks";
  const Verdict& section = verdict_of(reading, Field::kSection);
  EXPECT_TRUE(section.claims.empty());
  ASSERT_EQ(section.aside.size(), 1u);
  EXPECT_EQ(section.aside.front().from, "JSON-LD articleSection of another article");
  EXPECT_EQ(section.aside.front().weight, 0);
}

TEST(Witness, ItsAddressMayBeWrittenInManyWays) {
  for (const char* const address : {"\"url\":\"/news/11\"", "\"mainEntityOfPage\":{\"@id\":\"https://naru.example/news/11\"}", "\"@id\":\"https://www.naru.example/news/11/#article\""}) {
    EXPECT_EQ(witnessed(article("나래금융 실적 발표", std::string(",") + address)).content.title, kReported) << address;
  }
}

TEST(Witness, AnotherAddressUnderTheSameHeadlineIsThePages) {
  for (const char* const address : {"https://naru.example/amp/2026/99", "https://naru.example/", "https://other.example/a/b", "not an address"}) {
    const Reading reading = witnessed(article("가람전자, 경기 화성에 새 반도체 공장 짓는다", std::string(",\"url\":\"") + address + "\""));
    EXPECT_EQ(reading.content.authors, Names{"김다른"}) << address;
  }
}

TEST(Witness, TheSitesOwnWordsAreContradictedByAHeadlineThatThePageAgreesOn) {
  const Reading reading = witnessed("{\"@type\":\"NewsArticle\",\"headline\":\"나루일보 - 세상을 보는 창\",\"author\":{\"name\":\"관리자\"},\"datePublished\":\"2019-01-01T00:00:00+09:00\"}");
  EXPECT_EQ(reading.content.title, kReported);
  EXPECT_EQ(reading.content.authors, Names{"홍길동"});
  EXPECT_EQ(published(reading), "2026-11-28T10:30:00+09:00");
  const auto& claims = verdict_of(reading, Field::kTitle).claims;
  EXPECT_TRUE(std::any_of(claims.begin(), claims.end(), [](const Claim& claim) { return claim.from == "JSON-LD headline, whose headline the page contradicts"; }));
}

TEST(Witness, ARunningStoryMayBeHeadedInItsDataAsItWasYesterday) {
  const std::string here = ",\"url\":\"https://naru.example/news/12?utm_source=x\"";
  EXPECT_EQ(witnessed(article("나래금융 실적 발표", here)).content.authors, Names{"김다른"});
  EXPECT_EQ(witnessed(article("나루일보 - 세상을 보는 창", here)).content.title, kReported) << "but for the site's own name";
}

TEST(Witness, WhereThePageDoesNotAgreeWithItselfTheDataCounts) {
  EXPECT_EQ(witnessed(article("나래금융 실적 발표"), "<title>나루일보</title>").content.title, "나래금융 실적 발표");
}

TEST(Witness, ThirtyTwoOthersAreShownAndNothingIsMissedOfMore) {
  for (const int others : {kMostAlike, kMostAlike + 1}) {
    std::string data = "[";
    for (int i = 0; i < others; ++i) data += article("나래금융 실적 발표", ",\"url\":\"/news/" + std::to_string(100 + i) + "\"") + (i + 1 < others ? "," : "]");
    const Reading reading = witnessed(data);
    EXPECT_EQ(verdict_of(reading, Field::kTitle).aside.size(), static_cast<std::size_t>(kMostAlike)) << others;
    EXPECT_FALSE(reading.content.page_cut) << others;
  }
}

TEST(Witness, OfSeveralArticlesThePagesOwnCounts) {
  const Reading reading = witnessed("[" + article("나래금융 실적 발표", ",\"url\":\"/news/11\"") + "," + article(kReported, ",\"url\":\"/news/12\",\"articleSection\":\"산업\"") + "]");
  EXPECT_EQ(reading.content.title, kReported);
  EXPECT_EQ(reading.content.section, "산업");
}

}  // namespace
}  // namespace bylined::article
