// SPDX-License-Identifier: Apache-2.0
// The n-th operation of the disk fails, for every n.
#include "tests/store/faults/day.h"
#include "tests/support/effort.h"

namespace bylined::store::test {
namespace {

class NthFault : public Faults, public testing::WithParamInterface<FaultyDisk::Fault> {};

TEST_P(NthFault, ThatPassesCostsNothingButASecondTry) {
  bool fired = true;
  int reached = 0;
  for (int nth = 1; fired && nth <= kNthMax; nth += tests::effort(5, 1, 1)) {
    reached = nth;
    remove_database();
    auto store = open_store(options());
    ASSERT_TRUE(store) << store.error().text();
    Acknowledged acknowledged;
    disk_.fail_at(nth, GetParam());
    EXPECT_TRUE(Day(**store, acknowledged, 3).run(0, 2)) << "operation " << nth;
    static_cast<void>((*store)->checkpoint().has_value());
    fired = disk_.fired() > 0;
    disk_.heal();
    store->reset();
    EXPECT_EQ(missing(acknowledged), "") << "operation " << nth;
    EXPECT_EQ(Raw(path()).ask("SELECT count(*), (SELECT count(*) FROM alert), (SELECT count(*) FROM delivery) FROM article"), "2|2|2") << nth;
    expect_whole("operation " + std::to_string(nth));
  }
  EXPECT_GT(reached, 20);
}

TEST_P(NthFault, ThatLastsStopsTheWorkAndLosesNothing) {
  bool fired = true;
  for (int nth = 1; fired && nth <= kNthMax; nth += 7) {
    remove_database();
    auto store = open_store(options());
    ASSERT_TRUE(store) << store.error().text();
    Acknowledged acknowledged;
    disk_.fail_at(nth, GetParam(), true);
    const bool done = Day(**store, acknowledged, 2).run(0, 2);
    fired = disk_.fired() > 0;
    EXPECT_EQ(done, !fired) << "operation " << nth;
    disk_.heal();
    EXPECT_TRUE(Day(**store, acknowledged, 1).run(2, 2)) << "goes on without a new start, operation " << nth;
    store->reset();
    EXPECT_EQ(missing(acknowledged), "") << "operation " << nth;
    expect_whole("operation " + std::to_string(nth));
  }
}

TEST_P(NthFault, WhileOpeningIsToldAndPasses) {
  ASSERT_TRUE(open_store(options()));
  bool fired = true;
  for (int nth = 1; fired && nth <= kNthMax; ++nth) {
    const bool anew = nth % 2 == 0;
    if (anew) remove_database();
    disk_.fail_at(nth, GetParam());
    const auto opened = open_store(options());
    fired = disk_.fired() > 0;
    EXPECT_TRUE(opened || opened.error().worth_retrying()) << opened.error().text();
    disk_.heal();
  }
  EXPECT_TRUE(open_store(options()));
  expect_whole("at the end");
}

std::string fault_name(const testing::TestParamInfo<FaultyDisk::Fault>& fault) {
  const char* const names[] = {"IoError", "Full", "Busy"};
  return names[static_cast<int>(fault.param)];
}

INSTANTIATE_TEST_SUITE_P(Kinds, NthFault, testing::Values(FaultyDisk::Fault::kIoError, FaultyDisk::Fault::kFull, FaultyDisk::Fault::kBusy), fault_name);

}  // namespace
}  // namespace bylined::store::test
