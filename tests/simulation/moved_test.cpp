// SPDX-License-Identifier: Apache-2.0
// Articles at another address than before, under two addresses at once, or behind a page that fails: each is told, and once.
#include <gtest/gtest.h>

#include "tests/simulation/shown.h"

namespace bylined::tests {
namespace {

TEST(Moved, KnownArticlesAtOtherAddressesAreNoNews) {
  Shown shown(85, 2h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, with_new(old_lines("/moved/"), 2h));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/moved/100"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Moved, KnownArticlesWithoutDatesAtOtherAddressesAreNoNews) {
  const auto undated = [](Lines lines) {
    for (Line& line : lines) line.printed.reset();
    return lines;
  };
  Shown shown(94, 2h, "css_page");
  shown.page = rows_of(shown.world, undated(old_lines()));
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, undated(with_new(old_lines("/moved/"), 2h)));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/moved/100"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Moved, ASecondNoticeOfOneNameAndDayIsNewsThoughTheFirstHasLeftTheList) {
  const Line first{"/news/150", "[인사]", 1h}, second{"/news/201", "[인사]", 1h};
  Shown shown(90, old_news(2h, second.title), "css_page");
  Lines lines = old_lines();
  lines.insert(lines.begin(), first);
  shown.page = rows_of(shown.world, lines);
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  lines.front() = second;
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u);
}

TEST(Moved, AnArticleThatIsPutUpAnewIsReadAndToldOnce) {
  press::Script script = old_news(1h);
  script.articles.back().places.push_back(press::Place{"naru", "202", 2h});
  script.articles.back().paragraphs.push_back("공장은 축구장 열 개 넓이로, 해마다 웨이퍼 삼십만 장을 만들 수 있다. 회사는 앞으로 오 년 동안 이 공장에서 천이백 명을 새로 뽑고, "
                                               "협력 업체들과 함께 쓸 연구소를 바로 옆에 세우기로 하였으며, 땅을 다지는 일은 다음 달에 시작한다.");
  Shown shown(91, std::move(script), "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  Lines lines = with_new(old_lines(), 1h);
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  lines.front().path = "/news/202";
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.asked["/news/202"], 1);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u) << "under its first address, to both receivers";
}

// Ten new ones, the last of which names somebody and stands overleaf.
struct Busy {
  Lines first, rest = old_lines();
};

Busy busy_lines(press::Script& script) {
  Busy busy;
  for (int i = 0; i < 8; ++i) {
    script.articles.push_back(filler(std::to_string(301 + i), 1h));
    busy.first.push_back(Line{"/news/" + std::to_string(301 + i), script.articles.back().title, 1h});
  }
  script.articles.push_back(news("202", "한빛전자, 실적을 내놓는다", 1h));
  busy.first = with_new(std::move(busy.first), 1h);
  busy.rest.insert(busy.rest.begin(), Line{"/news/202", script.articles.back().title, 1h});
  return busy;
}

TEST(Moved, WhatStandsBeforeAPageThatFailsIsToldAtOnceAndWhatStandsBehindLater) {
  press::Script script = old_news(1h);
  const Busy busy = busy_lines(script);
  Shown shown(92, std::move(script), "css_page");
  shown.page = going_on(rows_of(shown.world, old_lines()));
  shown.overleaf = "500";
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1s));
  shown.page = going_on(rows_of(shown.world, busy.first));
  ASSERT_TRUE(shown.world.run_for(8min));
  EXPECT_EQ(shown.told(), 2u) << "to both receivers";
  EXPECT_EQ(shown.source().state, model::SourceState::kFailing);
  EXPECT_NE(shown.source().reason.find("page 2"), std::string::npos) << shown.source().reason;
  shown.overleaf = rows_of(shown.world, busy.rest);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 4u);
}

TEST(Moved, APageThatFailsForGoodIsGivenUpAndCounted) {
  press::Script script = old_news(1h);
  const Busy busy = busy_lines(script);
  Shown shown(93, std::move(script), "css_page");
  shown.page = going_on(rows_of(shown.world, old_lines()));
  shown.overleaf = "500";
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1s));
  shown.page = going_on(rows_of(shown.world, busy.first));
  ASSERT_TRUE(shown.world.run_for(2h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.told(), 2u);
  EXPECT_EQ(shown.world.metrics().value("bylined_listing_gaps_total"), 1);
  EXPECT_EQ(shown.asked[kOverleaf], shown.world.wishes().options.page_failures + 1);
}

// Two articles on the list at once, each with a text of its own.
Lines both(press::Script& script, press::Article other) {
  other.paragraphs.push_back("이 글에만 있는 문단이다.");
  script.articles.push_back(other);
  Lines lines = with_new(old_lines(), 1h);
  lines.insert(lines.begin(), Line{"/news/" + other.places.front().number, other.title, 1h});
  return lines;
}

// An article at two addresses that are listed one after the other, with another text meanwhile.
void expect_one_article(std::uint64_t seed, press::Script script, const std::string& other, const std::function<void(Shown&)>& arrange) {
  const std::vector<std::string> edited{"한빛전자가 새 반도체 공장을 짓는다고 밝혔다.", "공장은 내후년에 문을 연다."};
  script.articles.back().edits.push_back(press::Edit{1h + 10min, "", edited});
  Shown shown(seed, std::move(script), "css_page");
  arrange(shown);
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  Lines lines = with_new(old_lines(), 1h);
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(20min));
  lines.insert(lines.begin(), Line{other, kNewHeadline, 1h});
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.asked[other], 1);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u) << "to both receivers";
}

TEST(Moved, WhatCallsItselfByAnothersAddressUnderOneHeadlineIsOneArticle) {
  press::Script script = old_news(1h);
  script.articles.back().places.push_back(press::Place{"naru", "202", 1h});
  expect_one_article(94, std::move(script), "/news/202", [](Shown& shown) { shown.calls_itself["/news/202"] = "/news/201"; });
}

TEST(Moved, WhatLeadsToAnotherUnderOneHeadlineIsOneArticle) {
  expect_one_article(95, old_news(1h), "/r/abc", [](Shown& shown) { shown.leads_to["/r/abc"] = "/news/201"; });
}

TEST(Moved, AnAddressThatAllPagesCallTheirOwnSwallowsNone) {
  press::Script script = old_news(1h);
  Lines lines = both(script, news("202", "한빛전자, 실적을 내놓는다", 1h));
  script.articles.push_back(news("203", "한빛전자, 사장을 바꾼다", 2h));
  Shown shown(96, std::move(script), "css_page");
  for (const char* const path : {"/news/201", "/news/202", "/news/203"}) shown.calls_itself[path] = "/news/203";
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  lines.insert(lines.begin(), Line{"/news/203", "한빛전자, 사장을 바꾼다", 2h});
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 6u);
  EXPECT_GE(shown.world.metrics().value("bylined_addresses_disbelieved_total"), 2);
}

}  // namespace
}  // namespace bylined::tests
