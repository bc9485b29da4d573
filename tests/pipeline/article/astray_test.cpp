// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <vector>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

struct Redirect {
  const char* asked;
  const char* arrived;
};

TEST(AnotherAddress, NamesAnArticleAndNoListOrFront) {
  const std::string amp = "https://www.naru.example/news/articleViewAmp.html?idxno=17";
  EXPECT_TRUE(may_be_its_own(amp, "https://www.naru.example/news/articleView.html?idxno=17"));
  EXPECT_TRUE(may_be_its_own("https://naru.example/r/abc", "https://naru.example/news/17"));
  for (const char* const other : {"", "https://www.naru.example/", "https://www.naru.example/news", "https://www.naru.example/news/articleView.html",
                                  "https://www.naru.example/login?back=17", "https://www.naru.example/economy/", "mailto:a@naru.example"}) {
    EXPECT_FALSE(may_be_its_own(amp, other)) << other;
  }
}

TEST(Astray, TheSameArticleElsewhereIsTheArticle) {
  const std::vector<Redirect> redirects{
      {"http://hanbit.example/news/202611280001", "https://www.hanbit.example/news/202611280001/"},
      {"https://hanbit.example/news/202611280001", "https://m.hanbit.example/news/202611280001"},
      {"https://hanbit.example/news/202611280001", "https://hanbit.example/amp/news/202611280001?utm_source=x"},
      {"https://hanbit.example/news/view.html?no=4711", "https://hanbit.example/article/4711"},
      {"https://hanbit.example/4711", "https://hanbit.example/index.php?no=4711"},
      {"https://hanbit.example/?p=4711", "https://hanbit.example/2026/11/28/new-plant-opens"},
      {"https://hanbit.example/news/7", "https://hanbit.example/article/7"},
      {"https://hanbit.example/news/48151623/new-plant-opens", "https://hanbit.example/news/48151623"},
      {"https://hanbit.example/new-plant-opens-48151623.html", "https://hanbit.example/a/48151623"},
      {"https://hanbit.example/economy/48151623", "https://hanbit.example/news/articleView.html?idxno=48151623"},
      {"https://hanbit.example/2026/11/28/new-plant-opens", "https://hanbit.example/economy/new-plant-opens"}};
  for (const Redirect& one : redirects) EXPECT_EQ(astray(one.asked, one.arrived), std::nullopt) << one.asked << " " << one.arrived;
}

TEST(Astray, AnotherArticleIsAnArticle) {
  const std::vector<Redirect> redirects{{"https://t.example/Xa7", "https://hanbit.example/news/202611280001"},
                                        {"https://hanbit.example/old-title-of-the-plant", "https://hanbit.example/new-title-of-the-plant"},
                                        {"https://hanbit.example/news/articleView.html?idxno=48151623", "https://hanbit.example/news/articleView.html?idxno=48151700"},
                                        {"https://news.example/rss/articles/CBMiQ2h0dHBz", "https://hanbit.example/economy/202611280001"},
                                        {"https://hanbit.example/a/old", "https://hanbit.example/a/new"},
                                        {"https://hanbit.example/article/4711", "https://n.news.naver.com/article/277/0005642161"},
                                        {"https://hanbit.example/member/article/4711", "https://hanbit.example/member/story/4711"}};
  for (const Redirect& one : redirects) EXPECT_EQ(astray(one.asked, one.arrived), std::nullopt) << one.asked << " " << one.arrived;
}

TEST(Astray, WhatASiteShowsInsteadIsNone) {
  const std::vector<Redirect> redirects{{"https://hanbit.example/news/202611280001", "https://hanbit.example/"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example"},
                                        {"https://hanbit.example/news/202611280001", "https://www.hanbit.example/?from=gone"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/index.html"},
                                        {"https://hanbit.example/d/art/6", "https://hanbit.example/d/home"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/main.php"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/news/"},
                                        {"https://hanbit.example/2026/11/28/new-plant-opens", "https://hanbit.example/2026/11/28/"},
                                        {"https://hanbit.example/section/5/article/77", "https://hanbit.example/section/5"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/section/politics"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/news/articleList.html?sc_section_code=S1N1"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/business"},
                                        {"https://n.news.naver.com/article/277/0005642161", "https://media.naver.com/press/277"},
                                        {"https://n.news.naver.com/article/277/0005642161", "https://news.naver.com/"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/login?return=%2Fnews%2F202611280001"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/member/login.html?no=202611280001"},
                                        {"https://hanbit.example/news/202611280001", "https://login.hanbit.example/x?no=202611280001"},
                                        {"https://hanbit.example/news/202611280001", "https://consent.example/collect?id=202611280001"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/error/404.html"},
                                        {"https://hanbit.example/news/202611280001", "https://hanbit.example/notFound?url=/news/202611280001"},
                                        {"https://hanbit.example/view?no=48151623", "https://hanbit.example/"}};
  for (const Redirect& one : redirects) EXPECT_TRUE(astray(one.asked, one.arrived)) << one.asked << " " << one.arrived;
}

TEST(Astray, SaysWhereItLedAndKeepsTheQueryToItself) {
  EXPECT_EQ(astray("https://hanbit.example/news/202611280001", "https://hanbit.example/login?token=secret"),
            "was redirected to https://hanbit.example/login, a page to log in, subscribe or consent");
  EXPECT_EQ(astray("https://hanbit.example/news/202611280001", "https://hanbit.example/"), "was redirected to https://hanbit.example/, the front page");
}

TEST(Astray, WhatIsNoAddressIsNotJudged) {
  EXPECT_EQ(astray("", "https://hanbit.example/"), std::nullopt);
  EXPECT_EQ(astray("https://hanbit.example/", "https://other.example/"), std::nullopt);
  EXPECT_EQ(astray("https://hanbit.example/news/202611280001", "mailto:a@b.example"), std::nullopt);
}

}  // namespace
}  // namespace bylined::article
