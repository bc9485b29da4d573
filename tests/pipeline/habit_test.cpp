// SPDX-License-Identifier: Apache-2.0
#include "pipeline/habit.h"

#include <gtest/gtest.h>

namespace bylined::pipeline {
namespace {

model::Block block(const std::string& where, int from, int to) {
  model::Block made{where, {}};
  for (int i = from; i < to; ++i) {
    made.items.emplace_back();
    made.items.back().identity.value = std::to_string(i);
  }
  return made;
}

model::Listing listing_of(std::vector<model::Block> blocks) {
  model::Listing listing;
  listing.block = blocks.front().where;
  listing.items = blocks.front().items;
  listing.other_blocks.assign(blocks.begin() + 1, blocks.end());
  return listing;
}

TEST(Habit, IsReadAsItIsWritten) {
  for (const char* const text : {"", "dates differ", "\nul.a li a", "dates alike\nul.a li a\nul.b li a"}) EXPECT_EQ(Habit::parse(text).text(), text);
}

TEST(Habit, KeepsThreePlacesAndTheFirstForGood) {
  Habit habit;
  for (const char* const where : {"a", "b", "", "a", "c", "d"}) habit.learn("", where);
  EXPECT_EQ(habit.text(), "\na\nb\nd");
  habit.learn("dates differ", "");
  habit.learn("", "");
  EXPECT_EQ(habit.text(), "dates differ\na\nb\nd");
}

TEST(Habit, AListIsReadWhereItStoodOrWhereMostOfItIsKnown) {
  const auto fresh = [] { return listing_of({block("heavy", 0, 9), block("a", 20, 25), block("b", 30, 35)}); };
  model::Listing listing = fresh();
  EXPECT_TRUE(keep_place(listing, Habit::parse("\nb\na")));
  EXPECT_EQ(listing.block, "b");
  listing = fresh();
  EXPECT_FALSE(keep_place(listing, Habit::parse("dates differ\nc")));
  keep_known(listing, {{"0"}, {"21"}, {"22"}});
  EXPECT_EQ(listing.block, "a");
  EXPECT_EQ(listing.items.size(), 5u);
  listing = fresh();
  keep_known(listing, {});
  EXPECT_EQ(listing.block, "heavy");
}

}  // namespace
}  // namespace bylined::pipeline
