// SPDX-License-Identifier: Apache-2.0
// Whose turn it is to ask a host: parallelism per host and in all, and an interval between starts. First
// come, first served on each host; a full queue is told to come back, so that one slow host holds up
// nobody else. Knows nothing of HTTP. Lives on the I/O thread.
#pragma once

#include <list>
#include <map>
#include <memory>
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

class Pace {
  struct Host;
  class InQueue;

 public:
  // A place among the requests in flight; given back when it is destroyed.
  class Turn {
   public:
    Turn(Pace& pace, std::string origin, Steady started) : pace_(&pace), origin_(std::move(origin)), started_(started) {}
    ~Turn();
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;

   private:
    Pace* pace_;
    std::string origin_;
    Steady started_;
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
  Task<Front> come_up(std::string origin);
  // `front` was granted.
  Task<Turn> start(Front front, std::string origin);
  // Slows a host down further than the interval does (a Crawl-delay).
  void set_interval(const std::string& origin, Millis interval);

 private:
  struct Waiting;
  class Starved;
  Host& host(const std::string& origin);
  Millis host_wait(const Host& host) const;
  void give_back(const std::string& origin, Steady started);
  bool any_place() const;
  void forget_idle();

  Clock& clock_;
  const PaceLimits limits_;
  const Steady opened_;
  std::map<std::string, Host> hosts_;
  std::list<Bell*> starved_;  // fronts of their host's queue that wait for a place in all
  std::multiset<Steady> in_flight_;  // when each was started
};

}  // namespace bylined::fetch
