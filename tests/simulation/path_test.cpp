// SPDX-License-Identifier: Apache-2.0
// The whole path under simulated time: nothing lost, nothing doubled, whatever happens on the way.
#include <gtest/gtest.h>

#include "base/log.h"
#include "pipeline/rule/rule.h"
#include "tests/support/effort.h"
#include "tests/support/forwarding_store.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script three_articles() {
  press::Script script = feed_press();
  for (int i = 0; i < 5; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 17min));
  script.articles.push_back(filler("202", 31min));
  script.articles.push_back(news("203", "새 공장 두고 지역사회 기대", 42min));
  return script;
}

TEST(Path, FromAFeedToWebhookAndMailWithinTwoPeriods) {
  World world(1, three_articles(), small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(verdict.repeats, 0);
  ASSERT_FALSE(world.outside().taken.empty());
  EXPECT_LE(world.outside().taken.front().at - world.outside().press.start(), 17min + 10min);
}

struct Looks {
  int reads = 0;
  int deliveries = 0;
};

class StoreThatCountsLooks final : public ForwardingStore {
 public:
  StoreThatCountsLooks(store::Store& real, Looks& looks) : ForwardingStore(real), looks_(looks) {}
  Result<std::vector<store::ClaimedRead>> claim_due_reads(Instant now, store::ReadRoom room, const store::Lease& lease) override {
    ++looks_.reads;
    return real_.claim_due_reads(now, room, lease);
  }
  Result<std::vector<store::ClaimedDelivery>> claim_due_deliveries(const store::DueDeliveries& wanted) override {
    ++looks_.deliveries;
    return real_.claim_due_deliveries(wanted);
  }

 private:
  Looks& looks_;
};

TEST(Path, ALoopLooksForWorkWhenThereIsSomeAndNotWhenSomeIsDone) {
  Looks looks;
  Spoilt counted;
  counted.store = [&looks](store::Store& real) { return std::make_unique<StoreThatCountsLooks>(real, looks); };
  press::Script script = feed_press();
  script.articles.push_back(filler("101", -24h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 17min));
  Wishes wishes = small_wishes();
  wishes.options.idle = 24h;
  World world(6, std::move(script), std::move(wishes), counted);
  world.boot();
  ASSERT_TRUE(world.run_for(25min));
  EXPECT_EQ(world.outside().taken.size(), 2u) << "a webhook and a mail";
  EXPECT_EQ(looks.reads, 2) << "at the start, and when the listing had changed";
  EXPECT_EQ(looks.deliveries, 4) << "the same, for each of two receivers";
}

// Only the second of the two is about what the desk asks for: the rule is judged on what was read.
TEST(Path, AWatchsRuleDecidesOnTheTextThatWasRead) {
  press::Script script = feed_press();
  script.articles.push_back(filler("101", -24h));
  script.articles.push_back(news("201", "한빛전자, 야구단 새 감독 뽑는다", 17min));
  script.articles.back().alerts.clear();
  script.articles.push_back(news("202", "한빛전자, 새 공장 짓는다", 42min));
  Wishes wishes = small_wishes();
  model::Watch& watch = wishes.watches.front();
  watch.query = "entity:hanbit AND NOT 야구단";
  watch.rule = *rule::parse(watch.query);
  watch.entities = rule::asked_entities(*watch.rule);
  World world(4, std::move(script), std::move(wishes));
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// Words are looked for as if each stood alone, whatever other watches ask for.
TEST(Path, TheWordsOfOneWatchHideThoseOfNoOther) {
  press::Script script = feed_press();
  script.articles.push_back(filler("101", -24h));
  press::Article article = news("201", "한빛전자, 나래 라이온즈 후원", 17min);
  article.alerts = {{"short", {"hanbit"}}};
  script.articles.push_back(std::move(article));
  Wishes wishes = small_wishes();
  model::Watch one = wishes.watches.front();
  wishes.watches.clear();
  for (const auto& [id, query] : {std::pair("short", "entity:hanbit AND 나래"), std::pair("not", "entity:hanbit AND NOT 나래"), std::pair("long", "entity:hanbit AND \"나래 라이온즈\" AND lang:en")}) {
    one.id.value = id;
    one.query = query;
    one.rule = *rule::parse(one.query);
    one.entities = rule::asked_entities(*one.rule);
    wishes.watches.push_back(one);
  }
  World world(6, std::move(script), std::move(wishes));
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// What an edit brings, or takes away, is told to who asks for it, once.
TEST(Path, AWatchIsToldOfEditsWhereItAsks) {
  press::Script script = feed_press();
  script.articles.push_back(filler("101", -24h));
  press::Article edited = filler("201", 17min);
  edited.edits.push_back({1h, "한빛전자, 새 공장 짓는다", {"한빛전자가 광주에 새 공장을 짓는다."}});
  edited.alerts.push_back({"added", {"hanbit"}, 1h});
  script.articles.push_back(std::move(edited));
  press::Article withdrawn = news("202", "한빛전자, 공장 닫는다", 17min);
  withdrawn.edits.push_back({1h, "어느 회사, 공장 닫는다", {"어느 회사가 공장을 닫는다."}});
  withdrawn.alerts = {{"removed", {"hanbit"}, 1h}};
  script.articles.push_back(std::move(withdrawn));
  Wishes wishes = small_wishes();
  model::Watch one = wishes.watches.front();
  wishes.watches.clear();
  for (const char* const what : {"added", "removed"}) {
    one.id.value = what;
    one.query = "entity:lee-seojun OR entity:hanbit in:" + std::string(what);
    one.rule = *rule::parse(one.query);
    one.entities = rule::asked_entities(*one.rule);
    wishes.watches.push_back(one);
  }
  World world(5, std::move(script), std::move(wishes));
  world.boot();
  ASSERT_TRUE(world.run_for(3h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Path, TheFirstLookAtASourceAlertsNothing) {
  press::Script script = feed_press();
  script.articles.push_back(news("101", "한빛전자, 지난해 실적 발표", -3h));
  script.articles.back().alerts.clear();
  World world(2, std::move(script), small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  EXPECT_TRUE(world.outside().taken.empty());
  EXPECT_TRUE(audit(world).clean());
}

TEST(Path, LosesAndDoublesNothingWhereverTheProcessDies) {
  for (const bool after : {false, true}) {
    for (int nth = 1;; nth += effort(4, 1, 1)) {
      ASSERT_LT(nth, 300);
      Wishes wishes = small_wishes();
      wishes.options.idle = 10min;  // fewer calls that find nothing to do
      World world(3, three_articles(), std::move(wishes));
      Death death;
      death.at_call = nth;
      death.after = after;
      world.boot(death);
      world.live_through(80min);
      const Verdict verdict = audit(world);
      ASSERT_TRUE(verdict.clean()) << "store call " << nth << (after ? " (after)" : " (before)") << "\n" << verdict.text();
      ASSERT_LE(verdict.repeats, 1);
      if (world.death().at_call == nth) break;  // it outlived all its calls: every one was tried
    }
  }
}

TEST(Path, OneSeedIsOneRun) {
  const auto trace = [](std::uint64_t seed) {
    World world(seed, three_articles(), small_wishes());
    world.outside().weather = [n = seed](const std::string&, const std::string&, Instant) mutable {
      n = n * 6364136223846793005ull + 1442695040888963407ull;
      Weather weather;
      weather.latency = Millis(static_cast<int>(n >> 40) % 900);
      return weather;
    };
    world.boot();
    EXPECT_TRUE(world.run_for(1h));
    std::string lines;
    for (const Served& one : world.outside().served) lines += rfc3339(one.at) + one.host + one.target + "\n";
    for (const Taken& one : world.outside().taken) lines += rfc3339(one.at) + one.receiver + one.id + "\n";
    return lines;
  };
  EXPECT_EQ(trace(11), trace(11));
  EXPECT_NE(trace(11), trace(12));
}

}  // namespace
}  // namespace bylined::tests
