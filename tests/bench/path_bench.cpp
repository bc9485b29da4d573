// SPDX-License-Identifier: Apache-2.0
// What the stages of the path cost on one page of 64 KB, and the whole path beside their sum: serving, reading, matching and
// storing of the same articles, each alone; and all of it with listing, diff, schedule, rules and messages in the simulated
// world with real SQLite. Beside it the same with all stages of the path in the sum: what its listings cost to read and its
// messages to compose is work as well, not what lies between.
#include <algorithm>
#include <cassert>
#include <memory>
#include <vector>

#include "base/log.h"
#include "base/text/decode.h"
#include "pipeline/alert/alert.h"
#include "pipeline/article/article.h"
#include "pipeline/deliver/deliver.h"
#include "pipeline/listing/listing.h"
#include "pipeline/match/match.h"
#include "tests/bench/bench.h"
#include "tests/store/values.h"
#include "tests/support/small_world.h"

namespace {

using namespace bylined;
using namespace std::chrono_literals;

constexpr int kArticles = 200;
constexpr int kPolls = 12 * 60 / 5;  // of the listing, meanwhile

// An outlet's page as outlets make them: the press's article among menus and lists of others, 64 KB in all.
std::string among_others(std::string html) {
  static const std::string around = [] {
    std::string list;
    for (int i = 0; list.size() < 60'000; ++i) list += "<li class=\"list\"><a href=\"/news/" + std::to_string(i) + "\">다른 기사 제목이 여기에 있습니다 " + std::to_string(i) + "</a></li>";
    return "<ul>" + list + "</ul>";
  }();
  if (const std::size_t end = html.rfind("</body>"); end != std::string::npos) html.insert(end, around);
  return html;
}

std::string served(const press::Press& press, const std::string& number) {
  return among_others(press.answer("www.naru.example", "/news/" + number, {}, press.start() + 24h).body);
}

// Before the true one: articles arrive as such pages.
class LargePages : public fetch::Fetcher {
 public:
  explicit LargePages(fetch::Fetcher& real) : real_(real) {}

  Task<fetch::Fetched> fetch(fetch::Request request) override {
    const bool article = request.url.find("/news/") != std::string::npos;
    fetch::Fetched fetched = co_await real_.fetch(std::move(request));
    if (article) fetched.page.bytes = among_others(std::move(fetched.page.bytes));
    co_return fetched;
  }
  Task<fetch::Fetched> judge(fetch::Request request) override { return real_.judge(std::move(request)); }
  std::vector<model::Host> take_changed() override { return real_.take_changed(); }
  void load(std::vector<model::Host> hosts) override { real_.load(std::move(hosts)); }

 private:
  fetch::Fetcher& real_;
};

// An article of some 3 KB.
press::Article report(int number) {
  press::Article article = tests::news(std::to_string(1000 + number), "한빛전자 소식 " + std::to_string(number), 6min + number * 3min);
  for (int i = 1; i <= 12; ++i) {
    article.paragraphs.push_back("회사는 " + std::to_string(number + i) + "번째 생산동의 설비를 올해 안에 들여놓고, 이듬해 봄부터 시험 가동에 들어갈 계획이라고 설명했다. "
                                 "업계에서는 이번 투자가 지역 협력사의 일감에도 영향을 줄 것으로 내다봤다.");
  }
  return article;
}

press::Script many() {
  press::Script script = tests::feed_press();
  for (int i = 0; i < 5; ++i) script.articles.push_back(tests::filler(std::to_string(100 + i), -24h));
  for (int i = 0; i < kArticles; ++i) script.articles.push_back(report(i));
  return script;
}

// CPU seconds an article of the path in the simulated world.
double whole_path() {
  tests::Wishes wishes = tests::small_wishes();
  wishes.options.idle = 10min;
  tests::Spoilt large;
  large.fetcher = [](fetch::Fetcher& real, Clock&) { return std::make_unique<LargePages>(real); };
  tests::World world(1, many(), std::move(wishes), std::move(large));
  world.boot();
  world.run_for(1h);  // each statement has been prepared by then, as the store's alone has
  const auto alerts = [&world] { return static_cast<int>(world.reader()->counts()->alerts); };
  const int before = alerts();
  assert(before > 0 && before < kArticles / 5);
  const double start = bench::cpu_seconds();
  world.run_for(11h);
  const double spent = bench::cpu_seconds() - start;
  assert(alerts() == kArticles);
  return spent / (kArticles - before);
}

// The messages of one alert, composed for each receiver of the small world.
class Composing {
 public:
  Composing(const model::Content& content, const std::vector<model::Mention>& mentions) {
    model::ArticleFacts facts;
    facts.article.identity = facts.article.url = "https://www.naru.example/news/1000";
    facts.version = store::test::version(content.body, content.title);
    std::vector<std::string> names;
    for (const model::Receiver& receiver : receivers_) names.push_back(receiver.id.value);
    raised_ = store::test::desk(names)(facts, mentions).at(0);
    raised_.alert.article = facts.article;
    raised_.alert.version = facts.version;
    for (std::size_t i = 0; i < receivers_.size(); ++i) {
      if (!receivers_[i].to.empty()) raised_.deliveries[i].recipient = receivers_[i].to.front();
    }
  }

  std::size_t all() const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < receivers_.size(); ++i) bytes += deliver::compose(raised_.alert, receivers_[i], raised_.deliveries[i], deliver::Style()).size();
    return bytes;
  }

 private:
  const std::vector<model::Receiver> receivers_ = tests::small_wishes().receivers;
  model::NewAlert raised_;
};

// CPU seconds an article of the store's verbs alone: an item listed, its read claimed, the finding with an alert for two
// receivers recorded, both deliveries claimed and answered. Each a transaction, in a file.
class Storing {
 public:
  Storing() : store_(std::move(*store::open_store(store::test::options_for(folder_.path())))) {
    [[maybe_unused]] const Status synced = store_->sync_sources({store::test::source("naru")}, [](std::size_t) { return store::test::kStart; }, store::test::kStart);
    assert(synced);
  }

  void article(const model::Content& content, const std::vector<model::Mention>& mentions) {
    now_ += 15min;
    list(content.title);
    const auto reads = store_->claim_due_reads(now_, 1, lease());
    assert(reads && reads->size() == 1);
    model::Version version = store::test::version(content.body, content.title);
    [[maybe_unused]] const auto found = store_->record_finding(store::test::finding(reads->front(), std::move(version), mentions, now_), store::test::desk({"hook", "desk"}));
    assert(found && found->alerts.size() == 1);
    for (const char* receiver : {"hook", "desk"}) deliver(receiver);
  }

 private:
  store::Lease lease() const { return {"bench", now_ + 5min}; }

  void list(const std::string& title) {
    store::DueSources wanted;
    wanted.now = now_;
    wanted.horizon = 24h;
    wanted.limit = 1;
    wanted.lease = lease();
    const auto claimed = store_->claim_due_sources(wanted, [this](const store::SourceFacts&) { return now_ + 1min; });
    assert(claimed && claimed->size() == 1);
    store::ListingRecord record;
    record.claim = claimed->front().claim;
    record.source = claimed->front().id;
    record.read_fresh = true;
    record.at = now_;
    record.fresh.push_back(store::test::item("article/" + std::to_string(++articles_), title));
    [[maybe_unused]] const Status recorded = store_->record_listing(record);
    assert(recorded);
  }

  void deliver(const std::string& receiver) {
    const auto claimed = store_->claim_due_deliveries({{receiver}, now_ + 1s, 1, lease(), {}});
    assert(claimed && claimed->size() == 1);
    store::Attempt attempt;
    attempt.claim = claimed->front().claim;
    attempt.delivery = claimed->front().delivery.id;
    attempt.started = now_ + 1s;
    attempt.took = 100ms;
    attempt.status = 204;
    attempt.outcome = "delivered";
    attempt.state = model::DeliveryState::kDelivered;
    store::ReceiverHealth health;
    health.receiver = claimed->front().delivery.receiver;
    health.since = now_;
    [[maybe_unused]] const Status recorded = store_->record_attempt(attempt, health);
    assert(recorded);
  }

  store::test::Folder folder_;
  std::unique_ptr<store::Store> store_;
  Instant now_ = store::test::kStart;
  int articles_ = 0;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  bench::Report report("path");
  log::open_sink(nullptr);
  const press::Press press(many(), Instant(1'738'660'000'000ms));
  std::vector<model::Page> pages;
  for (int i = 0; i < kArticles; ++i) {
    const std::string number = std::to_string(1000 + i);
    pages.push_back(model::Page{"https://www.naru.example/news/" + number, "text/html; charset=utf-8", served(press, number), press.start()});
  }
  const model::Page& page = pages.front();
  const auto names = match::compile(tests::small_wishes().entities);
  const auto content = article::extract(page);
  if (!names || !content) {
    std::fprintf(stderr, "%s\n", (names ? content.error() : names.error()).text().c_str());
    return 1;
  }
  assert(content->body.size() > 2'000);
  const auto mentions = match::find_mentions(**names, {content->title, content->body}).mentions;
  Storing store;
  const Composing messages(*content, mentions);
  const model::Source feed = tests::small_wishes().sources.front();
  const model::Page listed{tests::kFeed, "application/rss+xml", press.answer("www.naru.example", "/rss.xml", {}, press.start() + 6h).body, press.start() + 6h};
  assert(listing::read_listing(feed, listed).has_value() && messages.all() > 0);

  // In turns, so that whatever else the machine does meets all of them.
  std::vector<double> serve, list, decode, read, match, compose, record, whole;
  for (int round = 0; round < 5; ++round) {
    const double listing = bench::cost([&] { return press.answer("www.naru.example", "/rss.xml", {}, press.start() + 6h).body.size(); });
    serve.push_back(bench::cost([&] { return served(press, "1000").size(); }) + listing * kPolls / kArticles);
    list.push_back(bench::cost([&] { return listing::read_listing(feed, listed).has_value(); }) * kPolls / kArticles);
    decode.push_back(bench::cost([&] { text::decode(page.bytes, page.content_type); }));
    read.push_back(bench::cost([&, next = 0u]() mutable { return article::extract(pages[next++ % pages.size()]).has_value(); }, 0.5));
    match.push_back(bench::cost([&] { return match::find_mentions(**names, {content->title, content->body}).mentions.size(); }));
    compose.push_back(bench::cost([&] { return messages.all(); }));
    record.push_back(bench::cost([&] { store.article(*content, mentions); }, 0.2));
    whole.push_back(whole_path());
  }
  const double alone = median(serve) + median(read) + median(match) + median(record);
  report.figure("bytes of the page", static_cast<double>(page.bytes.size()), "bytes");
  report.figure("serve, with its part of the listings", median(serve) * 1e6, "CPU us");
  report.figure("read the listings, their part", median(list) * 1e6, "CPU us");
  report.figure("decode", median(decode) * 1e6, "CPU us");
  report.figure("decode and read", median(read) * 1e6, "CPU us");
  report.figure("match", median(match) * 1e6, "CPU us");
  report.figure("compose two messages", median(compose) * 1e6, "CPU us");
  report.figure("store: an item, a finding, an alert, two deliveries", median(record) * 1e6, "CPU us");
  report.ratio("serve, read, match and store alone / whole path", alone, median(whole), 0.75, bench::Report::Sense::kAtLeast);
  const double every = alone + median(list) + median(compose);
  report.ratio("every stage alone, listings and messages too / whole path", every, median(whole), 0.75, bench::Report::Sense::kAtLeast);
  return 0;
}
