// SPDX-License-Identifier: Apache-2.0
// Reads every statement out of the store's sources and asks SQLite how it would answer it.
#include <filesystem>
#include <regex>
#include <set>

#include "store/sqlite/migrate.h"
#include "tests/store/raw.h"

namespace bylined::store::test {
namespace {

struct Statement {
  std::string file;
  std::string sql;
};

std::vector<Statement> statements() {
  std::vector<Statement> all;
  const std::filesystem::path folder = std::filesystem::path(BYLINED_SOURCE_DIR) / "daemon/store/sqlite";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = bytes_of(entry.path());
    for (std::size_t from = text.find("R\"sql("); from != std::string::npos; from = text.find("R\"sql(", from + 1)) {
      const std::size_t end = text.find(")sql\"", from);
      all.push_back({entry.path().filename(), text.substr(from + 6, end - from - 6)});
    }
  }
  return all;
}

bool walks_all(const Statement& statement) {
  // An audit looks at every row: that is what it is for.
  static const std::set<std::string> audits{"audit.cpp", "promises.cpp"};
  return audits.contains(statement.file);
}

class Plans : public testing::Test {
 protected:
  Plans() : database_(":memory:") {
    lend_functions(database_.connection());
    for (const Migration& step : migrations()) database_.run(step.sql);
  }
  std::string plan(const std::string& sql) { return database_.ask("EXPLAIN QUERY PLAN " + sql); }

  Raw database_;
};

// Small whatever is watched: hosts and receivers; and sources, which are as many as people configured.
const std::regex kGrowing("SCAN (item|read|fetch|article|identity|version|mention|article_entity|alert|alert_entity|delivery|attempt|order_given|byline|source_event|source_part|[a-z]{1,2})( |$)");
// An ordered walk that a LIMIT ends, or the few rows of a partial index (claimed, given up, waiting).
const std::regex kEnds("LIMIT|owner IS NOT NULL|same_as IS NOT NULL|count\\(\\*\\) FROM read WHERE state");
const std::set<std::string> kSmall{"SELECT id, state FROM source WHERE retired_at IS NULL"};

TEST_F(Plans, NoStatementWalksATableThatGrows) {
  int looked_at = 0;
  for (const Statement& statement : statements()) {
    if (walks_all(statement) || statement.sql.starts_with("PRAGMA")) continue;
    ++looked_at;
    const std::string steps = plan(statement.sql);
    const bool ends = std::regex_search(statement.sql, kEnds) && steps.find("USING") != std::string::npos;
    EXPECT_TRUE(ends || !std::regex_search(steps, kGrowing)) << statement.file << ": " << statement.sql << "\n" << steps;
  }
  EXPECT_GT(looked_at, 70);
}

TEST_F(Plans, NoListIsSortedAfterwards) {
  for (const Statement& statement : statements()) {
    if (walks_all(statement) || statement.sql.starts_with("PRAGMA")) continue;
    EXPECT_EQ(plan(statement.sql).find("TEMP B-TREE"), std::string::npos) << statement.file << ": " << statement.sql << "\n" << plan(statement.sql);
  }
}

// A list in an IN, or a subquery with a LIMIT in a join, is a table that SQLite makes for each run: half of what a look-up costs.
TEST_F(Plans, WhatAnArticleCostsMakesNoTableForItself) {
  // What is rare: a first version has no former alerts; names are joined, and receivers made anew, once in a while.
  const std::regex rare("UPDATE identity SET article|SET same_as|SELECT watch, entities FROM alert|UPDATE delivery SET due|SET state = 'dead'|SET last_seen = NULL");
  const std::set<std::string> files{"findings.cpp", "listings.cpp", "reads.cpp", "deliveries.cpp", "hosts.cpp", "sources.cpp"};
  int looked_at = 0;
  for (const Statement& statement : statements()) {
    if (!files.contains(statement.file) || std::regex_search(statement.sql, rare)) continue;
    ++looked_at;
    EXPECT_EQ(database_.ask("EXPLAIN " + statement.sql).find("OpenEphemeral"), std::string::npos) << statement.file << ": " << statement.sql;
  }
  EXPECT_GT(looked_at, 40);
}

TEST_F(Plans, NoStatementAsksTheDatabaseForTheTime) {
  const std::regex clock("CURRENT_TIME|CURRENT_DATE|datetime\\(|strftime\\(|julianday\\(|unixepoch\\(|random\\(", std::regex::icase);
  for (const Statement& statement : statements()) EXPECT_FALSE(std::regex_search(statement.sql, clock)) << statement.sql;
  for (const Migration& step : migrations()) EXPECT_FALSE(std::regex_search(step.sql, clock)) << step.name;
}

TEST_F(Plans, EveryReferenceToAnotherRowHasAnIndex) {
  // Else deleting the row that is referred to walks the table.
  const std::string tables = database_.ask("SELECT name FROM sqlite_schema WHERE type = 'table'");
  std::istringstream names(tables);
  for (std::string table; std::getline(names, table);) {
    std::istringstream columns(database_.ask("SELECT \"from\" FROM pragma_foreign_key_list('" + table + "')"));
    for (std::string column; std::getline(columns, column);) {
      const std::string steps = plan("SELECT 1 FROM " + table + " WHERE " + column + " = 1");
      EXPECT_NE(steps.find("SEARCH"), std::string::npos) << table << "." << column;
    }
  }
}

}  // namespace
}  // namespace bylined::store::test
