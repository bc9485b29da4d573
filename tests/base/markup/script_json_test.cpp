// SPDX-License-Identifier: Apache-2.0
#include "base/markup/script_json.h"

#include <gtest/gtest.h>

namespace bylined::markup {
namespace {

constexpr ScriptJsonLimits kWide{1u << 20, 16};

// Each value that was handed over, compactly.
std::vector<std::string> values_in(const std::string& page, const ScriptJsonLimits& limits = kWide) {
  std::vector<std::string> found;
  each_json_in_scripts(*Document::parse(page, {}), limits, [&found](Node, const json::value& value) { found.push_back(to_text(value)); });
  return found;
}

using Values = std::vector<std::string>;

TEST(ScriptJson, IsAllOfAScriptOrWhatIsAssignedInIt) {
  EXPECT_EQ(values_in("<script type='application/json'>{\"a\": 1}</script>"), Values{"{\"a\":1}"});
  EXPECT_EQ(values_in("<script type='application/ld+json'>/*<![CDATA[*/ {\"a\": 1} /*]]>*/</script>"), Values{"{\"a\":1}"});
  EXPECT_EQ(values_in("<script>window.__STATE__ = {\"a\": [1]}; start();</script>"), Values{"{\"a\":[1]}"});
  EXPECT_EQ(values_in("<script>var a = [{\"n\": 1}], b = {\"n\": 2};</script>"), (Values{"[{\"n\":1}]", "{\"n\":2}"}));
}

TEST(ScriptJson, CodeIsPassedOver) {
  EXPECT_EQ(values_in("<script>const f = {run() { return a == b; }}; x = [f, 1];</script>"), Values());
  EXPECT_EQ(values_in("<script>a = {\"open\": </script><p>{\"b\": 1}</p>"), Values());
  EXPECT_EQ(values_in("<script type='application/json'></script><script>=</script>"), Values());
}

TEST(ScriptJson, TellsTheScript) {
  std::string id;
  each_json_in_scripts(*Document::parse("<script id=state>{\"a\": 1}</script>", {}), kWide, [&id](Node script, const json::value&) { id = script.attribute("id"); });
  EXPECT_EQ(id, "state");
}

TEST(ScriptJson, ReadsSoManyBytesAndValuesAndNoMore) {
  const std::string one = "<script>a = {\"n\": 1};</script>";
  EXPECT_EQ(values_in(one + one + one, {1u << 20, 2}).size(), 2u);
  const std::string late = "<script>" + std::string(100, ' ') + "a = {\"n\": 1};</script>";
  EXPECT_EQ(values_in(late, {200, 16}).size(), 1u);
  EXPECT_EQ(values_in(late, {100, 16}), Values());
}

}  // namespace
}  // namespace bylined::markup
