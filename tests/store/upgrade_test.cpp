// SPDX-License-Identifier: Apache-2.0
// A database of each older program is brought forward at the start: what it held is held, wherever that is broken off.
#include <sys/wait.h>

#include <csignal>
#include <filesystem>

#include "base/random.h"
#include "store/sqlite/migrate.h"
#include "tests/store/on_disk.h"
#include "tests/store/raw.h"
#include "tests/support/effort.h"
#include "tests/support/faulty_disk.h"

namespace bylined::store::test {
namespace {

void answer_title_key(sqlite3_context* context, int, sqlite3_value** values) {
  const std::string key = model::title_key(reinterpret_cast<const char*>(sqlite3_value_text(values[0])));
  sqlite3_result_text(context, key.data(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
}

// The most memory this process has taken, in MB.
int peak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoi(line.substr(6)) / 1024;
  }
  return 0;
}

void replace(std::string& text, std::string_view what, std::string_view by) {
  if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

std::string names(Raw& raw, const std::string& sql) {
  std::string all = raw.ask(sql);
  for (std::size_t at = all.find('\n'); at != std::string::npos; at = all.find('\n', at)) all.replace(at, 1, ", ");
  return all;
}

constexpr int kBefore = 4;  // the schema whose items take much room

class Upgrade : public OnDisk {
 protected:
  // A closed database of the schema before the last with so many items, of which this program wrote none.
  void fill_old(int items) {
    leave_unaudited();
    close();
    remove_database();
    make_old(path(), kBefore);
    Raw(path()).run("INSERT INTO source (id, kind, url, state, state_since, due) VALUES ('a', 'feed', 'https://press.example/', 'ok', 1, 1);"
                    "WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < " + std::to_string(items) + ") "
                    "INSERT INTO item (source, identity, url, title, summary, authors, title_key, first_seen, checksum) "
                    "SELECT 1, 'https://press.example/' || n, 'http://press.example/' || n, 'Title ' || n, printf('%.200c', 'x'), '[]', 'title' || n, n, 0 FROM k;"
                    "INSERT INTO meta VALUES ('installation', 'test')");
  }
  void remove_database() const {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path() + ending);
  }

  // An empty database of an older schema.
  void make_old(const std::string& at, int schema) const {
    Raw old(at);
    lend_functions(old.connection());
    old.ask("PRAGMA journal_mode=WAL");
    for (const Migration& step : migrations()) {
      if (step.number <= schema) old.run(step.sql);
    }
    old.run("PRAGMA user_version=" + std::to_string(schema) + "; PRAGMA application_id=" + std::to_string(kApplicationId));
  }

  // Puts in the store's place what the program of that schema would have left of the same days.
  void age(int schema) {
    close();
    make_old(path("old.db"), schema);
    {
      Raw old(path("old.db"));
      sqlite3_create_function(old.connection(), "title_key", 1, SQLITE_UTF8, nullptr, &answer_title_key, nullptr, nullptr);
      old.run("ATTACH '" + path() + "' AS young");
      std::istringstream tables(old.ask("SELECT name FROM main.sqlite_schema WHERE type = 'table'"));
      for (std::string table; std::getline(tables, table);) copy(old, table);
    }
    std::filesystem::rename(path("old.db"), path());
  }

  std::string everything() {
    std::string all;
    Raw raw(path());
    std::istringstream tables(raw.ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"));
    for (std::string table; std::getline(tables, table);) all += table + ":\n" + raw.ask("SELECT * FROM " + table) + "\n";
    return all;
  }

  // A day with items of all kinds of address, listed and gone, read and not.
  void work() {
    room().configure({source("a")});
    room().list({listed("https://press.example/1", "https://press.example/1"), listed("https://press.example/2", "http://www.press.example/2?utm_source=x"),
                 listed("https://press.example/3", "https://www.press.example/3"), listed("https://press.example/한글", "http://press.example/한글"),
                 listed("naver:277/0005600001", "https://n.news.naver.com/article/277/0005600001"), listed("https://press.example", "http://press.example/")},
                kStart, false);
    auto nameless = item("7", "…!");
    room().list({nameless, item("8")}, kStart + 15min);
    for (const ClaimedRead& read : room().claim_reads(kStart + 15min)) room().find(finding(read, body_with({"samsung"}), mentions_of({"samsung"}), kStart + 15min));
  }

 private:
  static model::ListedItem listed(const std::string& identity, const std::string& url) {
    model::ListedItem one = item("x", "제목 " + identity);
    one.identity.value = identity;
    one.url = url;
    return one;
  }
  static void copy(Raw& old, const std::string& table) {
    const std::string columns = names(old, "SELECT '\"' || name || '\"' FROM pragma_table_info('" + table + "')");
    std::string values = columns;
    replace(values, "\"title_key\"", "title_key(title)");
    if (table == "item") replace(values, "\"authors\"", "CASE authors WHEN '' THEN '[]' ELSE authors END");
    old.run("INSERT INTO main.\"" + table + "\" (" + columns + ") SELECT " + values + " FROM young.\"" + table + "\"");
  }
};

TEST_F(Upgrade, WritesWhatThisProgramWouldHaveWritten) {
  work();
  const std::string before = everything();
  age(kBefore);
  ASSERT_EQ(Raw(path()).ask("SELECT count(*) FROM item WHERE title_key = ''"), "1");
  open();
  EXPECT_EQ(everything(), before);
}

TEST_F(Upgrade, KeepsTheItemsOfEachOlderSchema) {
  work();
  const std::string items = Raw(path()).ask("SELECT * FROM item");
  for (int schema = kBefore; schema > 0; --schema) {
    age(schema);
    open();
    EXPECT_EQ(Raw(path()).ask("SELECT * FROM item"), items) << "from " << schema;
    EXPECT_EQ(Raw(path()).ask("SELECT count(*) FROM read WHERE item NOT IN (SELECT n FROM item)"), "0");
  }
}

TEST_F(Upgrade, RefusesWhereARowNamesAMissingOneAndChangesNothing) {
  work();
  age(kBefore);
  Raw(path()).run("DELETE FROM item WHERE n = (SELECT min(item) FROM read)");
  const auto opened = open_store(options_for(path()));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind(), ErrorKind::kCorrupt);
  EXPECT_NE(opened.error().text().find("missing"), std::string::npos) << opened.error().text();
  EXPECT_EQ(Raw(path()).ask("PRAGMA user_version"), std::to_string(kBefore));
  leave_unaudited();
}

constexpr int kMany = 20'000;  // items: some ten commits' worth of pages

TEST_F(Upgrade, MayBeKilledAnywhere) {
  const int kills = tests::effort(3, 10, 50);
  Random random(5);
  int broken_off = 0;
  for (int kill = 0; kill < kills; ++kill) {
    fill_old(kMany);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto opened = open_store(options_for(path()));
      ::_exit(opened ? 0 : 1);
    }
    ::usleep(static_cast<useconds_t>(random.below(200'000)));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    broken_off += Raw(path()).ask("PRAGMA user_version") == std::to_string(kBefore) ? 1 : 0;
    ASSERT_TRUE(open_store(options_for(path())));
    EXPECT_EQ(Raw(path()).ask("SELECT count(*), count(DISTINCT identity_hash), sum(url = 'http://press.example/' || n), sum(length(address)) FROM item"),
              std::to_string(kMany) + "|" + std::to_string(kMany) + "|" + std::to_string(kMany) + "|" + std::to_string(4 * kMany));
    EXPECT_EQ(Raw(path()).ask("PRAGMA integrity_check"), "ok");
  }
  EXPECT_GT(broken_off, 0);
}

TEST_F(Upgrade, TakesNoMoreMemoryForALargeDatabase) {
  if (tests::kSanitized) GTEST_SKIP() << "a sanitizer takes memory of its own";
  fill_old(tests::in_full() ? 1'000'000 : 100'000);
  const pid_t child = ::fork();
  if (child == 0) {
    const int before = peak();
    const auto opened = open_store(options_for(path()));
    ::_exit(opened ? std::min(peak() - before, 200) : 255);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  RecordProperty("grown_mb", WEXITSTATUS(status));
  EXPECT_LE(WEXITSTATUS(status), 24) << "MB; with sorts and what can be undone in memory it is twice that and grows with the database";
}

TEST_F(Upgrade, SaysAllAlongThatItGetsOnAndNothingWhileItWaits) {
  if (tests::in_haste()) GTEST_SKIP() << "it waits for a lock as long as a daemon does, and fills a large database";
  fill_old(kMany);
  OpenOptions options = options_for(path());
  int told = 0;
  options.on_progress = [&told] { ++told; };
  {
    Raw other(path());
    other.run("BEGIN IMMEDIATE");
    ASSERT_FALSE(open_store(options));
    EXPECT_EQ(told, 0) << "it waited for the lock";
  }
  ASSERT_TRUE(open_store(options));
  const int once = std::exchange(told, 0);
  EXPECT_GE(once, 10);
  ASSERT_TRUE(open_store(options));
  EXPECT_EQ(told, 0) << "there was nothing to do";
  remove_database();
  fill_old(4 * kMany);
  ASSERT_TRUE(open_store(options));
  EXPECT_GE(told, 3 * once) << "the longer it takes, the more often";
}

TEST_F(Upgrade, OnAFullDiskLeavesTheDatabaseAsItWasAndSaysSo) {
  fill_old(5'000);
  const std::string before = everything();
  tests::FaultyDisk disk("narrow");
  OpenOptions options = options_for(path());
  options.vfs = disk.name();
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path()));
  int refused = 0;
  bool done = false;
  for (std::int64_t room = 1 << 15; !done && room < 16 * size; room *= 2) {
    disk.limit_space(size + room);
    auto opened = open_store(options);
    done = opened.has_value();
    if (done) break;
    ++refused;
    EXPECT_EQ(opened.error().kind(), ErrorKind::kTransient);
    for (const char* word : {"full", "0005_items_lean", "as it was", "room"}) EXPECT_NE(opened.error().text().find(word), std::string::npos) << opened.error().text();
    const std::string log = path() + "-wal";
    EXPECT_TRUE(!std::filesystem::exists(log) || std::filesystem::file_size(log) == 0) << "its room is given back";
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(Raw(path()).ask("PRAGMA user_version"), std::to_string(kBefore));
  }
  EXPECT_TRUE(done);
  EXPECT_GT(refused, 2);
  EXPECT_EQ(Raw(path()).ask("SELECT count(*) FROM item"), "5000");
}

// At each operation of the disk: an error that passes, no room, and the power.
TEST_F(Upgrade, IsThereWholeOrNotAtAllWhereverTheDiskFails) {
  work();
  const std::string wanted = everything();
  age(kBefore);
  const std::string old = bytes_of(path());
  tests::FaultyDisk disk("failing");
  OpenOptions options = options_for(path());
  options.vfs = disk.name();
  using Fault = tests::FaultyDisk::Fault;
  for (const std::optional<Fault> fault : {std::optional(Fault::kIoError), std::optional(Fault::kFull), std::optional<Fault>()}) {
    if (!fault) disk.hold_unsynced();
    bool struck = true;
    int nth = 1;
    for (; struck; nth += tests::effort(7, 2, 1)) {
      remove_database();
      write_bytes(path(), old);
      fault ? disk.fail_at(nth, *fault) : disk.cut_at(nth);
      {
        const auto opened = open_store(options);
        EXPECT_TRUE(opened || opened.error().worth_retrying()) << nth << ": " << opened.error().text();
        struck = fault ? disk.fired() > 0 : disk.is_cut();
      }
      disk.heal();
      if (!fault) disk.restart([nth] { return nth % 3 == 0; });
      EXPECT_EQ(Raw(path()).ask("PRAGMA integrity_check"), "ok") << nth;
      const auto again = open_store(options_for(path()));
      ASSERT_TRUE(again) << nth << ": " << again.error().text();
      EXPECT_EQ(everything(), wanted) << nth;
    }
    EXPECT_GT(nth, 20);
  }
}

}  // namespace
}  // namespace bylined::store::test
