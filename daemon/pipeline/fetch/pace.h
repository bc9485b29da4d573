// SPDX-License-Identifier: Apache-2.0
// Whose turn it is to ask a host: parallelism per host and in all, and an interval between starts. On each host listings go
// before articles, and else who comes first; a part of the places in all is kept for listings, and of the others nobody takes
// more than a part of what is free. A full queue is told to come back, so that one slow host holds up nobody else. Knows
// nothing of HTTP. Lives on the I/O thread.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/bell.h"
#include "base/clock.h"

namespace bylined::fetch {

struct PaceLimits {
  int concurrency = 32;     // requests in flight in all
  int per_host = 2;         // and to one host
  Millis interval{2'000};   // between starts of requests to one host
  int host_queue = 64;      // that wait for one host
  Millis host_wait{120'000};  // longest stay in that queue
  // A request that takes longer leaves its place to another, up to four times as many in all: slow hosts, however many, do
  // not hold up the others.
  Millis slow_after{10'000};
};

// What a turn is wanted for.
struct Wanted {
  bool listing = false;  // goes before articles, but each article lets a few by at most
  Steady until = Steady::max();  // nobody waits longer than this
  // Who lists the article. Its articles get one more place while they hold fewer than a quarter of those that are free, so that
  // some are left for others, however many have slow ones; empty: nobody in particular.
  std::string whose;
};

class Pace {
  struct Host;
  class InQueue;

 public:
  // A place among the requests in flight; given back when it is destroyed.
  class Turn {
   public:
    Turn(Pace& pace, std::string origin, Steady started, const Wanted& wanted)
        : pace_(&pace), origin_(std::move(origin)), started_(started), listing_(wanted.listing), whose_(wanted.whose) {}
    ~Turn();
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;

   private:
    friend class Pace;
    Pace* pace_;
    std::string origin_;
    Steady started_;
    bool listing_;
    std::string whose_;
  };

  // First in the queue of a host whose interval has passed: what else is to be waited for (a name server) is waited for
  // here, where it holds up this host alone. Not granted: `wait` says when it is worth coming back.
  class Front {
   public:
    explicit Front(std::unique_ptr<InQueue> place);
    explicit Front(Millis wait);
    ~Front();
    Front(Front&& other) noexcept;
    Front& operator=(Front&&) = delete;

    bool granted() const { return place_ != nullptr; }
    Millis wait() const { return wait_; }

   private:
    friend class Pace;
    std::unique_ptr<InQueue> place_;
    Millis wait_{0};
  };

  Pace(Clock& clock, PaceLimits limits);
  ~Pace();
  Task<Front> come_up(std::string origin, Wanted wanted = Wanted());
  // `front` was granted. None where no place was free in time.
  Task<std::optional<Turn>> start(Front front, std::string origin);
  // What is under way or waits stays where it is, and hosts stay as slow as they asked for.
  void set_limits(const PaceLimits& limits);
  // Slows a host down further than the interval does (a Crawl-delay).
  void set_interval(const std::string& origin, Millis interval);

 private:
  struct Waiting;
  class Starved;
  Host& host(const std::string& origin);
  Millis host_wait(const Host& host) const;
  void give_back(const Turn& turn);
  std::size_t free_places(const std::multiset<Steady>& started, std::size_t most) const;
  bool any_place(const InQueue& one) const;
  void forget_idle();

  Clock& clock_;
  PaceLimits limits_;
  const Steady opened_;
  std::map<std::string, Host> hosts_;
  std::list<InQueue*> starved_;  // fronts of their host's queue that wait for a place in all
  std::multiset<Steady> in_flight_, articles_;  // when each was started, and each that is no listing
  std::map<std::string, std::size_t> held_;     // articles in flight, by whose they are
};

}  // namespace bylined::fetch
