// SPDX-License-Identifier: Apache-2.0
#include "base/net/resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

#include <boost/asio/post.hpp>

#include "base/net/event.h"

namespace bylined::net {
namespace {

using Answer = Result<std::vector<Address>>;

// More addresses than any honest name has.
constexpr std::size_t kAddressLimit = 64;
// A lookup that holds its thread for so long met a name server that says nothing.
constexpr Millis kLong{2'000};

Answer read_answer(const std::string& host, const Result<std::vector<std::string>>& found) {
  if (!found) return found.error();
  std::vector<Address> addresses;
  for (const std::string& text : *found) {
    const auto address = Address::parse(text);
    if (!address) return Error(ErrorKind::kTransient, "the resolver's answer " + quoted(text) + " is no address");
    if (std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
  }
  if (addresses.empty()) return Error(ErrorKind::kTransient, "host " + quoted(host) + " has no address");
  if (addresses.size() > kAddressLimit) return Error(ErrorKind::kExhausted, "host " + quoted(host) + " has too many addresses");
  return addresses;
}

}  // namespace

// What the threads share with us. They may outlive us, the I/O context and everything else, so they
// touch the context only while `open`, and that under the mutex.
struct Resolver::Pool {
  explicit Pool(boost::asio::io_context& io) : context(io) {}

  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::string> jobs;
  bool open = true;
  boost::asio::io_context& context;
  std::function<Result<std::vector<std::string>>(const std::string&)> lookup;
  std::weak_ptr<State> state;

  void give(std::string host) {
    const std::lock_guard lock(mutex);
    jobs.push_back(std::move(host));
    wake.notify_one();
  }

  void close() {
    const std::lock_guard lock(mutex);
    open = false;
    wake.notify_all();
  }

  static void work(std::shared_ptr<Pool> pool);
};

struct Resolver::State : std::enable_shared_from_this<State> {
  struct Waiter {
    explicit Waiter(boost::asio::io_context& context) : event(context) {}
    Event event;
    std::optional<Answer> answer;
  };
  struct Known {
    Answer answer;
    Steady until;
    bool slow = false;  // its lookup took long
  };
  struct Asked {
    std::vector<std::weak_ptr<Waiter>> waiters;
    bool slow = false;  // its last lookup took long, or this may
    std::optional<Steady> began;  // when a thread got it
  };

  State(boost::asio::io_context& io, Clock& time, Metrics& numbers, ResolverOptions chosen)
      : context(io), clock(time), metrics(numbers), options(std::move(chosen)), pool(std::make_shared<Pool>(io)) {}

  boost::asio::io_context& context;
  Clock& clock;
  Metrics& metrics;
  const ResolverOptions options;
  const std::shared_ptr<Pool> pool;
  std::map<std::string, Asked> asked;       // every name under way
  std::deque<std::string> queued;           // those of them without a thread yet
  std::deque<std::string> queued_slow;      // … which held one for long the last time, or may
  std::map<std::string, Known> known;
  int threads = 0;
  int busy = 0;
  int busy_slow = 0;

  static Task<Answer> wait(std::shared_ptr<State> state, std::string host, Millis limit, Line line);
  std::optional<Answer> remembered(const std::string& host);
  Status ask(const std::string& host, const std::shared_ptr<Waiter>& waiter, Line line);
  void prefer(const std::string& host);
  bool must_wait(bool slow) const;
  bool still_queued(const std::string& host) const;
  std::optional<std::string> next();
  void dispatch();
  void drop_abandoned();
  bool abandoned(const std::string& host) const;
  void answered(const std::string& host, const Answer& answer);
  void remember(const std::string& host, const Answer& answer, bool slow);
};

void Resolver::Pool::work(std::shared_ptr<Pool> pool) {
  std::unique_lock lock(pool->mutex);
  while (true) {
    pool->wake.wait(lock, [&] { return !pool->open || !pool->jobs.empty(); });
    if (!pool->open) return;
    const std::string host = std::move(pool->jobs.front());
    pool->jobs.pop_front();
    lock.unlock();
    auto answer = read_answer(host, pool->lookup(host));
    lock.lock();
    if (!pool->open) return;
    boost::asio::post(pool->context, [weak = pool->state, host, answer = std::move(answer)] {
      if (const auto state = weak.lock()) state->answered(host, answer);
    });
  }
}

Task<Answer> Resolver::State::wait(std::shared_ptr<State> state, std::string host, Millis limit, Line line) {
  if (auto answer = state->remembered(host)) co_return std::move(*answer);
  const auto waiter = std::make_shared<Waiter>(state->context);
  if (const Status taken = state->ask(host, waiter, line); !taken) co_return taken.error();
  const Wake wake = co_await waiter->event.wait(limit);
  if (wake == Wake::kHappened) co_return std::move(*waiter->answer);
  if (wake == Wake::kCancelled) co_return Error(ErrorKind::kCancelled, "stopped while looking up " + quoted(host));
  state->metrics.count("bylined_dns_lookups_total", "outcome=\"timeout\"");
  if (state->still_queued(host)) co_return Error(ErrorKind::kBusy, "other names kept the resolver from looking up " + quoted(host) + " within " + duration_text(limit));
  co_return Error(ErrorKind::kTransient, "no answer from the resolver for " + quoted(host) + " within " + duration_text(limit));
}

std::optional<Answer> Resolver::State::remembered(const std::string& host) {
  const auto one = known.find(host);
  if (one == known.end()) return std::nullopt;
  if (clock.steady() < one->second.until) return one->second.answer;
  return std::nullopt;  // and kept: it says whether the name is slow
}

Status Resolver::State::ask(const std::string& host, const std::shared_ptr<Waiter>& waiter, Line line) {
  if (const auto one = asked.find(host); one != asked.end()) {
    std::erase_if(one->second.waiters, [](const auto& other) { return other.expired(); });
    one->second.waiters.push_back(waiter);
    if (line == Line::kFirst) prefer(host);
    return Status();
  }
  const auto last = known.find(host);
  const bool slow = last != known.end() ? last->second.slow : line == Line::kNew;
  const auto most = static_cast<std::size_t>(options.queue + (line == Line::kFirst ? options.queue_first : 0));
  const std::deque<std::string>& own = slow ? queued_slow : queued;
  const auto full = [&] { return must_wait(slow) && own.size() >= most; };
  if (full()) drop_abandoned();
  if (full()) {
    metrics.count("bylined_dns_lookups_total", "outcome=\"queue_full\"");
    return Error(ErrorKind::kBusy, "more than " + std::to_string(most) + " names wait for the resolver");
  }
  asked[host] = Asked{{waiter}, slow, std::nullopt};
  (slow ? queued_slow : queued).push_back(host);
  if (line == Line::kFirst) prefer(host);
  dispatch();
  return Status();
}

// To the head of its line, if it still waits.
void Resolver::State::prefer(const std::string& host) {
  for (std::deque<std::string>* line : {&queued, &queued_slow}) {
    const auto at = std::find(line->begin(), line->end(), host);
    if (at != line->end()) std::rotate(line->begin(), at, at + 1);
  }
}

// Slow names leave one thread to the others: a dozen of them would else keep all from being looked up.
bool Resolver::State::must_wait(bool slow) const { return busy >= options.threads || (slow && busy_slow >= std::max(options.threads - 1, 1)); }

bool Resolver::State::still_queued(const std::string& host) const {
  const auto one = asked.find(host);
  return one != asked.end() && !one->second.began;
}

// Whose turn it is: slow names wait behind all others.
std::optional<std::string> Resolver::State::next() {
  std::deque<std::string>& line = queued.empty() ? queued_slow : queued;
  if (line.empty() || must_wait(&line == &queued_slow)) return std::nullopt;
  std::string host = std::move(line.front());
  line.pop_front();
  return host;
}

void Resolver::State::dispatch() {
  while (const auto host = next()) {
    if (abandoned(*host)) {
      asked.erase(*host);
      continue;
    }
    Asked& one = asked.at(*host);
    one.began = clock.steady();
    if (one.slow) ++busy_slow;
    if (busy++ == threads) {
      ++threads;
      std::thread(Pool::work, pool).detach();  // it may hang in the system's resolver: nobody waits for it
    }
    pool->give(*host);
  }
  metrics.gauge("bylined_dns_waiting", static_cast<double>(queued.size() + queued_slow.size()));
}

bool Resolver::State::abandoned(const std::string& host) const {
  const auto& waiters = asked.at(host).waiters;
  return std::all_of(waiters.begin(), waiters.end(), [](const auto& waiter) { return waiter.expired(); });
}

void Resolver::State::drop_abandoned() {
  const auto drop = [this](const std::string& host) { return abandoned(host) && asked.erase(host) > 0; };
  std::erase_if(queued, drop);
  std::erase_if(queued_slow, drop);
}

void Resolver::State::answered(const std::string& host, const Answer& answer) {
  const Asked one = std::move(asked.at(host));
  asked.erase(host);
  --busy;
  if (one.slow) --busy_slow;
  metrics.count("bylined_dns_lookups_total", answer ? "outcome=\"found\"" : "outcome=\"failed\"");
  remember(host, answer, clock.steady() - *one.began >= kLong);
  for (const auto& weak : one.waiters) {
    const auto waiter = weak.lock();
    if (!waiter) continue;
    waiter->answer = answer;
    waiter->event.set();
  }
  dispatch();
}

void Resolver::State::remember(const std::string& host, const Answer& answer, bool slow) {
  const Steady now = clock.steady();
  if (known.size() >= options.kept) std::erase_if(known, [now](const auto& one) { return one.second.until <= now; });
  if (known.size() >= options.kept) known.erase(known.begin());
  known.insert_or_assign(host, Known{answer, now + (answer ? options.fresh : options.failed), slow});
}

Resolver::Resolver(boost::asio::io_context& context, Clock& clock, Metrics& metrics, ResolverOptions options)
    : state_(std::make_shared<State>(context, clock, metrics, std::move(options))) {
  state_->pool->lookup = state_->options.lookup;
  state_->pool->state = state_;
  metrics.describe("bylined_dns_lookups_total", "Names looked up, by outcome.");
  metrics.describe("bylined_dns_waiting", "Names that wait for a resolver thread.");
}

Resolver::~Resolver() { state_->pool->close(); }

Task<Answer> Resolver::resolve(std::string host, Millis limit, Line line) { return State::wait(state_, std::move(host), limit, line); }

std::optional<Answer> Resolver::remembered(const std::string& host) const { return state_->remembered(host); }

void ask_servers_impatiently() { ::setenv("RES_OPTIONS", "timeout:2 attempts:2", 0); }

Result<std::vector<std::string>> look_up_in_system(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(host.c_str(), nullptr, &wanted, &found);
  if (code != 0) {
    const std::string why = code == EAI_SYSTEM ? std::generic_category().message(errno) : gai_strerror(code);
    return Error(ErrorKind::kTransient, "host " + quoted(host) + ": " + why);
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  std::vector<std::string> texts;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    if (const auto address = Address::of(one->ai_addr)) texts.push_back(address->text());
  }
  return texts;
}

}  // namespace bylined::net
