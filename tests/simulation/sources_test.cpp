// SPDX-License-Identifier: Apache-2.0
// What an operator does about sources while articles wait: what they had listed is owed.
#include <gtest/gtest.h>

#include <algorithm>

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

// Its host's robots.txt was asked for by another one just before the host came back, and is held for an hour; its own plan after half
// a day of failures would let two more go by.
TEST(Sources, ThatIsHeldForAnothersRobotsIsAskedWhenTheHoldEnds) {
  Wishes wishes = small_wishes();
  wishes.sources.push_back(wishes.sources.front());
  wishes.sources.back().id.value = "beside";
  wishes.sources.back().url += "#beside";
  World world(63, Waiting::script(), std::move(wishes));
  bool is_up = false;
  world.outside().weather = [&is_up](const std::string& host, const std::string&, Instant) {
    Weather weather;
    if (host == "www.naru.example" && !is_up) weather.lost = Error(ErrorKind::kTransient, "no such host");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(12h));
  for (int minute = 0; minute < 24 * 60 && !is_up; ++minute) {
    ASSERT_TRUE(world.run_for(1min));
    const auto sources = world.reader()->sources();
    const Millis one = sources->at(0).next_due - world.now(), other = sources->at(1).next_due - world.now();
    is_up = std::max(one, other) > 115min && std::min(one, other) > 1min && std::min(one, other) < 50min;
  }
  ASSERT_TRUE(is_up);
  ASSERT_TRUE(world.run_for(70min));
  std::string states;
  const auto sources = world.reader()->sources();
  for (const store::SourceStatus& one : *sources) states += one.id.value + " " + std::string(model::state_name(one.state)) + ": " + one.reason + "\n";
  EXPECT_NE(states.find(" ok: "), std::string::npos) << states;
}

}  // namespace
}  // namespace bylined::tests
