// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace bylined::tests {

std::string_view fault_word(FaultKind kind) {
  static constexpr std::array kWords = {
#define FAULT(name, word) std::string_view(word),
#include "tests/simulation/fault_kinds.inc"
#undef FAULT
  };
  return kWords[static_cast<std::size_t>(kind)];
}

std::string text_of(const Plan& plan) {
  std::string out;
  for (const Fault& fault : plan) {
    out += "  " + std::to_string(fault.number) + ": at " + duration_text(fault.from) + " " + std::string(fault_word(fault.kind)) + " " +
           std::to_string(fault.amount) + " for " + duration_text(fault.length) + (fault.target.empty() ? "" : " of " + fault.target) + "\n";
  }
  return out;
}

std::string numbers_of(const Plan& plan) {
  std::string out;
  for (const Fault& fault : plan) out += (out.empty() ? "" : ",") + std::to_string(fault.number);
  return out.empty() ? "-" : out;
}

Plan only(const Plan& plan, std::string_view numbers) {
  std::set<int> wanted;
  std::istringstream words{std::string(numbers)};
  for (std::string word; std::getline(words, word, ',');) {
    if (word != "-") wanted.insert(std::stoi(word));
  }
  Plan kept;
  std::copy_if(plan.begin(), plan.end(), std::back_inserter(kept), [&wanted](const Fault& fault) { return wanted.contains(fault.number); });
  return kept;
}

}  // namespace bylined::tests
