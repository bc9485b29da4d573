// SPDX-License-Identifier: Apache-2.0
// When it was published, by whose clock.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

std::string published(const std::string& language, const std::string& head, const std::string& line = {}, const std::string& url = "https://www.ledger.example/plant") {
  const std::string html = "<!doctype html><html lang=" + language + "><head><title>New plant</title>" + head + "</head><body><article><h1>New plant</h1>" + line +
                           "<p>The new plant will open next year, the company said. It did not say what it costs, or who pays for it in the end.</p></article></body></html>";
  const auto content = extract(model::Page{url, "text/html; charset=utf-8", html, Instant()});
  return content && content->published ? content->published->text : std::string();
}

std::string meta(const std::string& time) { return "<meta property='article:published_time' content='" + time + "'>"; }

TEST(Zones, ATimeWithoutOneIsThatOfThePagesLanguage) {
  EXPECT_EQ(published("de", meta("2024-07-17T11:21:03")), "2024-07-17T11:21:03+02:00");
  EXPECT_EQ(published("de", meta("2024-01-17T11:21:03")), "2024-01-17T11:21:03+01:00");
  EXPECT_EQ(published("en", meta("2024-07-17T11:21:03")), "2024-07-17T11:21:03+00:00");
  EXPECT_EQ(published("ko", meta("2024-07-17T11:21:03")), "2024-07-17T11:21:03+09:00");
}

TEST(Zones, AKoreanOutletsEnglishPageKeepsSeoulsClock) {
  EXPECT_EQ(published("en", meta("2024-07-17T11:21:03"), "<p>한국어</p>"), "2024-07-17T11:21:03+09:00");
  EXPECT_EQ(published("en", meta("2024-07-17T11:21:03"), "", "https://www.ledger.co.kr/plant"), "2024-07-17T11:21:03+09:00");
}

TEST(Zones, AHostsCountrySaysMoreThanALanguage) {
  EXPECT_EQ(published("en", meta("2024-07-17T11:21:03"), "", "https://www.ledger.co.uk/plant"), "2024-07-17T11:21:03+01:00");
  EXPECT_EQ(published("pt", meta("2024-07-17T11:21:03"), "", "https://ledger.pt/plant"), "2024-07-17T11:21:03+01:00");
  EXPECT_EQ(published("pt", meta("2024-07-17T11:21:03")), "2024-07-17T11:21:03-03:00");
}

TEST(Zones, WhatShowsTheSameClockAsAWrittenZoneIsThatTime) {
  EXPECT_EQ(published("en", meta("2024-07-17T11:21:03") + "<meta name=date content='2024-07-17T11:21:03+01:00'>"), "2024-07-17T11:21:03+01:00");
}

TEST(Zones, UtcIsShownAsThePagesClockWhereThePagePrintsThatDay) {
  EXPECT_EQ(published("de", meta("2018-12-31T23:11:59Z"), "<p class=date>1. Januar 2019</p>"), "2019-01-01T00:11:59+01:00");
  EXPECT_EQ(published("de", meta("2018-12-31T23:11:59Z")), "2018-12-31T23:11:59+00:00") << "nothing says otherwise";
  EXPECT_EQ(published("de", meta("2018-12-31T12:11:59Z"), "<p class=date>31. Dezember 2018</p>"), "2018-12-31T12:11:59+00:00");
}

TEST(Zones, UtcIsShownAsThePagePrintsThatMinuteAndKeepsItsSeconds) {
  const std::string line = "<p class=date>May 1, 2024, 10:54 p.m. ET</p>";
  EXPECT_EQ(published("en", meta("2024-05-02T02:54:29Z"), line), "2024-05-01T22:54:29-04:00");
  EXPECT_EQ(published("en", meta("2024-07-17T10:21:43Z"), "<p class=date>11:21, 17 Jul 2024</p>", "https://www.ledger.co.uk/plant"), "2024-07-17T11:21:43+01:00") << "its country's";
  EXPECT_EQ(published("en", meta("2024-05-02T02:55:29Z") + "<meta name=datepublished content='2024-05-02T02:55:29Z'>", line), "2024-05-02T02:55:29+00:00") << "another minute";
}

struct Visit {
  const char* url = "https://www.koreaherald.com/article/1";
  const char* language = "en";
  Instant at = {};
};

std::string published_on(const std::string& line, const Visit& visit, const std::string& head = meta("2026-11-08T09:15:33Z"), std::string* why = nullptr) {
  const std::string html = "<!doctype html><html lang=" + std::string(visit.language) + "><head><title>New plant</title>" + head + "</head><body><article><h1>New plant</h1>" + line +
                           "<p>The new plant will open next year, the company said. It did not say what it costs, or who pays for it in the end.</p></article><p>코리아</p></body></html>";
  const auto reading = extract_explained(model::Page{visit.url, "text/html; charset=utf-8", html, visit.at});
  if (!reading || !reading->content.published) return {};
  for (const Verdict& verdict : reading->verdicts) {
    if (why != nullptr && verdict.field == Field::kPublished) *why = verdict.claims.front().from;
  }
  return reading->content.published->text;
}

TEST(Zones, SeoulsClockThatIsMarkedAsUtcIsSeouls) {
  const std::string line = "<p class=date>Published : Nov. 8, 2026 - 09:15</p>", seoul = "2026-11-08T09:15:33+09:00", utc = "2026-11-08T09:15:33+00:00";
  std::string why;
  EXPECT_EQ(published_on(line, Visit(), meta("2026-11-08T09:15:33Z"), &why), seoul);
  EXPECT_NE(why.find("the page prints Seoul's clock"), std::string::npos) << why;
  EXPECT_EQ(published_on(line, {.url = "https://naru.example/1", .language = "ko"}), seoul);
  EXPECT_EQ(published_on("<p class=date>Nov. 8, 2026 09:15 KST</p>", {.url = "https://naru.example/1"}), seoul) << "the print says so";
  const Instant minutes_later = std::chrono::sys_days(std::chrono::year(2026) / 11 / 8) + std::chrono::minutes(20), next_day = minutes_later + std::chrono::hours(24);
  EXPECT_EQ(published_on(line, {.url = "https://naru.example/1", .at = minutes_later}), seoul) << "read before it was written";
  EXPECT_EQ(published_on(line, {.url = "https://naru.example/1", .at = next_day}), utc) << "a page with some Hangul may be anybody's";
  EXPECT_EQ(published_on("<p class=date>Published : Nov. 8, 2026 - 18:15</p>", Visit()), "2026-11-08T18:15:33+09:00") << "print and mark agree";
  EXPECT_EQ(published_on("<p class=date>Published : Nov. 8, 2026 - 09:15 UTC</p>", Visit()), utc) << "the print says UTC";
  EXPECT_EQ(published_on("<p class=date>Published : Nov. 8, 2026</p>", Visit()), utc) << "no clock is printed";
  EXPECT_EQ(published_on(line, Visit(), meta("2026-11-08T09:15:33+01:00")), "2026-11-08T09:15:33+01:00") << "another zone is meant";
}

TEST(Zones, WhoMarksSeoulsClockAsUtcDoesSoThroughout) {
  const std::string head = meta("2026-11-08T09:15:33Z") + "<meta property='article:modified_time' content='2026-11-08T10:40:00Z'>";
  const std::string html = "<!doctype html><html lang=ko><head><title>새 공장</title>" + head + "</head><body><article><h1>새 공장</h1><p class=date>2026.11.08 09:15</p>"
                           "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 열고 사백 명이 그곳에서 일한다.</p></article></body></html>";
  const auto content = extract(model::Page{"https://naru.example/1", "text/html; charset=utf-8", html, Instant()});
  ASSERT_TRUE(content && content->modified);
  EXPECT_EQ(content->modified->text, "2026-11-08T10:40:00+09:00");
}

TEST(Times, AreReadFromNumbersAndOlderForms) {
  EXPECT_EQ(published("en", "<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":1676551869}</script>"), "2023-02-16T12:51:09+00:00");
  EXPECT_EQ(published("en", "<meta name='parsely-page' content='{\"pub_date\":\"2014-11-23T16:00:00+04:00\"}'>"), "2014-11-23T16:00:00+04:00");
  EXPECT_EQ(published("en", "", "<div class=pubdate>2014-11-23T16:00:00+04:00</div>"), "2014-11-23T16:00:00+04:00");
}

TEST(Times, InMetadataAreReadInOtherLanguages) { EXPECT_EQ(published("ar", meta("الأربعاء، 07 أكتوبر 2020 - 12:09 م")), "2020-10-07"); }

TEST(Times, InPrintAreWeighedByWhereTheyStand) {
  const std::string teaser = "<div class=related-posts><h4>Old plant closes</h4><time datetime=2019-01-02>2 January 2019</time></div>";
  const std::string comments = "<section class=comments><p><time datetime=2024-07-20T10:00:00Z>20 July</time> Good news for all of us here.</p></section>";
  EXPECT_EQ(published("en", "", "<p class=byline>17 July 2024</p>" + teaser), "2024-07-17");
  EXPECT_EQ(published("en", "", comments + "<p class=date>17 July 2024</p>"), "2024-07-17");
  EXPECT_EQ(published("en", "", teaser + "<time datetime=2024-07-17T11:21:03Z>Wednesday</time>"), "2024-07-17T11:21:03+00:00");
  EXPECT_EQ(published("en", "", "<time class=date-updated datetime=2024-07-18>now</time> <time datetime=2024-07-17>then</time>"), "2024-07-17");
}

TEST(Times, OneElementOrPictureIsOneWitness) {
  const std::string picture = "<meta property=og:image content=/2024/07/16/a.jpg><meta name=twitter:image content=/2024/07/16/b.jpg><link rel=image_src href=/2024/07/16/c.jpg>";
  EXPECT_EQ(published("en", picture, "<time datetime=2024-07-17>17 July 2024</time>"), "2024-07-17");
}

TEST(Times, OfTwoDigitsHaveTheYearFirstInEastAsiaAlone) {
  const std::string line = "<p class=date>26.11.08</p>";
  EXPECT_EQ(published("en", "", line), "2008-11-26");
  EXPECT_EQ(published("de", "", line), "2008-11-26");
  EXPECT_EQ(published("ko-KR", "", line), "2026-11-08");
  EXPECT_EQ(published("ja", "", line), "2026-11-08");
  EXPECT_EQ(published("en", "", "<p class=date>입력 26.11.08</p>"), "2026-11-08") << "the line is Korean";
  EXPECT_EQ(published("en", "", "<p class=date>08.11.26</p>"), "2026-11-08");
}

TEST(Times, TheHourBesideThePrintedDayIsRead) {
  EXPECT_EQ(published("ja", "", "<p class=publish>2018/6/19 5:50</p>"), "2018-06-19T05:50:00+09:00");
  EXPECT_EQ(published("ko", "", "<p class=date>입력 2025.02.04. 오전 9:30</p>"), "2025-02-04T09:30:00+09:00");
}

}  // namespace
}  // namespace bylined::article
