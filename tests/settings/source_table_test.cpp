// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::minutes;

constexpr const char* kHead = "[[source]]\nid = \"s\"\nurl = \"https://example.com/news\"\n";

model::Source source(const std::string& more) {
  const Checked checked = read_text(kHead + more);
  EXPECT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  return checked.settings ? checked.settings->sources.at(0) : model::Source();
}
Lines faults_with(const std::string& line) { return faults(kHead + line + "\n"); }

TEST(SourceTable, HasDefaultsForAllButIdAndUrl) {
  const model::Source plain = source("");
  EXPECT_EQ(plain.kind, "auto");
  EXPECT_EQ(plain.every, (model::Period{minutes(15), minutes(15)}));
  EXPECT_TRUE(plain.baseline);
  EXPECT_EQ(plain.robots, model::RobotsRule());
  EXPECT_EQ(faults("[[source]]\n"), (Lines{"bylined.toml:1:1: source[0].id: is missing (give it a name of your own that stays the same)",
                                           "bylined.toml:1:1: source[0].url: is missing (write the address of the page or feed)"}));
}

TEST(SourceTable, IsRead) {
  const model::Source full = source("kind = \"feed\"\nevery = \"5m\"\nbaseline = false\ntags = [\"경제\", \"tech\"]\n");
  EXPECT_EQ(full.id.value, "s");
  EXPECT_EQ(full.kind, "feed");
  EXPECT_EQ(full.url, "https://example.com/news");
  EXPECT_EQ(full.every, (model::Period{minutes(5), minutes(5)}));
  EXPECT_FALSE(full.baseline);
  EXPECT_EQ(full.tags, (Lines{"경제", "tech"}));
}

TEST(SourceTable, KeepsTagsForOldAlerts) {
  const Checked checked = read_text(std::string(kHead) + "tags = [\"경제\", \"tech\"]\n[[source]]\nid = \"t\"\nurl = \"https://example.com/more\"\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  ASSERT_EQ(checked.settings->definitions.size(), 1u) << "a source without tags is not kept";
  const model::Definition& kept = checked.settings->definitions.front();
  EXPECT_EQ(kept.kind, model::DefinitionKind::kSource);
  EXPECT_EQ(kept.id, "s");
  EXPECT_TRUE(kept.place.ends_with("/bylined.toml:1")) << kept.place;
  EXPECT_EQ(model::tags_from(kept), (Lines{"경제", "tech"}));
}

TEST(SourceTable, TheOfficialSearchWantsItsKey) {
  Folder folder;
  folder.write("search.key", "abcDEF123\n");
  const std::string head = "[[source]]\nid = \"s\"\nkind = \"naver_search\"\nurl = \"https://openapi.naver.com/v1/search/news.json?query=a\"\n";
  const Checked good = read_in(folder, head + "client_id = \"number1\"\nclient_secret = { file = \"search.key\" }\n");
  ASSERT_TRUE(good.settings) << testing::PrintToString(faults(good));
  EXPECT_EQ(good.settings->sources.at(0).client_id, "number1");
  EXPECT_EQ(good.settings->sources.at(0).client_secret.reveal(), "abcDEF123");
  EXPECT_TRUE(contains(faults(read_in(folder, head)), "source[0].client_id: is missing"));
  EXPECT_TRUE(contains(faults(read_in(folder, head + "client_id = \"a b\"\nclient_secret = { file = \"search.key\" }\n")), "is no key's number"));
  folder.write("bad.key", "two words\n");
  EXPECT_TRUE(contains(faults(read_in(folder, head + "client_id = \"a\"\nclient_secret = { file = \"bad.key\" }\n")), "is no key"));
  EXPECT_TRUE(contains(faults_with("kind = \"feed\"\nclient_id = \"a\""), "belongs to sources of the kind naver_search"));
}

TEST(SourceTable, AKeyNeverGoesInTheClear) {
  Folder folder;
  folder.write("search.key", "abcDEF123\n");
  const std::string keys = "client_id = \"number1\"\nclient_secret = { file = \"search.key\" }\n";
  const auto head = [](const std::string& url) { return "[[source]]\nid = \"s\"\nkind = \"naver_search\"\nurl = \"" + url + "\"\n"; };
  EXPECT_EQ(faults(read_in(folder, head("http://openapi.naver.com/v1/search/news.json?query=a") + keys)),
            Lines{"bylined.toml:4:7: source[0].url: its key would go over http:// in the clear (write https://)"});
  EXPECT_TRUE(read_in(folder, head("http://127.0.0.1:8080/v1/search/news.json?query=a") + keys).settings);
}

TEST(SourceTable, AKindThatDoesNotExistIsRefusedWithTheNearest) {
  EXPECT_EQ(faults_with("kind = \"naver_jurnalist\""),
            Lines{"bylined.toml:4:8: source[0].kind: 'naver_jurnalist' is not a kind of source (did you mean \"naver_journalist\"?)"});
  EXPECT_TRUE(contains(faults_with("kind = \"telepathy\""), "(`byline source kinds` lists them; \"auto\" finds out)"));
}

TEST(SourceTable, APeriodIsOneLength) {
  EXPECT_EQ(source("every = \"1s\"\n").every.min, std::chrono::seconds(1));
  EXPECT_EQ(source("every = \"30d\"\n").every.max, std::chrono::hours(720));
  EXPECT_TRUE(contains(faults_with("every = \"999ms\""), "is out of range"));
  EXPECT_TRUE(contains(faults_with("every = \"31d\""), "is out of range"));
  EXPECT_EQ(source("every = { min = \"5m\", max = \"2h\" }\n").every, (model::Period{minutes(5), minutes(120)}));
  EXPECT_TRUE(contains(faults_with("every = { min = \"2h\", max = \"5m\" }"), "source[0].every: min is longer than max"));
  EXPECT_TRUE(contains(faults_with("every = { min = \"2h\" }"), "source[0].every.max: is missing"));
  EXPECT_TRUE(contains(faults_with("every = { min = \"0s\", max = \"5m\" }"), "is out of range"));
  EXPECT_TRUE(contains(faults_with("every = { min = \"1m\", max = \"5m\", mean = \"2m\" }"), "source[0].every.mean"));
}

TEST(SourceTable, RobotsAreObeyedUnlessHostsAndAReasonAreNamed) {
  EXPECT_EQ(source("robots = \"obey\"\n").robots, model::RobotsRule());
  const model::Source free = source("robots = { ignore = \"agreed by letter\", hosts = [\"N.news.naver.com\"] }\n");
  EXPECT_EQ(free.robots.reason, "agreed by letter");
  EXPECT_TRUE(free.robots.ignores("n.news.naver.com"));
  EXPECT_FALSE(free.robots.ignores("media.naver.com"));
  for (const char* wrong : {"\"ignore\"", "{}", "{ ignore = \"why\" }", "{ hosts = [\"a.example\"] }", "{ ignore = \"why\", hosts = [] }",
      "{ ignore = \"\", hosts = [\"a.example\"] }",
                            "{ ignore = \"why\", hosts = [\"https://a.example/\"] }", "true"}) {
    EXPECT_TRUE(contains(faults_with("robots = " + std::string(wrong)), "source[0].robots")) << wrong;
  }
}

TEST(SourceTable, AnOverrideOfRobotsIsShown) {
  const Checked checked = read_text(std::string(kHead) + "robots = { ignore = \"agreed by letter\", hosts = [\"n.news.naver.com\"] }\n");
  EXPECT_TRUE(contains(warnings(checked), "source[0].robots: robots.txt of n.news.naver.com is not obeyed: agreed by letter"));
}

TEST(SourceTable, AUrlIsHttpWithoutAPassword) {
  EXPECT_TRUE(contains(faults("[[source]]\nid = \"s\"\nurl = \"ftp://example.com/\"\n"),
      "source[0].url: URL 'ftp://example.com' is neither http nor https"));
  EXPECT_TRUE(contains(faults("[[source]]\nid = \"s\"\nurl = \"news\"\n"), "is not an absolute URL"));
  const Lines lines = faults("[[source]]\nid = \"s\"\nurl = \"https://u:hunter2@example.com/\"\n");
  EXPECT_TRUE(contains(lines, "a user name or password does not stand in a URL"));
  EXPECT_FALSE(contains(lines, "hunter2"));
}

TEST(SourceTable, AnIdWithBlanksIsRefused) { EXPECT_TRUE(contains(faults("[[source]]\nid = \"a b\"\n"
    "url = \"https://example.com/\"\n"), "source[0].id: 'a b' is not an id")); }

struct RecipeFile : testing::Test {
  Folder folder;
  Checked with(const std::string& recipe) {
    folder.write("recipes/zdnet.toml", recipe);
    return read_in(folder, std::string(kHead) + "kind = \"css_page\"\nrecipe = \"zdnet\"\n");
  }
};

TEST_F(RecipeFile, LiesBesideTheConfiguration) {
  const Checked checked = with("item = \"li.news\"\nlink = \"a\"\ntitle = \"h2\"\noutlet = \"지디넷\"\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Recipe& recipe = checked.settings->sources.at(0).recipe.value();
  EXPECT_EQ(recipe.name, "zdnet");
  EXPECT_EQ(recipe.item, "li.news");
  EXPECT_EQ(recipe.outlet, "지디넷");
}

TEST_F(RecipeFile, ItsFaultsAreToldInItsOwnFile) {
  EXPECT_TRUE(contains(faults(with("item = \"li\"\ntitel = \"h2\"\n")), "zdnet.toml:2:1: titel: is not a known key (did you mean \"title\"?)"));
  EXPECT_TRUE(contains(faults(with("item = \"li[\"\n")), "zdnet.toml:1:8: item:"));
  EXPECT_TRUE(contains(faults(with("item = \n")), "zdnet.toml:1:8: not valid TOML"));
}

TEST_F(RecipeFile, EachBadSelectorIsToldInOneRun) {
  const Lines told = faults(with("item = \"ul[\"\nlink = \"a\"\ntitle = \"a::before\"\ntime = \"b >\"\n"));
  EXPECT_TRUE(contains(told, "zdnet.toml:1:8: item:"));
  EXPECT_TRUE(contains(told, "zdnet.toml:3:9: title:"));
  EXPECT_TRUE(contains(told, "zdnet.toml:4:8: time:"));
  EXPECT_EQ(told.size(), 3u) << testing::PrintToString(told);
}

TEST_F(RecipeFile, IsReadOnceForAllSources) {
  folder.write("recipes/zdnet.toml", "itm = \"li\"\n");
  const std::string two = "[[source]]\nid = \"a\"\nkind = \"css_page\"\nurl = \"https://example.com/a\"\nrecipe = \"zdnet\"\n[[source]]\n"
      "id = \"b\"\nkind = \"css_page\"\nurl = \"https://example.com/b\"\nrecipe = \"zdnet\"\n";
  int complaints = 0;
  for (const std::string& line : faults(read_in(folder, two))) complaints += line.find("itm: is not a known key") != std::string::npos;
  EXPECT_EQ(complaints, 1);
}

TEST_F(RecipeFile, IsWantedByCssPagesOnly) {
  EXPECT_TRUE(contains(faults_with("kind = \"css_page\""), "source[0]: a css_page wants a recipe"));
  EXPECT_TRUE(contains(faults_with("kind = \"feed\"\nrecipe = \"zdnet\""), "source[0].recipe: belongs to sources of the kind css_page"));
  EXPECT_TRUE(contains(faults_with("kind = \"css_page\"\nrecipe = \"none\""), "source[0].recipe: there is no recipe 'none' (put it into "));
  EXPECT_TRUE(contains(faults_with("kind = \"css_page\"\nrecipe = \"../zdnet\""), "is not the name of a recipe"));
}

}  // namespace
}  // namespace bylined::settings
