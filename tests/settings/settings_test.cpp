// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::seconds;

constexpr const char* kSmall = R"(
[fetch]
contact = "desk@example.com"
[[source]]
id = "asiae-72385"
kind = "naver_journalist"
url = "https://media.naver.com/journalist/277/72385"
[[entity]]
id = "samsung"
names = ["삼성전자", "Samsung Electronics"]
[[watch]]
id = "desk"
receivers = ["ops"]
[[receiver]]
id = "ops"
kind = "webhook"
url = "https://hooks.example.com/press"
secret = { file = "ops.secret" }
)";

Folder& with_secret(Folder& folder) {
  folder.write("ops.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  return folder;
}

TEST(Settings, AnEmptyFileHasTheDefaults) {
  const Checked checked = read_text("");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_EQ(checked.settings->state_dir, "/var/lib/bylined");
  EXPECT_EQ(checked.settings->database, "/var/lib/bylined/bylined.db");
  EXPECT_EQ(checked.settings->fetch.pace.interval, seconds(2));
  EXPECT_EQ(checked.settings->ports, (std::vector<int>{80, 443}));
  EXPECT_EQ(checked.settings->listen.front(), "127.0.0.1:7277");
}

TEST(Settings, ASmallConfigurationIsReadWithoutAWord) {
  Folder folder;
  const Checked checked = read_in(with_secret(folder), kSmall);
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_TRUE(checked.complaints.empty());
  const Settings& settings = *checked.settings;
  EXPECT_EQ(settings.sources.at(0).kind, "naver_journalist");
  EXPECT_EQ(settings.sources.at(0).every.min, seconds(900));
  EXPECT_EQ(settings.entities.at(0).names.at(0), "삼성전자");
  EXPECT_EQ(settings.receivers.at(0).secrets.at(0).reveal(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
}

TEST(Settings, EveryFaultOfEveryFileComesInOneRun) {
  Folder folder;
  folder.write("sources.d/b.toml", "[[source]]\nid = \"b\"\nurl = \"ftp://example.com/\"\n");
  folder.write("sources.d/a.toml", "[[source]]\nid = \"a\"\nurl = \n");
  const Checked checked = read_in(folder, "[daemon]\nlanguage = \"fr\"\n[[source]]\nid = \"c\"\nurl = \"https://example.com/\"\nevery = 90\n");
  EXPECT_FALSE(checked.settings);
  const Lines lines = faults(checked);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0], "bylined.toml:2:12: daemon.language: 'fr' is not a language of ours (write \"ko\" or \"en\")");
  EXPECT_EQ(lines[1], "bylined.toml:6:9: source[0].every: wants a duration as a string, such as \"90s\" or \"15m\", found a whole number");
  EXPECT_EQ(lines[2].substr(0, 13), "a.toml:3:7: n");
  EXPECT_EQ(lines[3].substr(0, 26), "b.toml:3:7: source[0].url:");
}

TEST(Settings, AMisspeltKeyIsNamedWithTheRightOne) {
  EXPECT_EQ(faults("[fetch]\n  contcat = \"a@example.com\"\n"),
            Lines{"bylined.toml:2:3: fetch.contcat: is not a known key (did you mean \"contact\"?)"});
  EXPECT_EQ(faults("[[sources]]\n"), Lines{"bylined.toml:1:3: sources: is not a known key (did you mean \"source\"?)"});
}

TEST(Settings, AKeyOfTheContractWithoutEffectIsRefusedNotIgnored) {
  const Lines lines = faults("[[receiver]]\nid = \"a\"\nkind = \"webhook\"\nurl = \"https://example.com/\"\n[receiver.policy]\n");
  EXPECT_TRUE(contains(lines, "bylined.toml:5:1: receiver[0].policy: is not supported yet (leave it out: every alert goes out at once)"));
}

TEST(Settings, AnIdTakenInAnotherFileNamesThatPlace) {
  Folder folder;
  folder.write("entities.d/x.toml", "[[entity]]\nid = \"samsung\"\nnames = [\"삼성\"]\n");
  const Lines lines = faults(read_in(folder, "[[entity]]\nid = \"samsung\"\nnames = [\"삼성전자\"]\n"));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("x.toml:2:6: entity[0].id: the id 'samsung' is taken by "), std::string::npos);
  EXPECT_NE(lines[0].find("bylined.toml:2"), std::string::npos);
}

TEST(Settings, ReferencesToNothingAreFaultsWithTheNearestId) {
  const Lines lines = faults("[[entity]]\nid = \"samsung\"\nnames = [\"삼성전자\"]\nof = [\"sk\"]\n[[watch]]\nid = \"w\"\n"
      "query = \"entity:samsong\"\nreceivers = [\"ops\"]\n");
  EXPECT_TRUE(contains(lines, "bylined.toml:4:7: entity[0].of[0]: there is no entity 'sk'"));
  EXPECT_TRUE(contains(lines, "bylined.toml:7:10: watch[0].query: there is no entity 'samsong' (did you mean \"samsung\"?)"));
  EXPECT_TRUE(contains(lines, "watch[0].receivers[0]: there is no receiver 'ops'"));
}

TEST(Settings, NothingSeemsMissingWhileAFileCannotBeRead) {
  Folder folder;
  folder.write("entities.d/x.toml", "[[entity]\nid = \"samsung\"\n");
  const Lines lines = faults(read_in(folder, "[[watch]]\nid = \"w\"\nquery = \"entity:samsung\"\n"));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("x.toml:1:"), std::string::npos);
}

TEST(Settings, FilesOfTheFoldersAreReadInOrderAndHoldTablesOnly) {
  Folder folder;
  folder.write("sources.d/2.toml", "[[source]]\nid = \"two\"\nurl = \"https://example.com/2\"\n");
  folder.write("sources.d/1.toml", "[[source]]\nid = \"one\"\nurl = \"https://example.com/1\"\n");
  folder.write("sources.d/note.txt", "not = read");
  folder.write("sources.d/.3.toml", "not read");
  const Checked checked = read_in(folder, "");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  ASSERT_EQ(checked.settings->sources.size(), 2u);
  EXPECT_EQ(checked.settings->sources[0].id.value, "one");
  folder.write("watches.d/a.toml", "[daemon]\nlanguage = \"en\"\n");
  EXPECT_TRUE(contains(faults(read_in(folder, "")), "a.toml:1:1: daemon: belongs into the main file"));
}

TEST(Settings, SystemdsStateFolderWins) {
  environment_of_test() = {{"STATE_DIRECTORY", "/srv/press:/srv/other"}};
  const Checked checked = read_text("[daemon]\nstate_dir = \"/var/lib/x\"\n[store]\nurl = \"sqlite:press.db\"\n");
  environment_of_test().clear();
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_EQ(checked.settings->state_dir, "/srv/press");
  EXPECT_EQ(checked.settings->database, "/srv/press/press.db");
}

TEST(Settings, MoreFaultsThanTheLimitAreCounted) {
  std::string many;
  for (int i = 0; i < 201; ++i) many += "k" + std::to_string(i) + " = 1\n";
  const Lines lines = faults(many);
  ASSERT_EQ(lines.size(), 201u);
  EXPECT_EQ(lines.back(), "bylined.toml: and 1 more (mend these first)");
}

}  // namespace
}  // namespace bylined::settings
