// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/pace.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace bylined::fetch {
namespace {

constexpr std::size_t kHostsRemembered = 20'000;
constexpr std::size_t kSlowOnes = 4;  // times as many in all
// Bells wake the next in line; this only bounds the wait should one be missed.
constexpr Millis kLookAgain{1'000};

}  // namespace

struct Pace::Waiting {
  Bell bell;
};

struct Pace::Host {
  std::list<Waiting> queue;
  int in_flight = 0;
  Millis interval{0};
  Steady next_start{0};
};

// A place in a host's queue; whoever leaves it, also by being cancelled, wakes the next.
class Pace::InQueue {
 public:
  explicit InQueue(Host& host) : host_(host), place_(host.queue.emplace(host.queue.end())) {}
  ~InQueue() {
    host_.queue.erase(place_);
    if (!host_.queue.empty()) host_.queue.front().bell.ring();
  }
  InQueue(const InQueue&) = delete;
  InQueue& operator=(const InQueue&) = delete;

  bool first() const { return place_ == host_.queue.begin(); }
  Bell& bell() { return place_->bell; }

 private:
  Host& host_;
  std::list<Waiting>::iterator place_;
};

// Stands in the line for a place in all.
class Pace::Starved {
 public:
  Starved(std::list<Bell*>& line, Bell& bell) : line_(line), place_(line.insert(line.end(), &bell)) {}
  ~Starved() { line_.erase(place_); }
  Starved(const Starved&) = delete;
  Starved& operator=(const Starved&) = delete;

 private:
  std::list<Bell*>& line_;
  std::list<Bell*>::iterator place_;
};

Pace::Turn::~Turn() {
  if (pace_ != nullptr) pace_->give_back(origin_, started_);
}

Pace::Turn::Turn(Turn&& other) noexcept : pace_(std::exchange(other.pace_, nullptr)), origin_(std::move(other.origin_)), started_(other.started_) {}

Pace::Front::Front(std::unique_ptr<InQueue> place) : place_(std::move(place)) {}
Pace::Front::Front(Millis wait) : wait_(wait) {}
Pace::Front::~Front() = default;
Pace::Front::Front(Front&& other) noexcept = default;

Pace::Pace(Clock& clock, PaceLimits limits) : clock_(clock), limits_(limits), opened_(clock.steady()) {}
Pace::~Pace() = default;

// A host that we have not met since we started may have been asked by the process before us.
Pace::Host& Pace::host(const std::string& origin) {
  const auto [found, added] = hosts_.try_emplace(origin);
  if (added) {
    found->second.interval = limits_.interval;
    found->second.next_start = opened_ + limits_.interval;
  }
  return found->second;
}

void Pace::set_interval(const std::string& origin, Millis interval) {
  host(origin).interval = std::clamp(interval, limits_.interval, std::max(limits_.interval, limits_.host_wait));
}

// How long the first in this host's queue has to wait for the host alone.
Millis Pace::host_wait(const Host& host) const {
  if (host.in_flight >= limits_.per_host) return kLookAgain;
  return std::max(host.next_start - clock_.steady(), Steady(0));
}

Task<Pace::Front> Pace::come_up(std::string origin) {
  forget_idle();
  Host& here = host(origin);
  const auto ahead = static_cast<int>(here.queue.size());
  const Millis expected = std::max(here.next_start - clock_.steady(), Steady(0)) + here.interval * ahead;
  if (ahead >= limits_.host_queue || expected > limits_.host_wait) co_return Front(std::max(expected, here.interval));
  auto place = std::make_unique<InQueue>(here);
  for (;;) {
    const Millis pause = place->first() ? host_wait(here) : kLookAgain;
    if (pause == Millis(0)) co_return Front(std::move(place));
    co_await clock_.wait(place->bell(), std::min(pause, kLookAgain));
  }
}

Task<Pace::Turn> Pace::start(Front front, std::string origin) {
  Host& here = host(origin);
  Bell& bell = front.place_->bell();
  if (!any_place()) {
    const Starved starved(starved_, bell);
    while (!any_place()) co_await clock_.wait(bell, kLookAgain);
  }
  const Steady now = clock_.steady();
  here.next_start = now + here.interval;
  ++here.in_flight;
  in_flight_.insert(now);
  co_return Turn(*this, std::move(origin), now);
}

bool Pace::any_place() const {
  const auto most = static_cast<std::size_t>(limits_.concurrency);
  if (in_flight_.size() < most) return true;
  const auto quick = std::distance(in_flight_.upper_bound(clock_.steady() - limits_.slow_after), in_flight_.end());
  return static_cast<std::size_t>(quick) < most && in_flight_.size() < kSlowOnes * most;
}

void Pace::give_back(const std::string& origin, Steady started) {
  Host& here = hosts_.at(origin);
  --here.in_flight;
  in_flight_.erase(in_flight_.find(started));
  assert(here.in_flight >= 0);
  if (!here.queue.empty()) here.queue.front().bell.ring();
  if (!starved_.empty()) starved_.front()->ring();
}

void Pace::forget_idle() {
  if (hosts_.size() < kHostsRemembered) return;
  const Steady now = clock_.steady();
  std::erase_if(hosts_, [now](const auto& one) { return one.second.in_flight == 0 && one.second.queue.empty() && one.second.next_start < now; });
}

}  // namespace bylined::fetch
