// SPDX-License-Identifier: Apache-2.0
// Pages that say the same thing a great many times: each costs time in line with its length, and what is not weighed is said.
#include <gtest/gtest.h>

#include <ctime>

#include "pipeline/article/article.h"
#include "tests/support/effort.h"

namespace bylined::article {
namespace {

const std::string kOrdinary = "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p><p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다.</p>";

// `unit` so many times, each with another number, name and day for #, ~ and ^.
std::string repeated(std::string_view unit, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    for (const char c : unit) {
      if (c == '#') all += std::to_string(i);
      else if (c == '~') for (int rest = i + 1; rest > 0; rest /= 26) all += static_cast<char>('a' + rest % 26);
      else if (c == '^') all += std::to_string(10 + i / 60 % 14) + ":" + std::to_string(10 + i % 50);
      else all += c;
    }
  }
  return all;
}

Result<model::Content> read_with(const std::string& head, const std::string& body) {
  const std::string page = "<!doctype html><html lang=ko><head><title>새 공장</title>" + head + "</head><body><article><h1>새 공장</h1>" + kOrdinary + body + "</article></body></html>";
  return extract({"https://news.example/2025/1", "text/html; charset=utf-8", page, Instant()});
}

double seconds_for(const std::string& head, const std::string& body) {
  const std::clock_t start = std::clock();
  EXPECT_TRUE(read_with(head, body));
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

constexpr std::string_view kInHead[] = {
    "<meta property='article:author' content='Jane Doe~'>",
    "<meta property='article:author' content='홍길동~ 기자'>",
    "<meta property='article:published_time' content='2025-02-04T^:00+09:00'>",
    "<meta property='og:title' content='새 공장 ~'>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"새 공장 #\",\"author\":\"Jane Doe~\"}</script>",
    "<script>{\"datePublished\":\"2025-02-04T^:00+09:00\"}</script>",
};

constexpr std::string_view kInBody[] = {
    "<time datetime='2025-02-04T^:00+09:00'>^</time>",
    "<p><time datetime='2025-02-04T^:00+09:00'>2025.02.04 ^</time></p>",
    "<span class=date>2025.02.04 ^</span>",
    "<p>2025.02.04 ^",
    "<span class=byline>By Jane Doe~</span>",
    "<p class=byline>홍길동 기자</p>",
    "<p>홍길동 기자 a#@b.example</p>",
    "<a rel=author href='/author/#'>Jane Doe~</a> ",
    "<span itemprop=author><span itemprop=name>Jane Doe~</span></span>",
    "<h1>새 공장 #</h1>",
    "<p>한빛전자 공장 #</p>",
};

TEST(HostilePages, TakeTimeInLineWithTheirLength) {
  const int times = tests::effort(2'000, 20'000, 100'000);
  const auto is_linear = [&](std::string_view unit, bool in_head) {
    const auto cost = [&](int count) {
      const std::string text = repeated(unit, count);
      return in_head ? seconds_for(text, "") : seconds_for("", text);
    };
    EXPECT_LT(cost(times), 25 * cost(times / 10) + 0.1) << unit;
  };
  for (const std::string_view unit : kInHead) is_linear(unit, true);
  for (const std::string_view unit : kInBody) is_linear(unit, false);
}

// One line, one list and one object may be long too.
TEST(HostilePages, LongListsOfAuthorsTakeTimeInLineWithTheirLength) {
  const int times = tests::effort(2'000, 20'000, 100'000);
  const auto linked = [](int count) { return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[" + repeated("\"Jane Doe~\",", count) + "\"\"]}</script>"; };
  const auto joined = [](int count) { return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":\"" + repeated("1, ", count) + "\"}</script>"; };
  const auto graph = [](int count) {
    return "<script type='application/ld+json'>{\"@graph\":[" + repeated("{\"@type\":\"NewsArticle\",\"headline\":\"새 공장 #\",\"author\":\"Jane Doe~\"},", count) + "{}]}</script>";
  };
  const auto printed = [](int count) { return "<p class=byline>" + repeated("홍길동기자, ", count) + "</p>"; };
  EXPECT_LT(seconds_for(linked(times), ""), 25 * seconds_for(linked(times / 10), "") + 0.1);
  EXPECT_LT(seconds_for(joined(times), ""), 25 * seconds_for(joined(times / 10), "") + 0.1);
  EXPECT_LT(seconds_for(graph(times), ""), 25 * seconds_for(graph(times / 10), "") + 0.1);
  EXPECT_LT(seconds_for("", printed(times)), 25 * seconds_for("", printed(times / 10)) + 0.1);
}

model::Content with_authors(int count) {
  const auto content = read_with("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[" + repeated("\"Jane Doe~\",", count) + "\"\"]}</script>", "");
  EXPECT_TRUE(content);
  return content ? *content : model::Content();
}

TEST(HostilePages, NameSixtyFourAuthorsAndNoMoreAndThatIsSaid) {
  EXPECT_EQ(with_authors(64).authors.size(), 64u);
  EXPECT_FALSE(with_authors(64).page_cut);
  EXPECT_EQ(with_authors(65).authors.size(), 64u);
  EXPECT_TRUE(with_authors(65).page_cut);
}

TEST(HostilePages, ThirtyTwoClaimsOfAKindAreWeighedAndNoMoreAndThatIsSaid) {
  const std::string unit = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"새 공장 #\"}</script>";
  const auto whole = read_with(repeated(unit, 32), "");
  const auto longer = read_with(repeated(unit, 33), "");
  ASSERT_TRUE(whole && longer);
  EXPECT_FALSE(whole->page_cut);
  EXPECT_TRUE(longer->page_cut);
  EXPECT_EQ(longer->body, whole->body) << "the text is read all the same";
}

TEST(HostilePages, AuthorsInMetadataAreReadToALengthAndThatIsSaid) {
  const std::string unit = "<meta property='article:author' content='Jane Doe~'>";
  const auto whole = read_with(repeated(unit, 60), "");
  const auto longer = read_with(repeated(unit, 600), "");
  ASSERT_TRUE(whole && longer);
  EXPECT_EQ(whole->authors.size(), 60u);
  EXPECT_FALSE(whole->page_cut);
  EXPECT_EQ(longer->authors.size(), 64u);
  EXPECT_TRUE(longer->page_cut);
}

}  // namespace
}  // namespace bylined::article
