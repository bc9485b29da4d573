// SPDX-License-Identifier: Apache-2.0
// The power goes, and takes along what was not synced.
#include "base/random.h"
#include "store/sqlite/migrate.h"
#include "tests/store/faults/day.h"
#include "tests/support/effort.h"

namespace bylined::store::test {
namespace {

struct Cuts {
  int cycles = 0;
  int losses = 0;   // cycles after which something acknowledged was gone
  int damages = 0;  // cycles after which the store could not be opened, or the audit found something
};

class PowerCuts : public Faults {
 protected:
  // Day after day on one database; in each cycle the power goes at another write or sync, and of what lay
  // unsynced the seed keeps some.
  Cuts cut(const OpenOptions& options, int cycles) {
    Random random(7);
    EXPECT_TRUE(open_store(options));
    disk_.hold_unsynced();
    Cuts cuts;
    for (; cuts.cycles < cycles; ++cuts.cycles) {
      Acknowledged acknowledged;
      {
        auto store = open_store(options);
        EXPECT_TRUE(store) << store.error().text();
        if (!store) break;
        disk_.cut_at(1 + static_cast<int>(random.below(100)));
        Day(**store, acknowledged, 1).run(cuts.cycles * 10, 10);
        if (random.below(4) == 0) static_cast<void>((*store)->checkpoint().has_value());
      }
      disk_.restart([&random] { return random.below(2) == 0; });
      const bool opens = open_store(options).has_value();
      const auto looked = audit(options.path);
      if (!opens || !looked || !looked->findings.empty()) ++cuts.damages;
      if (!missing(acknowledged).empty()) ++cuts.losses;
    }
    return cuts;
  }
};

TEST_F(PowerCuts, LoseNothingThatWasAcknowledged) {
  const int cycles = tests::effort(60, 300, 1'000);
  const Cuts cuts = cut(options(), cycles);
  EXPECT_EQ(cuts.cycles, cycles);
  EXPECT_EQ(cuts.losses, 0);
  EXPECT_EQ(cuts.damages, 0);
}

// So that the test above can fail: with less care the same cuts lose what was acknowledged.
TEST_F(PowerCuts, WouldLoseMuchIfCommitsWereNotSynced) {
  OpenOptions careless = options();
  careless.synchronous_full = false;
  const Cuts cuts = cut(careless, 30);
  EXPECT_EQ(cuts.cycles, 30);
  EXPECT_GT(cuts.losses, 5);
  EXPECT_EQ(cuts.damages, 0) << "even then nothing is half there";
}

// The first page, which tells the file's size, may be there before the pages at its end; those are in the log.
TEST_F(PowerCuts, AtAnyWriteOfMovingTheLogAreNoDamage) {
  for (const bool first_alone : {true, false}) {
    bool survived = false;
    for (int nth = 1; !survived; nth += tests::effort(7, 3, 1)) {
      disk_.restart([] { return true; });
      remove_database();
      ASSERT_TRUE(open_store(options()));
      disk_.hold_unsynced();
      Acknowledged acknowledged;
      {
        auto store = open_store(options());
        ASSERT_TRUE(store);
        ASSERT_TRUE(Day(**store, acknowledged, 1).run(0, 40));
        disk_.cut_at(nth);
        survived = (*store)->checkpoint().has_value();
        disk_.cut_now();
      }
      disk_.restart([first_alone, n = 0]() mutable { return first_alone == (n++ == 0); });
      const auto store = open_store(options());
      ASSERT_TRUE(store) << "write " << nth << ": " << store.error().text();
      EXPECT_EQ(missing(acknowledged), "") << "write " << nth;
      expect_whole("write " + std::to_string(nth));
    }
  }
}

TEST_F(PowerCuts, AtAnyWriteOfAFirstStartLeaveNothingOrAWholeDatabase) {
  disk_.hold_unsynced();
  for (int nth = 1;; nth += tests::effort(7, 1, 1)) {
    disk_.cut_at(nth);
    const bool opened = open_store(options()).has_value();
    const bool survived = !disk_.is_cut();
    disk_.restart([nth] { return nth % 2 == 0; });
    const auto again = open_store(options());
    ASSERT_TRUE(again) << "write " << nth << ": " << again.error().text();
    if (opened && survived) break;
    expect_whole("write " + std::to_string(nth));
    remove_database();
    disk_.restart([] { return true; });
  }
}

TEST_F(PowerCuts, AtAnyWriteOfAMigrationLeaveTheOldSchemaOrTheNew) {
  const std::vector<Migration> first{{1, "0001_first", "CREATE TABLE a (x); INSERT INTO a VALUES (1), (2), (3);"}};
  std::vector<Migration> both = first;
  both.push_back({2, "0002_second", "ALTER TABLE a ADD COLUMN y; CREATE TABLE b (z); INSERT INTO b SELECT x FROM a; UPDATE a SET y = x; CREATE INDEX i ON b (z);"});
  Database::Options writing;
  writing.write = true;
  writing.vfs = disk_.name();
  std::set<int> schemas;
  bool survived = false;
  for (int nth = 1; !survived; ++nth) {
    write_bytes(path(), "");
    ASSERT_TRUE(migrate(**Database::open(path(), writing), first));
    disk_.hold_unsynced();
    disk_.cut_at(nth);
    {
      auto database = Database::open(path(), writing);
      ASSERT_TRUE(database);
      survived = (*database)->execute("PRAGMA journal_mode=WAL").has_value() && migrate(**database, both).has_value();
    }
    survived = survived && !disk_.is_cut();
    disk_.restart([nth] { return nth % 3 == 0; });
    Raw raw(path());
    const int schema = std::stoi(raw.ask("PRAGMA user_version"));
    schemas.insert(schema);
    EXPECT_EQ(raw.ask("PRAGMA integrity_check"), "ok") << nth;
    EXPECT_EQ(raw.ask(schema == 2 ? "SELECT sum(y), (SELECT sum(z) FROM b) FROM a" : "SELECT sum(x), (SELECT count(*) FROM sqlite_schema) FROM a"),
              schema == 2 ? "6|6" : "6|1") << nth;
    raw.run("PRAGMA journal_mode=DELETE");
    disk_.restart([] { return true; });
  }
  EXPECT_EQ(schemas, (std::set<int>{1, 2}));
}

}  // namespace
}  // namespace bylined::store::test
