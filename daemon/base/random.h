// SPDX-License-Identifier: Apache-2.0
// Chance, given by whoever starts us, so that a run can be repeated from its seed.
// Never for secrets: those come from the operator.
#pragma once

#include <cstdint>
#include <random>

namespace bylined {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Uniform in [0, 1).
  double unit() { return std::generate_canonical<double, 53>(engine_); }
  // Uniform in [0, below); 0 where below is 0.
  std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : engine_() % limit; }

 private:
  std::mt19937_64 engine_;
};

// A seed from the operating system. Call once, at start.
std::uint64_t seed_from_system();

}  // namespace bylined
