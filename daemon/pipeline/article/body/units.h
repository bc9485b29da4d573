// SPDX-License-Identifier: Apache-2.0
// Units are the elements of a page that stand in a row and look the same: the pictures of a gallery with their legends, cards,
// comments, rounds of a list. Each block is told the row it stands in. Judges nothing.
#pragma once

#include <vector>

#include "pipeline/article/body/outline.h"

namespace bylined::article {

// The units of one row together.
struct UnitRow {
  int count = 0;
  int letters = 0;
  int images = 0;  // units that hold one
};

class Units {
 public:
  static constexpr int kLeast = 3;  // units that make a row

  Units(const std::vector<Block>& blocks, const Outline& outline);

  // The place of the unit that `place` stands in, not counting itself; of several, the one of the longest row. -1: none.
  int unit_above(int place) const;
  const UnitRow& row_of(int unit) const { return rows_[static_cast<std::size_t>(row_of_[static_cast<std::size_t>(unit)])]; }

 private:
  bool is_longer(int unit, int other) const;

  const Outline& outline_;
  std::vector<UnitRow> rows_;
  std::vector<int> row_of_;  // each element; -1 where it has no text
  std::vector<int> unit_of_;  // each element: the unit it is or stands in, -1: none
};

}  // namespace bylined::article
