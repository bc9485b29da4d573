// SPDX-License-Identifier: Apache-2.0
// What goes wrong in a simulated run, as data: which fault, when, for how long, whom it strikes. A plan can be
// printed, and any part of it is a plan again, with the same effect of each fault that stays.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace bylined::tests {

enum class FaultKind {
#define FAULT(name, word) name,
#include "tests/simulation/fault_kinds.inc"
#undef FAULT
};
inline constexpr int kFaultKinds = 0
#define FAULT(name, word) +1
#include "tests/simulation/fault_kinds.inc"
#undef FAULT
    ;
std::string_view fault_word(FaultKind kind);

struct Fault {
  int number = 0;  // in the whole plan; its chance is drawn from it
  FaultKind kind = FaultKind::kRefuse;
  Millis from{0};  // after the start
  Millis length{0};
  std::string target;
  std::int64_t amount = 0;

  bool active(Millis elapsed) const { return elapsed >= from && elapsed < from + length; }
  bool strikes(std::string_view whom) const { return target.empty() || target == whom; }
};

using Plan = std::vector<Fault>;

// A line a fault.
std::string text_of(const Plan& plan);
// "3,9,12"; "-" for none.
std::string numbers_of(const Plan& plan);
Plan only(const Plan& plan, std::string_view numbers);

}  // namespace bylined::tests
