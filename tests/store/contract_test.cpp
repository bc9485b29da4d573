// SPDX-License-Identifier: Apache-2.0
// What every backend of the store keeps. The face is defined here.
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

TEST_P(StoreContract, ASourceIsClaimedOnceUntilItsNextDueTime) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_EQ(claimed.size(), 2u);
  EXPECT_EQ(claimed[0].id.value, "a");
  EXPECT_EQ(claimed[0].state, model::SourceState::kNew);
  EXPECT_FALSE(claimed[0].has_baseline);
  EXPECT_TRUE(room().claim_sources(kStart + 15min).empty());
  EXPECT_EQ(room().claim_sources(kStart + 16min).size(), 2u);
}

TEST_P(StoreContract, AListingMakesReadsDueAndTheSourceKeepsItsValidators) {
  room().configure({source("a")});
  room().list({item("2"), item("1")}, kStart);
  const auto reads = room().claim_reads(kStart);
  ASSERT_EQ(reads.size(), 2u);
  EXPECT_EQ(reads[0].item, item("1"));
  EXPECT_EQ(reads[0].outlet, "한빛일보");
  EXPECT_EQ(reads[0].first_seen, kStart);
  const auto claimed = room().claim_sources(kStart + 20min);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].validators.etag, "\"e1\"");
  EXPECT_TRUE(claimed[0].has_baseline);
  EXPECT_EQ(claimed[0].usual_items, 2);
}

TEST_P(StoreContract, AFindingCommitsVersionAlertAndDeliveryTogether) {
  room().configure({source("a")});
  const FindingOutcome outcome = room().report("1", {"samsung"}, kStart, desk({"ops", "desk-mail"}));
  EXPECT_EQ(outcome.version, 1);
  ASSERT_EQ(outcome.alerts.size(), 1u);
  EXPECT_EQ(outcome.receivers.size(), 2u);
  const auto claimed = room().claim_deliveries("ops", kStart + 2s);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].delivery.payload, "{\"title\":\"한빛전자, 신제품 공개\"}");
  EXPECT_EQ(claimed[0].delivery.alert, outcome.alerts[0]);
}

TEST_P(StoreContract, TheSameTextIsNotAVersionAndNotDecidedOnAgain) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  Finding found = finding(room().claim_reads(kStart).front(), version(""), {}, kStart);
  found.retry_at = kStart + 1min;
  EXPECT_EQ(room().find(found).version, 1);
  const auto again = room().claim_reads(kStart + 1min);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0].headline_recorded);
  EXPECT_EQ(again[0].attempts, 1);
  const auto outcome = room().find(finding(again[0], version(""), {}, kStart + 1min));
  EXPECT_EQ(outcome.version, 0);
  EXPECT_TRUE(outcome.alerts.empty());
}

TEST_P(StoreContract, ALateAnswerChangesNothingAndIsToldSo) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto mine = room().claim_reads(kStart);
  const auto theirs = room().claim_reads(kStart + 6min);
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_GT(theirs[0].claim.token, mine[0].claim.token);
  EXPECT_EQ(theirs[0].unanswered, 1);
  const auto late = store().record_finding(finding(mine[0], version("본문"), {}, kStart), desk());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(room().find(finding(theirs[0], version("본문"), {}, kStart)).version, 1);
}

}  // namespace
}  // namespace bylined::store::test
