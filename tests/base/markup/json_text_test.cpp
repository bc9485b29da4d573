// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "base/markup/json.h"

namespace bylined::markup {
namespace {

TEST(JsonText, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(to_text(json::value(0.9)), "0.9");
  EXPECT_EQ(to_text(json::value(1.0)), "1");
  EXPECT_EQ(to_text(json::value(-3)), "-3");
  EXPECT_EQ(to_text(json::value(1e300)), "1e+300");
  EXPECT_EQ(to_text(json::value(std::numeric_limits<double>::quiet_NaN())), "null");
}

TEST(JsonText, KeepsTheOrderAndEscapes) {
  json::object object;
  object["b"] = json::array{true, nullptr, "한빛 \"전자\"\n\x1b"};
  object["a"] = json::object();
  object["\"k"] = json::array();
  EXPECT_EQ(to_text(object), "{\"b\":[true,null,\"한빛 \\\"전자\\\"\\n\\u001b\"],\"a\":{},\"\\\"k\":[]}");
}

TEST(JsonText, IsReadBackAsTheSameValue) {
  const auto value = parse_json(R"({"n":[0.1,1e-9,12345678901234567,1.7976931348623157e308],"s":"\u0000\u007f","deep":{"a":[{"b":[]}]}})");
  ASSERT_TRUE(value);
  EXPECT_EQ(*parse_json(to_text(*value)), *value);
}

}  // namespace
}  // namespace bylined::markup
