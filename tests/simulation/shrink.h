// SPDX-License-Identifier: Apache-2.0
// The smaller plan that still fails: parts of it are dropped, half of it first, single faults last, and stay
// dropped where the run fails without them. Knows nothing of runs.
#pragma once

#include <algorithm>
#include <functional>

#include "tests/simulation/plan.h"

namespace bylined::tests {

// `fails` is asked at most `tries` times; the given plan is known to fail.
inline Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails, int tries) {
  std::size_t part = (plan.size() + 1) / 2;
  while (!plan.empty() && tries > 0) {
    bool smaller = false;
    for (std::size_t at = 0; at < plan.size() && tries > 0;) {
      Plan without = plan;
      const auto first = without.begin() + static_cast<std::ptrdiff_t>(at);
      without.erase(first, first + static_cast<std::ptrdiff_t>(std::min(part, without.size() - at)));
      --tries;
      if (fails(without)) {
        plan = std::move(without);
        smaller = true;
      } else {
        at += part;
      }
    }
    if (part == 1 && !smaller) break;
    part = std::max<std::size_t>(1, std::min(part / 2, (plan.size() + 1) / 2));
  }
  return plan;
}

}  // namespace bylined::tests
