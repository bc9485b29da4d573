// SPDX-License-Identifier: Apache-2.0
// What goes wrong every day: a source that fails, a receiver that refuses, a full disk, a page that is not
// what it was. Afterwards nothing is lost and nothing doubled.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/effort.h"
#include "tests/support/forwarding_store.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script with_news(Millis appears) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", appears));
  return script;
}

bool between(Instant now, const World& world, Millis from, Millis to) {
  return now >= const_cast<World&>(world).outside().press.start() + from && now < const_cast<World&>(world).outside().press.start() + to;
}

TEST(Trouble, ASourceThatFailsForHoursIsReadWhenItIsBack) {
  World world(21, with_news(2h), small_wishes());
  world.outside().weather = [&world](const std::string& host, const std::string&, Instant now) {
    Weather weather;
    if (host == "www.naru.example" && between(now, world, 1h, 5h)) weather.lost = Error(ErrorKind::kTransient, "connection refused");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(8h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Trouble, AFailingSourceIsAskedLessAndLess) {
  World world(22, with_news(2h), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string&, Instant now) {
    Weather weather;
    if (between(now, world, 1h, 48h)) weather.lost = Error(ErrorKind::kTransient, "connection refused");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(48h));
  // A ceiling of 24 periods of 5 minutes: about two hours between tries at the end.
  const double failures = world.metrics().value("bylined_poll_failures_total", "state=\"failing\"") +
                          world.metrics().value("bylined_poll_failures_total", "state=\"robots_unreachable\"");
  EXPECT_LT(failures, 40);
  EXPECT_GT(failures, 20);
}

TEST(Trouble, AReceiverThatRefusesGetsEverythingLaterUnderTheSameIds) {
  World world(23, with_news(20min), small_wishes());
  world.outside().receiver_answer = [&world](const std::string& receiver, Instant now) {
    net::HttpResponse response;
    response.status = receiver == "hook" && now < world.outside().press.start() + 3h ? 503 : 204;
    if (response.status == 503) response.headers.emplace_back("retry-after", "60");
    return response;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(9h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(verdict.repeats, 0);
}

TEST(Trouble, WhatWaitedForAReceiverGoesOutWhenItIsBack) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  for (int i = 0; i < 12; ++i) script.articles.push_back(news(std::to_string(300 + i), "한빛전자 소식 " + std::to_string(i), 10min + i * 4min));
  World world(29, std::move(script), small_wishes());
  world.outside().receiver_answer = [&world](const std::string&, Instant now) {
    net::HttpResponse response;
    response.status = now < world.outside().press.start() + 5h ? 503 : 204;
    return response;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(5h + 80min));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// Reliability row D15. What is dead is counted and listed with its reason, and no matter of the other receiver's.
TEST(Trouble, AReceiverThatTakesNothingForALifetimeGetsWhatIsYoungerAndTheRestIsListed) {
  press::Script script = with_news(20min);
  script.articles.push_back(news("202", "한빛전자, 실적을 내놓는다", 30h));
  Wishes wishes = small_wishes();
  wishes.sources.front().every = model::Period{1h, 1h};
  World world(34, std::move(script), std::move(wishes));
  world.outside().receiver_answer = [&world](const std::string& receiver, Instant now) {
    net::HttpResponse response;
    response.status = receiver == "hook" && now < world.outside().press.start() + 5 * 24h + 6h ? 401 : 204;
    return response;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(5 * 24h + 8h));
  EXPECT_EQ(audit(world).lost.size(), 1u) << audit(world).text();
  const auto counts = world.reader()->counts();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->deliveries_dead, 1);
  EXPECT_EQ(counts->deliveries_delivered, 3);
  EXPECT_EQ(world.metrics().value("bylined_deliveries_total", "channel=\"webhook\",outcome=\"dead\""), 1);
  store::DeliveryFilter dead;
  dead.state = model::DeliveryState::kDead;
  const auto listed = world.reader()->deliveries(dead);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->items.size(), 1u);
  EXPECT_EQ(listed->items[0].receiver.value, "hook");
  EXPECT_FALSE(listed->items[0].last_error.empty());
}

TEST(Trouble, OneReceiversTroubleDoesNotDelayTheOther) {
  World world(24, with_news(20min), small_wishes());
  world.outside().receiver_answer = [](const std::string& receiver, Instant) {
    net::HttpResponse response;
    response.status = receiver == "hook" ? 503 : 204;
    return response;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  const auto& taken = world.outside().taken;
  const auto mail = std::find_if(taken.begin(), taken.end(), [](const Taken& one) { return one.receiver == "desk"; });
  ASSERT_NE(mail, taken.end());
  EXPECT_LE(mail->at - world.outside().press.start(), 31min);
}

TEST(Trouble, AnAnswerThatIsLostIsSentAgainUnderTheSameId) {
  World world(25, with_news(20min), small_wishes());
  int lost = 0;
  world.outside().weather = [&lost](const std::string& host, const std::string&, Instant) {
    Weather weather;
    weather.answer_lost = (host == kReceiversHost || host == "mail") && ++lost <= 2;
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(6h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(verdict.repeats, 2);
}

TEST(Trouble, AnArticleThatCannotBeReadAlertsByItsHeadlineAndOnce) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 20min));
  World world(26, std::move(script), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string& target, Instant now) {
    Weather weather;
    if (target.find("201") != std::string::npos && between(now, world, 0h, 2h)) weather.lost = Error(ErrorKind::kTransient, "timed out");
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(35min));
  EXPECT_EQ(world.outside().taken.size(), 2u) << "the headline alone, to both receivers";
  ASSERT_TRUE(world.run_for(8h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Trouble, APageThatIsNoListingAnyMoreDeletesNothingAndAlertsNothing) {
  World world(27, with_news(4h), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string& target, Instant now) {
    Weather weather;
    if (target != "/rss.xml" || !between(now, world, 1h, 3h)) return weather;
    net::HttpResponse wall;
    wall.status = 200;
    wall.body = "<!doctype html><title>로그인</title><form>아이디와 비밀번호를 입력하십시오</form>";
    weather.instead = wall;
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  const auto sources = world.reader()->sources();
  ASSERT_TRUE(sources);
  EXPECT_EQ(sources->front().state, model::SourceState::kSuspect);
  EXPECT_TRUE(world.outside().taken.empty());
  ASSERT_TRUE(world.run_for(4h));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// A layout whose date selector meets the page's clock: every item is of now, whenever one looks.
void put_clock_into(net::HttpResponse& feed, Instant now) {
  static const std::regex date("<pubDate>[^<]*</pubDate>");
  feed.body = std::regex_replace(feed.body, date, "<pubDate>" + rfc3339(now) + "</pubDate>");
}

TEST(Trouble, DatesThatABrokenLayoutMakesEqualAreToldOnceAndNotKept) {
  World world(32, with_news(2h), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string& target, Instant now) {
    Weather weather;
    if (target == "/rss.xml" && between(now, world, 1h, 4h)) weather.spoil = [now](net::HttpResponse& feed) { put_clock_into(feed, now); };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(3h));
  const auto source = world.reader()->sources()->front();
  EXPECT_EQ(source.state, model::SourceState::kSuspect);
  EXPECT_NE(source.reason.find("one date on 11 items where they differed"), std::string::npos) << source.reason;
  EXPECT_EQ(world.outside().taken.size(), 2u) << "what is new meanwhile is told to both receivers, and nothing else";
  ASSERT_TRUE(world.run_for(3h));
  EXPECT_EQ(world.reader()->sources()->front().state, model::SourceState::kOk);
  const auto events = world.reader()->source_events(model::SourceId{"naru-feed"}, 10);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ(events->at(1).type, "source.degraded");
  EXPECT_EQ(events->at(0).type, "source.recovered");
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// Two articles a day for a fortnight, then nothing: that is told once, and once when it writes again.
TEST(Trouble, ASourceThatFallsSilentIsQuietUntilItWritesAgain) {
  press::Script script = feed_press();
  for (int i = 0; i < 28; ++i) script.articles.push_back(filler(std::to_string(100 + i), -std::chrono::hours(12 * (28 - i))));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", std::chrono::hours(24 * 9)));
  Wishes wishes = small_wishes();
  wishes.sources.front().every = model::Period{15min, 15min};
  wishes.options.idle = 10min;  // fewer calls that find nothing to do
  World world(28, script, wishes);
  world.boot();
  const auto state = [&world] { return world.reader()->sources()->front().state; };
  ASSERT_TRUE(world.run_for(std::chrono::hours(24 * 3)));
  EXPECT_EQ(state(), model::SourceState::kOk);
  ASSERT_TRUE(world.run_for(std::chrono::hours(24 * 5)));
  EXPECT_EQ(state(), model::SourceState::kQuiet);
  ASSERT_TRUE(world.run_for(std::chrono::hours(24 * 2)));
  EXPECT_EQ(state(), model::SourceState::kOk);
  const auto events = world.reader()->source_events(model::SourceId{"naru-feed"}, 10);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ(events->at(1).type, "source.degraded");
  EXPECT_NE(events->at(1).reason.find("nothing new for"), std::string::npos) << events->at(1).reason;
  EXPECT_EQ(events->at(0).type, "source.recovered");
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// A source may be asked less often than it could be, never so seldom that an article waits beyond the longest period.
TEST(Trouble, APeriodThatAdaptsLosesNothing) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  press::Script script = feed_press();
  for (int i = 0; i < 30; ++i) script.articles.push_back(filler(std::to_string(100 + i), -std::chrono::hours(10 * (30 - i))));
  for (int i = 0; i < 12; ++i) script.articles.push_back(news(std::to_string(200 + i), "한빛전자 소식 " + std::to_string(i), std::chrono::hours(5 + 9 * i)));
  Wishes wishes = small_wishes();
  wishes.sources.front().every = model::Period{std::chrono::minutes(5), std::chrono::hours(2)};
  World world(29, script, wishes);
  world.boot();
  ASSERT_TRUE(world.run_for(std::chrono::hours(120)));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
  EXPECT_EQ(world.outside().taken.size(), 24u);
}

// A machine whose clock runs on local time is nine hours ahead until the network says so.
// As on a full disk, where claims still find room and a version does not.
class NoRoomForVersions final : public ForwardingStore {
 public:
  NoRoomForVersions(store::Store& real, const bool& full) : ForwardingStore(real), full_(full) {}
  Result<store::FindingOutcome> record_finding(const store::Finding& finding, const store::Decide& decide) override {
    if (full_) return Error(ErrorKind::kExhausted, "database or disk is full");
    return real_.record_finding(finding, decide);
  }

 private:
  const bool& full_;
};

TEST(Trouble, ADiskThatTakesOnlySmallWritesIsInTroubleUntilItTakesAll) {
  bool full = true;
  Spoilt spoilt;
  spoilt.store = [&full](store::Store& real) { return std::make_unique<NoRoomForVersions>(real, full); };
  World world(31, with_news(1h), small_wishes(), spoilt);
  world.boot();
  ASSERT_TRUE(world.run_for(70min));
  for (int look = 0; look < 600; ++look) {
    ASSERT_EQ(world.metrics().value("bylined_storage_writable"), 0) << look << " s";
    ASSERT_TRUE(world.run_for(1s));
  }
  full = false;
  ASSERT_TRUE(world.run_for(20s));
  EXPECT_EQ(world.metrics().value("bylined_storage_writable"), 1);
  ASSERT_TRUE(world.run_for(10min));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Trouble, AClockThatIsSetBackSilencesNoSource) {
  World world(30, with_news(100min), small_wishes());
  world.jump(9h);
  world.boot();
  ASSERT_TRUE(world.run_for(90min));
  world.jump(-9h);
  ASSERT_TRUE(world.run_for(30min));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Trouble, AClockThatIsSetBackHoldsNoDeliveryUp) {
  World world(31, with_news(20min), small_wishes());
  world.outside().receiver_answer = [&world](const std::string&, Instant now) {
    net::HttpResponse response;
    response.status = now < world.outside().press.start() + 60min ? 503 : 204;
    return response;
  };
  world.jump(9h);
  world.boot();
  ASSERT_TRUE(world.run_for(65min));
  world.jump(-9h);
  ASSERT_TRUE(world.run_for(90min));
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

int asks_of_the_feed(World& world) {
  const auto& served = world.outside().served;
  return static_cast<int>(std::count_if(served.begin(), served.end(), [](const Served& one) { return one.target == "/rss.xml"; }));
}

// A claim is held for hours, so that nobody wrote down when its source was asked last; then the process dies, and lives again.
void die_while_a_claim_is_held(World& world) {
  world.boot();
  ASSERT_TRUE(world.run_for(3h + 1min));
  world.crash();
  world.boot();
}

TEST(Trouble, ReloadsAndDeathsAfterADeathPutNoSourceOff) {
  World world(32, with_news(-1h), small_wishes());
  die_while_a_claim_is_held(world);
  const int before = asks_of_the_feed(world);
  for (int i = 0; i < 70; ++i) {
    ASSERT_TRUE(world.run_for(5s));
    if (i % 10 == 9) {
      world.crash();
      world.boot();
    } else {
      world.reload();
    }
  }
  EXPECT_GE(asks_of_the_feed(world), before + 1);
}

TEST(Trouble, AClockThatIsSetBackAfterADeathPutsNoSourceOff) {
  World world(33, with_news(-1h), small_wishes());
  die_while_a_claim_is_held(world);
  const int before = asks_of_the_feed(world);
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(world.run_for(1min));
    world.jump(-6min);
  }
  EXPECT_GE(asks_of_the_feed(world), before + 1);
}

TEST(Trouble, AnUnchangedPageCostsNoWriteOfItsOwn) {
  World world(28, with_news(-1h), small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(30min));
  const double before = world.metrics().value("bylined_polls_unchanged_total");
  const auto written = [&world] {
    std::vector<std::pair<Instant, std::optional<Instant>>> all;
    const auto sources = world.reader()->sources();
    for (const store::SourceStatus& source : *sources) all.emplace_back(source.next_due, source.last_complete);
    return all;
  };
  const auto claims = written();
  ASSERT_TRUE(world.run_for(2h));
  EXPECT_EQ(written(), claims) << "the claim is held";
  EXPECT_GE(world.metrics().value("bylined_polls_unchanged_total") - before, 20);
  const auto served = std::count_if(world.outside().served.begin(), world.outside().served.end(), [](const Served& one) { return one.status == 304; });
  EXPECT_GE(served, 20);
}

// Reliability row P9: a page that kills whoever reads it would do so again at each start.
TEST(Trouble, APageThatEndsTheDaemonIsToldByItsHeadlineAndHoldsUpNoOther) {
  press::Script script = with_news(10min);
  script.articles.push_back(news("202", "한빛전자, 사옥 옮긴다", 40min));
  World world(46, std::move(script), small_wishes());
  world.outside().weather = [&world](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (target.ends_with("/201")) weather.spoil = [&world](net::HttpResponse&) { world.doom(1, false); };
    return weather;
  };
  world.boot();
  world.live_through(1h);
  EXPECT_EQ(world.reader()->alerts(store::AlertFilter())->items.size(), 2u) << "one by its headline";
  EXPECT_LE(world.boots(), 1 + 3 * 3) << "three deaths, a pause; then three again after a longer one";
  EXPECT_GE(world.boots(), 1 + 3);
  world.outside().weather = nullptr;
  world.live_through(4h);
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// A server that names the same page anew in each answer.
class Renaming : public fetch::Fetcher {
 public:
  Renaming(fetch::Fetcher& real, std::vector<std::string>& asked) : real_(real), asked_(asked) {}

  Task<fetch::Fetched> fetch(fetch::Request request) override {
    const bool listing = request.url == kFeed;
    if (listing) asked_.push_back(std::exchange(request.validators, model::Validators()).etag);
    fetch::Fetched fetched = co_await real_.fetch(std::move(request));
    if (listing) fetched.validators.etag = "v" + std::to_string(asked_.size());
    co_return fetched;
  }
  Task<fetch::Fetched> judge(fetch::Request request) override { return real_.judge(std::move(request)); }
  std::vector<model::Host> take_changed() override { return real_.take_changed(); }
  void load(std::vector<model::Host> hosts) override { real_.load(std::move(hosts)); }

 private:
  fetch::Fetcher& real_;
  std::vector<std::string>& asked_;
};

// Reliability rows N26 and N27. A validator alone is no word for the store, and never stands there without its items.
TEST(Trouble, AValidatorThatAloneChangesIsGivenBackAndCostsNoWrite) {
  std::vector<std::string> asked;
  Spoilt spoilt;
  spoilt.fetcher = [&asked](fetch::Fetcher& real, Clock&) { return std::make_unique<Renaming>(real, asked); };
  World world(35, with_news(2h), small_wishes(), std::move(spoilt));
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  ASSERT_GE(asked.size(), 10u);
  EXPECT_EQ(asked[0], "");
  for (std::size_t i = 1; i < asked.size(); ++i) EXPECT_EQ(asked[i], "v" + std::to_string(i));
  const std::size_t before = asked.size();
  world.crash();
  world.boot();
  ASSERT_TRUE(world.run_for(3h));
  EXPECT_EQ(asked[before], "v1") << "that of the page whose items are stored";
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// Where a page ends without a word nobody knows that it is not whole; its ETag is that of the whole.
TEST(Trouble, AFeedThatWasCutOnItsWayIsAskedForWholeAgain) {
  press::Script script = feed_press();
  for (int i = 0; i < 8; ++i) script.articles.push_back(filler(std::to_string(100 + i), -std::chrono::hours(24 + i)));
  for (int i = 0; i < 6; ++i) script.articles.push_back(news(std::to_string(201 + i), "한빛전자 소식 " + std::to_string(i), 42min));
  World world(44, std::move(script), small_wishes());
  int cut = 0;
  world.outside().weather = [&cut](const std::string&, const std::string&, Instant) {
    Weather weather;
    weather.spoil = [&cut](net::HttpResponse& response) {
      std::size_t end = 0, items = 0;
      for (std::size_t at = response.body.find("</item>"); at != std::string::npos; at = response.body.find("</item>", at + 1)) {
        if (++items == 5) end = at;
      }
      if (items == 14 && cut++ == 0) response.body.resize(end);
    };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(2h));
  EXPECT_GE(cut, 2) << "it was asked for whole again";
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

// Nobody looks again and again whether a visit has ended: its end says so.
TEST(Trouble, AVisitThatOutlastsItsPeriodIsFollowedByTheNextAtOnce) {
  Wishes wishes = small_wishes();
  wishes.sources.front().every = model::Period{30s, 30s};
  wishes.options.idle = 2h;
  World world(36, with_news(20min), std::move(wishes));
  world.outside().weather = [](const std::string& host, const std::string& target, Instant) {
    Weather weather;
    if (host == "www.naru.example" && target == "/rss.xml") weather.latency = 45s;
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_GE(asks_of_the_feed(world), 75) << "in an hour, each 45 s long";
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

}  // namespace
}  // namespace bylined::tests
