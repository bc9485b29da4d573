// SPDX-License-Identifier: Apache-2.0
#include "store/store_lane.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/store/on_disk.h"
#include "tests/support/forwarding_store.h"

namespace bylined::store::test {
namespace {

class Lane : public OnDisk, public testing::WithParamInterface<unsigned> {
 protected:
  void spawn(Task<> task) { boost::asio::co_spawn(io_, std::move(task), boost::asio::detached); }
  void run(StoreLane& lane) {
    io_.run();
    lane.stop();
  }

  boost::asio::io_context io_;
};

Task<> find_one(StoreLane& lane, Finding found, Decide decide, int& good) {
  const auto outcome = co_await lane.call<&Store::record_finding>(std::move(found), std::move(decide));
  if (outcome && outcome->version == 1) ++good;
}

TEST_P(Lane, CallsThatWaitAreAllRecorded) {
  room().configure({source("a")});
  std::vector<model::ListedItem> items;
  for (int i = 0; i < 200; ++i) items.push_back(item("n" + std::to_string(i)));
  room().list(items, kStart);
  const auto reads = room().claim_reads(kStart, 200);
  StoreLane lane(store(), GetParam());
  int good = 0;
  for (const ClaimedRead& read : reads) spawn(find_one(lane, finding(read, body_with({"samsung"}), mentions_of({"samsung"}), kStart), desk(), good));
  run(lane);
  EXPECT_EQ(good, 200);
  EXPECT_EQ(reader().counts()->alerts, 200);
}

Task<> find_three(StoreLane& lane, Finding bad, Finding good, std::vector<ErrorKind>& kinds, int& version) {
  const Decide decide = desk();
  const auto first = co_await lane.call<&Store::record_finding>(bad, decide);
  if (!first) kinds.push_back(first.error().kind());
  const auto second = co_await lane.call<&Store::record_finding>(good, decide);
  if (second) version = second->version;
  const auto moved = co_await lane.call<&Store::checkpoint>();
  if (!moved) kinds.push_back(moved.error().kind());
}

TEST_P(Lane, OneCallMayFailAloneAndACheckpointRunsBetweenGroups) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto reads = room().claim_reads(kStart);
  Finding good = finding(reads[0], version("본문"), {}, kStart), bad = good;
  bad.claim.token = 77;
  StoreLane lane(store(), GetParam());
  std::vector<ErrorKind> kinds;
  int number = 0;
  spawn(find_three(lane, bad, good, kinds, number));
  run(lane);
  EXPECT_EQ(kinds, std::vector<ErrorKind>{ErrorKind::kCancelled});
  EXPECT_EQ(number, 1);
}

Task<> ask(StoreLane& lane, std::vector<ErrorKind>& kinds) {
  const auto due = co_await lane.call<&Store::next_read_due>();
  if (!due) kinds.push_back(due.error().kind());
}

TEST_P(Lane, AfterStoppingACallIsCancelled) {
  StoreLane lane(store(), GetParam());
  lane.stop();
  std::vector<ErrorKind> kinds;
  spawn(ask(lane, kinds));
  run(lane);
  EXPECT_EQ(kinds, std::vector<ErrorKind>{ErrorKind::kCancelled});
}

class FullDisk final : public tests::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status group(const std::function<void()>& calls) override {
    calls();
    return Error(ErrorKind::kTransient, "the disk is full");
  }
};

TEST_P(Lane, AGroupThatCannotBeCommittedAnswersEachCall) {
  FullDisk full(store());
  StoreLane lane(full, GetParam());
  std::vector<ErrorKind> kinds;
  for (int i = 0; i < 3; ++i) spawn(ask(lane, kinds));
  run(lane);
  EXPECT_EQ(kinds, std::vector<ErrorKind>(3, ErrorKind::kTransient));
}

INSTANTIATE_TEST_SUITE_P(Threads, Lane, testing::Values(0u, 1u), [](const auto& threads) { return threads.param == 0 ? "InPlace" : "OnItsThread"; });

}  // namespace
}  // namespace bylined::store::test
