// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/article/body/grove.h"

namespace bylined::article {
namespace {

// Above 1 in the first feature: 4; else above 2 in the second: 2; else 1.
Tree tree() {
  Tree made;
  made.questions[0] = {0, 1, ~2, 1.0f};
  made.questions[1] = {1, ~0, ~1, 2.0f};
  made.leaves[0] = 1;
  made.leaves[1] = 2;
  made.leaves[2] = 4;
  return made;
}

TEST(Grove, EachTreesAnswersLeadToALeaf) {
  const std::array<Tree, 1> one{tree()};
  EXPECT_EQ(sum_of(one, std::array<float, 2>{0, 0}), 1);
  EXPECT_EQ(sum_of(one, std::array<float, 2>{1, 3}), 2) << "at a limit is below it";
  EXPECT_EQ(sum_of(one, std::array<float, 2>{1.5f, 3}), 4);
}

TEST(Grove, WhatTheLeavesSayIsAddedUp) {
  const std::array<Tree, 3> three{tree(), tree(), tree()};
  EXPECT_EQ(sum_of(three, std::array<float, 2>{0, 0}), 3);
  EXPECT_EQ(sum_of({}, std::array<float, 2>{0, 0}), 0);
}

}  // namespace
}  // namespace bylined::article
