// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/markup/html.h"

namespace bylined::markup {
namespace {

constexpr const char* kPage = R"(<body><div id="top" class="head main"><h1>제목</h1><p class="lead">첫째</p><p>둘째</p></div>
<ul class="list"><li data-id="news277,1"><a href="/a.html">가</a></li><li><a href="https://b.example/b?x=1">나</a></li><li>다</li></ul></body>)";

std::string texts(const char* css) {
  const auto page = Document::parse(kPage, {});
  EXPECT_TRUE(page.has_value());
  std::string joined;
  for (const Node node : page->all(css)) joined += (joined.empty() ? "" : "|") + node.text();
  return joined;
}

TEST(Selector, MatchesTypesIdsAndClasses) {
  EXPECT_EQ(texts("h1"), "제목");
  EXPECT_EQ(texts("#top .lead"), "첫째");
  EXPECT_EQ(texts("div.head.main > p"), "첫째|둘째");
  EXPECT_EQ(texts("P.lead"), "첫째");
  EXPECT_EQ(texts("p.lea"), "");
}

// Elements are passed over by a sign of their classes and attributes: it may let too many through, never leave one out.
TEST(Selector, FindsEachOfManyClassesAndAttributes) {
  std::string html;
  for (int i = 0; i < 300; ++i) html += "<p class='\tall\n c" + std::to_string(i) + " ' data-a" + std::to_string(i) + "=1>" + std::to_string(i) + "</p>";
  const auto page = Document::parse_owned(html, {});
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->elements().size(), 303u);  // html, head and body too
  EXPECT_EQ(page->all(".all").size(), 300u);
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(page->first((".c" + number).c_str()).text(), number);
    EXPECT_EQ(page->all(("[data-a" + number + "]").c_str()).size(), 1u);
  }
}

TEST(Selector, FindsClassesOfFormattingThatWasOpenedAgain) {
  const auto page = Document::parse("<a class='link' href=/1><p>1</a>2</p>", {});
  EXPECT_EQ(page->all("a.link[href]").size(), 2u);
}

TEST(Selector, FindsAClassWhoseNameHoldsABlank) {
  const auto page = Document::parse("<p class='a b'>1", {});
  EXPECT_EQ(page->all(".a\\ b").size(), 1u);
}

TEST(Selector, MatchesAttributes) {
  EXPECT_EQ(texts("li[data-id]"), "가");
  EXPECT_EQ(texts("a[href='/a.html']"), "가");
  EXPECT_EQ(texts("a[href^=\"https://\"]"), "나");
  EXPECT_EQ(texts("a[href$=html]"), "가");
  EXPECT_EQ(texts("a[href*='b?x']"), "나");
  EXPECT_EQ(texts("div[class~=main] h1"), "제목");
  EXPECT_EQ(texts("div[class~=mai] h1"), "");
}

TEST(Selector, MatchesPlacesAndNeighbours) {
  EXPECT_EQ(texts("li:first-child"), "가");
  EXPECT_EQ(texts("li:nth-child(3)"), "다");
  EXPECT_EQ(texts("h1 + p"), "첫째");
  EXPECT_EQ(texts("p:not(.lead)"), "둘째");
  EXPECT_EQ(texts("li:not([data-id]) a"), "나");
}

TEST(Selector, TakesListsInDocumentOrder) { EXPECT_EQ(texts("li a, h1"), "제목|가|나"); }

// The index by tag is a short cut, no other answer: also where elements were moved, cloned, unknown or foreign.
TEST(Selector, FindsWhatAWalkOverThePageFinds) {
  const std::string html = "<table>가<b>나<tr><td><title>x</title></table><svg><title>그림</title><a>a</a></svg><a>1<p>2<a>3</p></a>"
                           "<news-item class=x>4</news-item><p><b>5<p>6</b><math><mi>7</mi></math><select><option>8</select>";
  const auto page = Document::parse(html, {});
  for (const char* css : {"a", "b", "title", "p b, b, a", "*", "news-item", "news-item, .x, p", "mi", ":not(p)", "table b, b", "svg > *", "option, select"}) {
    const auto selector = Selector::compile(css);
    std::vector<Node> walked;
    for (Node node = page->root(); node; node = node.next_below(page->root())) {
      if (selector->matches(node)) walked.push_back(node);
    }
    EXPECT_EQ(page->all(*selector).size(), walked.size()) << css;
    EXPECT_TRUE(page->all(*selector) == walked) << css;
    EXPECT_TRUE(page->first(*selector) == (walked.empty() ? Node() : walked.front())) << css;
  }
}

TEST(Selector, SearchesBelowANode) {
  const auto page = Document::parse(kPage, {});
  const Node list = page->first("ul");
  EXPECT_EQ(page->all("li", list).size(), 3u);
  EXPECT_FALSE(page->first("p", list));
  EXPECT_FALSE(page->first("ul", list));
}

TEST(Selector, RefusesWhatItDoesNotKnowWithItsColumn) {
  const std::pair<const char*, const char*> bad[] = {{"", "column 1"},         {"div >", "column 6"},          {"a[href", "column 7"},
                                                     {"a[href=]", "column 8"}, {"li:last-child", "column 4"},  {"p:not(:not(a))", "column 14"},
                                                     {"a~b", "column 2"},      {"li:nth-child(0)", "column 15"}, {"a,", "column 3"}};
  for (const auto& [css, place] : bad) {
    const auto selector = Selector::compile(css);
    ASSERT_FALSE(selector.has_value()) << css;
    EXPECT_EQ(selector.error().kind(), ErrorKind::kInvalid);
    EXPECT_NE(selector.error().text().find(place), std::string::npos) << selector.error().text();
  }
}

TEST(Selector, HasALimitOnItsLength) {
  EXPECT_TRUE(Selector::compile(std::string(1024, 'a')).has_value());
  EXPECT_FALSE(Selector::compile(std::string(1025, 'a')).has_value());
}

TEST(Selector, ManyDescendantsOnADeepTreeStayPolynomial) {
  std::string html;
  for (int i = 0; i < 200; ++i) html += "<div>";
  const auto page = Document::parse(html, {});
  EXPECT_FALSE(page->first("p div div div div div div div div div div div"));
}

}  // namespace
}  // namespace bylined::markup
