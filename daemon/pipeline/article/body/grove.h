// SPDX-License-Identifier: Apache-2.0
// Trees of questions to a row of numbers: each question is "is this feature above that limit?", and the answers lead to a
// leaf. What the leaves say is added up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace bylined::article {

inline constexpr std::size_t kTreeLeaves = 15;

struct Question {
  std::uint16_t feature = 0;
  std::int8_t below = -1, above = -1;  // the next question; ~leaf where it is negative
  float limit = 0;
};

struct Tree {
  std::array<Question, kTreeLeaves - 1> questions{};
  std::array<float, kTreeLeaves> leaves{};
};

inline float sum_of(std::span<const Tree> trees, std::span<const float> row) {
  const float* const features = row.data();
  float sum = 0;
  for (const Tree& tree : trees) {
    int at = 0;
    while (at >= 0) {
      const Question& question = tree.questions[static_cast<std::size_t>(at)];
      at = features[question.feature] > question.limit ? question.above : question.below;
    }
    sum += tree.leaves[static_cast<std::size_t>(~at)];
  }
  return sum;
}

}  // namespace bylined::article
