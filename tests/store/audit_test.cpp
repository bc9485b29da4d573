// SPDX-License-Identifier: Apache-2.0
// Plants each kind of damage and looks whether the audit finds it, and nothing where there is none.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "store/sqlite/promises.h"
#include "tests/store/on_disk.h"
#include "tests/store/raw.h"

namespace bylined::store::test {
namespace {

struct Planted {
  const char* sql;
  const char* found;  // by the check of this name
};

const Planted kPlanted[] = {
    {"UPDATE item SET title = 'x' WHERE n = 1", "texts of listed items"},
    {"UPDATE item SET authors = 'not a list' WHERE n = 1", "texts of listed items"},
    {"UPDATE item SET identity_hash = 1 WHERE n = 1", "texts of listed items"},
    {"UPDATE item SET address = 'https://elsewhere.example/' WHERE n = 1", "texts of listed items"},
    {"UPDATE item SET stem = 'elsewhere.example/' WHERE n = 1", "texts of listed items"},
    {"INSERT INTO item (source, stem, identity_hash, address, title, summary, authors, first_seen, checksum) "
     "SELECT source, stem, identity_hash, address, title, summary, authors, first_seen, checksum FROM item WHERE n = 1",
     "a source has an item once"},
    {"UPDATE host SET robots_body = 'User-agent: *'", "texts of hosts"},
    {"UPDATE article SET url = 'https://elsewhere.example/' WHERE n = 1", "texts of articles"},
    {"UPDATE definition SET text = '{}'", "texts of entities, watches and tags"},
    {"UPDATE version SET summary = 'x' WHERE n = 1", "texts of versions"},
    {"UPDATE version SET read = 'half' WHERE n = 1", "texts of versions"},
    {"UPDATE mention SET sentence = 'x'", "texts of versions"},
    {"UPDATE alert SET watch = 'other'", "texts of alerts"},
    {"UPDATE alert SET state = 'lost'", "texts of alerts"},
    {"UPDATE delivery SET payload = x'00'", "bytes of deliveries"},
    {"DELETE FROM identity WHERE identity LIKE '%/1'", "an article stands under its identity"},
    {"UPDATE article SET same_as = 2 WHERE n = 1", "an identity names an article that stands for itself"},
    {"UPDATE article SET same_as = 1 WHERE n = 3; UPDATE article SET same_as = 3 WHERE n = 2", "a linked article names the oldest one itself"},
    {"UPDATE article SET versions = 2 WHERE n = 1", "an article has its versions from 1 on without a gap"},
    {"UPDATE version SET number = 7 WHERE n = 1", "an article has its versions from 1 on without a gap"},
    {"UPDATE version SET body = 'x' || body WHERE n = 1", "a mention stands where it says"},
    {"DELETE FROM article_entity", "whom an article mentions is listed"},
    {"INSERT INTO article_entity VALUES ('kakao', 5, 1)", "nobody is listed whom an article does not mention"},
    {"UPDATE alert SET version = 2 WHERE n = 1", "an alert fired on a version of its article"},
    {"UPDATE alert SET entities = '[\"kakao\"]' WHERE n = 1", "an alert is about entities that its version mentions"},
    {"UPDATE alert SET entities = 'not a list' WHERE n = 1", "an alert is about entities that its version mentions"},
    {"UPDATE alert SET mentions = '[4]' WHERE n = 1", "an alert's mentions are its version's"},
    {"DELETE FROM alert_entity", "whom an alert mentions is listed"},
    {"INSERT INTO alert_entity VALUES ('kakao', 5, 1)", "nobody is listed whom an alert does not mention"},
    {"UPDATE delivery SET state = 'delivered' WHERE n = 2", "a delivered row has an attempt that says so"},
    {"UPDATE delivery SET attempts = 9, tried = 1 WHERE n = 2", "a row has the attempts that it counts"},
    {"UPDATE delivery SET tried = 1 WHERE n = 2", "a row has the attempts that it counts"},
    {"UPDATE delivery SET state = 'dead' WHERE n = 2", "a dead row says why"},
    {"UPDATE attempt SET number = 5", "an attempt's number follows the one before"},
    {"UPDATE source SET has_baseline = 0", "a validator is not stored before its items"},
    {"DELETE FROM read; DELETE FROM item", "a validator is not stored before its items"},
    {"UPDATE item SET last_seen = first_seen - 1 WHERE n = 1", "an item was not seen last before it was seen first"},
    {"UPDATE read SET state = 'done' WHERE n = 4", "a read that is done has its article"},
    {"UPDATE read SET state = 'given_up' WHERE n = 4", "a read that was given up says why"},
    {"UPDATE read SET owner = 'me', token = 0 WHERE n = 4", "a claim has a token"},
    {"UPDATE read SET owner = 'me' WHERE n = 1", "only a waiting row is claimed"},
    {"DELETE FROM meta", "the database knows its installation"},
    {"DELETE FROM source", "references between rows"},
    {"DELETE FROM alert", "references between rows"},
};

class Auditing : public OnDisk {
 protected:
  Auditing() {
    leave_unaudited();
    room().configure({source("a")});
    room().report("1", {"samsung"}, kStart);
    for (const ClaimedDelivery& one : room().claim_deliveries("ops", kStart + 2s)) EXPECT_TRUE(room().answer(one, "delivered", kStart + 2s));
    room().report("2", {"lee-jaeyong"}, kStart + 15min);
    room().report("3", {}, kStart + 30min);
    room().list({item("4")}, kStart + 45min);
    EXPECT_TRUE(store().record_load({{model::DefinitionKind::kWatch, "desk", "{\"query\":\"\"}", "desk.toml:1"}}, kStart));
    model::Host host;
    host.origin = "https://press.example";
    EXPECT_TRUE(store().record_hosts({host}));
    close();
    std::filesystem::copy_file(path(), path("good.db"));
  }

  void read_the_fourth() {
    room().find(finding(room().claim_reads(kStart + 1h).at(0), body_with({"kakao"}), mentions_of({"kakao"}), kStart + 1h));
  }

  std::vector<std::string> findings() {
    const auto looked = audit(path());
    EXPECT_TRUE(looked) << looked.error().text();
    return looked ? looked->findings : std::vector<std::string>();
  }
};

bool told(const std::vector<std::string>& findings, const std::string& check) {
  return std::any_of(findings.begin(), findings.end(), [&](const std::string& one) { return one.starts_with(check + ": "); });
}

TEST_F(Auditing, AGoodDatabaseHasNoFindingAndEveryCheckSaysWhatItSaw) {
  const auto looked = audit(path());
  ASSERT_TRUE(looked) << looked.error().text();
  EXPECT_TRUE(looked->findings.empty()) << looked->findings.front();
  EXPECT_EQ(looked->checked.size(), promises().size() + 9);
  EXPECT_NE(std::find(looked->checked.begin(), looked->checked.end(), "texts of versions: good in 3 rows"), looked->checked.end());
}

TEST_F(Auditing, AskedToStopItSaysSoAndNothingElse) {
  std::stop_source stop;
  stop.request_stop();
  const auto looked = audit(path(), stop.get_token());
  ASSERT_FALSE(looked);
  EXPECT_EQ(looked.error().kind(), ErrorKind::kCancelled);
}

TEST_F(Auditing, EveryKindOfDamageIsFoundByItsCheck) {
  for (const Planted& planted : kPlanted) {
    std::filesystem::copy_file(path("good.db"), path(), std::filesystem::copy_options::overwrite_existing);
    {
      Raw raw(path());
      raw.run("PRAGMA ignore_check_constraints=ON");
      raw.run(planted.sql);
    }
    const auto found = findings();
    EXPECT_TRUE(told(found, planted.found)) << planted.sql << ": " << (found.empty() ? "nothing found" : found.front());
  }
}

TEST_F(Auditing, EveryPromiseHasDamagePlantedForIt) {
  for (const Promise& promise : promises()) {
    EXPECT_TRUE(std::any_of(std::begin(kPlanted), std::end(kPlanted), [&](const Planted& one) { return one.found == promise.text; })) << promise.text;
  }
}

TEST_F(Auditing, ADamagedByteInsideATextIsFound) {
  std::string bytes = bytes_of(path());
  const std::size_t at = bytes.find("본문 끝.");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 3, "불");
  write_bytes(path(), bytes);
  EXPECT_TRUE(told(findings(), "texts of versions"));
}

TEST_F(Auditing, ADamagedPageIsFoundWhereverItLies) {
  Raw(path()).run("VACUUM");  // migrations leave free pages, on which nothing lies
  const std::string good = bytes_of(path());
  int found = 0, pages = 0;
  for (std::size_t page = 1; page * 4096 < good.size(); ++page) {
    std::string bytes = good;
    bytes.replace(page * 4096, 600, std::string(600, '\x5a'));
    write_bytes(path(), bytes);
    const auto looked = audit(path());
    ++pages;
    if (!looked || !looked->findings.empty()) ++found;
  }
  EXPECT_GT(pages, 20);
  EXPECT_EQ(found, pages);
}

TEST_F(Auditing, WhatIsNoDatabaseCannotBeAudited) {
  EXPECT_EQ(audit(path("nothing.db")).error().kind(), ErrorKind::kNotFound);
  write_bytes(path(), std::string(8192, '?'));
  EXPECT_EQ(audit(path()).error().kind(), ErrorKind::kCorrupt);
}

TEST_F(Auditing, AnAuditWorksBesideADaemonAndChangesNothing) {
  open();
  room().configure({source("a"), source("b")}, kStart + 1h);
  const std::string before = bytes_of(path()), log = bytes_of(path() + "-wal");
  EXPECT_TRUE(findings().empty());
  EXPECT_EQ(bytes_of(path()), before);
  EXPECT_EQ(bytes_of(path() + "-wal"), log);
}

TEST_F(Auditing, WhatIsNoDatabaseOfOursIsSaidToBeThat) {
  write_bytes(path("empty.db"), "");
  Raw(path("letters.db")).run("CREATE TABLE letters (text TEXT)");
  Raw(path("versions.db")).run("CREATE TABLE letters (text TEXT); PRAGMA user_version=" + std::to_string(reader().counts()->schema));
  for (const auto& [file, words] : {std::pair("empty.db", "is empty"), std::pair("letters.db", "not one of ours"), std::pair("versions.db", "not one of ours")}) {
    const auto looked = audit(path(file));
    ASSERT_FALSE(looked) << file;
    EXPECT_NE(looked.error().text().find(words), std::string::npos) << looked.error().text();
    const auto restored = restore(path(file), path());
    ASSERT_FALSE(restored) << file;
    EXPECT_NE(restored.error().text().find(words), std::string::npos) << restored.error().text();
  }
}

// ---- backup and restore ----

TEST_F(Auditing, ABackupHoldsOneMomentAndIsOneFile) {
  open();
  ASSERT_TRUE(reader().backup_to(path("copy.db")));
  read_the_fourth();
  EXPECT_FALSE(std::filesystem::exists(path("copy.db-wal")));
  for (const auto& file : std::filesystem::directory_iterator(path(""))) {
    const std::string name = file.path().filename();
    EXPECT_TRUE(!name.starts_with("copy.db") || name == "copy.db") << name;
  }
  const auto copy = open_reader(path("copy.db"));
  ASSERT_TRUE(copy) << copy.error().text();
  EXPECT_EQ((*copy)->counts()->articles, 3);
  EXPECT_EQ(reader().counts()->articles, 4);
}

TEST_F(Auditing, ABackupThatIsStoppedLeavesNothing) {
  open();
  std::stop_source stop;
  stop.request_stop();
  const Status done = reader().backup_to(path("copy.db"), stop.get_token());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind(), ErrorKind::kCancelled);
  for (const auto& file : std::filesystem::directory_iterator(path(""))) EXPECT_FALSE(file.path().filename().string().starts_with("copy.db"));
}

TEST_F(Auditing, ABackupReplacesNothing) {
  write_bytes(path("copy.db"), "precious");
  const Status done = reader().backup_to(path("copy.db"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind(), ErrorKind::kRefused);
  EXPECT_EQ(bytes_of(path("copy.db")), "precious");
  EXPECT_EQ(reader().backup_to(path("nowhere/copy.db")).error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(reader().backup_to(path("bylined.db-journal")).error().kind(), ErrorKind::kRefused) << "SQLite would take it for its own";
}

// What one might call the file before ours has its name.
const char* const kOfTheUser[] = {".new", ".new-wal", ".new-shm", ".new-journal", ".unfinished", ".restored", ".restored.new", ".restored.new-journal", "-journal.mine"};

TEST_F(Auditing, NoFileOfTheUsersIsTouchedByABackupOrARestore) {
  for (const std::string& file : {path("copy.db"), path()}) {
    for (const char* ending : kOfTheUser) write_bytes(file + ending, "precious");
  }
  const Status copied = reader().backup_to(path("copy.db"));
  EXPECT_TRUE(copied) << copied.error().text();
  const auto restored = restore(path("good.db"), path());
  EXPECT_TRUE(restored) << restored.error().text();
  for (const std::string& file : {path("copy.db"), path()}) {
    for (const char* ending : kOfTheUser) EXPECT_EQ(bytes_of(file + ending), "precious") << file << ending;
  }
}

// Also where it has the name that restoring gives to what is not complete.
TEST_F(Auditing, ARestoreLeavesTheBackupWhereItIs) {
  const std::string backup = path() + ".restored";
  std::filesystem::rename(path("good.db"), backup);
  const std::string before = bytes_of(backup);
  ASSERT_TRUE(restore(backup, path()));
  EXPECT_TRUE(bytes_of(backup) == before);
}

TEST_F(Auditing, ADamagedDatabaseIsNotBackedUpAsGood) {
  Raw(path()).run("UPDATE version SET summary = 'x' WHERE n = 1");
  const Status done = reader().backup_to(path("copy.db"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind(), ErrorKind::kCorrupt);
  EXPECT_FALSE(std::filesystem::exists(path("copy.db")));
}

TEST_F(Auditing, ARestoreBringsBackTheMomentOfTheBackupAndKeepsTheOldFile) {
  ASSERT_TRUE(reader().backup_to(path("copy.db")));
  open();
  read_the_fourth();
  EXPECT_EQ(restore(path("copy.db"), path()).error().kind(), ErrorKind::kBusy) << "a daemon holds it";
  close();
  const auto kept = restore(path("copy.db"), path());
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(*kept, path() + ".replaced-1");
  EXPECT_EQ((*open_reader(path()))->counts()->articles, 3);
  EXPECT_EQ((*open_reader(*kept))->counts()->articles, 4);
  open();
  EXPECT_EQ(room().claim_reads(kStart + 1h).size(), 1u) << "and the daemon goes on from there";
}

TEST_F(Auditing, ARestoreTakesTheLogOfACrashAway) {
  {
    Raw crashed(path());
    sqlite3_db_config(crashed.connection(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    crashed.run("UPDATE source SET due = 0");
  }
  ASSERT_TRUE(std::filesystem::exists(path() + "-wal"));
  const auto kept = restore(path("good.db"), path());
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
  EXPECT_EQ(Raw(*kept).ask("SELECT due FROM source"), "0");
}

struct stat status_of(const std::string& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status;
}

constexpr uid_t kService = 1;   // anybody but us
constexpr gid_t kItsGroup = 2;

TEST_F(Auditing, WhatRootRestoresIsStillTheServices) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  ASSERT_EQ(::chown(path().c_str(), kService, kItsGroup), 0);
  ASSERT_EQ(::chmod(path().c_str(), 0640), 0);
  const auto kept = restore(path("good.db"), path());
  ASSERT_TRUE(kept) << kept.error().text();
  for (const std::string& file : {path(), path() + ".lock", *kept}) {
    EXPECT_EQ(status_of(file).st_uid, kService) << file;
    EXPECT_EQ(status_of(file).st_gid, kItsGroup) << file;
  }
  EXPECT_EQ(status_of(path()).st_mode & 0777u, 0640u);
  EXPECT_EQ(status_of(path() + ".lock").st_mode & 0777u, 0600u);
}

TEST_F(Auditing, WhereNothingIsReplacedTheFoldersOwnerGetsIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  ASSERT_TRUE(std::filesystem::create_directory(path("state")));
  ASSERT_EQ(::chown(path("state").c_str(), kService, kItsGroup), 0);
  ASSERT_TRUE(restore(path("good.db"), path("state/bylined.db")));
  for (const char* ending : {"", ".lock"}) EXPECT_EQ(status_of(path("state/bylined.db") + ending).st_uid, kService) << ending;
  EXPECT_EQ(status_of(path("state/bylined.db")).st_mode & 0777u, 0600u);
}

// What a kill leaves at each of its steps. An empty database in the place of the missing one would tell all alerts anew.
TEST_F(Auditing, ARestoreThatWasCutShortIsNotTakenForANewInstallation) {
  for (const char* left : {".restored-4Tz0aB", ".replaced-1"}) {
    std::filesystem::rename(path(), path() + left);
    const auto opened = open_store(options_for(path()));
    ASSERT_FALSE(opened) << left;
    EXPECT_EQ(opened.error().kind(), ErrorKind::kCorrupt) << left;
    EXPECT_NE(opened.error().text().find("restore"), std::string::npos) << opened.error().text();
    EXPECT_FALSE(std::filesystem::exists(path()));
    std::filesystem::rename(path() + left, path());
  }
  EXPECT_TRUE(open_store(options_for(path())));
}

TEST_F(Auditing, ASecondRestoreEndsOneThatWasCutShort) {
  std::filesystem::rename(path(), path() + ".replaced-1");
  write_bytes(path() + "-wal", "the log of what was moved away");
  write_bytes(path() + ".restored-4Tz0aB", "of the first one");
  const auto kept = restore(path("good.db"), path());
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(*kept, path() + ".replaced-1");
  EXPECT_EQ(bytes_of(*kept + "-wal"), "the log of what was moved away");
  EXPECT_TRUE(open_store(options_for(path())));
}

TEST_F(Auditing, AnythingButAGoodBackupLeavesTheTargetAlone) {
  const std::string before = bytes_of(path());
  write_bytes(path("bad.db"), std::string(8192, '?'));
  EXPECT_EQ(restore(path("bad.db"), path()).error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(restore(path("nothing.db"), path()).error().kind(), ErrorKind::kNotFound);
  Raw(path("good.db")).run("UPDATE version SET summary = 'x' WHERE n = 1");
  EXPECT_EQ(restore(path("good.db"), path()).error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(bytes_of(path()), before);
  for (const auto& file : std::filesystem::directory_iterator(path(""))) EXPECT_FALSE(file.path().filename().string().starts_with("bylined.db.restored"));
}

TEST_F(Auditing, ARestoreIntoAnEmptyFolderKeepsNothing) {
  const auto kept = restore(path("good.db"), path("new.db"));
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(*kept, "");
  EXPECT_TRUE(open_store(options_for(path("new.db"))));
}

}  // namespace
}  // namespace bylined::store::test
