// SPDX-License-Identifier: Apache-2.0
// The official news search: who asks shows a key, and its calls are counted.
#include <gtest/gtest.h>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

Wishes searching(Millis every) {
  Wishes wishes = small_wishes();
  model::Source& source = wishes.sources.front();
  source.kind = "naver_search";
  source.url = "https://openapi.naver.com/v1/search/news.json?query=%ED%95%9C%EB%B9%9B&sort=date";
  source.every = model::Period{every, every};
  source.client_id = "number";
  source.client_secret = Secret("key");
  return wishes;
}

void answer_searches(World& world, int& calls) {
  world.outside().weather = [&calls](const std::string& host, const std::string& target, Instant) {
    Weather weather;
    if (host != "openapi.naver.com" || !target.starts_with("/v1/search")) return weather;
    ++calls;
    net::HttpResponse response;
    response.status = 200;
    response.headers.emplace_back("content-type", "application/json");
    response.body = "{\"total\":1,\"start\":1,\"display\":1,\"items\":[{\"title\":\"소식 " + std::to_string(calls) + "\",\"originallink\":\"https://www.naru.example/news/100\","
                    "\"link\":\"https://www.naru.example/news/100\",\"description\":\"\",\"pubDate\":\"Tue, 04 Feb 2025 09:00:00 +0900\"}]}";
    weather.instead = response;
    return weather;
  };
}

// All of the day's calls but `left`, as an earlier run of the daemon spent them.
void spend_all_but(int left, const World& world, const std::string& day) {
  store::OpenOptions options;
  options.path = world.database();
  auto opened = store::open_store(options);
  ASSERT_TRUE(opened) << opened.error().text();
  const Status spent = (*opened)->group([&] {
    for (int i = left; i < 25'000; ++i) static_cast<void>((*opened)->spend("naver_search:number", day, 25'000));
  });
  ASSERT_TRUE(spent);
}

TEST(Service, CountsItsCallsAndStopsAtTheDaysLast) {
  World world(71, feed_press(), searching(1min));
  int calls = 0;
  answer_searches(world, calls);
  world.boot();
  world.crash();
  spend_all_but(5, world, rfc3339(world.now() + 9h).substr(0, 10));
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_EQ(calls, 5);
  const auto source = [&world] { return world.reader()->sources()->front(); };
  EXPECT_EQ(source().state, model::SourceState::kFailing);
  EXPECT_NE(source().reason.find("are spent"), std::string::npos) << source().reason;
  EXPECT_GT(world.metrics().value("bylined_quota_refusals_total", ""), 0);
  ASSERT_TRUE(world.run_for(24h));
  EXPECT_GT(calls, 5) << "another day";
  EXPECT_EQ(source().state, model::SourceState::kOk);
}

}  // namespace
}  // namespace bylined::tests
