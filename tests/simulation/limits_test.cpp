// SPDX-License-Identifier: Apache-2.0
// What meets a limit on the way of the news is cut or left out, and counted; what is within it is found.
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "tests/support/effort.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLongestScript = 512u << 10;

press::Script one_page_of(std::size_t items) {
  press::Script script = feed_press();
  script.outlets.front().page_size = items;
  for (int i = 0; i < 3; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  return script;
}

TEST(Limits, TheTextOfAnArticleIsCutBehindOneMebibyte) {
  press::Script script = one_page_of(20);
  press::Article longest = news("201", "한빛전자, 새 공장 짓는다", 10min);
  longest.paragraphs.push_back(std::string(1u << 20, 'x'));
  script.articles.push_back(longest);
  World world(61, script, small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_bodies_cut_total"), 1);
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Limits, AnEndlessHeadlineIsCutAndCounted) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(68, script, small_wishes());
  world.outside().weather = [](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (target != "/rss.xml") return weather;
    weather.spoil = [](net::HttpResponse& feed) {
      const std::string title = "새 공장 짓는다";
      const std::size_t at = feed.body.find(title);
      if (at != std::string::npos) feed.body.insert(at + title.size(), 3'000'000, 'x');
    };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_GE(world.metrics().value("bylined_texts_cut_total"), 1);
  EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1);
}

TEST(Limits, APageThatIsNestedTooDeepIsReadAndCounted) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(63, script, small_wishes());
  world.outside().weather = [](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (!target.ends_with("/201")) return weather;
    weather.spoil = [](net::HttpResponse& answer) {
      std::string nested;
      for (int depth = 0; depth < 300; ++depth) nested += "<div>";
      answer.body.insert(std::min(answer.body.rfind("</body>"), answer.body.size()), nested);
    };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_pages_cut_total"), 1);
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// The feed prints `date` for the article that appears in it; its alerts.
double alerts_of_an_article_dated(const std::string& date, double* old = nullptr) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(71, script, small_wishes());
  world.outside().weather = [date](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (target != "/rss.xml") return weather;
    weather.spoil = [date](net::HttpResponse& feed) {
      const std::size_t item = feed.body.find("/news/201");
      if (item == std::string::npos) return;
      const std::size_t from = feed.body.find("<pubDate>", item), to = feed.body.find("</pubDate>", item);
      feed.body.replace(from, to + 10 - from, date);
    };
    return weather;
  };
  world.boot();
  EXPECT_TRUE(world.run_for(1h));
  if (old != nullptr) *old = world.metrics().value("bylined_items_old_total");
  const auto steps = world.reader()->trace("https://www.naru.example/news/201");
  EXPECT_TRUE(steps);
  for (const store::TraceStep& step : *steps) {
    if (step.stage != "read") continue;
    EXPECT_EQ(step.detail.find("more than a year before") != std::string::npos, old != nullptr) << step.detail;
  }
  return world.metrics().value("bylined_alerts_total");
}

TEST(Limits, WhatIsPutOnAListAYearAfterItWasPublishedIsStoredAndNotAlerted) {
  double old = 0;
  EXPECT_EQ(alerts_of_an_article_dated("<pubDate>Tue, 05 Mar 2019 09:00:00 +0900</pubDate>", &old), 0);
  EXPECT_EQ(old, 1);
  for (const char* date : {"", "<pubDate>Sat, 01 Jan 2000 00:00:00 +0900</pubDate>", "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", "<pubDate>2019</pubDate>"}) {
    EXPECT_EQ(alerts_of_an_article_dated(date), 1) << date;
  }
}

// A page whose text a script of so many bytes draws, the text at its end.
std::string drawn_page(std::size_t bytes) {
  std::string paragraph = "<p>";
  for (int i = 0; i < 12; ++i) paragraph += "한빛전자가 새 공장을 짓는다고 시청이 밝혔다. ";
  const std::string text = "\"" + paragraph + "</p>" + paragraph + "</p>\"";
  return "<!doctype html><html lang=\"ko\"><head><title>새 공장</title><script>" + std::string(bytes - text.size(), ' ') + text + "</script></head><body><div id=\"root\"></div></body></html>";
}

double pages_cut_by(std::size_t bytes) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(64, script, small_wishes());
  world.outside().weather = [bytes](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (target.ends_with("/201")) weather.spoil = [bytes](net::HttpResponse& answer) { answer.body = drawn_page(bytes); };
    return weather;
  };
  world.boot();
  EXPECT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_articles_read_total", "read=\"full\""), bytes > kLongestScript ? 0 : 1);
  EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1) << "by its headline at least";
  return world.metrics().value("bylined_pages_cut_total");
}

TEST(Limits, AScriptThatIsLookedThroughToItsLimitIsCounted) {
  EXPECT_EQ(pages_cut_by(kLongestScript), 0);
  EXPECT_GE(pages_cut_by(kLongestScript + 1), 1);
}

// What a counter says after an hour of a feed that holds `more` at its end.
double counted(const char* counter, const std::string& more) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(65, script, small_wishes());
  world.outside().weather = [&more](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (target == "/rss.xml") weather.spoil = [&more](net::HttpResponse& feed) { feed.body.insert(std::min(feed.body.rfind("</channel>"), feed.body.size()), more); };
    return weather;
  };
  world.boot();
  EXPECT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1);
  return world.metrics().value(counter);
}

// The feed's own channel is one of them.
TEST(Limits, ChannelsNestedTooDeepAreCounted) {
  const auto nested = [](int depth) {
    std::string opens, closes;
    for (int i = 0; i < depth; ++i) opens += "<channel>", closes += "</channel>";
    return counted("bylined_channels_left_out_total", opens + closes);
  };
  EXPECT_EQ(nested(3), 0);
  EXPECT_GE(nested(4), 1);
}

TEST(Limits, EntriesThatShareAnAddressAreCounted) {
  const auto shared = [](int entries) {
    std::string more;
    for (int i = 0; i < entries; ++i) more += "<item><title>나루시 소식 " + std::to_string(i) + "</title><link>/</link></item>";
    return counted("bylined_addresses_shared_total", more);
  };
  EXPECT_EQ(shared(3), 0);
  EXPECT_GE(shared(4), 3);
}

TEST(Limits, ItemsBeyondTwoThousandAreLeftOutAndTheNewestIsFound) {
  press::Script script = one_page_of(3'000);
  for (int i = 0; i < 1'999; ++i) script.articles.push_back(filler(std::to_string(10'000 + i), -48h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(62, script, small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_GE(world.metrics().value("bylined_items_left_out_total"), 2);
  EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1);
}

// Two lists that say no dates grow at one of their ends.
TEST(Limits, OfALongTextOfAddressesBothEndsAreRead) {
  for (const bool at_end : {true, false}) {
    press::Script script = one_page_of(20);
    script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
    Wishes wishes = small_wishes();
    wishes.sources.front().kind = "sitemap";
    World world(66, script, wishes);
    world.outside().weather = [&world, at_end](const std::string&, const std::string& target, Instant now) {
      Weather weather;
      if (target != "/rss.xml") return weather;
      const bool is_there = now >= world.outside().press.start() + 10min;
      const std::string added = is_there ? "https://www.naru.example/news/201\n" : "";
      net::HttpResponse text;
      text.status = 200;
      if (!at_end) text.body += added;
      for (int i = 0; i < 2'500; ++i) text.body += "https://www.naru.example/news/" + std::to_string(10'000 + i) + "\n";
      if (at_end) text.body += added;
      weather.instead = text;
      return weather;
    };
    world.boot();
    ASSERT_TRUE(world.run_for(1h));
    EXPECT_GE(world.metrics().value("bylined_items_left_out_total"), 501);
    EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1) << at_end;
    EXPECT_EQ(world.metrics().value("bylined_articles_read_total", "read=\"full\""), 1) << at_end;
  }
}

// Watches a feed of so many articles besides, each on a host of its own that takes 58 seconds to answer; the last one is news.
struct Flooded {
  explicit Flooded(int links) : world(67, script(), wishes()) {
    world.outside().weather = [links](const std::string& host, const std::string& target, Instant) {
      Weather weather;
      if (host.ends_with("slow.example")) weather.latency = 58s;
      if (host.ends_with("slow.example")) weather.instead = answer(target == "/robots.txt" ? 404 : 500, "");
      if (host.ends_with("flood.example")) weather.instead = target == "/robots.txt" ? answer(404, "") : answer(200, feed(links));
      return weather;
    };
    world.boot();
  }

  static press::Script script() {
    press::Script script = one_page_of(20);
    script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
    return script;
  }
  static Wishes wishes() {
    Wishes wishes = small_wishes();
    wishes.sources.push_back(wishes.sources.front());
    wishes.sources.back().id.value = "flood";
    wishes.sources.back().url = "https://flood.example/rss.xml";
    wishes.sources.back().baseline = false;
    return wishes;
  }
  static net::HttpResponse answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    return response;
  }
  static std::string feed(int links) {
    std::string items;
    for (int i = 1; i <= links; ++i) {
      const std::string number = std::to_string(i);
      items += item((i == links ? "한빛전자, 공장 " : "소식 ") + number, "a" + number);
    }
    return channel(items);
  }
  static std::string item(const std::string& title, const std::string& host) {
    return "<item><title>" + title + "</title><link>https://" + host + ".slow.example/1</link></item>";
  }
  static std::string channel(const std::string& items) { return "<rss version=\"2.0\"><channel><title>홍수</title>" + items + "</channel></rss>"; }

  World world;
};

TEST(Limits, ASourceThatListsManySlowHostsHoldsUpNoOther) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  Flooded flooded(1'500);
  ASSERT_TRUE(flooded.world.run_for(6min));
  EXPECT_EQ(flooded.world.metrics().value("bylined_alerts_total"), 1) << "its own headline, as the contract says, though its text is far from being read";
  EXPECT_GE(flooded.world.metrics().value("bylined_reads_out_of_turn_total"), 1'000);
  ASSERT_TRUE(flooded.world.run_for(10min));
  EXPECT_EQ(flooded.world.metrics().value("bylined_alerts_total"), 2);
  EXPECT_EQ(flooded.world.metrics().value("bylined_articles_read_total", "read=\"full\""), 1);
}

TEST(Limits, AsManyArticlesAsMayBeReadAtOnceAreAllInTheirTurn) {
  Flooded flooded(52);  // of 256, of which 204 are free then
  ASSERT_TRUE(flooded.world.run_for(10min));
  EXPECT_EQ(flooded.world.metrics().value("bylined_reads_out_of_turn_total"), 0);
}

// Twenty sources that are well, each on a host of its own, with an article ten minutes after the start, and eight of which each lists
// a hundred and fifty articles, each on a host of its own that takes 58 seconds to answer.
struct Crowd {
  static constexpr int kWell = 20, kHostile = 8, kLinks = 150;

  Crowd() : world(69, script(), wishes()) {
    world.outside().weather = [](const std::string& host, const std::string& target, Instant) {
      Weather weather;
      const bool slow = host.ends_with("slow.example"), robots = target == "/robots.txt";
      if (slow) weather.latency = 58s;
      if (slow) weather.instead = Flooded::answer(robots ? 404 : 500, "");
      if (host.starts_with("flood")) weather.instead = robots ? Flooded::answer(404, "") : Flooded::answer(200, feed(host.substr(0, host.find('.'))));
      return weather;
    };
    world.boot();
  }

  static std::string feed(const std::string& of) {
    std::string items;
    for (int i = 1; i <= kLinks; ++i) items += Flooded::item("소식 " + of + "-" + std::to_string(i), "a" + std::to_string(i) + "." + of);
    return Flooded::channel(items);
  }
  static std::string host(int number) { return "https://www.well" + std::to_string(number) + ".example"; }
  static press::Script script() {
    press::Script script = feed_press();
    const press::Outlet like = script.outlets.front();
    script.outlets.clear();
    for (int i = 0; i < kWell; ++i) {
      script.outlets.push_back(like);
      press::Outlet& outlet = script.outlets.back();
      outlet.id = "well" + std::to_string(i);
      outlet.listing = host(i) + "/rss.xml";
      outlet.article_prefix = host(i) + "/news/";
      script.articles.push_back(filler(std::to_string(100 + i), -24h));
      script.articles.push_back(news(std::to_string(200 + i), "한빛전자, 새 공장 " + std::to_string(i) + "호 짓는다", 10min));
      for (std::size_t back : {1u, 2u}) script.articles[script.articles.size() - back].places.front().outlet = outlet.id;
    }
    return script;
  }
  static Wishes wishes() {
    Wishes wishes = small_wishes();
    const model::Source like = wishes.sources.front();
    wishes.sources.clear();
    for (int i = 0; i < kWell + kHostile; ++i) {
      const bool well = i < kWell;
      wishes.sources.push_back(like);
      model::Source& source = wishes.sources.back();
      source.id.value = (well ? "well" : "flood") + std::to_string(i);
      source.url = well ? host(i) + "/rss.xml" : "https://" + source.id.value + ".example/rss.xml";
      source.baseline = well;
    }
    return wishes;
  }

  World world;
};

TEST(Limits, EightSourcesThatListManySlowHostsHoldUpNoOther) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  Crowd crowd;
  ASSERT_TRUE(crowd.world.run_for(10min));
  EXPECT_GE(crowd.world.metrics().value("bylined_reads_out_of_turn_total"), 500);
  ASSERT_TRUE(crowd.world.run_for(5min + 10s));  // one period, the host's interval, and what it takes to read
  EXPECT_EQ(crowd.world.metrics().value("bylined_articles_read_total", "read=\"full\""), Crowd::kWell);
  EXPECT_EQ(crowd.world.metrics().value("bylined_alerts_total"), Crowd::kWell);
  const auto crowded = crowd.world.pipeline().crowded();
  EXPECT_EQ(crowded.size(), 8u);
  for (const pipeline::Crowded& one : crowded) EXPECT_TRUE(one.source.value.starts_with("flood") && one.headlines > 50) << one.source.value;
}

TEST(Limits, WhoseHeadlinesWereToldOutOfTurnIsNamedForAnHour) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  Flooded flooded(200);
  ASSERT_TRUE(flooded.world.run_for(5min));
  const auto crowded = flooded.world.pipeline().crowded();
  ASSERT_EQ(crowded.size(), 1u);
  EXPECT_EQ(crowded.front().source.value, "flood");
  EXPECT_EQ(static_cast<double>(crowded.front().headlines), flooded.world.metrics().value("bylined_reads_out_of_turn_total"));
  ASSERT_TRUE(flooded.world.run_for(62min));
  EXPECT_TRUE(flooded.world.pipeline().crowded().empty());
}

// Notes when each poll begins.
class Noting : public fetch::Fetcher {
 public:
  Noting(fetch::Fetcher& real, Clock& clock, std::map<Steady, int>& begun) : real_(real), clock_(clock), begun_(begun) {}

  Task<fetch::Fetched> fetch(fetch::Request request) override {
    ++begun_[clock_.steady()];
    return real_.fetch(std::move(request));
  }
  Task<fetch::Fetched> judge(fetch::Request request) override { return real_.judge(std::move(request)); }
  std::vector<model::Host> take_changed() override { return real_.take_changed(); }
  void load(std::vector<model::Host> hosts) override { real_.load(std::move(hosts)); }

 private:
  fetch::Fetcher& real_;
  Clock& clock_;
  std::map<Steady, int>& begun_;
};

Wishes many_sources(int sources) {
  Wishes wishes = small_wishes();
  const model::Source like = wishes.sources.front();
  wishes.sources.clear();
  for (int i = 0; i < sources; ++i) {
    wishes.sources.push_back(like);
    wishes.sources.back().id.value = std::to_string(i);
    wishes.sources.back().url += "?" + std::to_string(i);
  }
  wishes.fetch.pace.interval = 0ms;
  return wishes;
}

Spoilt noting(std::map<Steady, int>& begun) {
  Spoilt spoilt;
  spoilt.fetcher = [&begun](fetch::Fetcher& real, Clock& clock) { return std::make_unique<Noting>(real, clock, begun); };
  return spoilt;
}

int sum_of(const std::map<Steady, int>& begun) {
  int sum = 0;
  for (const auto& [when, count] : begun) sum += count;
  return sum;
}

// How many polls begin together where so many sources are due since long.
std::vector<int> begun_together(int sources) {
  Wishes wishes = many_sources(sources);
  wishes.options.begun_at_once = 10;
  std::map<Steady, int> begun;
  World world(64, feed_press(), std::move(wishes), noting(begun));
  world.boot();
  world.run_for(2min);
  world.crash();
  world.stay_down(1h);
  begun.clear();
  world.boot();
  world.run_for(10s);
  std::vector<int> counts;
  for (const auto& [when, count] : begun) counts.push_back(count);
  return counts;
}

TEST(Limits, PollsThatAreDueTogetherBeginAFewAtATime) {
  EXPECT_EQ(begun_together(10), (std::vector<int>{10}));
  EXPECT_EQ(begun_together(11), (std::vector<int>{10, 1}));
  EXPECT_EQ(begun_together(25), (std::vector<int>{10, 10, 5}));
}

// How many of so many sources are asked while no answer comes and three polls may be under way.
int begun_under_way(int sources) {
  Wishes wishes = many_sources(sources);
  wishes.options.visits = 3;
  std::map<Steady, int> begun;
  World world(66, feed_press(), std::move(wishes), noting(begun));
  world.outside().weather = [](const std::string&, const std::string&, Instant) {
    Weather weather;
    weather.latency = 1h;
    return weather;
  };
  world.boot();
  world.run_for(55s);
  return sum_of(begun);
}

TEST(Limits, NoPollBeginsWhileSoManyAreUnderWay) {
  EXPECT_EQ(begun_under_way(3), 3);
  EXPECT_EQ(begun_under_way(4), 3);
}

// What many_sources() ask for, an article on each.
press::Script many_listings(int count) {
  press::Script script = feed_press();
  const press::Outlet like = script.outlets.front();
  script.outlets.clear();
  for (int i = 0; i < count; ++i) {
    script.outlets.push_back(like);
    script.outlets.back().id = std::to_string(i);
    script.outlets.back().listing += "?" + std::to_string(i);
    script.articles.push_back(filler(std::to_string(100 + i), -24h));
    script.articles.back().places.front().outlet = script.outlets.back().id;
  }
  return script;
}

// The same while three pages wait to be read, and then when they were.
std::pair<int, int> begun_in_hand(int sources) {
  Wishes wishes = many_sources(sources);
  wishes.options.pages_in_hand = 3;
  wishes.cpu_threads = 1;
  std::map<Steady, int> begun;
  World world(67, many_listings(sources), std::move(wishes), noting(begun));
  world.boot();
  std::latch free(1);
  world.hold_cpu(free);
  world.run_for(55s);
  const int held = sum_of(begun);
  free.count_down();
  for (int i = 0; i < 1'000 && sum_of(begun) < sources; ++i) {  // well before they are due again
    std::this_thread::sleep_for(5ms);
    world.run_for(200ms);
  }
  return {held, sum_of(begun)};
}

TEST(Limits, NoPollBeginsWhileSoManyPagesAreInHand) {
  EXPECT_EQ(begun_in_hand(3), (std::pair<int, int>(3, 3)));
  EXPECT_EQ(begun_in_hand(4), (std::pair<int, int>(3, 4)));
}

}  // namespace
}  // namespace bylined::tests
