// SPDX-License-Identifier: Apache-2.0
// A source that names further pages: they are followed, old articles on them are no news, and one that fails is told.
#include <gtest/gtest.h>

#include <map>

#include "tests/simulation/shown.h"
#include "tests/support/effort.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script with_six_and_news(Millis appears) {
  press::Script script = feed_press();
  for (int i = 0; i < 6; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h * (10 - i)));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", appears));
  return script;
}

Wishes watching(const std::string& kind, const std::string& path) {
  Wishes wishes = small_wishes();
  wishes.sources.front().kind = kind;
  wishes.sources.front().url = "https://" + std::string(kNaru) + path;
  return wishes;
}

// Pages that the host serves besides those of the press; a number is a status.
struct Site {
  std::map<std::string, std::string> pages;
  std::map<std::string, int> asked;
};

void serve(World& world, Site& site) {
  world.outside().weather = [&site](const std::string& host, const std::string& target, Instant) {
    Weather weather;
    const auto page = site.pages.find(target);
    if (host != kNaru) return weather;
    ++site.asked[target];
    if (page == site.pages.end()) return weather;
    net::HttpResponse response;
    response.status = page->second.size() == 3 ? std::stoi(page->second) : 200;
    response.body = page->second;
    response.headers.emplace_back("content-type", page->second.starts_with("<!doctype") ? "text/html; charset=utf-8" : "application/xml");
    weather.instead = response;
    return weather;
  };
}

std::string index(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string text = "<?xml version=\"1.0\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (const auto& [path, changed] : parts) text += "<sitemap><loc>https://" + std::string(kNaru) + path + "</loc><lastmod>" + changed + "</lastmod></sitemap>";
  return text + "</sitemapindex>";
}

std::string urls(const std::vector<std::pair<std::string, std::string>>& articles) {
  std::string text = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (const auto& [number, changed] : articles) {
    text += "<url><loc>https://" + std::string(kNaru) + "/news/" + number + "</loc>" + (changed.empty() ? "" : "<lastmod>" + changed + "</lastmod>") + "</url>";
  }
  return text + "</urlset>";
}

std::string at(const World& world, Millis since_start) { return rfc3339(const_cast<World&>(world).outside().press.start() + since_start); }

TEST(Parts, TheSitemapsOfAnIndexAreFollowedWhereTheyChange) {
  World world(51, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  site.pages["/sitemap.xml"] = index({{"/old.xml", at(world, -240h)}, {"/new.xml", at(world, -24h)}});
  site.pages["/old.xml"] = urls({{"100", at(world, -240h)}});
  site.pages["/new.xml"] = urls({{"105", at(world, -120h)}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  EXPECT_TRUE(world.outside().taken.empty());
  site.pages["/sitemap.xml"] = index({{"/old.xml", at(world, -240h)}, {"/new.xml", at(world, 2h)}});
  site.pages["/new.xml"] = urls({{"105", at(world, -120h)}, {"201", at(world, 2h)}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_EQ(world.outside().taken.size(), 2u) << "to both receivers";
  EXPECT_EQ(site.asked["/old.xml"], 1);
  EXPECT_EQ(site.asked["/new.xml"], 2);
  EXPECT_TRUE(audit(world).clean()) << audit(world).text();
}

// Its index says of it no more than the day, and so goes on saying the same.
TEST(Parts, ASitemapThatSaysOnlyItsDayIsFollowedAllDay) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  World world(58, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  const std::string today = rfc3339(world.outside().press.start() + 9h).substr(0, 10);
  site.pages["/sitemap.xml"] = index({{"/old.xml", "2024-01-01"}, {"/today.xml", today}});
  site.pages["/old.xml"] = urls({{"100", ""}});
  site.pages["/today.xml"] = urls({{"105", ""}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  site.pages["/today.xml"] = urls({{"105", ""}, {"201", ""}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_TRUE(audit(world).clean()) << audit(world).text();
  EXPECT_EQ(world.outside().taken.size(), 2u);
  EXPECT_EQ(site.asked["/old.xml"], 1);
  EXPECT_LE(site.asked["/today.xml"], 32) << "once a visit";
  ASSERT_TRUE(world.run_for(70h));
  const int asked = site.asked["/today.xml"];
  ASSERT_TRUE(world.run_for(2h));
  EXPECT_EQ(site.asked["/today.xml"], asked) << "its day is over everywhere";
}

// A month's new sitemap, or an old one that is named late: only what was just published is news.
TEST(Parts, OldArticlesOnANewPartAreStoredAndNeverRead) {
  World world(52, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  site.pages["/sitemap.xml"] = index({{"/old.xml", at(world, -240h)}});
  site.pages["/old.xml"] = urls({{"100", at(world, -240h)}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  site.pages["/sitemap.xml"] = index({{"/old.xml", at(world, -240h)}, {"/month.xml", at(world, 2h)}});
  site.pages["/month.xml"] = urls({{"101", at(world, -216h)}, {"102", at(world, -192h)}, {"201", at(world, 2h)}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_EQ(world.outside().taken.size(), 2u);
  EXPECT_EQ(site.asked["/news/101"] + site.asked["/news/102"], 0);
  EXPECT_EQ(site.asked["/news/201"], 1);
}

TEST(Parts, OneThatFailsIsToldAndHoldsUpNoOther) {
  World world(53, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  site.pages["/sitemap.xml"] = index({{"/broken.xml", at(world, -240h)}, {"/new.xml", at(world, -24h)}});
  site.pages["/broken.xml"] = "500";
  site.pages["/new.xml"] = urls({{"105", at(world, -120h)}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  const auto status = world.reader()->sources()->front();
  EXPECT_EQ(status.state, model::SourceState::kSuspect);
  EXPECT_NE(status.reason.find("/broken.xml: answered with status 500"), std::string::npos) << status.reason;
  site.pages["/sitemap.xml"] = index({{"/broken.xml", at(world, -240h)}, {"/new.xml", at(world, 2h)}});
  site.pages["/new.xml"] = urls({{"105", at(world, -120h)}, {"201", at(world, 2h)}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_EQ(world.outside().taken.size(), 2u);
  site.pages["/broken.xml"] = urls({{"100", at(world, -240h)}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_EQ(world.reader()->sources()->front().state, model::SourceState::kOk);
  EXPECT_EQ(world.outside().taken.size(), 2u);
}

// Whoever pastes the address of a front page watches its feed, and the page is looked at once a day.
TEST(Parts, TheFeedOfAFrontPageStandsInForIt) {
  World world(54, with_six_and_news(2h), watching("auto", "/"));
  Site site;
  site.pages["/"] = "<!doctype html><html><head><title>나루일보</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\"></head><body></body></html>";
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(30h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 2u);
  EXPECT_GE(site.asked["/rss.xml"], 300);
  EXPECT_LE(site.asked["/"], 4);
}

std::string front_page(const std::vector<std::string>& numbers) {
  std::string text = "<!doctype html><html><head><title>나루일보</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\"></head><body><ul>";
  for (const std::string& number : numbers) text += "<li><a href=\"/news/" + number + "\">나루일보 첫 화면의 기사 제목 " + number + "</a></li>";
  return text + "</ul></body></html>";
}

std::string feed(const World& world, const std::vector<std::pair<std::string, Millis>>& articles) {
  std::string text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>나루일보</title>";
  for (const auto& [number, printed] : articles) {
    text += "<item><title>나루일보 첫 화면의 기사 제목 " + number + "</title><link>https://" + std::string(kNaru) + "/news/" + number + "</link><pubDate>" + at(world, printed) + "</pubDate></item>";
  }
  return text + "</channel></rss>";
}

const std::vector<std::string> kOldNumbers{"105", "104", "103", "102", "101", "100"};

TEST(Parts, AFrozenFeedIsNotFollowedAlone) {
  World world(59, with_six_and_news(2h), watching("auto", "/"));
  Site site;
  site.pages["/"] = front_page(kOldNumbers);
  site.pages["/feed.xml"] = feed(world, {{"90", -400 * 24h}, {"91", -401 * 24h}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  EXPECT_EQ(world.reader()->sources()->front().follows, "");
  std::vector<std::string> numbers = kOldNumbers;
  numbers.insert(numbers.begin(), "201");
  site.pages["/"] = front_page(numbers);
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_TRUE(audit(world).clean()) << audit(world).text();
  EXPECT_EQ(world.outside().taken.size(), 2u);
}

// What the page lists on that day was not looked at before, and is old.
TEST(Parts, AFeedThatFreezesLaterGivesThePageBack) {
  Wishes wishes = watching("auto", "/");
  wishes.sources.front().every = {2h, 2h};
  World world(60, with_six_and_news(4 * 24h), std::move(wishes));
  Site site;
  site.pages["/"] = front_page({"105", "104", "99", "98", "97", "96"});
  site.pages["/feed.xml"] = feed(world, {{"105", -12 * 24h}, {"104", -13 * 24h}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(24h));
  EXPECT_EQ(world.reader()->sources()->front().follows, "https://www.naru.example/feed.xml");
  site.pages["/"] = front_page(kOldNumbers);
  ASSERT_TRUE(world.run_for(3 * 24h + 2h));
  EXPECT_EQ(world.reader()->sources()->front().follows, "");
  EXPECT_EQ(site.asked["/news/103"], 0);
  std::vector<std::string> numbers = kOldNumbers;
  numbers.insert(numbers.begin(), "201");
  site.pages["/"] = front_page(numbers);
  ASSERT_TRUE(world.run_for(6h));
  EXPECT_EQ(world.outside().taken.size(), 2u);
  EXPECT_EQ(site.asked["/news/201"], 1);
}

// Nobody knows what a part listed that failed, or was not there, when we first looked at the source.
TEST(Parts, WhatStoodOnAPartThatCouldNotBeHadAtFirstIsNoNews) {
  for (const char* const answer : {"500", "404"}) {
    World world(55, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
    Site site;
    site.pages["/sitemap.xml"] = index({{"/broken.xml", at(world, -240h)}, {"/new.xml", at(world, -24h)}});
    site.pages["/broken.xml"] = answer;
    site.pages["/new.xml"] = urls({{"105", at(world, -120h)}});
    serve(world, site);
    world.boot();
    ASSERT_TRUE(world.run_for(1h));
    site.pages["/broken.xml"] = urls({{"100", ""}, {"101", ""}});
    ASSERT_TRUE(world.run_for(30min));
    EXPECT_EQ(site.asked["/news/100"] + site.asked["/news/101"], 0) << answer;
    EXPECT_EQ(world.reader()->sources()->front().state, model::SourceState::kOk);
    ASSERT_TRUE(world.run_for(31min));
    site.pages["/broken.xml"] = urls({{"100", ""}, {"101", ""}, {"201", ""}});
    site.pages["/sitemap.xml"] = index({{"/broken.xml", at(world, 2h)}, {"/new.xml", at(world, -24h)}});
    ASSERT_TRUE(world.run_for(30min));
    EXPECT_EQ(site.asked["/news/201"], 1) << answer;
    EXPECT_EQ(world.outside().taken.size(), 2u) << answer;
  }
}

TEST(Parts, WhatAFirstVisitHadNoTimeForIsNoNews) {
  World world(56, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  std::vector<std::pair<std::string, std::string>> top, below;
  for (int i = 0; i < 7; ++i) top.emplace_back("/index" + std::to_string(i) + ".xml", at(world, -24h * (i + 1)));
  site.pages["/sitemap.xml"] = index(top);
  for (int i = 0; i < 7; ++i) {
    const std::string name = "/part" + std::to_string(i) + ".xml";
    site.pages[top[static_cast<std::size_t>(i)].first] = index({{name, at(world, -24h * (i + 1))}});
    site.pages[name] = urls({{std::to_string(100 + i % 6), ""}});
  }
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(1h + 30min));
  int read = 0;
  for (int i = 0; i < 6; ++i) read += site.asked["/news/" + std::to_string(100 + i)];
  EXPECT_EQ(read, 0);
  EXPECT_EQ(site.asked["/part6.xml"], 1);
}

// Its index does not change again.
TEST(Parts, OneBelowAnIndexThatFailsOnceIsAskedAgain) {
  World world(57, with_six_and_news(2h), watching("sitemap", "/sitemap.xml"));
  Site site;
  site.pages["/sitemap.xml"] = index({{"/year.xml", at(world, -24h)}});
  site.pages["/year.xml"] = index({{"/old.xml", at(world, -24h)}});
  site.pages["/old.xml"] = urls({{"100", at(world, -240h)}});
  serve(world, site);
  world.boot();
  ASSERT_TRUE(world.run_for(2h + 1min));
  site.pages["/sitemap.xml"] = index({{"/year.xml", at(world, 2h)}});
  site.pages["/year.xml"] = index({{"/old.xml", at(world, -24h)}, {"/month.xml", at(world, 2h)}});
  site.pages["/month.xml"] = "500";
  ASSERT_TRUE(world.run_for(30min));
  site.pages["/month.xml"] = urls({{"201", ""}});
  ASSERT_TRUE(world.run_for(30min));
  EXPECT_EQ(world.outside().taken.size(), 2u);
  EXPECT_EQ(world.reader()->sources()->front().state, model::SourceState::kOk);
}

TEST(Parts, AVisitThatDiesAnywhereLosesAndDoublesNothing) {
  for (int nth = 1; nth <= 12; ++nth) {
    World world(60 + static_cast<std::uint64_t>(nth), with_six_and_news(20min), watching("auto", "/"));
    Site site;
    site.pages["/"] = "<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\"></head><body></body></html>";
    serve(world, site);
    world.boot();
    ASSERT_TRUE(world.run_for(18min));
    world.doom(nth, nth % 2 == 0);
    world.live_through(3h);
    const Verdict verdict = audit(world);
    EXPECT_TRUE(verdict.clean()) << nth << ": " << verdict.text();
  }
}

}  // namespace
}  // namespace bylined::tests
