// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;

std::string list_of(int count) {
  std::string list;
  for (int i = 0; i < count; ++i) list += "\"n" + std::to_string(i) + "\",";
  return "[" + list + "]";
}
std::string entity_named(const std::string& names) { return "[[entity]]\nid = \"e\"\nnames = " + names + "\n"; }

TEST(EntityTable, IsRead) {
  const Checked checked = read_text(entity_named("[\"삼성전자\"]") + R"([[entity]]
id = "lee"
kind = "person"
names = ["이재용", "Lee Jae-yong", "李在鎔"]
titles = ["회장"]
of = ["e"]
context_any = ["삼성"]
context_none = ["야구"]
)");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Entity& lee = checked.settings->entities.at(1);
  EXPECT_EQ(lee.kind, model::EntityKind::kPerson);
  EXPECT_EQ(lee.names, (Lines{"이재용", "Lee Jae-yong", "李在鎔"}));
  EXPECT_EQ(lee.titles, Lines{"회장"});
  EXPECT_EQ(lee.of, (std::vector<model::EntityId>{{"e"}}));
  EXPECT_EQ(lee.context_any, Lines{"삼성"});
  EXPECT_EQ(lee.context_none, Lines{"야구"});
}

TEST(EntityTable, KnowsOtherWritingsAndFormerNames) {
  const Checked checked = read_text(R"([[entity]]
id = "hd"
names = ["HD현대"]
hanja = ["現代"]
romanised = ["HD Hyundai"]
tickers = ["267250"]
former = [{ name = "현대중공업지주", until = "2022-03-28" }]
)");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Entity& hd = checked.settings->entities.front();
  EXPECT_EQ(model::all_names(hd), (Lines{"HD현대", "現代", "HD Hyundai", "267250", "현대중공업지주"}));
  ASSERT_EQ(checked.settings->definitions.size(), 1u);
  const model::Definition& kept = checked.settings->definitions.front();
  EXPECT_EQ(model::entity_from(kept), hd);
  EXPECT_TRUE(kept.place.ends_with("bylined.toml:1")) << kept.place;
  const std::string e = "[[entity]]\nid = \"e\"\nnames = [\"가나\"]\n";
  EXPECT_TRUE(contains(faults(e + "former = [{ name = \"다라\" }]\n"), "says neither from nor until"));
  EXPECT_TRUE(contains(faults(e + "former = [{ name = \"다라\", until = \"2022\" }]\n"), "entity[0].former[0].until: is no day"));
  EXPECT_TRUE(contains(faults(e + "former = [{ name = \"다라\", from = \"2022-03-28\", until = \"2022-03-28\" }]\n"), "ends before it begins"));
}

TEST(WatchTable, IsWarnedOfWhereItCanNeverHold) {
  const auto watching = [](const std::string& query) {
    return read_text(entity_named("[\"삼성전자\"]") + "[[source]]\nid = \"feed\"\nkind = \"feed\"\nurl = \"https://press.example/rss\"\ntags = [\"economy\"]\n[[watch]]\nid = \"desk\"\nquery = '" + query + "'\n");
  };
  const auto warned = [&](const std::string& query, const std::string& what) {
    const Checked checked = watching(query);
    return std::any_of(checked.complaints.begin(), checked.complaints.end(), [&](const Complaint& one) { return !one.fatal && text(one).find(what) != std::string::npos; });
  };
  EXPECT_TRUE(warned("entity:e AND NOT entity:e", "its query can never hold: 'entity:e' is asked for and ruled out"));
  EXPECT_TRUE(warned("entity:e AND source:fed", "its query asks for source:fed, which there is none of"));
  EXPECT_TRUE(warned("entity:e AND tag:sports", "its query asks for tag:sports, which no source has"));
  EXPECT_FALSE(warned("entity:e AND source:feed AND tag:economy", "its query"));
}

TEST(WatchTable, IsKeptAsItIsWritten) {
  const Checked checked = read_text(entity_named("[\"삼성전자\"]") + "[[watch]]\nid = \"desk\"\nquery = \"entity:e AND 공장\"\nseverity = \"high\"\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const auto watch = model::watch_from(checked.settings->definitions.back());
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->query, "entity:e AND 공장");
  EXPECT_EQ(watch->severity, model::Severity::kHigh);
}

TEST(EntityTable, NeedsANameOfSomeLength) {
  EXPECT_TRUE(contains(faults("[[entity]]\nid = \"e\"\n"), "entity[0].names: is missing"));
  EXPECT_TRUE(contains(faults(entity_named("[]")), "bylined.toml:3:9: entity[0].names: is empty"));
  EXPECT_TRUE(contains(faults(entity_named("[\"\"]")), "entity[0].names[0]: is empty"));
  EXPECT_TRUE(faults(entity_named("[\"" + std::string(300, 'x') + "\"]")).empty());
  EXPECT_TRUE(contains(faults(entity_named("[\"" + std::string(301, 'x') + "\"]")), "is longer than 300 bytes"));
}

TEST(EntityTable, HasAtMostTwoHundredNames) {
  EXPECT_TRUE(faults(entity_named(list_of(200))).empty());
  EXPECT_TRUE(contains(faults(entity_named(list_of(201))), "entity[0].names: has 201 entries (at most 200 are taken)"));
}

TEST(EntityTable, AKindIsOneOfFive) {
  EXPECT_EQ(faults(entity_named("[\"x\"]") + "kind = \"company\"\n"),
            Lines{"bylined.toml:4:8: entity[0].kind: 'company' is not a kind of entity (write person, organisation, product, place or other)"});
}

TEST(EntityTable, ANameWrittenTwiceIsToldAndTakenOnce) {
  const Checked checked = read_text(entity_named("[\"카카오\", \"카카오\"]"));
  ASSERT_TRUE(checked.settings);
  EXPECT_EQ(checked.settings->entities.at(0).names.size(), 1u);
  EXPECT_TRUE(contains(warnings(checked), "entity[0].names[1]: '카카오' stands here twice"));
}

TEST(WatchTable, IsRead) {
  const Checked checked = read_text(entity_named("[\"x\"]") + "[[watch]]\nid = \"w\"\nquery = \"entity:e\"\nseverity = \"critical\"\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Watch& watch = checked.settings->watches.at(0);
  EXPECT_EQ(watch.query, "entity:e");
  EXPECT_EQ(watch.entities, (std::vector<model::EntityId>{{"e"}}));
  EXPECT_EQ(watch.severity, model::Severity::kCritical);
}

TEST(WatchTable, WithoutAQueryNamesNoEntityAndSoAsksForAll) {
  const Checked checked = read_text(entity_named("[\"x\"]") + "[[watch]]\nid = \"w\"\n");
  ASSERT_TRUE(checked.settings);
  EXPECT_TRUE(checked.settings->watches.at(0).query.empty());
  EXPECT_TRUE(checked.settings->watches.at(0).entities.empty());
}

TEST(WatchTable, ASeverityIsOneOfFour) {
  EXPECT_EQ(faults("[[watch]]\nid = \"w\"\nseverity = \"urgent\"\n"),
            Lines{"bylined.toml:3:12: watch[0].severity: 'urgent' is not a severity (write low, normal, high or critical)"});
}

TEST(WatchTable, ABadQueryIsToldWithItsColumn) {
  EXPECT_EQ(faults("[[watch]]\nid = \"w\"\nquery = \"entity:a entity:b\"\n"),
            Lines{"bylined.toml:3:19: watch[0].query: column 10 of the query: expected AND or OR before 'entity:b'"});
}

}  // namespace
}  // namespace bylined::settings
