// SPDX-License-Identifier: Apache-2.0
// The disk is in a state that does not pass by itself: locked, full, damaged, taken away.
#include "tests/store/faults/day.h"

namespace bylined::store::test {
namespace {

TEST_F(Faults, ALockOfAnotherProcessIsWaitedForAndToldAsPassing) {
  auto store = open_store(options());
  ASSERT_TRUE(store);
  Acknowledged acknowledged;
  ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 1));
  {
    Raw other(path());
    other.run("BEGIN IMMEDIATE");
    const Status refused = (*store)->release_leases(kStart);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::kTransient);
    EXPECT_TRUE((*store)->next_read_due()) << "reading goes on";
    EXPECT_EQ((*store)->group([] {}).error().kind(), ErrorKind::kTransient);
  }
  EXPECT_TRUE(Day(**store, acknowledged, 1).run(1, 1));
}

TEST_F(Faults, ADamagedPageUnderARunningStoreIsToldAndNeverACrash) {
  {
    auto store = open_store(options());
    Acknowledged acknowledged;
    ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 3));
  }
  const std::string good = bytes_of(path());
  int told = 0;
  for (std::size_t page = 0; page * 4096 < good.size(); ++page) {
    std::string bytes = good;
    bytes.replace(page * 4096 + (page == 0 ? 100 : 0), 600, std::string(600, '\x5a'));
    write_bytes(path(), bytes);
    auto store = open_store(options());
    const auto due = store ? (*store)->claim_due_reads(kStart + 24h, 10, Lease{"me", kStart + 25h}) : Result<std::vector<ClaimedRead>>(store.error());
    const auto reader = open_reader(path());
    const auto alerts = reader ? (*reader)->alerts(AlertFilter()) : Result<Slice<model::Alert>>(reader.error());
    for (const auto* error : {store ? nullptr : &store.error(), due ? nullptr : &due.error(), alerts ? nullptr : &alerts.error()}) {
      if (error == nullptr) continue;
      ++told;
      EXPECT_TRUE(error->kind() == ErrorKind::kCorrupt || error->kind() == ErrorKind::kInvalid) << error->text();
    }
  }
  EXPECT_GT(told, 5);
}

TEST_F(Faults, AFullDiskIsToldAndEndsWhenThereIsSpaceAgain) {
  auto store = open_store(options());
  ASSERT_TRUE(store);
  Acknowledged acknowledged;
  ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 2));
  disk_.limit_space(0);
  EXPECT_FALSE(Day(**store, acknowledged, 1).run(2, 20));
  EXPECT_TRUE((*store)->known_items({"a"}, {item("n0").identity})) << "reading goes on";
  disk_.limit_space(-1);
  EXPECT_TRUE(Day(**store, acknowledged, 1).run(22, 2)) << "without a new start";
  store->reset();
  EXPECT_EQ(missing(acknowledged), "");
  expect_whole("after the full disk");
}

TEST_F(Faults, TheBallastLetsTheLogBeMovedOnAFullDisk) {
  OpenOptions with_ballast = options();
  with_ballast.ballast = 1 << 20;
  auto store = open_store(with_ballast);
  ASSERT_TRUE(store);
  const std::string ballast = path() + ".ballast";
  ASSERT_EQ(std::filesystem::file_size(ballast), 1u << 20);
  Acknowledged acknowledged;
  ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 30));
  disk_.limit_space(0, ballast);
  ASSERT_FALSE(Day(**store, acknowledged, 1).run(30, 100));
  disk_.limit_space(static_cast<std::int64_t>(std::filesystem::file_size(path()) + std::filesystem::file_size(path() + "-wal") + (1u << 20)), ballast);
  EXPECT_TRUE((*store)->checkpoint());
  EXPECT_FALSE(std::filesystem::exists(ballast)) << "it was given back";
  EXPECT_TRUE(Day(**store, acknowledged, 1).run(130, 10)) << "the log is written anew in its old place";
  disk_.limit_space(-1);
  EXPECT_TRUE((*store)->checkpoint());
  EXPECT_TRUE(std::filesystem::exists(ballast)) << "and is there again when there is space";
  store->reset();
  EXPECT_EQ(missing(acknowledged), "");
  expect_whole("after the full disk");
}

TEST_F(Faults, FilesThatAreTakenAwayAreNoticed) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    const std::string database = path(std::string("gone") + ending + ".db");
    auto store = open_store(options_for(database));
    ASSERT_TRUE(store);
    Acknowledged acknowledged;
    ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 1));
    ASSERT_TRUE((*store)->checkpoint());
    std::filesystem::remove(database + ending);
    EXPECT_EQ((*store)->checkpoint().error().kind(), ErrorKind::kCorrupt) << ending;
    EXPECT_EQ((*store)->move_log().error().kind(), ErrorKind::kCorrupt) << ending;
  }
}

TEST_F(Faults, AnotherFileInThePlaceOfTheDatabaseIsNoticedAndNotWritten) {
  const std::string database = path("database.db"), other = path("other.db");
  { ASSERT_TRUE(open_store(options_for(other))); }
  auto store = open_store(options_for(database));
  ASSERT_TRUE(store);
  Acknowledged acknowledged;
  ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 1));
  const std::string bytes = bytes_of(other);
  std::filesystem::rename(other, database);
  EXPECT_EQ((*store)->move_log().error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ((*store)->checkpoint().error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(bytes_of(database), bytes);
}

TEST_F(Faults, ADatabaseThatALinkLeadsToIsInItsPlace) {
  std::filesystem::create_directory(path("far"));
  { ASSERT_TRUE(open_store(options_for(path("far/a.db")))); }
  std::filesystem::create_symlink(path("far/a.db"), path("link.db"));
  auto store = open_store(options_for(path("link.db")));
  ASSERT_TRUE(store);
  EXPECT_TRUE((*store)->move_log());
  EXPECT_TRUE((*store)->checkpoint());
}

// ---- the log ----

std::uintmax_t log_size(const std::string& path) { return std::filesystem::exists(path + "-wal") ? std::filesystem::file_size(path + "-wal") : 0; }

TEST_F(Faults, TheLogIsWrittenAnewAfterACheckpoint) {
  auto store = open_store(options());
  ASSERT_TRUE(store);
  Acknowledged acknowledged;
  std::uintmax_t largest = 0;
  for (int day = 0; day < 20; ++day) {
    ASSERT_TRUE(Day(**store, acknowledged, 1).run(day * 5, 5));
    ASSERT_TRUE((*store)->move_log());
    ASSERT_TRUE((*store)->checkpoint());
    if (day == 1) largest = log_size(path());
  }
  EXPECT_LE(log_size(path()), largest * 3 / 2) << "twenty days take no more log than two";
}

TEST_F(Faults, ALongReaderHoldsTheLogUpButNotTheWork) {
  auto store = open_store(options());
  ASSERT_TRUE(store);
  Acknowledged acknowledged;
  ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 2));
  {
    Raw reader(path());
    reader.run("BEGIN");
    reader.ask("SELECT count(*) FROM item");
    ASSERT_TRUE(Day(**store, acknowledged, 1).run(2, 10));
    EXPECT_TRUE((*store)->move_log());
    EXPECT_TRUE((*store)->checkpoint()) << "it moves what it may";
    EXPECT_EQ(reader.ask("SELECT count(*) FROM item"), "2");
  }
  ASSERT_TRUE((*store)->checkpoint());
  store->reset();
  EXPECT_EQ(missing(acknowledged), "");
}

}  // namespace
}  // namespace bylined::store::test
