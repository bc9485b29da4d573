// SPDX-License-Identifier: Apache-2.0
// What an operator does about sources while articles wait: what they had listed is owed.
#include <gtest/gtest.h>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

constexpr Millis kListed = 21min;  // the article by then, at the latest

// One article that names somebody, and cannot be read for a day.
struct Waiting {
  World world;
  int asked = 0;

  explicit Waiting(std::uint64_t seed) : world(seed, script(), small_wishes()) {
    world.outside().weather = [this](const std::string&, const std::string& target, Instant now) {
      Weather weather;
      if (target.find("201") == std::string::npos) return weather;
      ++asked;
      if (now < world.outside().press.start() + 24h) weather.instead = missing();
      return weather;
    };
    world.boot();
    for (int second = 0; asked == 0 && second < 1'800; second += 5) EXPECT_TRUE(world.run_for(5s));
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(world.outside().taken.size(), 0u) << "it may yet be read";
  }
  static press::Script script() {
    press::Script script = feed_press();
    for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
    script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", kListed - 1min));
    return script;
  }
  static net::HttpResponse missing() {
    net::HttpResponse response;
    response.status = 404;
    return response;
  }
  model::Source& source() { return world.wishes().sources.front(); }
  void take_up(bool by_restart) {
    if (!by_restart) return world.reload();
    world.stop(1s);
    world.boot();
  }
};

TEST(Sources, UnderAnotherIdASourceOwesWhatItListedAndKnowsWhatItKnew) {
  for (const bool by_restart : {false, true}) {
    Waiting here(61);
    here.source().id.value = "renamed";
    here.take_up(by_restart);
    ASSERT_TRUE(here.world.run_for(10min));
    EXPECT_EQ(here.world.outside().taken.size(), 2u) << "its headline, to the webhook and the mailbox";
    const auto sources = here.world.reader()->sources();
    ASSERT_EQ(sources->size(), 1u);
    EXPECT_EQ(sources->front().id.value, "renamed");
    EXPECT_GE(here.asked, 2) << "it is read on";
  }
}

TEST(Sources, ThatIsTakenOutOwesTheHeadlinesThatItListedAndAsksForNothingMore) {
  for (const bool by_restart : {false, true}) {
    Waiting here(62);
    here.source().id.value = "another";
    here.source().url = "https://www.naru.example/another.xml";
    const int asked = here.asked;
    here.take_up(by_restart);
    ASSERT_TRUE(here.world.run_for(10min));
    EXPECT_EQ(here.world.outside().taken.size(), 2u);
    EXPECT_EQ(here.asked, asked);
  }
}

}  // namespace
}  // namespace bylined::tests
