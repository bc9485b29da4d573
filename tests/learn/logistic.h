// SPDX-License-Identifier: Apache-2.0
// Logistic regression with a penalty on large weights, fitted by Adam over shuffled batches. Deterministic.
#pragma once

#include <span>
#include <vector>

namespace bylined::learn {

struct Row {
  std::vector<float> features;
  float value = 0;
  float weight = 0;
  int fold = 0;
};

struct Model {
  std::vector<float> weights;
  float bias = 0;
  float score(std::span<const float> features) const;  // log-odds
};

inline constexpr int kNoFold = -1;

// Rows of the fold `left_out` are not looked at, nor are rows without weight.
Model fit(const std::vector<Row>& rows, int left_out, double penalty, int rounds);

}  // namespace bylined::learn
