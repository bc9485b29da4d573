// SPDX-License-Identifier: Apache-2.0
// One simulated run: days with faults, then time without any in which everything must drain, then the judge.
#pragma once

#include <map>
#include <string>

#include "tests/simulation/fate.h"
#include "tests/simulation/random_press.h"
#include "tests/support/ledgers.h"

namespace bylined::tests {

struct Case {
  std::uint64_t seed = 1;
  std::string profile = "calm";
  int days = 1;
  Plan plan;
};
Case make_case(const std::string& profile, std::uint64_t seed, int days);
// "PROFILE SEED DAYS [FAULTS]", as replay_command() prints it.
Case parse_case(const std::string& text);
std::string replay_command(const Case& one);

struct Outcome {
  std::vector<std::string> faults;   // of the daemon; empty: it kept all its promises
  std::string trace;                 // a line for each thing that the outside saw
  std::map<FaultKind, int> fired;
  Millis drained{0};                 // after the last fault
  std::string last;                  // what was still waited for an hour before
  Millis slowest{0};                 // from the moment at which something could be known until a receiver was told
  int boots = 0;
  int taken = 0;
  std::uint64_t steps = 0;

  bool good() const { return faults.empty(); }
  std::string text() const;
};
Outcome simulate(const Case& one, const Spoilt& spoilt = Spoilt());

}  // namespace bylined::tests
