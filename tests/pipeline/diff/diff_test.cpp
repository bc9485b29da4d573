// SPDX-License-Identifier: Apache-2.0
#include "pipeline/diff/diff.h"

#include <gtest/gtest.h>

namespace bylined::diff {
namespace {

model::ListedItem item(const std::string& id, const std::string& title) {
  model::ListedItem one;
  one.identity.value = id;
  one.title = title;
  return one;
}

model::ListedItem printed(const std::string& id, int hour) {
  model::ListedItem one = item(id, "제목 " + id);
  one.printed = model::Stamp();
  one.printed->at = Instant(std::chrono::hours(hour));
  return one;
}

Seen seen(const std::string& id, const std::string& title) {
  Seen one;
  one.identity.value = id;
  one.title = title;
  return one;
}

TEST(Compare, TellsNewItemsFromKnownOnes) {
  const auto changes = compare({item("c", "셋"), item("b", "둘"), item("a", "하나")}, {seen("a", "하나"), seen("b", "둘")});
  ASSERT_EQ(changes.fresh.size(), 1u);
  EXPECT_EQ(changes.fresh[0].identity.value, "c");
  EXPECT_TRUE(changes.retitled.empty());
  EXPECT_FALSE(changes.oldest_is_fresh);
}

TEST(Compare, SeesAChangedHeadlineOfAKnownItem) {
  const auto changes = compare({item("a", "한빛전자, 신제품 공개 연기")}, {seen("a", "한빛전자, 신제품 공개")});
  ASSERT_EQ(changes.retitled.size(), 1u);
  EXPECT_TRUE(changes.fresh.empty());
}

TEST(Compare, AnEmptyTitleIsNoChange) {
  EXPECT_TRUE(compare({item("a", "")}, {seen("a", "하나")}).retitled.empty());
}

TEST(Compare, TurnsThePageWhereTheLastItemIsUnknown) {
  EXPECT_TRUE(compare({item("b", "둘"), item("a", "하나")}, {seen("b", "둘")}).oldest_is_fresh);
}

TEST(Compare, JudgesAMixedPageByItsPrintedTimes) {
  // A page of several lists: the last entry is not the oldest.
  EXPECT_FALSE(compare({printed("old", 1), printed("new", 9), printed("newer", 10)}, {seen("old", "제목 old")}).oldest_is_fresh);
  EXPECT_TRUE(compare({printed("old", 1), printed("new", 9)}, {seen("new", "제목 new")}).oldest_is_fresh);
}

TEST(Compare, SeveralNewItemsAreWorthAnotherPageThoughAnOldOneIsKnown) {
  const std::vector<model::ListedItem> page{printed("c", 9), printed("b", 8), printed("a", 7), printed("most-viewed", 1)};
  const std::vector<Seen> known{seen("most-viewed", "제목 most-viewed")};
  EXPECT_FALSE(compare(page, known).oldest_is_fresh);
  EXPECT_TRUE(compare(page, known).worth_turning());
  EXPECT_FALSE(compare({page[0], page[1], page[3]}, known).worth_turning());
}

TEST(Compare, AnEmptyPageEndsOnKnownGround) { EXPECT_FALSE(compare({}, {seen("a", "하나")}).oldest_is_fresh); }

TEST(Suspicion, NoItemsWhereThereWereManyIsNeverEmptiness) {
  EXPECT_TRUE(suspicion(model::Listing(), 10));
  EXPECT_FALSE(suspicion(model::Listing(), 0));
}

TEST(Suspicion, FewerThanAFifthIsSuspicious) {
  model::Listing listing;
  listing.items = {item("a", "하나"), item("b", "둘")};
  EXPECT_FALSE(suspicion(listing, 10));
  EXPECT_TRUE(suspicion(listing, 11));
}

TEST(Compare, DoesNotBelieveATitleThatSeveralItemsShare) {
  const std::vector<Seen> known{seen("a", "하나"), seen("b", "둘"), seen("c", "셋")};
  EXPECT_TRUE(compare({item("a", "더보기"), item("b", "더보기"), item("c", "더보기")}, known).retitled.empty());
  EXPECT_EQ(compare({item("a", "[인사] 한빛전자"), item("b", "[인사] 한빛전자"), item("c", "셋")}, known).retitled.size(), 2u);
}

TEST(Suspicion, HalfOfTheItemsGoneAndAsManyEntriesUnreadable) {
  model::Listing listing;
  for (int i = 0; i < 5; ++i) listing.items.push_back(item(std::to_string(i), "제목 " + std::to_string(i)));
  listing.skipped = 5;
  EXPECT_FALSE(suspicion(listing, 10)) << "half of them are there";
  EXPECT_TRUE(suspicion(listing, 11));
  listing.skipped = 4;
  EXPECT_FALSE(suspicion(listing, 11));
}

TEST(Suspicion, OneTitleForMostItems) {
  model::Listing listing;
  for (int i = 0; i < 5; ++i) listing.items.push_back(item(std::to_string(i), "더보기"));
  const auto reason = suspicion(listing, 9);
  ASSERT_TRUE(reason);
  EXPECT_EQ(*reason, "5 of 5 items have one title: '더보기'");
  for (int i = 5; i < 10; ++i) listing.items.push_back(item(std::to_string(i), "제목 " + std::to_string(i)));
  EXPECT_FALSE(suspicion(listing, 10)) << "half";
}

TEST(Suspicion, AShortListMayShrinkToOne) {
  model::Listing listing;
  listing.items = {item("a", "하나")};
  EXPECT_FALSE(suspicion(listing, 4));
}

}  // namespace
}  // namespace bylined::diff
