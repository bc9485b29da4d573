// SPDX-License-Identifier: Apache-2.0
#include "app/checkpoint_pace.h"

#include <gtest/gtest.h>

namespace bylined::app {
namespace {

constexpr Steady kStart{};

// The seconds of the first minute in which a move is due, asked each second; `writes(second)` are all until then.
template <class Writes>
std::vector<int> moves(Writes writes, bool writable = true) {
  CheckpointPace pace(kStart);
  std::vector<int> due;
  for (int second = 1; second <= 60; ++second) {
    if (pace.due(kStart + Millis(second * 1000), static_cast<std::uint64_t>(writes(second)), writable)) due.push_back(second);
  }
  return due;
}

TEST(CheckpointPace, AFewWritesWaitFiveSecondsForMore) {
  EXPECT_EQ(moves([](int second) { return second; }), (std::vector<int>{5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60}));
}

TEST(CheckpointPace, ManyWritesDoNotWait) {
  EXPECT_EQ(moves([](int second) { return second < 2 ? 0 : 256; }), (std::vector<int>{2, 17, 32, 47})) << "and are not counted again";
  EXPECT_EQ(moves([](int second) { return second < 2 ? 0 : 255; }), (std::vector<int>{5, 20, 35, 50}));
}

TEST(CheckpointPace, WhereNothingIsWrittenTheFilesAreLookedAtFourTimesAMinute) {
  EXPECT_EQ(moves([](int) { return 0; }), (std::vector<int>{15, 30, 45, 60}));
}

TEST(CheckpointPace, AFullDiskIsGivenRoomEachSecond) {
  EXPECT_EQ(moves([](int) { return 0; }, false).size(), 60u);
}

}  // namespace
}  // namespace bylined::app
