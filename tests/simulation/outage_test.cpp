// SPDX-License-Identifier: Apache-2.0
// A whole day without any receiver, and one without any source: all is told afterwards, in order and without a
// stampede, and what waits lies in the database and not in memory.
#include <gtest/gtest.h>
#include <malloc.h>

#include <map>
#include <set>

#include "tests/support/effort.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

constexpr int kWatches = 5;  // each makes an alert of every article
constexpr Millis kGoes = 1h, kReturns = 25h;
constexpr Millis kLatency{100};

std::size_t heap_in_use() { return ::mallinfo2().uordblks; }

bool down(Instant now, const press::Press& press) { return now >= press.start() + kGoes && now < press.start() + kReturns; }

// `count` articles between the moments at which everything goes down and an hour before it is back.
press::Script busy_day(int count) {
  press::Script script = feed_press();
  script.outlets.front().page_size = 100;
  for (int i = 0; i < 5; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  for (int i = 0; i < count; ++i) {
    press::Article article = news(std::to_string(10'000 + i), "한빛전자 소식 " + std::to_string(i) + "번째", kGoes + (22h * i) / count);
    article.alerts.clear();
    for (int watch = 0; watch < kWatches; ++watch) article.alerts.push_back(press::ExpectedAlert{"watch-" + std::to_string(watch), {"hanbit"}});
    script.articles.push_back(std::move(article));
  }
  return script;
}

Wishes many_watches() {
  Wishes wishes = small_wishes();
  const model::Watch one = wishes.watches.front();
  wishes.watches.clear();
  for (int watch = 0; watch < kWatches; ++watch) {
    wishes.watches.push_back(one);
    wishes.watches.back().id.value = "watch-" + std::to_string(watch);
  }
  wishes.options.idle = 10min;
  return wishes;
}

TEST(Outage, OfAllReceiversForADayEndsWithEverythingToldWithinAQuarterOfAnHour) {
  const int articles = effort(20, 200, 2'000);
  World world(41, busy_day(articles), many_watches());
  world.outside().weather = [&world](const std::string& host, const std::string&, Instant now) {
    Weather weather;
    weather.latency = kLatency;
    if ((host == kReceiversHost || host == "mail") && down(now, world.outside().press)) weather.lost = Error(ErrorKind::kTransient, "connection refused");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(6h));
  const std::size_t early = heap_in_use();
  ASSERT_TRUE(world.run_for(kReturns - 6h));
  const auto waiting = world.reader()->counts();
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->deliveries_pending, 2 * kWatches * articles);
  EXPECT_LT(heap_in_use(), early + (4u << 20)) << "what waits does not wait in memory";
  EXPECT_TRUE(world.outside().taken.empty());

  ASSERT_TRUE(world.run_for(20min));
  const std::vector<Taken>& taken = world.outside().taken;
  ASSERT_FALSE(taken.empty());
  const Instant back = world.outside().press.start() + kReturns;
  std::map<std::string, Instant> first, last;
  std::map<std::pair<std::string, std::int64_t>, int> in_a_second;
  for (const Taken& one : taken) {
    first.try_emplace(one.receiver, one.at);
    last[one.receiver] = one.at;
    ++in_a_second[{one.receiver, one.at.time_since_epoch() / 1s}];
  }
  for (const auto& [receiver, at] : first) EXPECT_LE(at - back, 2min) << receiver << " is back and not told";
  const Millis room = 1min + kWatches * articles / 4 * kLatency;  // one at a time for a minute, then four
  for (const auto& [receiver, at] : last) EXPECT_LE(at - first[receiver], std::min<Millis>(15min, room)) << receiver;
  for (const auto& [when, count] : in_a_second) EXPECT_LE(count, 4 * 10 + 4) << "four at a time";
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(verdict.repeats, 0);
}

// ---- sources ----

std::string number_of(int i) { return (i < 10 ? "00" : i < 100 ? "0" : "") + std::to_string(i); }

// Four feeds a publisher; each has an article while nobody can be reached.
press::Script many_outlets(int count) {
  press::Script script;
  for (int i = 0; i < count; ++i) {
    press::Outlet outlet = feed_press().outlets.front();
    const std::string host = "https://www.publisher" + number_of(i / 4) + ".example/";
    outlet.id = "outlet-" + number_of(i);
    outlet.listing = host + number_of(i) + ".xml";
    outlet.article_prefix = host + number_of(i) + "/";
    script.outlets.push_back(outlet);
    for (int n = 0; n < 3; ++n) script.articles.push_back(filler(number_of(i) + "0" + std::to_string(n), -24h + n * 1h));
    script.articles.push_back(news(number_of(i) + "10", "한빛전자 소식 " + std::to_string(i) + "번째", kGoes + 22h * i / count));
    for (int n = 1; n <= 4; ++n) (script.articles.end() - n)->places.front().outlet = outlet.id;
  }
  return script;
}

TEST(Outage, OfAllSourcesForADayEndsWithoutAStampede) {
  const int sources = effort(20, 100, 500);
  Wishes wishes = small_wishes();
  const model::Source like = wishes.sources.front();
  wishes.sources.clear();
  press::Script script = many_outlets(sources);
  for (const press::Outlet& outlet : script.outlets) {
    wishes.sources.push_back(like);
    wishes.sources.back().id.value = outlet.id;
    wishes.sources.back().url = outlet.listing;
  }
  wishes.options.idle = 10min;
  World world(42, std::move(script), std::move(wishes));
  std::map<std::int64_t, int> asked;  // by minute after the return
  world.outside().weather = [&](const std::string& host, const std::string& target, Instant now) {
    Weather weather;
    weather.latency = kLatency;
    const press::Press& press = world.outside().press;
    if (host == kReceiversHost || host == "mail") return weather;
    if (down(now, press)) weather.lost = Error(ErrorKind::kTransient, "no such host");
    if (now >= press.start() + kReturns && target.ends_with(".xml")) ++asked[(now - press.start() - kReturns) / 1min];
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(kReturns + 150min));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  for (const auto& [minute, count] : asked) EXPECT_LE(count, sources / 3 + 5) << "minute " << minute << " after the return";
  const auto status = world.reader()->sources();
  ASSERT_TRUE(status);
  for (const store::SourceStatus& one : *status) {
    EXPECT_EQ(one.state, model::SourceState::kOk) << one.id.value;
    EXPECT_LE(one.next_due - world.now(), 6min) << "on schedule again";
  }
}

}  // namespace
}  // namespace bylined::tests
