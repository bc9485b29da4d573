// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <gtest/gtest.h>

namespace bylined {
namespace {

using namespace std::chrono_literals;

TEST(Duration, ReadsUnitsSumsAndDecimals) {
  EXPECT_EQ(*parse_duration("90s"), 90s);
  EXPECT_EQ(*parse_duration("1h30m"), 90min);
  EXPECT_EQ(*parse_duration("1d"), 24h);
  EXPECT_EQ(*parse_duration("250ms"), 250ms);
  EXPECT_EQ(*parse_duration("10.0s"), 10s);
  EXPECT_EQ(*parse_duration("1.5h"), 90min);
  EXPECT_EQ(*parse_duration("0s"), 0s);
}

TEST(Duration, RefusesSignsBlanksMissingUnitsAndAHundredYears) {
  for (const char* text : {"", "5", "-5s", "+5s", "5 s", "s", "infs", "nans", "1e3s", "5x", "36501d", "1.s.2s"}) EXPECT_FALSE(parse_duration(text)) << text;
  EXPECT_TRUE(parse_duration("36500d"));
}

TEST(Duration, IsWrittenAsItIsRead) {
  for (const char* text : {"90s", "1h30m", "1d", "250ms", "0s"}) EXPECT_EQ(duration_text(*parse_duration(text)), text);
}

TEST(Rfc3339, ReadsOffsetsAndWritesMilliseconds) {
  EXPECT_EQ(rfc3339(*parse_rfc3339("2025-02-04T18:30:00.5+09:00")), "2025-02-04T09:30:00.500Z");
  EXPECT_FALSE(parse_rfc3339("2025-02-04"));
  EXPECT_FALSE(parse_rfc3339("2025-02-30T00:00:00Z"));
}

}  // namespace
}  // namespace bylined
