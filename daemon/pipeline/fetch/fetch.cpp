// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/fetch.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/lane.h"
#include "base/log.h"
#include "base/net/url.h"
#include "pipeline/fetch/robots.h"

namespace bylined::fetch {
namespace {

constexpr std::size_t kRobotsRead = 500u << 10;  // RFC 9309, 2.5: the rest is not looked at
constexpr std::size_t kRobotsLimit = 4 * kRobotsRead;
constexpr std::size_t kRulesKept = 16u << 10;  // of longer files the rules are read each time, so that memory stays small
constexpr int kMostDoublings = 10;
constexpr Millis kBusyPause{1'000};

// Short, as each byte is paid for at every poll. Where there is an ETag a server has to pass the date by (RFC 9110, 13.1.3).
net::Headers page_headers(const model::Validators& validators) {
  net::Headers headers;
  headers.reserve(4);
  headers.emplace_back("accept", "text/html,application/xml,*/*;q=0.8");
  headers.emplace_back("accept-language", "ko,en;q=0.8");
  if (!validators.etag.empty()) headers.emplace_back("if-none-match", validators.etag);
  else if (!validators.last_modified.empty()) headers.emplace_back("if-modified-since", validators.last_modified);
  return headers;
}

// As long as the URL stays as it is.
std::string_view origin_of(const net::Url& url) { return std::string_view(url.text()).substr(0, url.text().size() - url.path().size()); }

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }
bool asks_for_patience(int status) { return status == 429 || status == 503; }

Fetched stopped(Obstacle obstacle, std::string reason) {
  Fetched fetched;
  fetched.obstacle = obstacle;
  fetched.reason = std::move(reason);
  return fetched;
}

// kTransient and a cut body may pass; what we refuse or what goes beyond a limit will not by itself.
Fetched failed(const Error& error) {
  const bool network = error.kind() == ErrorKind::kTransient || error.kind() == ErrorKind::kCancelled;
  return stopped(network ? Obstacle::kNetwork : Obstacle::kPolicy, error.text());
}

Fetched patience(Instant until, std::string reason) {
  Fetched fetched = stopped(Obstacle::kPatience, std::move(reason));
  fetched.not_before = until;
  return fetched;
}

void add_keys(const Request& request, net::Headers& headers) {
  for (const auto& [name, key] : request.keys) headers.emplace_back(name, key.reveal());
}

Fetched page_of(net::HttpResponse response, const net::Url& url, Instant now) {
  Fetched fetched;
  fetched.status = response.status;
  fetched.validators.etag = response.header("etag");
  fetched.validators.last_modified = response.header("last-modified");
  fetched.fresh_for = net::freshness_lifetime(response);
  fetched.page.url = url.text();
  fetched.page.content_type = response.header("content-type");
  fetched.page.bytes = std::move(response.body);
  fetched.page.end_told = response.end_told;
  fetched.page.fetched_at = now;
  fetched.large = std::move(response.large);
  return fetched;
}

// Runs on the CPU lane.
RobotsVerdict judge_copy(const std::string& body, const std::string& agent, const std::string& path) { return judge_robots(body, agent, path); }

Fetched hashed(Fetched fetched) {
  fetched.body_hash = hex(sha256(fetched.page.bytes));
  return fetched;
}

}  // namespace

void Fetched::put_down() {
  static_cast<void>(std::exchange(page, model::Page()));  // an empty string that is assigned would keep the memory
  large.give_back();
}

std::string_view obstacle_name(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNone: return "none";
    case Obstacle::kRobots: return "refused_by_robots";
    case Obstacle::kRobotsUnreachable: return "robots_unreachable";
    case Obstacle::kStatus: return "status";
    case Obstacle::kNetwork: return "network";
    case Obstacle::kPolicy: return "policy";
    case Obstacle::kPatience: return "patience";
  }
  return "unknown";
}

namespace {

class PoliteFetcher final : public Fetcher {
 public:
  PoliteFetcher(net::HttpClient& client, Clock& clock, Metrics& metrics, Lane& large, Options options)
      : client_(client), clock_(clock), metrics_(metrics), large_(large), options_(std::move(options)), pace_(options_.same_pace) {
    if (!pace_) pace_ = std::make_shared<Pace>(clock, options_.pace);
  }

  Task<Fetched> fetch(Request request) override {
    const Steady started = clock_.steady();
    Fetched fetched = co_await follow(std::move(request));
    count(fetched);
    metrics_.observe("bylined_fetch_seconds", static_cast<double>((clock_.steady() - started).count()) / 1000);
    co_return fetched;
  }

  Task<Fetched> judge(Request request) override {
    const auto url = net::Url::parse(request.url);
    if (!url) co_return stopped(Obstacle::kPolicy, url.error().text());
    if (auto refused = too_long(*url)) co_return *std::move(refused);
    co_return co_await judge_url(*url, request.robots, request.wanted);
  }

  std::vector<model::Host> take_changed() override {
    std::vector<model::Host> changed;
    for (const std::string& origin : changed_) changed.push_back(hosts_.at(origin).host);
    changed_.clear();
    return changed;
  }

  void load(std::vector<model::Host> hosts) override {
    for (model::Host& host : hosts) {
      Known& one = hosts_[host.origin];
      one.host = std::move(host);
      one.listings_not_before = std::min(one.host.not_before, clock_.now() + options_.listings_hold);
      one.rules.reset();
    }
  }

 private:
  struct Known {
    model::Host host;
    Instant listings_not_before;  // the same for listings, which wait no longer than `host.not_before`
    int robots_failures = 0;
    std::string robots_reason;
    bool asking = false;  // one request for robots.txt at a time
    bool answered = false;  // since we started
    int refusals = 0;     // 429 and 503 in a row
    std::optional<RobotsRules> rules;  // of a short `host.robots_body`, read
  };

  void count(const Fetched& fetched) {
    const std::string obstacle = fetched.complete() ? std::string() : "outcome=\"" + std::string(obstacle_name(fetched.obstacle)) + "\"";
    const std::string_view complete = fetched.not_modified ? "outcome=\"not_modified\"" : "outcome=\"ok\"";
    metrics_.count("bylined_fetches_total", fetched.complete() ? complete : std::string_view(obstacle));
  }

  Known& known(const net::Url& url) {
    const auto found = hosts_.find(origin_of(url));
    if (found != hosts_.end()) return found->second;
    forget_idle();
    std::string origin = url.origin();
    Known& one = hosts_[origin];
    one.host.origin = std::move(origin);
    return one;
  }

  std::optional<Fetched> too_long(const net::Url& url) const {
    if (url.text().size() <= options_.longest_url) return std::nullopt;
    return stopped(Obstacle::kPolicy, "its address is longer than " + std::to_string(options_.longest_url) + " bytes");
  }

  Task<Fetched> follow(Request request) {
    auto url = net::Url::parse(request.url);
    if (!url) co_return stopped(Obstacle::kPolicy, url.error().text());
    if (!request.keys.empty() && net::is_in_the_clear(*url)) co_return stopped(Obstacle::kPolicy, "its key would go over http:// in the clear: write https://");
    const std::string own = url->origin();
    for (int hop = 0;; ++hop) {
      if (auto refused = too_long(*url)) co_return *std::move(refused);
      if (!may_go(*url, request.robots)) {
        Fetched judged = co_await judge_url(*url, request.robots, request.wanted);
        if (!judged.complete()) co_return judged;
      }
      net::Headers headers = page_headers(request.validators);
      if (origin_of(*url) == own) add_keys(request, headers);
      auto response = co_await ask(*url, std::move(headers), request.wanted, options_.max_body);
      if (!response.answer) co_return std::move(response.stopped);
      if (!is_redirect(response.answer->status)) {
        Fetched fetched = taken(std::move(*response.answer), *url, request);
        if (fetched.status != 200) co_return fetched;
        // Of a usual page the hash takes a third of a millisecond at most, of the longest eleven. Nearly all are usual and as they
        // were: those wake no other thread.
        if (fetched.page.bytes.size() <= SizedLanes::kUsual) co_return hashed(std::move(fetched));
        co_return co_await large_.run(&hashed, std::move(fetched));
      }
      if (hop == options_.redirects) co_return stopped(Obstacle::kPolicy, "more than " + std::to_string(options_.redirects) + " redirects");
      auto next = url->resolve(response.answer->header("location"));
      if (!next) co_return stopped(Obstacle::kPolicy, next.error().within("redirect of " + url->shown()).text());
      url = std::move(next);
    }
  }

  Fetched taken(net::HttpResponse response, const net::Url& url, const Request& request) {
    note_answer(url, response, request.wanted);
    if (response.status == 304 && request.validators != model::Validators()) {
      Fetched fetched;
      fetched.status = 304;
      fetched.not_modified = true;
      return fetched;
    }
    if (response.status == 200) return page_of(std::move(response), url, clock_.now());
    Fetched fetched = stopped(Obstacle::kStatus, "answered with status " + std::to_string(response.status));
    fetched.status = response.status;
    if (asks_for_patience(response.status)) fetched.not_before = pause_of(known(url), request.wanted);
    return fetched;
  }

  static Instant pause_of(const Known& one, const Wanted& wanted) { return wanted.listing ? one.listings_not_before : one.host.not_before; }

  // A host that asks for a pause gets it from all of us, over a restart too; where an article was asked for, a long one is cut for
  // listings.
  void note_answer(const net::Url& url, const net::HttpResponse& response, const Wanted& wanted) {
    Known& one = known(url);
    one.answered = true;
    if (!asks_for_patience(response.status)) {
      one.refusals = 0;
      return;
    }
    const Millis own = std::min(options_.back_off * (1 << std::min(one.refusals++, kMostDoublings)), options_.back_off_max);
    const Millis wait = net::retry_after(response, clock_.now()).value_or(own);
    const Millis listings_wait = wanted.listing ? wait : std::min(wait, options_.listings_hold);
    one.host.not_before = std::max(one.host.not_before, clock_.now() + wait);
    one.listings_not_before = std::max(one.listings_not_before, clock_.now() + listings_wait);
    changed_.insert(url.origin());
    metrics_.count("bylined_host_pauses_total");
  }

  bool met(const net::Url& url) {
    const Known& one = known(url);
    return one.answered || one.host.robots_status != 0;
  }

  struct Asked {
    std::optional<net::HttpResponse> answer;
    Fetched stopped;
    std::optional<Pace::Turn> turn;  // while this lives: what was answered and waits for its lane is in flight too
  };

  // One hop, when the host and our own pace allow it.
  Task<Asked> ask(net::Url url, net::Headers headers, Wanted wanted, std::size_t max_body) {
    Asked asked;
    if (pause_of(known(url), wanted) > clock_.now()) {
      asked.stopped = paused(url, wanted);
      co_return asked;
    }
    Pace::Front front = co_await pace_->come_up(url.origin(), wanted);
    if (!front.granted()) {
      asked.stopped = patience(clock_.now() + front.wait(), "the queue for " + url.host() + " is full");
      co_return asked;
    }
    // Before there is a place in flight: names whose servers say nothing would hold them all.
    if (!client_.at_hand(url)) {
      const Status found = co_await client_.look_up(url, met(url), options_.timeout);
      if (!found) {
        asked.stopped = stopped_by(found.error());
        co_return asked;
      }
    }
    auto turn = co_await pace_->start(std::move(front), url.origin());
    if (!turn) {
      asked.stopped = patience(clock_.now() + kBusyPause, "all places for requests are taken");
      co_return asked;
    }
    asked.turn.emplace(std::move(*turn));
    net::HttpRequest request;
    request.url = std::move(url);
    request.headers = std::move(headers);
    request.timeout = options_.timeout;
    request.max_body = max_body;
    auto sent = co_await client_.send(std::move(request));
    if (sent) asked.answer = std::move(*sent);
    else asked.stopped = stopped_by(sent.error());
    co_return asked;
  }

  Fetched paused(const net::Url& url, const Wanted& wanted) {
    const Known& one = known(url);
    const Instant until = pause_of(one, wanted);
    std::string reason = url.host() + " asked for a pause until " + rfc3339(one.host.not_before);
    if (until < one.host.not_before) reason += ", at an article's address: its listings are left alone until " + rfc3339(until);
    return patience(until, std::move(reason));
  }

  // That other names were before it is nobody's fault.
  Fetched stopped_by(const Error& error) const {
    if (error.kind() == ErrorKind::kBusy) return patience(clock_.now() + kBusyPause, error.text());
    return failed(error);
  }

  // ---- robots.txt ----------------------------------------------------------------------------------

  Task<Fetched> judge_url(net::Url url, model::RobotsRule rule, Wanted wanted) {
    if (rule.ignores(url.host())) co_return Fetched();
    Fetched refused = co_await have_robots(url, wanted);
    if (!refused.complete()) co_return refused;
    const RobotsVerdict verdict = co_await verdict_on(url);
    if (verdict.crawl_delay) pace_->set_interval(url.origin(), Millis(static_cast<std::int64_t>(std::min(*verdict.crawl_delay, 3600.0) * 1000)));
    if (verdict.allowed) co_return Fetched();
    co_return stopped(Obstacle::kRobots, "robots.txt of " + url.host() + " says \"" + verdict.rule + "\"");
  }

  // Rules are at hand and let us: nearly always, and then without a wait.
  bool may_go(const net::Url& url, const model::RobotsRule& rule) {
    if (rule.ignores(url.host())) return true;
    Known& one = known(url);
    if (one.asking || !have_rules(one, options_.robots_fresh) || one.host.robots_body.size() > kRulesKept) return false;
    const RobotsVerdict verdict = verdict_of(one, url.path());
    return verdict.allowed && !verdict.crawl_delay;
  }

  // A long file with many stars takes as long as a long page.
  Task<RobotsVerdict> verdict_on(net::Url url) {
    Known& one = known(url);
    if (one.host.robots_body.size() <= kRulesKept) co_return verdict_of(one, url.path());
    co_return co_await large_.run(&judge_copy, one.host.robots_body, options_.agent, url.path());
  }

  RobotsVerdict verdict_of(Known& one, const std::string& path) const {
    const std::string& body = one.host.robots_body;
    if (!one.rules) one.rules.emplace(body, options_.agent);
    return one.rules->judge(path);
  }

  bool younger(Instant at, Millis age) const { return clock_.now() >= at && clock_.now() < at + age; }

  bool have_rules(const Known& one, Millis age) const { return one.host.robots_status != 0 && younger(one.host.robots_fetched, age); }

  // None where rules that still hold are at hand.
  Fetched robots_held(const Known& one) const {
    if (have_rules(one, options_.robots_hold)) return Fetched();
    return stopped(Obstacle::kRobotsUnreachable, one.robots_reason);
  }

  Task<Fetched> have_robots(net::Url url, Wanted wanted) {
    while (known(url).asking) {
      if (clock_.steady() >= wanted.until) co_return patience(clock_.now() + kBusyPause, "robots.txt of " + url.host() + " is being asked for");
      co_await clock_.sleep(Millis(50));
    }
    Known& one = known(url);
    if (have_rules(one, options_.robots_fresh)) co_return Fetched();
    const Millis retry = std::min(options_.robots_retry * (1 << std::min(one.robots_failures, kMostDoublings)), options_.robots_retry_max);
    if (one.robots_failures > 0 && younger(one.host.robots_tried, retry)) {
      Fetched held = robots_held(one);
      if (!held.complete()) held.not_before = one.host.robots_tried + retry;
      co_return held;
    }
    const Asking asking(one.asking);
    co_return co_await fetch_robots(std::move(url), wanted);
  }

  struct Asking {
    explicit Asking(bool& flag) : flag_(flag) { flag_ = true; }
    ~Asking() { flag_ = false; }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    bool& flag_;
  };

  Task<Fetched> fetch_robots(net::Url page, Wanted wanted) {
    Known& one = known(page);  // stays: `asking` is set
    auto url = page.resolve("/robots.txt");
    for (int hop = 0; url; ++hop) {
      auto asked = co_await ask(*url, net::Headers(), wanted, kRobotsLimit);
      const bool policy = !asked.answer && asked.stopped.obstacle != Obstacle::kNetwork;
      if (policy) co_return std::move(asked.stopped);
      if (!asked.answer) co_return robots_failed(one, asked.stopped.reason);
      note_answer(*url, *asked.answer, wanted);
      if (!is_redirect(asked.answer->status)) co_return robots_answered(one, std::move(*asked.answer));
      if (hop == options_.redirects) break;
      url = url->resolve(asked.answer->header("location"));
    }
    // RFC 9309, 2.3.1.2: too many redirects are as if there were none.
    net::HttpResponse none;
    none.status = 404;
    co_return robots_answered(one, std::move(none));
  }

  Fetched robots_answered(Known& one, net::HttpResponse response) {
    const int status = response.status;
    if (status >= 500 || status == 429 || status < 200) return robots_failed(one, "answered with status " + std::to_string(status));
    one.robots_failures = 0;
    one.host.robots_tried = one.host.robots_fetched = clock_.now();
    one.host.robots_status = status < 300 ? 200 : 404;
    one.host.robots_body = status < 300 ? std::move(response.body) : std::string();
    one.rules.reset();
    if (one.host.robots_body.size() > kRobotsRead) {
      one.host.robots_body.resize(kRobotsRead);
      metrics_.count("bylined_robots_cut_total");
      log::warn("robots.cut", {{"host", one.host.origin}, {"bytes", kRobotsRead}});
    }
    changed_.insert(one.host.origin);
    return Fetched();
  }

  Fetched robots_failed(Known& one, const std::string& reason) {
    ++one.robots_failures;
    one.host.robots_tried = clock_.now();
    one.robots_reason = "robots.txt of " + one.host.origin + " cannot be had: " + reason;
    changed_.insert(one.host.origin);
    metrics_.count("bylined_robots_failures_total");
    return robots_held(one);
  }

  void forget_idle() {
    if (hosts_.size() < options_.hosts_remembered) return;
    std::erase_if(hosts_, [this](const auto& entry) {
      const Known& one = entry.second;
      return !one.asking && one.host.not_before < clock_.now() && !changed_.contains(entry.first);
    });
  }

  net::HttpClient& client_;
  Clock& clock_;
  Metrics& metrics_;
  Lane& large_;
  const Options options_;
  std::shared_ptr<Pace> pace_;
  std::map<std::string, Known, std::less<>> hosts_;
  std::set<std::string> changed_;
};

}  // namespace

std::unique_ptr<Fetcher> make_fetcher(net::HttpClient& client, Clock& clock, Metrics& metrics, Lane& large, Options options) {
  return std::make_unique<PoliteFetcher>(client, clock, metrics, large, std::move(options));
}

}  // namespace bylined::fetch
