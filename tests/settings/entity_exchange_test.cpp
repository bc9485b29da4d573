// SPDX-License-Identifier: Apache-2.0
#include "settings/entity_exchange.h"

#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

model::Entity full() {
  model::Entity one;
  one.id.value = "hd";
  one.kind = model::EntityKind::kOrganisation;
  one.names = {"HD현대", "=현대", "현|대", "'-x", "'인용"};
  one.hanja = {"現代"};
  one.romanised = {"HD Hyundai, \"Inc.\""};
  one.tickers = {"267250"};
  one.former = {{"현대중공업지주", "2018-03-30", "2022-03-28"}, {"옛이름", "", "2018-03-30"}};
  one.titles = {"회장"};
  one.of = {{"group"}};
  one.context_any = {"조선"};
  one.context_none = {"야구"};
  return one;
}

std::vector<model::Entity> both() {
  model::Entity plain;
  plain.id.value = "group";
  plain.names = {"현대그룹"};
  return {full(), plain};
}

TEST(EntityExchange, EachFormComesBackAsItWas) {
  const auto csv = entities_from_csv(entities_as_csv(both()));
  ASSERT_TRUE(csv) << csv.error().text();
  EXPECT_EQ(*csv, both()) << entities_as_csv(both());
  const auto json = entities_from_json(entities_as_json(both()));
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_EQ(*json, both());
  const Checked checked = read_text(entities_as_toml(both()));
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked)) << entities_as_toml(both());
  EXPECT_EQ(checked.settings->entities, both());
}

TEST(EntityExchange, TakesAShortTableAndAnArray) {
  const auto csv = entities_from_csv("id,names\nsamsung,삼성전자 | Samsung Electronics\n");
  ASSERT_TRUE(csv) << csv.error().text();
  EXPECT_EQ(csv->front().names, (std::vector<std::string>{"삼성전자", "Samsung Electronics"}));
  const auto korean = entities_from_csv("id,kind,names\na,person,\xB1\xE8\xB5\xB5\xB4\xE3\n");
  ASSERT_TRUE(korean) << korean.error().text();
  EXPECT_EQ(korean->front().names.front(), "김도담") << "as Korean Excel writes it";
  EXPECT_EQ(entities_from_json("{\n  \"id\": \"a\",\n  \"names\": [\"가나\"]\n}\n")->size(), 1u);
  const auto json = entities_from_json(R"([{"id":"a","names":["가나"]},{"id":"b","kind":"person","names":["다라"]}])");
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_EQ(json->at(1).kind, model::EntityKind::kPerson);
}

TEST(EntityExchange, SaysRowKeyAndReason) {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "no heading row"},
      {"id,naems\n", "row 1: 'naems' is not a known key"},
      {"id,names\na,\n", "row 2: names: at least one is needed"},
      {"id,names\na b,가나\n", "row 2: id: "},
      {"id,names\na,가나\na,다라\n", "row 3: id: 'a' stands here twice"},
      {"id,names,kind\na,가나,firm\n", "row 2: kind: 'firm' is not a kind of entity"},
      {"id,names\na,가나,다라\n", "row 2: has more cells than the heading"},
      {"id,names,former\na,가나,다라@2022\n", "row 2: former: '다라@2022' is no former name"},
      {"id,names,former\na,가나,다라@..\n", "row 2: former: '다라@..' wants a name and two days"},
      {"id,names\na,\"가나\n", "row 2 has a quote"},
      {"id,names,names\na,가나,다라\n", "row 1: 'names' stands there twice"},
      {"\r\nid,names\r\n\r\na,\r\n", "row 4: names: at least one is needed"},
      {"id,names,of\na,가나,b c\n", "row 2: of: "},
  };
  for (const auto& [text, reason] : wrong) {
    const auto read = entities_from_csv(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().text().substr(0, std::string(reason).size()), reason) << read.error().text();
  }
  const std::pair<const char*, const char*> broken[] = {
      {"{\"id\":\"a\"}", "entity 1: names: at least one is needed"},
      {"{\"id\":\"a\",\"names\":\"가나\"}", "entity 1: names: wants a list"},
      {"{\"id\":\"a\",\"names\":[1]}", "entity 1: names: wants texts"},
      {"{\"id\":\"a\",\"name\":[\"가\"]}", "entity 1: name: is not a known key"},
      {"{\"id\":\"a\",\"names\":[\"가\"]}\n{", "line 2: "},
      {"{\"id\":\"a\",\"names\":[\"가\"],\"former\":[{\"name\":\"나\",\"frm\":\"2019-01-01\",\"until\":\"2020-01-01\"}]}", "entity 1: former: wants objects of the texts name, from and until"},
      {"{\"id\":\"a\",\"names\":[\"\xFF\"]}", "is not UTF-8, as JSON must be"},
      {"[1]", "entry 1: is no JSON object"},
  };
  for (const auto& [text, reason] : broken) {
    const auto read = entities_from_json(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().text().substr(0, std::string(reason).size()), reason) << read.error().text();
  }
}

}  // namespace
}  // namespace bylined::settings
