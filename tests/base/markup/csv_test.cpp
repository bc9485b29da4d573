// SPDX-License-Identifier: Apache-2.0
#include "base/markup/csv.h"

#include <gtest/gtest.h>

namespace bylined::markup {
namespace {

TEST(Csv, ReadsWhatExcelWrites) {
  const auto rows = parse_csv("\xEF\xBB\xBFid,names\r\n\r\nsamsung,\"삼성전자, \"\"SEC\"\"\"\r\n,\r\nx,\"두\r\n줄\"");
  ASSERT_TRUE(rows) << rows.error().text();
  ASSERT_EQ(rows->size(), 5u);
  EXPECT_EQ(rows->at(0), (CsvRow{"id", "names"}));
  EXPECT_TRUE(rows->at(1).empty()) << "an empty line is a row, as Excel counts";
  EXPECT_EQ(rows->at(2), (CsvRow{"samsung", "삼성전자, \"SEC\""}));
  EXPECT_EQ(rows->at(3), (CsvRow{"", ""}));
  EXPECT_EQ(rows->at(4), (CsvRow{"x", "두\r\n줄"}));
}

TEST(Csv, SaysWhichRowIsFaulty) {
  EXPECT_EQ(parse_csv("a,b\nc,\"d").error().text(), "row 2 has a quote that is not closed, or one within an unquoted cell");
  EXPECT_FALSE(parse_csv("a\nb\"c\n"));
  EXPECT_TRUE(parse_csv("")->empty());
}

TEST(Csv, HasLimits) {
  CsvLimits limits;
  limits.rows = 2;
  limits.cell = 3;
  EXPECT_TRUE(parse_csv("abc\nd\n", limits));
  EXPECT_EQ(parse_csv("abc\nd\ne\n", limits).error().text(), "row 3 is one more than 2");
  EXPECT_EQ(parse_csv("a\nabcd\n", limits).error().text(), "row 2 has a cell of more than 3 bytes");
}

TEST(Csv, WritesRowsThatComeBackAndAreNoFormulas) {
  EXPECT_EQ(csv_line({"a", "=1+1", ""}), "\"a\",\"'=1+1\",\"\"\r\n");
  const CsvRow row{"삼성 \"전자\"", "-5", "a,b", "줄\n바꿈", "'", "'-5", "''"};
  CsvRow back;
  const auto rows = parse_csv(csv_line(row));
  ASSERT_TRUE(rows) << rows.error().text();
  for (const std::string& cell : rows->at(0)) back.push_back(without_guard(cell));
  EXPECT_EQ(back, row);
}

}  // namespace
}  // namespace bylined::markup
