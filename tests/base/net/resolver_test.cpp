// SPDX-License-Identifier: Apache-2.0
#include "base/net/resolver.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <set>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

namespace bylined::net {
namespace {

using Found = Result<std::vector<Address>>;

// A name server that answers when it is let. It may hold a thread after its test has ended, hence shared.
struct Gatehouse {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;
  std::vector<std::string> asked;
  std::vector<std::string> answer = {"93.184.216.34"};

  Result<std::vector<std::string>> look_up(const std::string& host) {
    std::unique_lock lock(mutex);
    asked.push_back(host);
    changed.notify_all();
    changed.wait(lock, [this] { return open; });
    if (host == "nobody.example") return Error(ErrorKind::kTransient, "no such name");
    return answer;
  }
  void let(bool through) {
    const std::lock_guard lock(mutex);
    open = through;
    changed.notify_all();
  }
  void await_asked(std::size_t count) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds(5), [&] { return asked.size() >= count; });
  }
  std::size_t times_asked() {
    const std::lock_guard lock(mutex);
    return asked.size();
  }
};

class HandClock final : public Clock {
 public:
  Instant now() const override { return Instant(time); }
  Steady steady() const override { return time; }
  Task<void> sleep(Millis) override { co_return; }
  Task<void> wait(Bell&, Millis) override { co_return; }
  Millis time{1'000};
};

struct Office {
  explicit Office(ResolverOptions options = {}) {
    options.lookup = [house = house](const std::string& host) { return house->look_up(host); };
    resolver = std::make_unique<Resolver>(context, clock, metrics, std::move(options));
  }
  ~Office() { house->let(true); }

  std::shared_ptr<std::optional<Found>> ask(const std::string& host, Millis limit = Millis(5'000), Line line = Line::kUsual) {
    auto result = std::make_shared<std::optional<Found>>();
    auto task = [](Resolver& names, std::string name, Millis patience, Line where) -> Task<std::optional<Found>> { co_return co_await names.resolve(name, patience, where); };
    auto keep = [result](const std::exception_ptr&, std::optional<Found> found) { *result = std::move(found); };
    boost::asio::co_spawn(context, task(*resolver, host, limit, line), boost::asio::bind_cancellation_slot(cancels.emplace_back().slot(), keep));
    return result;
  }
  void run() {
    context.restart();
    context.run_for(std::chrono::seconds(10));
  }
  void poll() {
    context.restart();
    context.poll();
  }
  Found now(const std::string& host) {
    const auto result = ask(host);
    run();
    return result->value();
  }

  std::shared_ptr<Gatehouse> house = std::make_shared<Gatehouse>();
  boost::asio::io_context context;
  std::list<boost::asio::cancellation_signal> cancels;  // one a question
  HandClock clock;
  Metrics metrics;
  std::unique_ptr<Resolver> resolver;
};

TEST(Resolver, GivesAllAddressesOnceAndInOrder) {
  Office office;
  office.house->answer = {"2001:db8::1", "93.184.216.34", "2001:db8::1"};
  const auto found = office.now("press.example");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].text(), "2001:db8::1");
  EXPECT_EQ((*found)[1].text(), "93.184.216.34");
}

TEST(Resolver, RemembersAnAnswerForAMinute) {
  Office office;
  ASSERT_TRUE(office.now("press.example"));
  office.clock.time += Millis(59'999);
  ASSERT_TRUE(office.now("press.example"));
  EXPECT_EQ(office.house->times_asked(), 1u);
  office.clock.time += Millis(1);
  ASSERT_TRUE(office.now("press.example"));
  EXPECT_EQ(office.house->times_asked(), 2u);
}

TEST(Resolver, RemembersAFailureForHalfAMinute) {
  Office office;
  EXPECT_FALSE(office.now("nobody.example"));
  office.clock.time += Millis(29'999);
  const auto again = office.now("nobody.example");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind(), ErrorKind::kTransient);
  EXPECT_EQ(office.house->times_asked(), 1u);
  office.clock.time += Millis(1);
  EXPECT_FALSE(office.now("nobody.example"));
  EXPECT_EQ(office.house->times_asked(), 2u);
}

TEST(Resolver, AsksOnceForAllWhoWaitForOneName) {
  Office office;
  office.house->let(false);
  std::vector<std::shared_ptr<std::optional<Found>>> results;
  for (int i = 0; i < 20; ++i) results.push_back(office.ask("press.example"));
  office.poll();
  office.house->let(true);
  office.run();
  for (const auto& result : results) EXPECT_TRUE(result->value());
  EXPECT_EQ(office.house->times_asked(), 1u);
}

TEST(Resolver, GivesUpOnASilentNameServer) {
  Office office;
  office.house->let(false);
  const auto result = office.ask("silent.example", Millis(20));
  office.run();
  ASSERT_FALSE(result->value());
  EXPECT_EQ((*result)->error().kind(), ErrorKind::kTransient);
  EXPECT_NE((*result)->error().text().find("within 20ms"), std::string::npos) << (*result)->error().text();
  EXPECT_EQ(office.metrics.value("bylined_dns_lookups_total", "outcome=\"timeout\""), 1);
}

TEST(Resolver, UsesNoMoreThreadsThanItMay) {
  Office office({.threads = 3, .queue = 100, .lookup = {}});
  office.house->let(false);
  for (int i = 0; i < 50; ++i) office.ask("name" + std::to_string(i) + ".example", Millis(50));
  office.poll();
  office.house->await_asked(3);
  office.run();
  EXPECT_EQ(office.house->times_asked(), 3u);
}

TEST(Resolver, QueuesUpToItsLimitAndRefusesTheNext) {
  Office office({.threads = 1, .queue = 2, .lookup = {}});
  office.house->let(false);
  std::vector<std::shared_ptr<std::optional<Found>>> results;
  for (const char* host : {"a.example", "b.example", "c.example", "d.example"}) results.push_back(office.ask(host));
  office.poll();
  ASSERT_TRUE(results[3]->has_value());
  EXPECT_EQ((*results[3])->error().kind(), ErrorKind::kBusy);
  EXPECT_EQ(office.metrics.value("bylined_dns_lookups_total", "outcome=\"queue_full\""), 1);
  office.house->let(true);
  office.run();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(results[i]->value());
}

// A receiver's name is to be looked up also while a thousand sources' names wait.
TEST(Resolver, LooksUpWhatGoesFirstBeforeAllThatWaitUpToItsOwnLimit) {
  Office office({.threads = 1, .queue = 2, .queue_first = 2, .lookup = {}});
  office.house->let(false);
  for (const char* host : {"a.example", "b.example", "c.example"}) office.ask(host);
  office.poll();
  office.house->await_asked(1);
  const auto mail = office.ask("mail.example", Millis(5'000), Line::kFirst);
  const auto known = office.ask("c.example", Millis(5'000), Line::kFirst);  // a source's too
  const auto hook = office.ask("hook.example", Millis(5'000), Line::kFirst);
  const auto one_too_many = office.ask("chat.example", Millis(5'000), Line::kFirst);
  office.poll();
  ASSERT_TRUE(one_too_many->has_value());
  EXPECT_EQ((*one_too_many)->error().kind(), ErrorKind::kBusy);
  EXPECT_EQ(office.metrics.value("bylined_dns_lookups_total", "outcome=\"queue_full\""), 1);
  office.house->let(true);
  office.run();
  for (const auto& result : {mail, known, hook}) EXPECT_TRUE(result->value());
  EXPECT_EQ(office.house->asked, (std::vector<std::string>{"a.example", "hook.example", "c.example", "mail.example", "b.example"}));
}

TEST(Resolver, DropsWaitingNamesThatNobodyWantsAnyMore) {
  Office office({.threads = 1, .queue = 2, .lookup = {}});
  office.house->let(false);
  office.ask("stuck.example", Millis(10));
  office.ask("b.example", Millis(10));
  office.ask("c.example", Millis(10));
  office.run();  // all three give up, one still holds the thread
  const auto fresh = office.ask("d.example");
  office.poll();
  EXPECT_FALSE(fresh->has_value());  // taken in, although the queue was full
  office.house->let(true);
  office.run();
  EXPECT_TRUE(fresh->value());
  EXPECT_EQ(office.house->asked, (std::vector<std::string>{"stuck.example", "d.example"}));
}

TEST(Resolver, DoesNotBlameANameThatNeverHadItsTurn) {
  Office office({.threads = 1, .lookup = {}});
  office.house->let(false);
  const auto silent = office.ask("silent.example", Millis(10));
  const auto behind = office.ask("press.example", Millis(10));
  office.run();
  EXPECT_EQ((*silent)->error().kind(), ErrorKind::kTransient);
  EXPECT_EQ((*behind)->error().kind(), ErrorKind::kBusy);
}

// Names whose server is silent would else hold every thread for as long as anybody waits.
TEST(Resolver, LooksOthersUpBeforeNamesThatHeldAThreadForLong) {
  Office office({.threads = 2, .queue = 100, .lookup = {}});
  office.house->let(false);
  for (const char* host : {"silent.example", "mute.example"}) office.ask(host);
  office.poll();
  office.house->await_asked(2);
  office.clock.time += Millis(4'000);
  office.house->let(true);
  office.run();
  office.clock.time += Millis(60'000);
  office.house->let(false);
  std::vector<std::shared_ptr<std::optional<Found>>> results;
  for (const char* host : {"silent.example", "mute.example", "press.example"}) results.push_back(office.ask(host));
  office.poll();
  office.house->await_asked(4);
  const std::multiset<std::string> asked(office.house->asked.begin(), office.house->asked.end());
  EXPECT_EQ(asked, (std::multiset<std::string>{"silent.example", "mute.example", "silent.example", "press.example"}));
  office.house->let(true);
  office.run();
  for (const auto& result : results) EXPECT_TRUE(result->value());
  EXPECT_EQ(office.house->asked.back(), "mute.example");
}

// Five hundred of them at a start would else keep those that are well from being looked up for minutes.
TEST(Resolver, LooksNamesOfStrangersUpWithAllButOneOfItsThreadsAndBehindAllOthers) {
  Office office({.threads = 4, .queue = 100, .lookup = {}});
  office.house->let(false);
  for (int i = 0; i < 20; ++i) office.ask("stranger" + std::to_string(i) + ".example", Millis(5'000), Line::kNew);
  office.poll();
  office.house->await_asked(3);
  const auto known = office.ask("press.example");
  office.poll();
  office.house->await_asked(4);
  const std::multiset<std::string> asked(office.house->asked.begin(), office.house->asked.end());
  EXPECT_EQ(asked, (std::multiset<std::string>{"press.example", "stranger0.example", "stranger1.example", "stranger2.example"}));
  office.house->let(true);
  office.run();
  EXPECT_TRUE(known->value());
  EXPECT_EQ(office.house->times_asked(), 21u);
}

TEST(Resolver, QueuesStrangersUpToALimitOfTheirOwn) {
  Office office({.threads = 2, .queue = 2, .lookup = {}});
  office.house->let(false);
  std::vector<std::shared_ptr<std::optional<Found>>> strangers;
  for (const char* host : {"a.example", "b.example", "c.example", "d.example"}) strangers.push_back(office.ask(host, Millis(5'000), Line::kNew));
  std::vector<std::shared_ptr<std::optional<Found>>> met;
  for (const char* host : {"press.example", "daily.example", "weekly.example"}) met.push_back(office.ask(host));
  office.poll();
  ASSERT_TRUE(strangers[3]->has_value());
  EXPECT_EQ((*strangers[3])->error().kind(), ErrorKind::kBusy);
  EXPECT_EQ(office.metrics.value("bylined_dns_lookups_total", "outcome=\"queue_full\""), 1);
  office.house->let(true);
  office.run();
  for (const auto& result : met) EXPECT_TRUE(result->value());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(strangers[i]->value());
}

TEST(Resolver, HoldsANameForSlowNoLongerThanItIs) {
  Office office({.threads = 1, .lookup = {}});
  office.house->let(false);
  const auto late = office.ask("press.example");
  office.poll();
  office.house->await_asked(1);
  office.clock.time += Millis(4'000);
  office.house->let(true);
  office.run();
  ASSERT_TRUE(late->value());
  office.clock.time += Millis(60'000);
  ASSERT_TRUE(office.now("press.example"));  // at once, this time
  office.clock.time += Millis(60'000);
  office.house->let(false);
  office.ask("other.example");
  for (const char* host : {"press.example", "new.example"}) office.ask(host);
  office.poll();
  office.house->let(true);
  office.run();
  EXPECT_EQ(office.house->asked.back(), "new.example");  // in the order in which they were asked
}

TEST(Resolver, KeepsAnAnswerThatCameTooLate) {
  Office office;
  office.house->let(false);
  office.ask("slow.example", Millis(10));
  office.run();
  office.house->let(true);
  ASSERT_TRUE(office.now("slow.example"));
  EXPECT_EQ(office.house->times_asked(), 1u);
}

TEST(Resolver, EndsACancelledWait) {
  Office office;
  office.house->let(false);
  const auto result = office.ask("silent.example");
  office.poll();
  office.cancels.back().emit(boost::asio::cancellation_type::terminal);
  office.run();
  EXPECT_EQ((*result)->error().kind(), ErrorKind::kCancelled);
}

TEST(Resolver, LeavesAStuckThreadBehind) {
  auto house = std::make_shared<Gatehouse>();
  house->let(false);
  {
    boost::asio::io_context context;
    HandClock clock;
    Metrics metrics;
    ResolverOptions options;
    options.lookup = [house](const std::string& host) { return house->look_up(host); };
    Resolver resolver(context, clock, metrics, std::move(options));
    auto task = [](Resolver& names) -> Task<void> { (void)co_await names.resolve("dead.example", Millis(5)); };
    boost::asio::co_spawn(context, task(resolver), [](const std::exception_ptr&) {});
    context.run_for(std::chrono::seconds(5));
    house->await_asked(1);
  }
  house->let(true);  // the thread comes back to nothing, and harms nothing
}

TEST(Resolver, RefusesAnswersThatAreNoAddressesOrTooMany) {
  Office office;
  office.house->answer = {"nonsense"};
  EXPECT_FALSE(office.now("a.example"));
  office.house->answer = {};
  EXPECT_FALSE(office.now("b.example"));
  office.house->answer.clear();
  for (int i = 0; i < 64; ++i) office.house->answer.push_back("93.184.216." + std::to_string(i));
  EXPECT_TRUE(office.now("c.example"));
  office.house->answer.push_back("93.184.216.64");
  EXPECT_FALSE(office.now("d.example"));
}

TEST(Resolver, RemembersABoundedNumberOfNames) {
  Office office({.kept = 3, .lookup = {}});
  for (const char* host : {"a.example", "b.example", "c.example", "d.example"}) ASSERT_TRUE(office.now(host));
  for (const char* host : {"b.example", "c.example", "d.example"}) ASSERT_TRUE(office.now(host));
  EXPECT_EQ(office.house->times_asked(), 4u);
  ASSERT_TRUE(office.now("a.example"));
  EXPECT_EQ(office.house->times_asked(), 5u);
}

TEST(SystemResolver, KnowsThisMachine) {
  const auto found = look_up_in_system("localhost");
  ASSERT_TRUE(found) << found.error().text();
  for (const std::string& text : *found) EXPECT_EQ(special_use(Address::parse(text).value()), "loopback");
  EXPECT_FALSE(look_up_in_system("a name with blanks"));
}

}  // namespace
}  // namespace bylined::net
