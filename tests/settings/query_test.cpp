// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/rule/rule.h"
#include "settings/settings.h"

namespace bylined::settings {
namespace {

std::string read(const std::string& query) {
  const auto rule = parse_query(query);
  return rule ? rule::print(*rule) : rule.error().text();
}

TEST(Query, IsARule) {
  EXPECT_EQ(read("  entity:samsung   OR entity:lee-jaeyong "), "entity:samsung OR entity:lee-jaeyong");
  EXPECT_EQ(read("entity:samsung AND NOT \"삼성전자 서비스\""), "entity:samsung AND NOT \"삼성전자 서비스\"");
}

TEST(Query, NamesAnEntityThatIsAskedFor) {
  EXPECT_EQ(read("반도체"), "the query asks for no entity: an alert is about one, so write entity:ID AND … before the words");
  EXPECT_EQ(read("NOT entity:a").substr(0, 29), "the query asks for no entity:");
}

TEST(Query, ThatIsWrongSaysWhere) { EXPECT_EQ(read("entity:a or entity:b").substr(0, 22), "column 10 of the query"); }

TEST(Query, AnEmptyOneIsRefused) {
  EXPECT_EQ(read(""), "the query is empty: leave it out to ask for every entity");
  EXPECT_EQ(read("   "), "the query is empty: leave it out to ask for every entity");
}

}  // namespace
}  // namespace bylined::settings
