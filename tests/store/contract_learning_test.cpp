// SPDX-License-Identifier: Apache-2.0
// What is learnt about a source outlives a restart: its parts, its rhythm, what befell it, and whose page it is.
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

model::Part part(const std::string& url, const std::string& changed = "2025-02-04") {
  model::Part one;
  one.named.url = url;
  one.named.kind = "sitemap";
  one.named.changed = changed;
  one.parent = "https://press.example/index.xml";
  one.validators = {"\"p1\"", ""};
  one.body_hash = "p1";
  one.asked_at = kStart;
  return one;
}

PollFailure failed(const ClaimedSource& source, Instant at, int status, model::SourceState state = model::SourceState::kFailing) {
  PollFailure one;
  one.claim = source.claim;
  one.source = source.id;
  one.state = state;
  one.reason = "answered with status " + std::to_string(status);
  one.http_status = status;
  one.at = at;
  one.next_due = at + 1min;
  return one;
}

// Looks at what stands there, as the audit of a test on disk would.
class Learning : public StoreContract {
 protected:
  void poll(Instant at, const std::function<void(ListingRecord&)>& change = [](ListingRecord&) {}) {
    const auto claimed = room().claim_sources(at);
    ASSERT_EQ(claimed.size(), 1u);
    ListingRecord record = room().listing(claimed.front(), {}, at);
    change(record);
    const Status recorded = store().record_listing(record);
    ASSERT_TRUE(recorded) << recorded.error().text();
  }
  void fail(Instant at, int status) {
    const auto claimed = room().claim_sources(at);
    ASSERT_EQ(claimed.size(), 1u);
    ASSERT_TRUE(store().record_poll_failure(failed(claimed.front(), at, status)));
  }
};

TEST_P(Learning, PartsAreKeptChangedAndForgotten) {
  room().configure({source("a")});
  poll(kStart, [](ListingRecord& record) { record.parts = {part("https://press.example/1.xml"), part("https://press.example/2.xml")}; });
  model::Part later = part("https://press.example/2.xml", "2025-02-05");
  later.fresh_at = kStart + 15min;
  poll(kStart + 15min, [&](ListingRecord& record) {
    record.parts = {later};
    record.parts_gone = {"https://press.example/1.xml"};
  });
  EXPECT_EQ(store().source_parts({"a"}).value(), std::vector<model::Part>{later});
  EXPECT_EQ(room().claim_sources(kStart + 30min).front().parts, 1);
}

TEST_P(Learning, ANewAddressForgetsWhatWasLearnt) {
  room().configure({source("a")});
  poll(kStart, [](ListingRecord& record) {
    record.parts = {part("https://press.example/1.xml")};
    record.rhythm = "r";
    record.habit = "u";
  });
  room().configure({source("a", "https://press.example/new.xml")}, kStart + 1min);
  const auto claimed = room().claim_sources(kStart + 2min);
  EXPECT_TRUE(store().source_parts({"a"})->empty());
  EXPECT_EQ(claimed.front().parts, 0);
  EXPECT_EQ(claimed.front().rhythm, "");
  EXPECT_EQ(claimed.front().habit, "");
}

TEST_P(Learning, RhythmAndUsualStayUntilOthersAreGivenAndAreToldToTheSchedule) {
  room().configure({source("a")});
  poll(kStart, [](ListingRecord& record) { record.rhythm = "r1", record.habit = "u1"; });
  poll(kStart + 15min);
  DueSources wanted;
  wanted.now = kStart + 30min;
  wanted.limit = 1;
  wanted.lease = room().lease(wanted.now);
  std::string told;
  const auto claimed = store().claim_due_sources(wanted, [&](const SourceFacts& facts) {
    told = facts.rhythm;
    return facts.due + 15min;
  });
  EXPECT_EQ(told, "r1");
  EXPECT_EQ(claimed->front().habit, "u1");
}

TEST_P(Learning, WhatIsAgedIsKnownAndNeverRead) {
  room().configure({source("a")});
  poll(kStart);
  poll(kStart + 15min, [](ListingRecord& record) {
    record.aged = {item("old")};
    record.fresh = {item("new")};
  });
  const auto reads = room().claim_reads(kStart + 15min);
  ASSERT_EQ(reads.size(), 1u);
  EXPECT_EQ(reads[0].item.url, "https://press.example/new");
  EXPECT_EQ(store().known_items({"a"}, {item("old").identity})->size(), 1u);
}

TEST_P(Learning, AQuietSourceIsCompleteAllTheSame) {
  room().configure({source("a")});
  poll(kStart, [](ListingRecord& record) { record.quiet = "nothing new for two days"; });
  const auto claimed = room().claim_sources(kStart + 15min);
  EXPECT_EQ(claimed.front().state, model::SourceState::kQuiet);
  EXPECT_EQ(claimed.front().failures, 0);
  EXPECT_EQ(claimed.front().body_hash, "h1");
}

TEST_P(Learning, AQuotaHoldsForADay) {
  EXPECT_TRUE(store().spend("search", "2025-02-04", 2));
  EXPECT_TRUE(store().spend("search", "2025-02-04", 2));
  EXPECT_EQ(store().spend("search", "2025-02-04", 2).error().kind(), ErrorKind::kExhausted);
  EXPECT_TRUE(store().spend("other", "2025-02-04", 2));
  EXPECT_TRUE(store().spend("search", "2025-02-05", 2));
}

INSTANTIATE_TEST_SUITE_P(Backends, Learning, testing::ValuesIn(kBackends), backend_name);

// ---- told to readers: on disk, since a reader is a second connection -------------------------------

class Events : public testing::Test {
 protected:
  Events() : store_(std::move(*open_store(options_for(folder_.path())))), room_(*store_) { room_.configure({source("a")}); }

  void poll(Instant at, const std::string& journalist = "", const std::string& outlet = "한빛일보") {
    ListingRecord record = room_.listing(room_.claim_sources(at).at(0), {}, at);
    record.journalist = journalist;
    record.outlet = outlet;
    ASSERT_TRUE(store_->record_listing(record));
  }
  void fail(Instant at, int status, model::SourceState state = model::SourceState::kFailing) {
    ASSERT_TRUE(store_->record_poll_failure(failed(room_.claim_sources(at).at(0), at, status, state)));
  }
  // Oldest first.
  std::vector<std::string> types() {
    std::vector<std::string> all;
    const auto events = (*open_reader(folder_.path()))->source_events({"a"}, 100);
    for (const SourceEvent& one : *events) all.insert(all.begin(), one.type);
    return all;
  }
  JournalistDetail only_journalist() {
    const auto reader = std::move(*open_reader(folder_.path()));
    const auto all = reader->journalists();
    EXPECT_EQ(all->size(), 1u);
    return all->empty() ? JournalistDetail() : *reader->journalist(all->front().id);
  }

  using Types = std::vector<std::string>;
  Folder folder_;
  std::unique_ptr<Store> store_;
  Newsroom room_;
};

TEST_F(Events, TroubleIsToldOnceWhateverKindsOfItFollowAndItsEndOnce) {
  poll(kStart);
  fail(kStart + 15min, 503);
  fail(kStart + 16min, 503);
  fail(kStart + 17min, 200, model::SourceState::kSuspect);
  poll(kStart + 18min);
  poll(kStart + 33min);
  EXPECT_EQ(types(), (Types{"source.degraded", "source.recovered"}));
}

TEST_F(Events, AnotherNameAndAnotherOutletAreEventsOfTheirOwn) {
  poll(kStart, "홍길동");
  poll(kStart + 15min, "홍길동", "나루신문");
  poll(kStart + 30min, "홍길순", "나루신문");
  poll(kStart + 45min, "홍길순", "나루신문");
  EXPECT_EQ(types(), (Types{"journalist.moved", "journalist.renamed"}));
  const JournalistDetail person = only_journalist();
  EXPECT_EQ(person.summary.name, "홍길순");
  EXPECT_EQ(person.summary.outlet, "나루신문");
  EXPECT_EQ(person.names.size(), 3u) << "their bylines before and after are theirs";
}

TEST_F(Events, APageThatIsGoneTwiceIsClosedAndMayReturn) {
  poll(kStart, "홍길동");
  fail(kStart + 15min, 404);
  EXPECT_EQ(types(), (Types{"source.degraded"})) << "once may be a mishap";
  fail(kStart + 16min, 404);
  fail(kStart + 17min, 404);
  EXPECT_TRUE(only_journalist().summary.closed_at);
  poll(kStart + 18min, "홍길동");
  EXPECT_EQ(types(), (Types{"source.degraded", "journalist.closed", "source.recovered", "journalist.returned"}));
}

// An unchanged page is not read again, and so names nobody.
TEST_F(Events, AClosedPageThatReturnsAsItWasHasReturned) {
  poll(kStart, "홍길동");
  fail(kStart + 15min, 404);
  fail(kStart + 16min, 404);
  poll(kStart + 18min);
  EXPECT_EQ(types(), (Types{"source.degraded", "journalist.closed", "source.recovered", "journalist.returned"}));
  EXPECT_FALSE(only_journalist().summary.closed_at);
}

TEST_F(Events, WhatIsSignedWithTheirNameAtTheirOutletIsTheirs) {
  poll(kStart, "김기자");
  room_.report("1", {"samsung"}, kStart + 15min);
  const JournalistDetail person = only_journalist();
  ASSERT_EQ(person.articles.size(), 1u);
  EXPECT_EQ(person.articles[0].article.url, "https://press.example/1");
  EXPECT_EQ(person.summary.sources, std::vector<model::SourceId>{{"a"}});
}

TEST_F(Events, TwoPagesOfOneKindAreTwoPeopleOfOneName) {
  room_.configure({source("a"), source("b")}, kStart);
  for (const ClaimedSource& one : room_.claim_sources(kStart + 1s)) {
    ListingRecord record = room_.listing(one, {}, kStart + 1s);
    record.journalist = "홍길동";
    ASSERT_TRUE(store_->record_listing(record));
  }
  EXPECT_EQ((*open_reader(folder_.path()))->journalists()->size(), 2u);
}

}  // namespace
}  // namespace bylined::store::test
