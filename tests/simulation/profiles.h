// SPDX-License-Identifier: Apache-2.0
// Kinds of bad days: which faults a profile deals, how often, for how long. A seed makes a plan of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/simulation/plan.h"

namespace bylined::tests {

struct Range {
  std::int64_t least = 0, most = 0;
};

enum class Whom { kNobody, kHost, kEveryHost, kReceiver, kEveryReceiver };

struct Deal {
  FaultKind kind;
  int a_day = 1;
  Range minutes;  // how long
  Range amount;
  Whom whom = Whom::kNobody;
};

struct Profile {
  std::string_view name;
  std::vector<Deal> deals;
  bool ordered = false;  // swizzle: all targets, one after the other, and back in another order
};

const std::vector<Profile>& profiles();
const Profile& profile(std::string_view name);

struct Targets {
  std::vector<std::string> hosts;
  std::vector<std::string> receivers;
};

// Each kind of the profile at least once a day. Faults leave the first half hour alone, in which the baselines
// are taken, and end with the last day.
Plan make_plan(const Profile& profile, std::uint64_t seed, int days, const Targets& targets);

}  // namespace bylined::tests
