// SPDX-License-Identifier: Apache-2.0
// The judge of a run: joins what the press published and served, what the database says, and what the
// receivers took. Empty in both directions, or it names what is missing or too much.
#pragma once

#include <string>
#include <vector>

#include "tests/support/world.h"

namespace bylined::tests {

struct Verdict {
  std::vector<std::string> lost;       // expected and not taken by every receiver, or not stored
  std::vector<std::string> surplus;    // taken and not expected, or under two ids
  std::vector<std::string> different;  // one id, two contents; or the database contradicts itself
  int repeats = 0;                     // sends of an id beyond the first that a receiver took well
  Millis slowest{0};                   // from the moment at which something could be known until a receiver was told

  bool clean() const { return lost.empty() && surplus.empty() && different.empty(); }
  std::string text() const;
};

// For a run that had time to drain after its last fault.
Verdict audit(World& world);

}  // namespace bylined::tests
