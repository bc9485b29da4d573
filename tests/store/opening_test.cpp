// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>

#include "store/sqlite/migrate.h"
#include "tests/store/newsroom.h"
#include "tests/store/raw.h"

namespace bylined::store::test {
namespace {

class Opening : public testing::Test {
 protected:
  std::string path() const { return folder_.path(); }
  Result<std::unique_ptr<Store>> open() const { return open_store(options_for(path())); }
  void make() const { ASSERT_TRUE(open()); }
  ErrorKind refusal() const {
    const auto opened = open();
    EXPECT_FALSE(opened);
    if (opened) return ErrorKind::kTransient;
    EXPECT_GT(opened.error().text().size(), 20u) << "says what, where and what to do";
    return opened.error().kind();
  }

  const Folder folder_;
};

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

TEST_F(Opening, ANewDatabaseIsForUsAloneAndKeepsALog) {
  const auto store = open();
  ASSERT_TRUE(store);
  Newsroom(**store).configure({source("a")});
  for (const char* ending : {"", "-wal", "-shm", ".lock"}) EXPECT_EQ(mode_of(path() + ending), 0600u) << ending;
  EXPECT_EQ(bytes_of(path()).substr(18, 2), "\x02\x02") << "write-ahead log";
}

TEST_F(Opening, WhatWasStoredIsThereAfterwards) {
  {
    const auto store = open();
    ASSERT_TRUE(store);
    Newsroom(**store).configure({source("a")});
  }
  EXPECT_FALSE(std::filesystem::exists(path() + "-wal")) << "a clean end leaves one file";
  const auto again = open();
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(Newsroom(**again).claim_sources(kStart).size(), 1u);
}

TEST_F(Opening, AnInstallationIsMadeByChanceOnce) {
  OpenOptions options = options_for(path());
  options.installation.clear();
  const std::string first = open_store(options).value()->installation();
  EXPECT_EQ(first.size(), 26u);
  EXPECT_EQ(open_store(options).value()->installation(), first);
  options.path = folder_.path("other.db");
  EXPECT_NE(open_store(options).value()->installation(), first);
}

TEST_F(Opening, ASecondDaemonIsRefusedAtOnceAndMayComeWhenTheFirstIsGone) {
  {
    const auto first = open();
    ASSERT_TRUE(first);
    EXPECT_EQ(refusal(), ErrorKind::kBusy);
  }
  EXPECT_TRUE(open());
}

TEST_F(Opening, ADaemonThatWasKilledHoldsNothing) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto store = open();
    const char word = store ? 'y' : 'n';
    [[maybe_unused]] const ssize_t told = ::write(ready[1], &word, 1);
    ::pause();
    ::_exit(0);
  }
  char word = 0;
  ASSERT_EQ(::read(ready[0], &word, 1), 1);
  EXPECT_EQ(word, 'y');
  EXPECT_EQ(refusal(), ErrorKind::kBusy);
  EXPECT_TRUE(is_held(path())) << "as the command line sees it, though nobody answers";
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(is_held(path()));
  EXPECT_TRUE(open());
}

// Opens by `path` in a process of its own: closing a file would end the locks that this process has on it.
int refusal_elsewhere(const std::string& path) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto opened = open_store(options_for(path));
    ::_exit(opened ? 0 : static_cast<int>(opened.error().kind()));
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WEXITSTATUS(status);
}

TEST_F(Opening, ASecondDaemonIsRefusedByWhateverNameItComes) {
  const auto first = open();
  ASSERT_TRUE(first);
  const int refused = static_cast<int>(ErrorKind::kBusy);
  std::filesystem::create_symlink(path(), folder_.path("link.db"));
  EXPECT_EQ(refusal_elsewhere(folder_.path("link.db")), refused);
  std::filesystem::create_hard_link(path(), folder_.path("hard.db"));
  EXPECT_EQ(refusal_elsewhere(folder_.path("hard.db")), refused);
  std::filesystem::remove(path() + ".lock");
  EXPECT_EQ(refusal_elsewhere(path()), refused);
  EXPECT_EQ(restore(folder_.path("hard.db"), path()).error().kind(), ErrorKind::kBusy);
}

TEST_F(Opening, ANewerSchemaIsRefusedWithoutChangingAByte) {
  make();
  Raw(path()).run("PRAGMA user_version=99");
  const std::string before = bytes_of(path());
  EXPECT_EQ(refusal(), ErrorKind::kInvalid);
  EXPECT_EQ(bytes_of(path()), before);
  EXPECT_EQ(open_reader(path()).error().kind(), ErrorKind::kInvalid);
}

TEST_F(Opening, ANewerSchemaIsAlsoSeenInTheLogOfACrash) {
  make();
  {
    Raw newer(path());
    sqlite3_db_config(newer.connection(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    newer.run("PRAGMA user_version=99");
  }
  const std::string before = bytes_of(path()), log = bytes_of(path() + "-wal");
  ASSERT_FALSE(log.empty());
  EXPECT_EQ(refusal(), ErrorKind::kInvalid);
  EXPECT_EQ(bytes_of(path()), before);
  EXPECT_EQ(bytes_of(path() + "-wal"), log);
}

TEST_F(Opening, SomebodyElsesDatabaseIsLeftAlone) {
  for (const char* version : {"0", "1", "7"}) {
    std::filesystem::remove(path());
    Raw(path()).run(std::string("CREATE TABLE letters (text TEXT); PRAGMA user_version=") + version);
    const std::string before = bytes_of(path());
    EXPECT_EQ(refusal(), ErrorKind::kInvalid) << version;
    EXPECT_EQ(bytes_of(path()), before);
  }
}

TEST_F(Opening, DamageIsToldApartAndNotTouched) {
  make();
  const std::string good = bytes_of(path());
  const std::pair<const char*, std::string> damages[] = {
      {"is empty", ""},
      {"is not a database", "SQLite"},
      {"is not a database", std::string(good.size(), '?')},
      {"is cut off", good.substr(0, good.size() - 1)},
      {"is cut off", good.substr(0, 4096)},
  };
  for (const auto& [word, bytes] : damages) {
    write_bytes(path(), bytes);
    const auto opened = open();
    ASSERT_FALSE(opened) << word;
    EXPECT_EQ(opened.error().kind(), ErrorKind::kCorrupt) << word;
    EXPECT_NE(opened.error().text().find(word), std::string::npos) << opened.error().text();
    EXPECT_NE(opened.error().text().find("restore"), std::string::npos) << "and says the remedy";
    EXPECT_EQ(bytes_of(path()), bytes);
  }
  write_bytes(path(), good);
  EXPECT_TRUE(open());
}

TEST_F(Opening, AHeaderThatLiesIsDamage) {
  make();
  std::string bytes = bytes_of(path());
  bytes.replace(16, 2, "\x00\x07", 2);  // no page is 7 bytes
  write_bytes(path(), bytes);
  EXPECT_EQ(refusal(), ErrorKind::kCorrupt);
}

TEST_F(Opening, ALogWithoutItsDatabaseIsDamage) {
  write_bytes(path() + "-wal", "something");
  EXPECT_EQ(refusal(), ErrorKind::kCorrupt);
}

TEST_F(Opening, AFolderThatIsMissingIsNamed) {
  OpenOptions options = options_for(folder_.path("nowhere/bylined.db"));
  const auto opened = open_store(options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind(), ErrorKind::kNotFound);
  EXPECT_NE(opened.error().text().find("nowhere"), std::string::npos);
  options.path = folder_.path("folder");
  std::filesystem::create_directory(options.path);
  EXPECT_EQ(open_store(options).error().kind(), ErrorKind::kNotFound);
}

// Whether opening as an ordinary user fails as it should. In a child: nobody gets root back.
TEST_F(Opening, WhatWeMayNotWriteIsNamed) {
  make();
  std::filesystem::permissions(path(), std::filesystem::perms(0444));
  std::filesystem::permissions(path() + ".lock", std::filesystem::perms(0666));
  std::filesystem::permissions(folder_.path(""), std::filesystem::perms(0755));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    const auto opened = open();
    ::_exit(!opened && opened.error().kind() == ErrorKind::kNotFound ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(Opening, AFirstStartThatWasKilledIsBegunAnewAndNoFileOfOthersIsTouched) {
  for (const char* ending : {".new", ".new-wal", ".new-4Tz0aB"}) write_bytes(path() + ending, "half");
  EXPECT_TRUE(open());
  for (const char* ending : {".new", ".new-wal", ".new-4Tz0aB"}) EXPECT_EQ(bytes_of(path() + ending), "half");
}

TEST_F(Opening, AFirstStartThatFailsLeavesNothing) {
  OpenOptions options = options_for(path());
  options.vfs = "no such one";
  EXPECT_FALSE(open_store(options));
  for (const auto& file : std::filesystem::directory_iterator(folder_.path(""))) EXPECT_EQ(file.path().filename(), "bylined.db.lock");
}

TEST_F(Opening, AFileSystemThatRefusesLocksIsNotTakenForASecondDaemon) {
  ASSERT_TRUE(std::filesystem::create_directory(path() + ".lock"));
  EXPECT_EQ(refusal(), ErrorKind::kNotFound);
}

// ---- migrations ----

std::unique_ptr<Database> empty_database() {
  Database::Options options;
  options.write = true;
  return std::move(*Database::open(":memory:", options));
}

std::string tables(Database& database) {
  std::string names;
  Rows rows = database.rows(R"sql(SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)sql");
  while (rows.next()) names += rows.text() + " ";
  return names;
}

TEST(Migrations, AreNumberedFromOneWithoutAGapAndSayWhatTheyAreFor) {
  int expected = 0;
  for (const Migration& step : migrations()) {
    EXPECT_EQ(step.number, ++expected);
    EXPECT_TRUE(std::string_view(step.sql).starts_with("-- ")) << step.name;
  }
  EXPECT_GT(expected, 0);
}

TEST(Migrations, RunInOrderAndOnlyOnce) {
  const auto database = empty_database();
  const Migration first{1, "0001_a", "CREATE TABLE a (x);"}, second{2, "0002_b", "CREATE TABLE b (x); INSERT INTO a VALUES (1);"};
  ASSERT_TRUE(migrate(*database, {first}));
  ASSERT_TRUE(migrate(*database, {first, second}));
  ASSERT_TRUE(migrate(*database, {first, second}));
  EXPECT_EQ(schema_of(*database).value(), 2);
  EXPECT_EQ(tables(*database), "a b ");
}

TEST(Migrations, WhatEntitiesAndWatchesWereOutlivesTheStepThatAddsSources) {
  const auto database = empty_database();
  std::vector<Migration> steps = migrations();
  steps.resize(3);
  ASSERT_TRUE(migrate(*database, steps));
  ASSERT_TRUE(database->execute("INSERT INTO load VALUES (1, 10), (2, 20);"
                                "INSERT INTO definition VALUES (7, 'watch', 'desk', 1, '{}', 'a.toml:1', 1, 2, 42), (9, 'entity', 'hanbit', 1, '{}', 'a.toml:5', 1, NULL, 43)"));
  ASSERT_TRUE(migrate(*database, migrations()));
  ASSERT_TRUE(database->execute("INSERT INTO definition VALUES (10, 'source', 'naru', 1, '{}', 'a.toml:9', 2, NULL, 44)"));
  EXPECT_FALSE(database->execute("INSERT INTO definition VALUES (11, 'receiver', 'ops', 1, '{}', 'a.toml:9', 2, NULL, 45)"));
  std::string kept;
  {
    Rows rows = database->rows(R"sql(SELECT n || ' ' || kind || ' ' || checksum || ' ' || ifnull(last_load, '-') FROM definition ORDER BY n)sql");
    while (rows.next()) kept += rows.text() + "; ";
  }
  EXPECT_EQ(kept, "7 watch 42 2; 9 entity 43 -; 10 source 44 -; ");
}

TEST(Migrations, AStepThatFailsLeavesNothingOfItselfAndKeepsTheOnesBefore) {
  const auto database = empty_database();
  const Migration first{1, "0001_a", "CREATE TABLE a (x);"};
  const Migration broken{2, "0002_b", "CREATE TABLE b (x); CREATE TABLE a (x);"};
  const Status done = migrate(*database, {first, broken});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("0002_b"), std::string::npos);
  EXPECT_EQ(schema_of(*database).value(), 1);
  EXPECT_EQ(tables(*database), "a ");
}

}  // namespace
}  // namespace bylined::store::test
