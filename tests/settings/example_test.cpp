// SPDX-License-Identifier: Apache-2.0
// The files of config/ are true: what they show is read, and what they call a default is one.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

const std::string kConfig = std::string(BYLINED_SOURCE_DIR) + "/config/";

std::string file(const std::string& path) {
  std::ifstream stream(path);
  EXPECT_TRUE(stream) << path;
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// "#key = …" and "#[[table]]" become lines of their own; "# prose" stays a comment.
std::string uncommented(const std::string& text) {
  std::string all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool setting = line.size() > 1 && line[0] == '#' && (line[1] == '[' || (line[1] >= 'a' && line[1] <= 'z'));
    all += (setting ? line.substr(1) : line) + "\n";
  }
  return all;
}

const model::Entity* entity_named(const Settings& settings, const std::string& name) {
  for (const model::Entity& entity : settings.entities) {
    if (std::find(entity.names.begin(), entity.names.end(), name) != entity.names.end()) return &entity;
  }
  return nullptr;
}

TEST(Example, IsReadWithoutAFault) {
  const Checked checked = read(kConfig + "bylined.toml", environment);
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const Settings& settings = *checked.settings;
  EXPECT_EQ(settings.sources.at(0).url, "https://media.naver.com/journalist/277/72385");
  EXPECT_EQ(settings.sources.at(0).robots, model::RobotsRule());
  EXPECT_EQ(settings.watches.at(0).query, "");
}

TEST(Example, TracksTheNamesOfAnAiIndustryStory) {
  const Checked checked = read(kConfig + "bylined.toml", environment);
  ASSERT_TRUE(checked.settings);
  for (const char* name : {"오픈AI", "샘 올트먼", "이재용", "최태원", "정신아", "김창한", "삼성전자",
                           "SK하이닉스", "SK그룹", "카카오", "크래프톤", "딥시크", "챗GPT", "카나나"}) {
    const model::Entity* entity = entity_named(*checked.settings, name);
    ASSERT_NE(entity, nullptr) << name;
    EXPECT_GE(entity->names.size(), 2u) << name;
    EXPECT_EQ(entity->kind == model::EntityKind::kPerson, !entity->titles.empty()) << name;
  }
}

TEST(Example, WarnsOnlyOfWhatIsLeftToItsReader) {
  const auto lines = warnings(read(kConfig + "bylined.toml", environment));
  ASSERT_EQ(lines.size(), 3u) << testing::PrintToString(lines);
  EXPECT_TRUE(contains(lines, "there is no [[receiver]]"));
  EXPECT_TRUE(contains(lines, "fetch.contact: is missing"));
  EXPECT_TRUE(contains(lines, "entity 'kakao': name '카카오' is an everyday word"));
}

TEST(Example, WhatIsCommentedOutCanBeSwitchedOn) {
  Folder folder;
  folder.write("corporate-ca.pem", "-----BEGIN CERTIFICATE-----\n");
  std::string all = uncommented(file(kConfig + "bylined.toml"));
  const std::string recipe = "recipe = \"my-outlet\"";
  ASSERT_NE(all.find(recipe), std::string::npos);
  all.erase(all.find(recipe), recipe.size());
  const Checked checked = read(folder.write("bylined.toml", all), environment, Secrets::kSkip);
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_EQ(checked.settings->receivers.size(), 2u);
  EXPECT_EQ(checked.settings->proxy, "http://proxy.example.com:3128");
}

TEST(Example, WhatIsCommentedOutIsTheDefault) {
  const std::string main = file(kConfig + "bylined.toml");
  const std::string sections = main.substr(0, main.find("# ---- Sources"));
  Folder folder;
  folder.write("corporate-ca.pem", "-----BEGIN CERTIFICATE-----\n");
  folder.write("desk.token", "0123456789abcdef0123");
  const Checked shown = read_in(folder, uncommented(sections)), empty = read_text("");
  ASSERT_TRUE(shown.settings) << testing::PrintToString(faults(shown));
  const Settings &a = *shown.settings, &b = *empty.settings;
  EXPECT_EQ(std::tie(a.state_dir, a.timezone, a.language, a.database, a.ports), std::tie(b.state_dir, b.timezone, b.language, b.database, b.ports));
  EXPECT_EQ(a.listen.at(0), b.listen.at(0));
  EXPECT_EQ(a.fetch.pace.concurrency, b.fetch.pace.concurrency);
  EXPECT_EQ(a.fetch.pace.per_host, b.fetch.pace.per_host);
  EXPECT_EQ(a.fetch.pace.interval, b.fetch.pace.interval);
  EXPECT_EQ(a.fetch.timeout, b.fetch.timeout);
  EXPECT_EQ(a.fetch.max_body, b.fetch.max_body);
}

TEST(Example, OnesOfTheFoldersFitTogether) {
  Folder folder;
  std::filesystem::copy(kConfig + "examples", folder.path(), std::filesystem::copy_options::recursive);
  const Checked checked = read(folder.write("bylined.toml", ""), environment, Secrets::kSkip);
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const Settings& settings = *checked.settings;
  EXPECT_EQ(settings.sources.size(), 37u) << "thirty-five of them the Korean press";
  EXPECT_EQ(settings.entities.size(), 2u);
  EXPECT_EQ(settings.watches.size(), 1u);
  EXPECT_EQ(settings.receivers.size(), 1u);
  const auto own = std::find_if(settings.sources.begin(), settings.sources.end(), [](const model::Source& one) { return one.id.value == "my-outlet"; });
  ASSERT_NE(own, settings.sources.end());
  EXPECT_EQ(own->recipe.value().outlet, "우리신문");
}

}  // namespace
}  // namespace bylined::settings
