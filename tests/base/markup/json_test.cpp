// SPDX-License-Identifier: Apache-2.0
#include "base/markup/json_document.h"

#include <gtest/gtest.h>

namespace bylined::markup {
namespace {

TEST(Json, SkipsAByteOrderMark) {
  const auto value = parse_json("\xEF\xBB\xBF{\"제목\":\"하나\"}");
  ASSERT_TRUE(value);
  EXPECT_EQ(text_at(*value, "제목"), "하나");
}

TEST(Json, AnswersEmptyForWhatIsNoText) {
  const auto value = parse_json(R"({"a":1,"b":null})");
  EXPECT_EQ(text_at(*value, "a"), "");
  EXPECT_EQ(text_at(*value, "c"), "");
  EXPECT_EQ(text_at(json::value(3), "a"), "");
}

TEST(Json, SaysWhereItStoppedReading) {
  const auto value = parse_json(R"({"a":1,})");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().kind(), ErrorKind::kInvalid);
  EXPECT_NE(value.error().text().find("byte 7"), std::string::npos) << value.error().text();
}

TEST(Json, RefusesCutInputAndWordsBehind) {
  EXPECT_FALSE(parse_json(R"({"a":[1,2)"));
  EXPECT_FALSE(parse_json("{} x"));
  EXPECT_FALSE(parse_json(""));
  EXPECT_TRUE(parse_json(" {} \n"));
}

TEST(Json, NestsSixtyFourDeepAndNoDeeper) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
}

TEST(Json, ADocumentKeepsItsValues) {
  std::string text = "\xEF\xBB\xBF{\"a\": [1, \"" + std::string(10'000, 'x') + "\"]}";
  auto read = JsonDocument::parse(text);
  ASSERT_TRUE(read);
  text.assign(text.size(), ' ');
  const JsonDocument kept = *std::move(read);
  EXPECT_EQ(kept.root().at("a").as_array().at(1).as_string().size(), 10'000u);
  EXPECT_EQ(JsonDocument::parse("{\"a\": }").error().text(), parse_json("{\"a\": }").error().text());
  EXPECT_FALSE(JsonDocument::parse(""));
}

TEST(Json, OfAListThatWasCutTheEntriesBeforeAreKept) {
  const std::string whole = R"({"a": "]}", "list": [{"n": 1, "of": [{"x": "\"}"}]}, {"n": 2}], "z": {"y": 1}})";
  EXPECT_EQ(without_cut_end(whole), std::nullopt);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto kept = without_cut_end(whole.substr(0, length));
    if (!kept) continue;
    const auto value = parse_json(*kept);
    ASSERT_TRUE(value) << *kept;
    for (const json::value& entry : value->at("list").as_array()) EXPECT_TRUE(entry.at("n").is_number()) << *kept;
  }
  EXPECT_EQ(without_cut_end(R"({"list": [{"n": 1}, {"n": 2, "u": "htt)"), R"({"list": [{"n": 1}]})");
  EXPECT_EQ(without_cut_end(R"({"list": [{"n": 1}], "z": tr)"), R"({"list": [{"n": 1}]})");
  EXPECT_EQ(without_cut_end(R"({"list": [{"n": 1)"), std::nullopt);
  EXPECT_EQ(without_cut_end(R"({"list": [{"n": 1]})"), std::nullopt);
  EXPECT_EQ(without_cut_end(""), std::nullopt);
}

}  // namespace
}  // namespace bylined::markup
