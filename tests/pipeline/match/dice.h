// SPDX-License-Identifier: Apache-2.0
// Numbers by chance that are the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bylined::match {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

}  // namespace bylined::match
