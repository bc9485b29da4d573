// SPDX-License-Identifier: Apache-2.0
// Carries a plan out: tells the outside world what happens to each request, and the run what happens to the
// process, and counts each kind that really struck. All chance is drawn from the plan's numbers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "tests/simulation/plan.h"
#include "tests/support/outside_world.h"

namespace bylined::tests {

class Fate {
 public:
  Fate(Plan plan, const press::Press& press, std::uint64_t seed);

  Weather weather(const std::string& host, const std::string& target, Instant now);
  net::HttpResponse answer(const std::string& receiver, Instant now);
  void struck(FaultKind kind) { ++fired_[kind]; }
  const std::map<FaultKind, int>& fired() const { return fired_; }
  int fired(FaultKind kind) const { return fired_.contains(kind) ? fired_.at(kind) : 0; }

 private:
  void on_source(const Fault& fault, const std::string& host, const std::string& target, Weather& weather);
  void on_listing(const Fault& fault, Weather& weather);
  void on_receiver(const Fault& fault, const std::string& receiver, Weather& weather);
  bool chance(const Fault& fault);  // amount percent

  const Plan plan_;
  const press::Press& press_;
  std::set<std::pair<std::string, std::string>> listings_;  // host, target
  Random latency_;
  std::map<int, Random> chances_;  // by fault
  std::map<FaultKind, int> fired_;
};

}  // namespace bylined::tests
