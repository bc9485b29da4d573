// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/pace.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace bylined::fetch {
namespace {

constexpr std::size_t kHostsRemembered = 20'000;
constexpr std::size_t kSlowOnes = 4;  // times as many in all
constexpr std::size_t kKept = 4;      // one place of so many is kept for listings
constexpr std::size_t kShare = 4;     // of the others nobody has more than one for so many free ones
constexpr int kLetBy = 4;             // listings that may go before the article that waits for a host the longest
// Bells wake the next in line; this only bounds the wait should one be missed.
constexpr Millis kLookAgain{1'000};

}  // namespace

struct Pace::Waiting {
  explicit Waiting(const Wanted& one) : wanted(one) {}

  Bell bell;
  const Wanted wanted;
  bool at_front = false;  // granted: nobody goes before it any more
  int let_by = 0;

  bool lets_by() const { return !wanted.listing && !at_front && let_by < kLetBy; }
};

struct Pace::Host {
  std::list<Waiting> queue;
  int in_flight = 0;
  Millis interval{0};
  Steady next_start{0};

  // Before which of those that wait there is room for the newcomer.
  std::list<Waiting>::iterator place_for(const Wanted& wanted) {
    auto place = queue.end();
    while (wanted.listing && place != queue.begin() && std::prev(place)->lets_by()) --place;
    return place;
  }
  bool listings_wait() const {
    return std::any_of(queue.begin(), queue.end(), [](const Waiting& one) { return one.wanted.listing; });
  }
};

// A place in a host's queue; whoever leaves it, also by being cancelled, wakes the next.
class Pace::InQueue {
 public:
  InQueue(Host& host, const Wanted& wanted) : host_(host) {
    const auto behind = host.place_for(wanted);
    if (behind != host.queue.end()) ++behind->let_by;
    place_ = host.queue.emplace(behind, wanted);
  }
  ~InQueue() {
    host_.queue.erase(place_);
    if (!host_.queue.empty()) host_.queue.front().bell.ring();
  }
  InQueue(const InQueue&) = delete;
  InQueue& operator=(const InQueue&) = delete;

  bool first() const { return place_ == host_.queue.begin(); }
  void grant() { place_->at_front = true; }
  // An article with a listing behind it holds that up: it goes where listings may.
  bool listing() const { return place_->wanted.listing || host_.listings_wait(); }
  const Wanted& wanted() const { return place_->wanted; }
  Bell& bell() { return place_->bell; }

 private:
  Host& host_;
  std::list<Waiting>::iterator place_;
};

// Stands in the line for a place in all.
class Pace::Starved {
 public:
  Starved(std::list<InQueue*>& line, InQueue& one) : line_(line), place_(line.insert(line.end(), &one)) {}
  ~Starved() { line_.erase(place_); }
  Starved(const Starved&) = delete;
  Starved& operator=(const Starved&) = delete;

 private:
  std::list<InQueue*>& line_;
  std::list<InQueue*>::iterator place_;
};

Pace::Turn::~Turn() {
  if (pace_ != nullptr) pace_->give_back(*this);
}

Pace::Turn::Turn(Turn&& other) noexcept
    : pace_(std::exchange(other.pace_, nullptr)), origin_(std::move(other.origin_)), started_(other.started_), listing_(other.listing_), whose_(std::move(other.whose_)) {}

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

void Pace::set_limits(const PaceLimits& limits) {
  for (auto& [origin, host] : hosts_) {
    host.interval = host.interval == limits_.interval ? limits.interval : std::max(host.interval, limits.interval);
  }
  limits_ = limits;
}

void Pace::set_interval(const std::string& origin, Millis interval) {
  host(origin).interval = std::clamp(interval, limits_.interval, std::max(limits_.interval, limits_.host_wait));
}

// How long the first in this host's queue has to wait for the host alone.
Millis Pace::host_wait(const Host& host) const {
  if (host.in_flight >= limits_.per_host) return kLookAgain;
  return std::max(host.next_start - clock_.steady(), Steady(0));
}

Task<Pace::Front> Pace::come_up(std::string origin, Wanted wanted) {
  forget_idle();
  Host& here = host(origin);
  const auto ahead = static_cast<int>(std::distance(here.queue.begin(), here.place_for(wanted)));
  const Millis expected = std::max(here.next_start - clock_.steady(), Steady(0)) + here.interval * ahead;
  if (ahead >= limits_.host_queue || expected > limits_.host_wait) co_return Front(std::max(expected, here.interval));
  auto place = std::make_unique<InQueue>(here, wanted);
  for (;;) {
    const Millis pause = place->first() ? host_wait(here) : kLookAgain;
    if (pause == Millis(0)) break;
    if (clock_.steady() >= wanted.until) co_return Front(kLookAgain);
    co_await clock_.wait(place->bell(), std::min(pause, kLookAgain));
  }
  place->grant();
  co_return Front(std::move(place));
}

Task<std::optional<Pace::Turn>> Pace::start(Front front, std::string origin) {
  Host& here = host(origin);
  InQueue& place = *front.place_;
  if (!any_place(place)) {
    const Starved starved(starved_, place);
    while (!any_place(place)) {
      if (clock_.steady() >= place.wanted().until) co_return std::nullopt;
      co_await clock_.wait(place.bell(), kLookAgain);
    }
  }
  const Steady now = clock_.steady();
  const Wanted& wanted = place.wanted();
  here.next_start = now + here.interval;
  ++here.in_flight;
  in_flight_.insert(now);
  if (!wanted.listing) articles_.insert(now);
  if (!wanted.listing) ++held_[wanted.whose];
  co_return Turn(*this, std::move(origin), now, wanted);
}

// Those that take long count no more, up to a limit of their own.
std::size_t Pace::free_places(const std::multiset<Steady>& started, std::size_t most) const {
  const auto left_of = [](std::size_t all, std::ptrdiff_t taken) { return all - std::min(all, static_cast<std::size_t>(taken)); };
  const auto quick = std::distance(started.upper_bound(clock_.steady() - limits_.slow_after), started.end());
  return std::min(left_of(most, quick), left_of(kSlowOnes * most, std::ssize(started)));
}

bool Pace::any_place(const InQueue& one) const {
  const auto most = static_cast<std::size_t>(limits_.concurrency);
  if (free_places(in_flight_, most) == 0) return false;
  if (one.listing()) return true;
  const std::size_t free = free_places(articles_, most - most / kKept);
  const auto held = held_.find(one.wanted().whose);
  return free > 0 && (held == held_.end() || one.wanted().whose.empty() || kShare * held->second < free);
}

void Pace::give_back(const Turn& turn) {
  Host& here = hosts_.at(turn.origin_);
  --here.in_flight;
  in_flight_.erase(in_flight_.find(turn.started_));
  if (!turn.listing_) articles_.erase(articles_.find(turn.started_));
  const auto held = held_.find(turn.whose_);
  if (!turn.listing_ && --held->second == 0) held_.erase(held);
  assert(here.in_flight >= 0);
  if (!here.queue.empty()) here.queue.front().bell.ring();
  for (const bool listing : {true, false}) {
    const auto next = std::find_if(starved_.begin(), starved_.end(), [this, listing](const InQueue* one) { return one->listing() == listing && any_place(*one); });
    if (next != starved_.end()) (*next)->bell().ring();
  }
}

void Pace::forget_idle() {
  if (hosts_.size() < kHostsRemembered) return;
  const Steady now = clock_.steady();
  std::erase_if(hosts_, [now](const auto& one) { return one.second.in_flight == 0 && one.second.queue.empty() && one.second.next_start < now; });
}

}  // namespace bylined::fetch
