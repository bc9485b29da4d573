// SPDX-License-Identifier: Apache-2.0
// Pages whose text a script puts there.
#include "pipeline/article/body/script_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

const std::string kFirst = "The mill at Westerby will open again in May, its owner said on Monday, two years after the flood that drowned its engines. She has bought two new ones, and has hired back eleven of the nineteen people who had to leave then.";
const std::string kSecond = "Nobody has said yet who pays for the new dam, or whether the old one was looked after as the council had promised it would be. The county has offered a third of it, on terms that the town calls hard to bear.";
const std::string kThird = "The council meets on Friday; its engineers have asked for a year more, since the river is to be led around the meadows as well.";
const std::string kFourth = "Until then the flour comes from Easterby by lorry, as it has since the flood, and the bakers of the town pay for the road.";
const std::string kThree = "<p>" + kFirst + "</p>$$BANNER$$<p>" + kSecond + "</p><p class=\\\"last\\\">" + kThird + "</p>";

std::string scripted(const std::string& script, const std::string& shown = "<p>Ledger. All rights reserved.</p>") {
  return "<!doctype html><html lang=en><head><title>Mill reopens after the flood</title><script>" + script + "</script></head><body><div id=root><h1>Mill reopens after the flood</h1>" +
         shown + "</div></body></html>";
}

std::string escaped(std::string markup) {
  for (std::size_t at = markup.find('<'); at != std::string::npos; at = markup.find('<', at)) markup.replace(at, 1, "\\u003c");
  return markup;
}

Result<Reading> explained(const std::string& html) { return extract_explained(model::Page{"https://www.ledger.example/mill", "text/html; charset=utf-8", html, Instant()}); }

TEST(ScriptText, IsReadWhereThePageShowsNone) {
  for (const std::string& markup : {kThree, escaped(kThree)}) {
    const auto reading = explained(scripted("window.state = window.state || {}; state.push({\"title\":\"Mill\",\"html\":\"" + markup + "\",\"n\":1})"));
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->content.body, kFirst + "\n\n" + kSecond + "\n\n" + kThird);
  }
}

TEST(ScriptText, SaysThatItWasAScripts) {
  const auto reading = explained(scripted("state = {\"html\":\"" + kThree + "\"}"));
  ASSERT_TRUE(reading);
  const auto body = std::find_if(reading->verdicts.begin(), reading->verdicts.end(), [](const Verdict& verdict) { return verdict.field == Field::kBody; });
  ASSERT_NE(body, reading->verdicts.end());
  EXPECT_EQ(body->claims.front().from, "weighed blocks of a script's markup");
}

TEST(ScriptText, StaysOutWhereThePageShowsItsText) {
  const std::string shown = "<p>" + kThird + "</p><p>" + kSecond + "</p><p>" + kThird + "</p>";
  const auto reading = explained(scripted("state = {\"html\":\"<p>" + kFirst + "</p><p>" + kFirst + "</p><p>" + kFirst + "</p><p>" + kFirst + "</p><p>" + kFirst + "</p>\"}", shown));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->content.body.find("Westerby"), std::string::npos);
}

std::string part(const std::string& text, const std::string& kind = "text") { return "{\"type\":\"" + kind + "\",\"content\":\"" + text + "\"}"; }

TEST(ScriptText, IsReadFromAListOfParagraphs) {
  const std::string body = kFirst + "\n\n" + kSecond + "\n\n" + kThird + "\n\n" + kFourth;
  const std::string parts = "[" + part(kFirst) + ",{\"type\":\"image\",\"url\":\"/1.jpg\",\"content\":\"The old mill, seen from the meadows\"}," + part(kSecond) + "," + part("Read more of the mill", "link") + "," + part(kThird) + "," + part(kFourth) + "]";
  const std::string teasers = "[{\"title\":\"Other\",\"content\":\"" + kFirst + kFirst + kFirst + "\"},{\"title\":\"Another\",\"content\":\"" + kFirst + kFirst + kFirst + "\"}]";
  for (const std::string& script : {"window.App = window.App || {}; App.content={\"id\":1,\"elements\":" + parts + "};App.other = {\"source\":\"x\"};", "{\"props\":{\"body\":" + parts + ",\"related\":" + teasers + "}}",
                                    "state = [\"a\", [\"" + kFirst + "\",\"" + kSecond + "\",\"" + kThird + "\",\"" + kFourth + "\"]]"}) {
    const auto reading = explained(scripted(script));
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->content.body, body) << script;
  }
}

TEST(ScriptText, IsReadFromAStringWithBrokenLines) {
  const auto reading = explained(scripted("state = {\"html\":\"" + kFirst + "<br><br>" + kSecond + "<br><br>" + kThird + "<br><br>" + kFourth + "\"}"));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->content.body, kFirst + "\n\n" + kSecond + "\n\n" + kThird + "\n\n" + kFourth);
}

std::string markup_of(const std::string& script) {
  const auto document = markup::Document::parse(scripted(script), {});
  return document ? markup_in_scripts(*document) : "no page";
}

TEST(ScriptText, IsTheLongestStringWithParagraphs) {
  const std::string shorter = "<p>" + kFirst + kFirst + kFirst + "</p><p>" + kSecond + kSecond + "</p>";
  EXPECT_EQ(markup_of("a = \"" + shorter + "\"; b = \"" + shorter + kSecond + "\""), shorter + kSecond);
  EXPECT_EQ(markup_of("a = /\"/\nb = \"" + shorter + "\""), shorter);  // a quote in a pattern ends with its line
  EXPECT_EQ(markup_of("a = \"" + std::string(2000, 'x') + "\""), "");
  EXPECT_EQ(markup_of("a = \"<p>short</p><p>short</p>\""), "");
  EXPECT_EQ(markup_of("a = \"" + shorter), "");
  EXPECT_EQ(markup_of("a = \"" + shorter + "\\"), "");
  EXPECT_EQ(markup_of("a = \"\\x41" + shorter + "\""), "");  // no JSON
}

TEST(ScriptText, IsNoListOfButtonsOrOfCode) {
  std::string buttons;
  for (int i = 0; i < 40; ++i) buttons += (i == 0 ? "\"" : ",\"") + std::string("Show more of this\"");
  EXPECT_EQ(markup_of("words = [" + buttons + "]"), "");
  EXPECT_EQ(markup_of("a = {b: [\"" + kFirst + "\",\"" + kSecond + "\",\"" + kThird + "\",\"" + kFourth + "\"]}"), "");
  EXPECT_EQ(markup_of("a = [\"" + kFirst + "\""), "");
}

TEST(ScriptText, AScriptIsLookedThroughToItsLimit) {
  const std::string text = "<p>" + kFirst + kFirst + kFirst + "</p><p>" + kSecond + kSecond + "</p>";
  const std::string string = "\"" + text + "\"";
  const std::size_t limit = 512u << 10;
  EXPECT_EQ(markup_of(std::string(limit - string.size(), ' ') + string), text);
  EXPECT_EQ(markup_of(std::string(limit - string.size() + 1, ' ') + string), "");
}

}  // namespace
}  // namespace bylined::article
