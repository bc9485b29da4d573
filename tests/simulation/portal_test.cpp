// SPDX-License-Identifier: Apache-2.0
// The portal's journalist page, whose articles nobody may fetch, beside the outlet's own feed.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* kJournalist = "https://media.naver.com/journalist/277/90210";

press::Script portal_press(bool own_feed) {
  press::Script script;
  press::Outlet portal;
  portal.id = "portal";
  portal.shape = press::Shape::kNaverJournalist;
  portal.name = "아시아경제";
  portal.office = "277";
  portal.journalist = "윤가람";
  portal.listing = kJournalist;
  portal.article_prefix = "https://n.news.naver.com/article/277/";
  portal.page_size = 10;
  script.outlets.push_back(portal);
  script.robots["n.news.naver.com"] = "User-agent: *\nDisallow: /\n";
  if (own_feed) {
    press::Outlet own;
    own.id = "own";
    own.shape = press::Shape::kRss;
    own.name = "아시아경제";
    own.listing = "https://view.asiae.co.kr/rss/all.htm";
    own.article_prefix = "https://www.asiae.co.kr/article/";
    script.outlets.push_back(own);
  }
  return script;
}

press::Article written(int number, const std::string& title, Millis appears, bool alerts) {
  press::Article article;
  article.key = "a" + std::to_string(number);
  article.places.push_back(press::Place{"portal", "000570" + std::to_string(number), appears});
  article.title = title;
  article.author = "윤가람 기자";
  article.paragraphs = {"한빛전자가 새 공장을 짓는다고 밝혔다.", "공장은 내년에 문을 연다."};
  if (alerts) article.alerts.push_back(press::ExpectedAlert{"desk", {"hanbit"}});
  return article;
}

Wishes portal_wishes(bool own_feed) {
  Wishes wishes = small_wishes();
  wishes.sources.front().kind = "naver_journalist";
  wishes.sources.front().url = kJournalist;
  wishes.sources.front().id.value = "journalist";
  if (own_feed) {
    model::Source feed = wishes.sources.front();
    feed.id.value = "own-feed";
    feed.kind = "feed";
    feed.url = "https://view.asiae.co.kr/rss/all.htm";
    wishes.sources.push_back(feed);
  }
  return wishes;
}

void add_old(press::Script& script, int count) {
  for (int i = 0; i < count; ++i) script.articles.push_back(written(1000 + i, "데이터센터 전력 수요 " + std::to_string(i), -30h + i * 1h, false));
  for (press::Article& article : script.articles) article.paragraphs = {"전력 수요가 늘었다."};
}

TEST(Portal, AHeadlineAlertsThoughItsArticleMayNotBeRead) {
  press::Script script = portal_press(false);
  add_old(script, 12);
  script.articles.push_back(written(2001, "한빛전자, 새 반도체 공장 짓는다", 20min, true));
  World world(31, std::move(script), portal_wishes(false));
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  ASSERT_FALSE(world.outside().taken.empty());
  const auto hook = std::find_if(world.outside().taken.begin(), world.outside().taken.end(), [](const Taken& one) { return one.receiver == "hook"; });
  ASSERT_NE(hook, world.outside().taken.end());
  EXPECT_NE(hook->bytes.find("refused_by_robots"), std::string::npos);
  for (const Served& one : world.outside().served) EXPECT_TRUE(one.host != "n.news.naver.com" || one.target == "/robots.txt") << one.target;
}

TEST(Portal, WhoseRulesComeLateIsStillARefusalAndNoFailure) {
  press::Script script = portal_press(false);
  add_old(script, 12);
  script.articles.push_back(written(2002, "한빛전자, 새 반도체 공장 짓는다", 20min, true));
  World world(35, std::move(script), portal_wishes(false));
  world.outside().weather = [asked = 0](const std::string& host, const std::string& target, Instant) mutable {
    Weather weather;
    if (host == "n.news.naver.com" && target == "/robots.txt" && ++asked <= 3) weather.lost = Error(ErrorKind::kTransient, "timed out");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(6h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Portal, TheJournalistIsAPersonWithAPage) {
  press::Script script = portal_press(false);
  add_old(script, 15);
  World world(44, std::move(script), portal_wishes(false));
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  const auto journalists = world.reader()->journalists();
  ASSERT_TRUE(journalists);
  ASSERT_EQ(journalists->size(), 1u);
  EXPECT_EQ(journalists->front().name, "윤가람");
  EXPECT_EQ(journalists->front().outlet, "아시아경제");
  EXPECT_EQ(journalists->front().sources, std::vector<model::SourceId>{world.wishes().sources.front().id});
  const auto person = world.reader()->journalist(journalists->front().id);
  ASSERT_TRUE(person);
  EXPECT_EQ(person->names.size(), 1u);
}

TEST(Portal, TwentyFiveArticlesBetweenTwoPollsAreAllFound) {
  press::Script script = portal_press(false);
  add_old(script, 15);
  for (int i = 0; i < 25; ++i) script.articles.push_back(written(3000 + i, "한빛전자 소식 " + std::to_string(i) + "번째", 6min + i * 5s, true));
  World world(32, std::move(script), portal_wishes(false));
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 50u);
}

TEST(Portal, TheTextComesFromTheOutletsOwnCopyAndItIsOneArticle) {
  press::Script script = portal_press(true);
  add_old(script, 12);
  press::Article both = written(4001, "반도체 공장 두고 지역사회 기대 커져", 22min, true);
  both.places.push_back(press::Place{"own", "2025020410000001", 20min});
  script.articles.push_back(both);
  World world(33, std::move(script), portal_wishes(true));
  world.boot();
  ASSERT_TRUE(world.run_for(3h));
  // The headline names nobody, so the alert can only come of the outlet's text; and it comes once.
  EXPECT_EQ(world.outside().taken.size(), 2u);
  const auto alerts = world.reader()->alerts(store::AlertFilter());
  ASSERT_TRUE(alerts);
  ASSERT_EQ(alerts->items.size(), 1u);
  EXPECT_EQ(alerts->items.front().version.read, model::ReadState::kFull);
}

TEST(Portal, BothHeadlinesAloneAreStillOneArticle) {
  press::Script script = portal_press(true);
  add_old(script, 12);
  press::Article both = written(4002, "한빛전자, 새 반도체 공장 짓는다", 20min, true);
  both.places.push_back(press::Place{"own", "2025020410000002", 40min});
  script.articles.push_back(both);
  World world(36, std::move(script), portal_wishes(true));
  world.outside().weather = [&world](const std::string& host, const std::string&, Instant now) {
    Weather weather;
    if (host == "www.asiae.co.kr" && now < world.outside().press.start() + 2h) weather.lost = Error(ErrorKind::kTransient, "timed out");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(5h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 2u) << "the portal's headline, to both receivers, and no more";
}

TEST(Portal, AnEditedHeadlineIsReadAgainAndOnlyANewNameAlerts) {
  press::Script script = portal_press(false);
  add_old(script, 12);
  press::Article article = written(5001, "한빛전자, 새 반도체 공장 짓는다", 20min, true);
  article.alerts.push_back(press::ExpectedAlert{"desk", {"lee-seojun"}});
  press::Edit edit;
  edit.at = 60min;
  edit.title = "한빛전자 이서준 회장, 새 반도체 공장 짓는다";
  article.edits.push_back(edit);
  script.articles.push_back(article);
  World world(34, std::move(script), portal_wishes(false));
  world.boot();
  ASSERT_TRUE(world.run_for(3h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 4u);
}

}  // namespace
}  // namespace bylined::tests
