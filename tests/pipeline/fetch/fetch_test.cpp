// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/fetch.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/lane.h"
#include "base/net/url.h"
#include "tests/support/sim_clock.h"

namespace bylined::fetch {
namespace {

using namespace std::chrono_literals;

net::HttpResponse page(int status, std::string body, net::Headers headers = {}) {
  net::HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  return response;
}

// Servers as a function; every request that reached them is kept.
class Servers final : public net::HttpClient {
 public:
  using Answer = std::function<Result<net::HttpResponse>(const net::HttpRequest&)>;
  explicit Servers(Answer answer) : answer_(std::move(answer)) {}

  Task<Result<net::HttpResponse>> send(net::HttpRequest request) override {
    asked.push_back(request.url.text());
    headers.push_back(request.headers);
    if (const Status found = co_await find(request.url); !found) co_return found.error();
    co_return answer_(request);
  }

  // With `name_server`: a name that begins with "silent" has no answer, and that takes ten seconds.
  Task<Status> look_up(net::Url url, bool is_met, Millis) override {
    met.push_back(is_met);
    co_return co_await find(std::move(url));
  }
  Task<Status> find(net::Url url) {
    if (name_server == nullptr || !url.host().starts_with("silent")) co_return Status();
    co_await name_server->sleep(10s);
    co_return Error(ErrorKind::kTransient, "no answer from the resolver");
  }
  Clock* name_server = nullptr;
  std::vector<bool> met;  // what look_up was told

  std::vector<std::string> asked;
  std::vector<net::Headers> headers;

 private:
  Answer answer_;
};

struct Rig {
  std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>();
  tests::SimClock clock{*context, Instant(1'760'000'000'000ms)};
  Metrics metrics;
  Lane cpu{0};
  Servers servers;
  std::unique_ptr<Fetcher> fetcher;

  explicit Rig(Servers::Answer answer, int concurrency = 32) : servers(std::move(answer)) {
    Options options;
    options.pace.interval = 0s;
    options.pace.concurrency = concurrency;
    fetcher = make_fetcher(servers, clock, metrics, cpu, options);
  }
  ~Rig() { context.reset(); }  // what still waits refers to the rest

  static Task<void> into(Fetcher& fetcher, Request request, Fetched& fetched) { fetched = co_await fetcher.fetch(std::move(request)); }

  Fetched fetch(const std::string& url, model::Validators validators = {}, model::RobotsRule robots = {}) {
    Fetched fetched;
    Request request;
    request.url = url;
    request.validators = std::move(validators);
    request.robots = std::move(robots);
    begin(std::move(request), fetched);
    clock.run_for(1s);
    return fetched;
  }
  void begin(Request request, Fetched& fetched) {
    boost::asio::co_spawn(*context, into(*fetcher, std::move(request), fetched), boost::asio::detached);
  }
};

bool is_robots(const net::HttpRequest& request) { return request.url.path() == "/robots.txt"; }

TEST(Fetch, KeysGoToTheirOwnOriginAndNeverAlongARedirect) {
  Rig rig([](const net::HttpRequest& request) -> Result<net::HttpResponse> {
    if (is_robots(request)) return page(404, "");
    if (request.url.host() == "api.example" && request.url.path() == "/a") return page(302, "", {{"location", "/b"}});
    if (request.url.host() == "api.example") return page(302, "", {{"location", "https://other.example/c"}});
    return page(200, "{}");
  });
  Request request;
  request.url = "https://api.example/a";
  request.keys = {{"X-Key", Secret("hidden")}};
  Fetched fetched;
  boost::asio::co_spawn(*rig.context, Rig::into(*rig.fetcher, request, fetched), boost::asio::detached);
  rig.clock.run_for(1s);
  EXPECT_TRUE(fetched.complete()) << fetched.reason;
  std::map<std::string, bool> told;
  for (std::size_t i = 0; i < rig.servers.asked.size(); ++i) {
    const auto& headers = rig.servers.headers[i];
    told[rig.servers.asked[i]] = std::any_of(headers.begin(), headers.end(), [](const auto& header) { return header.second == "hidden"; });
  }
  EXPECT_TRUE(told.at("https://api.example/a"));
  EXPECT_TRUE(told.at("https://api.example/b"));
  EXPECT_FALSE(told.at("https://other.example/c"));
  EXPECT_FALSE(told.at("https://api.example/robots.txt"));
}

TEST(Fetch, KeysNeverGoInTheClear) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 200, "{}"); });
  Request request;
  request.url = "http://api.example/a";
  request.keys = {{"X-Key", Secret("hidden")}};
  Fetched fetched;
  boost::asio::co_spawn(*rig.context, Rig::into(*rig.fetcher, request, fetched), boost::asio::detached);
  rig.clock.run_for(1s);
  EXPECT_EQ(fetched.obstacle, Obstacle::kPolicy);
  EXPECT_EQ(fetched.reason, "its key would go over http:// in the clear: write https://");
  EXPECT_TRUE(rig.servers.asked.empty());
  const auto in_the_clear = [](const char* url) { return net::is_in_the_clear(*net::Url::parse(url)); };
  for (const char* url : {"http://localhost/", "http://127.0.0.1:8080/", "http://[::1]/", "https://api.example/"}) EXPECT_FALSE(in_the_clear(url)) << url;
  for (const char* url : {"http://localhost.example/", "http://127.0.0.1.example/", "http://127.example/", "http://10.0.0.1/"}) EXPECT_TRUE(in_the_clear(url)) << url;
}

TEST(Fetch, AsksForRobotsTxtOnceThenForThePage) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 200, "본문"); });
  EXPECT_EQ(rig.fetch("https://press.example/1").page.bytes, "본문");
  rig.fetch("https://press.example/2");
  EXPECT_EQ(rig.servers.asked, (std::vector<std::string>{"https://press.example/robots.txt", "https://press.example/1", "https://press.example/2"}));
}

// A lane that takes nothing: who waits for it waits for ever.
struct Stopped {
  Stopped() { lane.stop(); }
  Lane lane{1};
};

TEST(Fetch, ALongPageIsHashedOnTheCpuLaneAndAShorterOneWakesNobody) {
  for (const std::size_t beyond : {0u, 1u}) {
    const std::string body((512u << 10) + beyond, 'a');
    Rig rig([&body](const net::HttpRequest& request) { return is_robots(request) ? page(404, "") : page(200, body); });
    EXPECT_EQ(rig.fetch("https://press.example/1").body_hash, hex(sha256(body)));
    Stopped cpu;
    Options options;
    options.pace.interval = 0s;
    rig.fetcher = make_fetcher(rig.servers, rig.clock, rig.metrics, cpu.lane, options);
    EXPECT_EQ(rig.fetch("https://press.example/1").body_hash.empty(), beyond > 0);
  }
}

TEST(Fetch, WhatWaitsForTheCpuLaneIsInFlight) {
  Rig rig([](const net::HttpRequest& request) { return is_robots(request) ? page(404, "") : page(200, std::string(1u << 20, 'a')); });
  Stopped cpu;
  Options options;
  options.pace.interval = 0s;
  options.pace.concurrency = 1;
  rig.fetcher = make_fetcher(rig.servers, rig.clock, rig.metrics, cpu.lane, options);
  rig.fetch("https://one.example/1");
  rig.fetch("https://two.example/1");
  EXPECT_EQ(rig.servers.asked, (std::vector<std::string>{"https://one.example/robots.txt", "https://one.example/1"}));
}

TEST(Fetch, NeverRequestsWhatRobotsTxtForbids) {
  Rig rig([](const net::HttpRequest&) { return page(200, "User-agent: *\nDisallow: /\n"); });
  const Fetched fetched = rig.fetch("https://press.example/1");
  EXPECT_EQ(fetched.obstacle, Obstacle::kRobots);
  EXPECT_NE(fetched.reason.find("Disallow: /"), std::string::npos);
  EXPECT_EQ(rig.servers.asked.size(), 1u);
}

TEST(Fetch, AnOverrideHoldsForTheNamedHostOnly) {
  Rig rig([](const net::HttpRequest& request) { return page(200, is_robots(request) ? "User-agent: *\nDisallow: /\n" : "본문"); });
  const model::RobotsRule rule{{"n.press.example"}, "written permission of 2025-01-02"};
  EXPECT_TRUE(rig.fetch("https://n.press.example/1", {}, rule).complete());
  EXPECT_EQ(rig.fetch("https://press.example/1", {}, rule).obstacle, Obstacle::kRobots);
}

TEST(Fetch, ReadsRobotsTxtUpToItsLimitAndCountsWhatIsLonger) {
  const std::string rule = "User-agent: *\nDisallow: /\n";
  for (const std::size_t beyond : {0u, 1u}) {
    const std::string body = std::string((500u << 10) - rule.size() + beyond, '\n') + rule;
    Rig rig([&body](const net::HttpRequest&) { return page(200, body); });
    EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kRobots);
    EXPECT_EQ(rig.metrics.value("bylined_robots_cut_total"), beyond);
  }
}

TEST(Fetch, WithoutRobotsTxtNothingIsFetchedUntilItCanBeHad) {
  bool up = false;
  Rig rig([&up](const net::HttpRequest& request) { return page(is_robots(request) ? (up ? 404 : 503) : 200, ""); });
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kRobotsUnreachable);
  const Fetched held = rig.fetch("https://press.example/1");
  EXPECT_EQ(held.obstacle, Obstacle::kRobotsUnreachable);
  EXPECT_GT(held.not_before, rig.clock.now()) << "when it will be asked for again";
  EXPECT_EQ(rig.servers.asked.size(), 1u) << "asked again too soon";
  up = true;
  rig.clock.run_for(10min);
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
}

TEST(Fetch, TheLastRulesHoldForADayWhenRobotsTxtGoesAway) {
  bool up = true;
  Rig rig([&up](const net::HttpRequest& request) -> Result<net::HttpResponse> {
    if (!is_robots(request)) return page(200, "본문");
    if (!up) return Error(ErrorKind::kTransient, "reset");
    return page(200, "User-agent: *\nDisallow: /closed\n");
  });
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
  up = false;
  rig.clock.run_for(23h);
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
  EXPECT_EQ(rig.fetch("https://press.example/closed").obstacle, Obstacle::kRobots);
  rig.clock.run_for(2h);
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kRobotsUnreachable);
}

TEST(Fetch, RulesOutliveARestartAsAHost) {
  Rig first([](const net::HttpRequest& request) { return page(200, is_robots(request) ? "User-agent: *\nDisallow: /x\n" : ""); });
  first.fetch("https://press.example/1");
  const auto hosts = first.fetcher->take_changed();
  ASSERT_EQ(hosts.size(), 1u);
  EXPECT_TRUE(first.fetcher->take_changed().empty());
  Rig second([](const net::HttpRequest&) { return page(200, "본문"); });
  second.fetcher->load(hosts);
  EXPECT_EQ(second.fetch("https://press.example/x").obstacle, Obstacle::kRobots);
  EXPECT_TRUE(second.servers.asked.empty());
}

TEST(Fetch, ValidatorsGoOutAndA304IsNoPage) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 304, ""); });
  const Fetched fetched = rig.fetch("https://press.example/1", model::Validators{"\"a1\"", ""});
  EXPECT_TRUE(fetched.not_modified);
  const net::Headers& sent = rig.servers.headers.back();
  EXPECT_NE(std::find(sent.begin(), sent.end(), std::pair<std::string, std::string>("if-none-match", "\"a1\"")), sent.end());
}

TEST(Fetch, TheDateGoesOutWhereThereIsNoTag) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 304, ""); });
  const auto dates = [&](model::Validators validators) {
    EXPECT_TRUE(rig.fetch("https://press.example/1", std::move(validators)).not_modified);
    const net::Headers& sent = rig.servers.headers.back();
    return std::count_if(sent.begin(), sent.end(), [](const auto& header) { return header.first == "if-modified-since"; });
  };
  EXPECT_EQ(dates({"", "Tue, 04 Feb 2025 09:00:00 GMT"}), 1);
  EXPECT_EQ(dates({"\"a1\"", "Tue, 04 Feb 2025 09:00:00 GMT"}), 0);
}

TEST(Fetch, A304ThatNobodyAskedForIsAnError) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 304, ""); });
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kStatus);
}

TEST(Fetch, EveryHopOfARedirectIsJudgedByItsOwnHost) {
  Rig rig([](const net::HttpRequest& request) {
    if (request.url.host() == "a.example") return page(is_robots(request) ? 404 : 302, "", {{"location", "https://b.example/x"}});
    return page(200, is_robots(request) ? "User-agent: *\nDisallow: /\n" : "본문");
  });
  EXPECT_EQ(rig.fetch("https://a.example/1").obstacle, Obstacle::kRobots);
  EXPECT_EQ(rig.servers.asked.back(), "https://b.example/robots.txt");
}

TEST(Fetch, FollowsFiveRedirectsAndNotSix) {
  for (const int hops : {5, 6}) {
    Rig rig([hops](const net::HttpRequest& request) {
      if (is_robots(request)) return page(404, "");
      const int at = std::stoi(request.url.path().substr(1));
      if (at == hops) return page(200, "본문");
      return page(301, "", {{"location", "/" + std::to_string(at + 1)}});
    });
    EXPECT_EQ(rig.fetch("https://press.example/0").complete(), hops == 5);
  }
}

TEST(Fetch, ARedirectToAnotherSchemeIsRefused) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 302, "", {{"location", "file:///etc/passwd"}}); });
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kPolicy);
}

TEST(Fetch, RetryAfterHoldsForTheWholeHost) {
  bool busy = true;
  Rig rig([&busy](const net::HttpRequest& request) {
    if (is_robots(request) || !busy) return page(is_robots(request) ? 404 : 200, "");
    return page(429, "", {{"retry-after", "90"}});
  });
  const Fetched first = rig.fetch("https://press.example/1");
  EXPECT_EQ(first.obstacle, Obstacle::kStatus);
  EXPECT_EQ(first.not_before, rig.clock.now() - 1s + 90s);
  EXPECT_EQ(rig.fetch("https://press.example/2").obstacle, Obstacle::kPatience);
  EXPECT_EQ(rig.servers.asked.size(), 2u);
  busy = false;
  rig.clock.run_for(90s);
  EXPECT_TRUE(rig.fetch("https://press.example/2").complete());
}

// One link must not silence the source that lists it, or another of its host.
TEST(Fetch, ALongPauseThatAnArticleWasAskedForHoldsListingsForAnHour) {
  Rig rig([](const net::HttpRequest& request) {
    if (request.url.path() == "/trap") return page(503, "", {{"retry-after", "86400"}});
    return page(is_robots(request) ? 404 : 200, "");
  });
  const auto listing = [&rig] {
    Request request;
    request.url = "https://press.example/feed";
    request.wanted.listing = true;
    Fetched fetched;
    rig.begin(std::move(request), fetched);
    rig.clock.run_for(1s);
    return fetched;
  };
  const Fetched trapped = rig.fetch("https://press.example/trap");
  EXPECT_EQ(trapped.not_before, rig.clock.now() - 1s + 24h);
  const Fetched paused = listing();
  EXPECT_EQ(paused.obstacle, Obstacle::kPatience);
  EXPECT_NE(paused.reason.find("at an article's address: its listings are left alone until "), std::string::npos) << paused.reason;
  rig.clock.run_for(1h);
  EXPECT_TRUE(listing().complete());
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kPatience) << "articles wait as they were asked to";
  auto hosts = rig.fetcher->take_changed();
  rig.fetcher->load(std::move(hosts));
  EXPECT_EQ(listing().obstacle, Obstacle::kPatience) << "who asked is not known any more";
  rig.clock.run_for(1h);
  EXPECT_TRUE(listing().complete());
}

TEST(Fetch, AListingsOwnPauseHoldsForListingsAsLongAsItAsks) {
  Rig rig([](const net::HttpRequest& request) { return is_robots(request) ? page(404, "") : page(503, "", {{"retry-after", "86400"}}); });
  Request request;
  request.url = "https://press.example/feed";
  request.wanted.listing = true;
  Fetched fetched;
  rig.begin(request, fetched);
  rig.clock.run_for(1s);
  EXPECT_EQ(fetched.not_before, rig.clock.now() - 1s + 24h);
  rig.clock.run_for(20h);
  rig.begin(request, fetched);
  rig.clock.run_for(1s);
  EXPECT_EQ(fetched.obstacle, Obstacle::kPatience);
}

TEST(Fetch, AddressesAreAskedForUpToTheirLimit) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 200, ""); });
  const std::string host = "https://press.example/";
  EXPECT_TRUE(rig.fetch(host + std::string(Options().longest_url - host.size(), 'a')).complete());
  const Fetched refused = rig.fetch(host + std::string(Options().longest_url - host.size() + 1, 'a'));
  EXPECT_EQ(refused.obstacle, Obstacle::kPolicy);
  EXPECT_EQ(refused.reason, "its address is longer than 8192 bytes");
}

TEST(Fetch, ALongRobotsTxtIsWeighedOnTheCpuLane) {
  std::string body = "User-agent: *\n";
  while (body.size() < 20'000) body += "Disallow: /*" + std::string(100, 'a') + "b\n";
  Rig rig([&body](const net::HttpRequest& request) { return page(200, is_robots(request) ? body : ""); });
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
  EXPECT_EQ(rig.fetch("https://press.example/" + std::string(100, 'a') + "b").obstacle, Obstacle::kRobots);
  Stopped cpu;
  auto hosts = rig.fetcher->take_changed();
  rig.fetcher = make_fetcher(rig.servers, rig.clock, rig.metrics, cpu.lane, Options());
  rig.fetcher->load(std::move(hosts));
  EXPECT_EQ(rig.fetch("https://press.example/2").status, 0) << "it waits for the lane";
}

TEST(Fetch, A429WithoutATimeDoublesOurOwnPause) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 429, ""); });
  const Instant begin = rig.clock.now();
  EXPECT_EQ(rig.fetch("https://press.example/1").not_before, begin + 60s);
  rig.clock.run_for(60s);
  const Instant again = rig.clock.now();
  EXPECT_EQ(rig.fetch("https://press.example/1").not_before, again + 120s);
}

TEST(Fetch, ABrokenAnswerIsANetworkObstacleAndARefusalIsPolicy) {
  Rig rig([](const net::HttpRequest& request) -> Result<net::HttpResponse> {
    if (is_robots(request)) return page(404, "");
    if (request.url.path() == "/cut") return Error(ErrorKind::kTransient, "body ends early");
    return Error(ErrorKind::kExhausted, "body is longer than 8 MiB");
  });
  EXPECT_EQ(rig.fetch("https://press.example/cut").obstacle, Obstacle::kNetwork);
  EXPECT_EQ(rig.fetch("https://press.example/huge").obstacle, Obstacle::kPolicy);
}

// That a name was not looked up, as others were before it, is nobody's fault: neither robots.txt nor the page is given up.
TEST(Fetch, WhatCouldNotEvenBeLookedUpIsAskedForAgainSoon) {
  bool busy = true;
  Rig rig([&busy](const net::HttpRequest& request) -> Result<net::HttpResponse> {
    if (busy) return Error(ErrorKind::kBusy, "too many names wait");
    return is_robots(request) ? page(404, "") : page(200, "text");
  });
  EXPECT_EQ(rig.fetch("https://press.example/1").obstacle, Obstacle::kPatience);
  busy = false;
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
}

// A place in flight is for what flies: five hundred sources whose names are never answered would else hold them all.
TEST(Fetch, NamesWithoutAnAnswerHoldNoPlaceOfThoseThatAreWell) {
  Rig rig([](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 200, "본문"); }, 2);
  rig.servers.name_server = &rig.clock;
  std::vector<Fetched> silent(500);
  for (std::size_t i = 0; i < silent.size(); ++i) {
    Request request;
    request.url = "https://silent" + std::to_string(i) + ".example/1";
    if (i % 2 == 0) request.robots = model::RobotsRule{{"silent" + std::to_string(i) + ".example"}, "written permission"};
    rig.begin(std::move(request), silent[i]);
  }
  rig.clock.run_for(10ms);
  EXPECT_TRUE(rig.fetch("https://press.example/1").complete());
  rig.clock.run_for(20s);
  for (std::size_t i = 0; i < silent.size(); ++i) {
    EXPECT_EQ(silent[i].obstacle, i % 2 == 0 ? Obstacle::kNetwork : Obstacle::kRobotsUnreachable) << i;
  }
  const std::vector<std::string> well{"https://press.example/robots.txt", "https://press.example/1"};
  EXPECT_EQ(rig.servers.asked, well) << "nothing is sent to a name that has no address";
}

// At a start, names of strangers give way to those of hosts that answered us or the process before us.
TEST(Fetch, SaysOfWhichHostsItHadAnAnswer) {
  const auto well = [](const net::HttpRequest& request) { return page(is_robots(request) ? 404 : 200, "본문"); };
  Rig first(well);
  first.fetch("https://press.example/1");
  EXPECT_EQ(first.servers.met, (std::vector<bool>{false, true}));  // robots.txt, then the page
  Rig second(well);
  second.fetcher->load(first.fetcher->take_changed());
  second.fetch("https://press.example/2");
  EXPECT_EQ(second.servers.met, std::vector<bool>{true});
}

TEST(Fetched, ThatIsPutDownKeepsNoMemory) {
  Fetched fetched;
  fetched.page.bytes.assign(1u << 20, 'a');
  fetched.put_down();
  EXPECT_LT(fetched.page.bytes.capacity(), 100u);
}

}  // namespace
}  // namespace bylined::fetch
