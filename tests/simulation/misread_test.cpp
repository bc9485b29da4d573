// SPDX-License-Identifier: Apache-2.0
// Pages that are read and are not the article, or only a part of it: nobody whom the press named is missed.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script with_news(const std::string& title) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", title, 20min));
  return script;
}

// The page was taken for the article; the headline and its summary tell that it is not.
TEST(Misread, WhomAHeadlineNamesIsNotMissedWhereItsPageIsNoArticle) {
  for (const bool in_title : {true, false}) {
    press::Script script = with_news("한빛전자, 새 공장 짓는다");
    script.articles.back().title = in_title ? "한빛전자, 새 공장 짓는다" : "새 공장 짓는다";
    World world(47, std::move(script), small_wishes());
    world.outside().weather = [](const std::string&, const std::string& target, Instant) {
      Weather weather;
      if (target.find("201") == std::string::npos) return weather;
      net::HttpResponse shell;
      shell.status = 200;
      shell.body = "<!doctype html><html><head><title>새 공장</title></head><body><article><h1>새 공장</h1><p>이 기사는 회원에게만 보이는 기사이며, 전체 내용은 앱에서 볼 수 있습니다. "
                   "앱을 내려받아 로그인하시면 오늘의 모든 기사와 지난 기사를 함께 읽을 수 있습니다.</p></article></body></html>";
      weather.instead = shell;
      return weather;
    };
    world.boot();
    ASSERT_TRUE(world.run_for(1h));
    const Verdict verdict = audit(world);
    EXPECT_TRUE(verdict.clean()) << verdict.text();
    EXPECT_EQ(world.outside().taken.size(), 2u) << in_title;
  }
}

// An old address whose page names the new one.
TEST(Misread, APageThatOnlyPointsToTheArticleIsFollowedOnce) {
  for (const bool in_circles : {false, true}) {
    press::Script script = with_news("새 공장 짓는다");
    script.articles.back().paragraphs = {"새 반도체 공장이 내년에 문을 연다.", "짓는 곳은 한빛전자다."};
    World world(48, std::move(script), small_wishes());
    int first = 0, second = 0;
    world.outside().weather = [&](const std::string&, const std::string& target, Instant) {
      Weather weather;
      if (target.find("201") == std::string::npos) return weather;
      const bool there = target.find("moved") != std::string::npos;
      (there ? second : first) += 1;
      net::HttpResponse page;
      page.status = 200;
      page.body = there && !in_circles ? "<!doctype html><html><head><title>새 공장 짓는다</title></head><body><article><h1>새 공장 짓는다</h1><p>한빛전자가 새 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p>"
                                         "<p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다.</p></article></body></html>"
                                       : "<!doctype html><html><head><meta http-equiv=refresh content='0;url=/news/201?moved=" + std::to_string(second) + "'></head><body></body></html>";
      weather.instead = page;
      return weather;
    };
    world.boot();
    ASSERT_TRUE(world.run_for(1h));
    EXPECT_EQ(first, second) << "each once a try";
    EXPECT_GE(second, 1);
    EXPECT_EQ(world.outside().taken.size(), in_circles ? 0u : 2u) << "to both receivers";
  }
}

// A page whose end nobody told, as a connection left it that broke before `there`, so many times.
std::function<Weather(const std::string&, const std::string&, Instant)> breaking_before(std::string there, int times) {
  return [there, times, broke = 0](const std::string&, const std::string& target, Instant) mutable {
    Weather weather;
    if (target.find("201") == std::string::npos) return weather;
    weather.spoil = [&broke, there, times](net::HttpResponse& response) {
      response.end_told = false;
      if (broke++ < times) response.body.resize(std::min(response.body.find(there), response.body.size()));
    };
    return weather;
  };
}

TEST(Misread, AnArticleThatWasCutOnItsWayIsReadOnceMore) {
  press::Script script = with_news("한빛전자, 새 공장 짓는다");
  press::Article& cut = script.articles.back();
  cut.title = "새 공장 짓는다";
  cut.paragraphs = {"새 반도체 공장이 내년에 문을 연다.", "짓는 곳은 한빛전자다."};
  World world(45, std::move(script), small_wishes());
  world.outside().weather = breaking_before("짓는 곳은", 1);
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 2u) << "once, to both receivers";
}

TEST(Misread, AnArticleWhosePageNeverEndsIsTakenAsItIs) {
  World world(46, with_news("한빛전자, 새 공장 짓는다"), small_wishes());
  world.outside().weather = breaking_before("</body", 1'000);
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.metrics().value("bylined_read_failures_total", "outcome=\"retry\""), 1);
}

// A server that says for hours that nothing has changed, and then shows less of its list than there was.
TEST(Misread, AnArticleThatWasHiddenForHoursIsToldThoughTheListComesBackShort) {
  press::Script script = with_news("한빛전자, 새 공장 짓는다");
  script.articles.back() = news("201", "한빛전자, 새 공장 짓는다", 1h);
  World world(49, std::move(script), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string& target, Instant now) {
    Weather weather;
    const Millis since = now - world.outside().press.start();
    if (target != "/rss.xml" || since < 30min || since >= 7h) return weather;
    weather.spoil = [since](net::HttpResponse& feed) {
      if (since < 6h) {
        feed.status = 304;
        return feed.body.clear();
      }
      const std::size_t first = feed.body.find("</item>"), last = feed.body.rfind("</item>");
      ASSERT_NE(first, last);
      feed.body.erase(first, last - first);
    };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(8h));
  EXPECT_EQ(world.outside().taken.size(), 2u) << "to both receivers";
}

}  // namespace
}  // namespace bylined::tests
