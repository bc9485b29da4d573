// SPDX-License-Identifier: Apache-2.0
// Boosted trees: each corrects what those before it leave wrong. Deterministic.
#pragma once

#include <span>
#include <vector>

#include "pipeline/article/body/grove.h"
#include "tests/learn/logistic.h"

namespace bylined::learn {

struct Growth {
  int trees = 300;
  double rate = 0.06;
  double penalty = 5;          // on a leaf, in rows of average weight
  double feature_share = 0.1;  // that one tree may ask for
  double row_share = 0.7;      // that one tree looks at
  std::size_t least_rows = 100;  // in a leaf
};

// Rows of the fold `left_out` are not looked at, nor are rows without weight.
std::vector<article::Tree> grow(const std::vector<Row>& rows, int left_out, const Growth& growth);

}  // namespace bylined::learn
