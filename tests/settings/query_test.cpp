// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "settings/settings.h"

namespace bylined::settings {
namespace {

std::string ids(const std::string& query) {
  const auto entities = parse_query(query);
  if (!entities) return entities.error().text();
  std::string all;
  for (const model::EntityId& id : *entities) all += "[" + id.value + "]";
  return all;
}

TEST(Query, IsEntitiesJoinedByOr) {
  EXPECT_EQ(ids("entity:samsung"), "[samsung]");
  EXPECT_EQ(ids("  entity:samsung   OR entity:lee-jaeyong OR entity:삼성전자 "), "[samsung][lee-jaeyong][삼성전자]");
}

TEST(Query, AsksOnceForWhatIsWrittenTwice) { EXPECT_EQ(ids("entity:a OR entity:b OR entity:a"), "[a][b]"); }

TEST(Query, SaysTheColumnAndWhatToWrite) {
  EXPECT_EQ(ids("entity:a or entity:b"), "column 10 of the query: write OR in capitals");
  EXPECT_EQ(ids("entity:a entity:b"), "column 10 of the query: expected OR before 'entity:b'");
  EXPECT_EQ(ids("samsung"), "column 1 of the query: expected entity:ID, found 'samsung'; did you mean entity:samsung?");
  EXPECT_EQ(ids("entity:a OR"), "column 10 of the query: expected entity:ID after OR");
  EXPECT_EQ(ids("OR entity:a"), "column 1 of the query: expected entity:ID before OR");
  EXPECT_EQ(ids("entity: a"), "column 1 of the query: entity: wants an id right behind it, such as entity:samsung");
}

TEST(Query, CountsColumnsInCharacters) { EXPECT_EQ(ids("entity:삼성 entity:b"), "column 11 of the query: expected OR before 'entity:b'"); }

TEST(Query, SaysWhatIsNotSupportedYet) {
  for (const char* query : {"entity:a AND entity:b", "entity:a NOT entity:b", "(entity:a)", "title:a", "\"삼성\"", "entity:a OR (entity:b)"}) {
    EXPECT_NE(ids(query).find("is not supported yet"), std::string::npos) << query;
  }
}

TEST(Query, AnEmptyOneIsRefused) {
  EXPECT_EQ(ids(""), "the query is empty: leave it out to ask for every entity");
  EXPECT_EQ(ids("   "), "the query is empty: leave it out to ask for every entity");
}

}  // namespace
}  // namespace bylined::settings
