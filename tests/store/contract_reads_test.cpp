// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "model/identity.h"
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

ReadFailure failure(const ClaimedRead& read, Instant at, std::optional<Instant> retry) {
  ReadFailure one;
  one.read = read.id;
  one.claim = read.claim;
  one.http_status = 500;
  one.reason = "500 from press.example";
  one.retry_at = retry;
  one.at = at;
  return one;
}

// ---- listings ----

TEST_P(StoreContract, AListingMakesReadsDueOldestFirstAndKeepsItsValidators) {
  room().configure({source("a")});
  room().list({item("2"), item("1")}, kStart);
  const auto reads = room().claim_reads(kStart);
  ASSERT_EQ(reads.size(), 2u);
  EXPECT_EQ(reads[0].item, item("1"));
  EXPECT_EQ(reads[0].outlet, "한빛일보");
  EXPECT_EQ(reads[0].first_seen, kStart);
  const auto claimed = room().claim_sources(kStart + 20min);
  EXPECT_EQ(claimed.at(0).validators.etag, "\"e1\"");
  EXPECT_EQ(claimed.at(0).body_hash, "h1");
  EXPECT_TRUE(claimed.at(0).has_baseline);
  EXPECT_EQ(claimed.at(0).usual_items, 2);
}

TEST_P(StoreContract, ABaselineIsKnownAndNothingOfItIsRead) {
  room().configure({source("a")});
  room().list({item("1"), item("2")}, kStart, false);
  EXPECT_TRUE(room().claim_reads(kStart).empty());
  const auto known = store().known_items({"a"}, {item("1").identity, item("3").identity});
  ASSERT_EQ(known->size(), 1u);
  EXPECT_EQ(known->at(0).identity, item("1").identity);
  EXPECT_EQ(known->at(0).title, item("1").title);
  ASSERT_TRUE(known->at(0).printed);
  EXPECT_EQ(known->at(0).printed->at, item("1").printed->at);
  EXPECT_EQ(known->at(0).printed->precision, item("1").printed->precision);
}

TEST_P(StoreContract, WhatOneSourceKnowsAnotherDoesNot) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1")}, kStart)));
  EXPECT_TRUE(store().known_items({"b"}, {item("1").identity})->empty());
  EXPECT_TRUE(store().known_items({"nobody"}, {item("1").identity})->empty());
}

TEST_P(StoreContract, AnItemThatIsRecordedTwiceIsReadOnce) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  room().list({item("1")}, kStart + 15min);
  EXPECT_EQ(room().claim_reads(kStart + 15min).size(), 1u);
}

TEST_P(StoreContract, ARetitledItemIsReadAgainUnderTheSameIdAndWhatWasInFlightIsLate) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto before = room().claim_reads(kStart);
  ListingRecord record = room().listing(room().claim_sources(kStart + 15min).at(0), {}, kStart + 15min);
  record.retitled = {item("1", "한빛전자, 신제품 전격 공개")};
  ASSERT_TRUE(store().record_listing(record));
  EXPECT_EQ(store().record_finding(finding(before[0], version("본문"), {}, kStart), desk()).error().kind(), ErrorKind::kCancelled);
  const auto again = room().claim_reads(kStart + 15min);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].id, before[0].id);
  EXPECT_EQ(again[0].item.title, "한빛전자, 신제품 전격 공개");
  EXPECT_EQ(again[0].first_seen, kStart);
  EXPECT_EQ(store().known_items({"a"}, {item("1").identity})->at(0).title, "한빛전자, 신제품 전격 공개");
}

TEST_P(StoreContract, AnArticleReadInFullIsNotReadAgainForAnotherSourceButAHeadlineIs) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1"), item("2")}, kStart)));
  const auto reads = room().claim_reads(kStart);
  room().find(finding(reads[0], version("본문"), {}, kStart));
  room().find(finding(reads[1], version(""), {}, kStart));
  ASSERT_TRUE(store().record_listing(room().listing(claimed[1], {item("1"), item("2")}, kStart)));
  const auto again = room().claim_reads(kStart);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].item.identity, item("1").identity) << "the one of which the headline is all we have";
}

// ---- claims ----

TEST_P(StoreContract, AReadIsNotGivenOutAgainBeforeItsLeaseEnds) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto mine = room().claim_reads(kStart);
  EXPECT_TRUE(room().claim_reads(kStart + 5min - 1ms).empty());
  EXPECT_EQ(*store().next_read_due().value(), kStart + 5min);
  const auto theirs = room().claim_reads(kStart + 5min);
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_GT(theirs[0].claim.token, mine[0].claim.token);
  EXPECT_EQ(theirs[0].unanswered, 1) << "the first claim ended without a word";
}

std::vector<model::ListedItem> items(const std::string& prefix, int count) {
  std::vector<model::ListedItem> all;
  for (int i = 0; i < count; ++i) all.push_back(item(prefix + std::to_string(i)));
  return all;
}

int of_source(const std::vector<ClaimedRead>& reads, const std::string& source) {
  return static_cast<int>(std::count_if(reads.begin(), reads.end(), [&](const ClaimedRead& one) { return one.source.value == source; }));
}

// Two sources, of which "a" lists so many more, and sooner.
void list_two(Newsroom& room, Store& store, int many) {
  room.configure({source("a"), source("b")});
  const auto claimed = room.claim_sources(kStart + 1s);
  ASSERT_EQ(claimed.size(), 2u);
  for (const ClaimedSource& one : claimed) {
    const bool first = one.id.value == "a";
    const ListingRecord record = room.listing(one, items(one.id.value, first ? many : 2), kStart + (first ? 1s : 2s));
    ASSERT_TRUE(store.record_listing(record));
  }
}

TEST_P(StoreContract, ASourceHasNoMoreReadsUnderWayThanAQuarterOfWhatIsFree) {
  list_two(room(), store(), 50);
  ReadRoom some(10);
  some.free = 20;
  const auto first = store().claim_due_reads(kStart + 3s, some, room().lease(kStart + 3s));
  EXPECT_EQ(of_source(*first, "a"), 4);
  EXPECT_EQ(of_source(*first, "b"), 2) << "whatever stands before it";
  some.free = 14;
  EXPECT_TRUE(store().claim_due_reads(kStart + 4s, some, room().lease(kStart + 4s))->empty());
  some.free = 15;
  ASSERT_TRUE(store().record_read_failure(failure(first->at(0), kStart + 4s, std::nullopt)));
  EXPECT_EQ(store().claim_due_reads(kStart + 5s, some, room().lease(kStart + 5s))->size(), 1u) << "one ended";
  some.free = 20;
  EXPECT_EQ(store().claim_due_reads(kStart + 1h, some, room().lease(kStart + 1h))->size(), 6u) << "all leases have ended";
}

TEST_P(StoreContract, BesideItsShareASourcesReadsAreGivenOutThatAreLateWithoutAHeadline) {
  list_two(room(), store(), 50);
  ReadRoom some(10);
  some.free = 20;
  some.late = kStart + 1s;
  const auto reads = store().claim_due_reads(kStart + 3s, some, room().lease(kStart + 3s));
  ASSERT_EQ(reads->size(), 10u);
  EXPECT_EQ(std::count_if(reads->begin(), reads->end(), [](const ClaimedRead& one) { return one.out_of_turn; }), 6);
}

TEST_P(StoreContract, VeryManyReadsOfOneSourceAreNotInTheWayOfOthersForLong) {
  list_two(room(), store(), 5'000);
  ReadRoom some(10);
  some.free = 20;
  const auto first = store().claim_due_reads(kStart + 3s, some, room().lease(kStart + 3s));
  EXPECT_EQ(of_source(*first, "a"), 4);
  EXPECT_EQ(of_source(*first, "b"), 0) << "so far nobody looks";
  const auto second = store().claim_due_reads(kStart + 4s, some, room().lease(kStart + 4s));
  EXPECT_EQ(of_source(*second, "b"), 2);
  std::set<std::string> given;
  for (const auto at : {kStart + 1h, kStart + 1h + 1s}) {
    const auto more = store().claim_due_reads(at, ReadRoom(9'000), Lease{"me", at + 1h});
    for (const ClaimedRead& one : *more) given.insert(one.id);
  }
  EXPECT_EQ(given.size(), 5'002u) << "nothing is lost";
}

TEST_P(StoreContract, ARetiredSourceOwesTheHeadlinesOfTheLastDay) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  room().configure({});
  const auto owed = room().claim_reads(kStart + 23h);
  ASSERT_EQ(owed.size(), 1u);
  EXPECT_TRUE(owed[0].retired);
  ASSERT_TRUE(store().postpone_read(owed[0].id, owed[0].claim, kStart + 23h));
  EXPECT_TRUE(room().claim_reads(kStart + 25h).empty());
}

TEST_P(StoreContract, ATextOfARetiredSourceWaitsUntilTheSourceIsBack) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  for (const ClaimedSource& one : claimed) ASSERT_TRUE(store().record_listing(room().listing(one, {item(one.id.value + "1")}, kStart + 1s)));
  for (const ClaimedRead& one : room().claim_reads(kStart + 1s)) {
    Finding headline = finding(one, version(""), {}, kStart + 1s);
    headline.version.read = model::ReadState::kFailed;
    headline.retry_at = kStart + 2s;
    room().find(headline);
  }
  room().configure({source("b")}, kStart + 2s);
  const auto reads = room().claim_reads(kStart + 3s);
  ASSERT_EQ(reads.size(), 1u);
  EXPECT_EQ(reads[0].source.value, "b");
  EXPECT_GT(*store().next_read_due().value(), kStart + 3s) << "it keeps nobody awake";
  EXPECT_TRUE(room().claim_reads(kStart + 4min).empty());
  room().configure({source("a"), source("b")}, kStart + 1h);
  EXPECT_EQ(of_source(room().claim_reads(kStart + 1h), "a"), 1);
}

TEST_P(StoreContract, ALateReadAnswerChangesNothing) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto mine = room().claim_reads(kStart);
  const auto theirs = room().claim_reads(kStart + 6min);
  EXPECT_EQ(store().record_finding(finding(mine[0], version("본문"), {}, kStart), desk()).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(store().record_read_failure(failure(mine[0], kStart, std::nullopt)).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(store().postpone_read(mine[0].id, mine[0].claim, kStart).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(room().find(finding(theirs[0], version("본문"), {}, kStart)).version, 1);
}

TEST_P(StoreContract, AFailedReadIsTriedAgainAndGivenUpVisibly) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  ASSERT_TRUE(store().record_read_failure(failure(room().claim_reads(kStart)[0], kStart, kStart + 1min)));
  EXPECT_TRUE(room().claim_reads(kStart + 1min - 1ms).empty());
  const auto again = room().claim_reads(kStart + 1min);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 1);
  EXPECT_EQ(again[0].unanswered, 0);
  ASSERT_TRUE(store().record_read_failure(failure(again[0], kStart + 1min, std::nullopt)));
  EXPECT_EQ(store().next_read_due().value(), std::nullopt);
}

TEST_P(StoreContract, APostponedReadIsUnchanged) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto claimed = room().claim_reads(kStart);
  ASSERT_TRUE(store().postpone_read(claimed[0].id, claimed[0].claim, kStart + 10s));
  const auto again = room().claim_reads(kStart + 10s);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 0);
  EXPECT_EQ(again[0].unanswered, 0);
}

TEST_P(StoreContract, ARestartGivesBackWhatWasClaimed) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto before = room().claim_reads(kStart);
  ASSERT_TRUE(store().release_leases(kStart + 1s));
  EXPECT_EQ(store().record_finding(finding(before[0], version("본문"), {}, kStart), desk()).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(room().claim_reads(kStart + 1s).size(), 1u);
}

TEST_P(StoreContract, AReadDueUnderAWrongClockIsStillRead) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto claimed = room().claim_reads(kStart);
  ASSERT_TRUE(store().postpone_read(claimed[0].id, claimed[0].claim, kStart + 24h * 365));
  EXPECT_EQ(room().claim_reads(kStart + 1min).size(), 1u);
}

TEST_P(StoreContract, ASourcesItemsAreFoundByTheirTitlesWhateverTheirSigns) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1", "한빛전자, '신제품' 공개"), item("2", "다른 제목")}, kStart)));
  ASSERT_TRUE(store().record_listing(room().listing(claimed[1], {item("3", "한빛전자 신제품 공개")}, kStart)));
  const auto titled = store().titled_items({"a"}, {model::title_key("한빛전자 신제품 공개"), model::title_key("없는 제목"), ""});
  ASSERT_TRUE(titled);
  ASSERT_EQ(titled->size(), 1u);
  EXPECT_EQ(titled->at(0).identity, item("1").identity);
  EXPECT_EQ(titled->at(0).printed->at, item("1").printed->at);
  EXPECT_TRUE(store().titled_items({"nobody"}, {model::title_key("다른 제목")})->empty());
}

TEST_P(StoreContract, OfItemsWithOneTitleFiftyAreGivenAndOthersNoFewerForIt) {
  room().configure({source("a")});
  const auto claimed = room().claim_sources(kStart + 1s);
  std::vector<model::ListedItem> items;
  for (int i = 0; i < 51; ++i) items.push_back(item("notice-" + std::to_string(i), "[인사] 나루일보"));
  items.push_back(item("other", "다른 제목"));
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], items, kStart)));
  const std::string common = model::title_key("[인사] 나루일보"), other = model::title_key("다른 제목");
  EXPECT_EQ(store().titled_items({"a"}, {common})->size(), 50u);
  const auto both = store().titled_items({"a"}, {common, other});
  ASSERT_EQ(both->size(), 51u);
  EXPECT_EQ(both->back().identity, item("other").identity);
}

TEST_P(StoreContract, CopiesCarryTheSameHeadlineWhateverItsSigns) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("portal", "한빛전자, '신제품' 공개")}, kStart)));
  ASSERT_TRUE(store().record_listing(room().listing(claimed[1], {item("own", "한빛전자 신제품 공개"), item("x", "다른 제목")}, kStart + 1min)));
  const std::string key = model::title_key("한빛전자 신제품 공개");
  const auto copies = store().copies(key, kStart);
  ASSERT_EQ(copies->size(), 2u);
  EXPECT_EQ(copies->at(1).source.value, "b");
  EXPECT_EQ(copies->at(1).url, "https://press.example/own");
  EXPECT_EQ(store().copies(key, kStart + 1s)->size(), 1u);
  EXPECT_TRUE(store().copies("", kStart)->empty());
}

}  // namespace
}  // namespace bylined::store::test
