// SPDX-License-Identifier: Apache-2.0
// What is read of pages that say little of themselves: language, picture, outlet.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"
#include "pipeline/article/headline/headline.h"
#include "pipeline/article/text_language.h"

namespace bylined::article {
namespace {

const std::string kKorean = "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 열고, 사백 명이 그곳에서 일하게 된다.</p><p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다.</p>";

model::Content content_of(const std::string& html) {
  const auto content = extract(model::Page{"https://naru.example/2025/1", "text/html; charset=utf-8", html, Instant()});
  EXPECT_TRUE(content) << (content ? "" : content.error().text());
  return content ? *content : model::Content();
}

TEST(TextLanguage, IsToldByLettersAndSmallWords) {
  EXPECT_EQ(language_of("한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 열고, 사백 명이 그곳에서 일하게 된다. 지역사회의 기대가 크고, 주민들은 길이 넓어지기를 바란다."), "ko");
  EXPECT_EQ(language_of("町は来年の春に新しい図書館を開くと発表した。建物は古い駅の隣に建てられ、子どもたちのための部屋もある。費用はまだ決まっていないと町長は話している。住民は喜んでいる。"), "ja");
  EXPECT_EQ(language_of("市政府星期一宣布明年春天将在旧车站旁边建造一座新图书馆。图书馆将有一个儿童阅览室和一个报告厅。市长说建设费用还没有最后决定。附近居民对这个消息表示欢迎并希望早日开工。"), "zh");
  EXPECT_EQ(language_of("Город объявил, что весной откроется новая библиотека рядом со старым вокзалом. Стоимость пока не определена."), "ru");
  EXPECT_EQ(language_of("Місто оголосило, що навесні відкриється нова бібліотека біля старого вокзалу. Її вартість іще не визначено."), "uk");
  EXPECT_EQ(language_of("The town will open a new library next spring, and it will stand beside the old station. The mayor said that the cost was not settled yet."), "en");
  EXPECT_EQ(language_of("Die Stadt will im Frühjahr eine neue Bücherei eröffnen, und sie wird neben dem alten Bahnhof stehen. Die Kosten sind noch nicht bekannt."), "de");
  EXPECT_EQ(language_of("La ville ouvrira une nouvelle bibliothèque au printemps, et elle sera à côté de la gare. Les habitants sont contents pour les enfants."), "fr");
}

TEST(TextLanguage, OfAShortTextOrAListOfNamesIsUnknown) {
  EXPECT_EQ(language_of("The town of Naru and the sea."), "");
  EXPECT_EQ(language_of("Lumina Bexar Torvik Anselm Quarrel Hadron Mistral Corvus Ardent Palisade Juniper Falcon Meridian Sable"), "");
  EXPECT_EQ(language_of(""), "");
}

TEST(Language, OfTheTextStandsInForNoneAndBeliesATemplates) {
  EXPECT_EQ(content_of("<html><body><h1>새 공장</h1>" + kKorean + "</body></html>").language, "ko");
  EXPECT_EQ(content_of("<html lang=en><head><meta property=og:locale content=en_US></head><body><h1>새 공장</h1>" + kKorean + "</body></html>").language, "ko");
  EXPECT_EQ(content_of("<html lang=ko-KR><body><h1>새 공장</h1>" + kKorean + "</body></html>").language, "ko-KR");
}

TEST(Image, IsTheFirstWithTheTextWhereThePageNamesNone) {
  const std::string before = "<header><img src=/site.jpg></header><h1>새 공장</h1><div class=share><img src=/s.png></div><img src=/arrow.png width=16 height=16><img src='data:image/png;base64,AA'>";
  const std::string behind = "<img src=/blank.png data-src=/photo/1.jpg width=640>" + kKorean + "<img src=/photo/2.jpg>";
  EXPECT_EQ(content_of("<body>" + before + behind + "</body>").image, "https://naru.example/photo/1.jpg");
  EXPECT_EQ(content_of("<head><meta property=og:image content=/named.jpg></head><body>" + before + behind + "</body>").image, "https://naru.example/named.jpg");
  EXPECT_EQ(content_of("<body>" + before + kKorean + "<aside><img src=/other.jpg></aside></body>").image, "");
}

TEST(Image, IsFoundBehindAnyNumberOfIcons) {
  std::string icons;
  for (int i = 0; i < 1000; ++i) icons += "<img src=/i.png width=10>";
  EXPECT_EQ(content_of("<body><h1>새 공장</h1>" + icons + "<img src=/photo.jpg>" + kKorean + "</body>").image, "https://naru.example/photo.jpg");
}

TEST(Outlet, IsTheLastPartOfATitleThatNamesIt) {
  const std::string url = "https://www.narudaily.example/2025/1";
  EXPECT_EQ(outlet_in("Mill reopens after flood | The Harbour Post", url, "Mill reopens after flood"), "The Harbour Post");
  EXPECT_EQ(outlet_in("Mill reopens after flood - Business - The Harbour Post", url, "Mill reopens after flood"), "The Harbour Post");
  EXPECT_EQ(outlet_in("Mill reopens – Naru Daily", url, ""), "Naru Daily");
  EXPECT_EQ(outlet_in("Mill reopens - after the flood", url, "The mill is open again"), "");
  EXPECT_EQ(outlet_in("Mill reopens after flood | Business", url, "Mill reopens after flood"), "");
  EXPECT_EQ(outlet_in("Mill-reopens", url, "Mill"), "");
  EXPECT_EQ(content_of("<head><title>나루시에 새 공장 들어선다 | 나루일보</title></head><body><h1>나루시에 새 공장 들어선다</h1>" + kKorean + "</body>").outlet, "나루일보");
}

TEST(LinkedData, IsReadAsFarAsItIsWhole) {
  const auto content = content_of("<head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"새 공장\",\"datePublished\":\"2025-02-04T09:30:00+09:00\"}, \"author\": {}}</script></head>"
                            "<body><h1>새 공장</h1>" + kKorean + "</body>");
  ASSERT_TRUE(content.published);
  EXPECT_EQ(content.published->text, "2025-02-04T09:30:00+09:00");
}

TEST(Published, AtMidnightIsADayAloneWhereAClockOfThatDayIsPrinted) {
  const auto published = [](const std::string& meta, const std::string& printed) {
    const auto content = content_of("<head><meta property=article:published_time content='" + meta + "'></head><body><h1>새 공장</h1><div>입력 " + printed + "</div>" + kKorean + "</body>");
    return content.published ? content.published->text : std::string();
  };
  EXPECT_EQ(published("2025-02-04T00:00:00+09:00", "2025.02.04 15:20"), "2025-02-04T15:20:00+09:00");
  EXPECT_EQ(published("2025-02-04T00:00:00+09:00", "2025.02.04"), "2025-02-04T00:00:00+09:00");
  EXPECT_EQ(published("2025-02-04T00:00:00+09:00", "2025.02.05 15:20"), "2025-02-04T00:00:00+09:00");
  EXPECT_EQ(published("2025-02-04T09:30:00+09:00", "2025.02.04 15:20"), "2025-02-04T09:30:00+09:00");
}

TEST(LinkedData, IsReadInASectionOfXml) {
  const auto content = content_of("<head><script type='application/ld+json'>//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-02-04T09:30:00+09:00\"}\n//]]></script></head>"
                            "<body><h1>새 공장</h1>" + kKorean + "</body>");
  ASSERT_TRUE(content.published);
  EXPECT_EQ(content.published->text, "2025-02-04T09:30:00+09:00");
}

TEST(LinkedData, HeadlineIsWithoutTheOutletThatItNames) {
  const auto title = [](const std::string& headline) {
    return content_of("<head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"" + headline + "\",\"publisher\":{\"name\":\"나루일보\"}}</script></head><body>" + kKorean + "</body>").title;
  };
  EXPECT_EQ(title("한빛전자, 새 공장 짓는다 | 나루일보"), "한빛전자, 새 공장 짓는다");
  EXPECT_EQ(title("한빛전자, 새 공장 짓는다 - 나루일보"), "한빛전자, 새 공장 짓는다");
  EXPECT_EQ(title("한빛전자, 새 공장 짓는다 - 일보"), "한빛전자, 새 공장 짓는다 - 일보");
  EXPECT_EQ(title("한빛전자가 사들인 나루일보"), "한빛전자가 사들인 나루일보");
}

}  // namespace
}  // namespace bylined::article
