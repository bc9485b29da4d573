// SPDX-License-Identifier: Apache-2.0
#include "tests/press/press.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/press/stamps.h"

namespace bylined::press {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{1'738'629'000s};  // 2025-02-04 09:30:00 in Seoul

constexpr const char* kScript = R"({
  "outlets": [
    {"id": "j", "shape": "naver_journalist", "name": "아시아경제", "office": "277", "journalist": "가나다", "page_size": 2,
     "listing": "https://media.naver.com/journalist/277/1", "article_prefix": "https://n.news.naver.com/article/277/"},
    {"id": "f", "shape": "atom", "name": "테크나루", "listing": "https://technaru.example/feed", "article_prefix": "https://technaru.example/v?id="}],
  "robots": {"n.news.naver.com": "User-agent: *\nDisallow: /\n"},
  "articles": [
    {"key": "one", "title": "첫째 <기사>", "paragraphs": ["본문"], "author": "가나다 기자", "places": [
      {"outlet": "j", "number": "0000000001", "appears": "-1h"}, {"outlet": "f", "number": "1", "appears": "5s"}]},
    {"key": "two", "title": "둘째", "paragraphs": ["본문"], "places": [{"outlet": "j", "number": "0000000002", "appears": "10s"}],
     "edits": [{"at": "20s", "title": "둘째, 고침", "paragraphs": ["고친 본문"]}], "vanishes": "30s"},
    {"key": "three", "title": "셋째", "paragraphs": ["본문"], "places": [{"outlet": "j", "number": "0000000003", "appears": "12s"}]}]
})";

Press press() {
  auto script = parse_script(kScript);
  EXPECT_TRUE(script) << (script ? "" : script.error().text());
  return Press(std::move(*script), kStart);
}

Answer get(const Press& press, const char* host, const char* target, Millis elapsed, net::Headers headers = {}) {
  return press.answer(host, target, headers, press.start() + elapsed);
}

std::string header(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) return value;
  }
  return {};
}

using Keys = std::vector<std::string>;

TEST(Press, ListsWhatAppearedNewestFirstAndForgetsWhatVanished) {
  const Press world = press();
  EXPECT_EQ(get(world, "media.naver.com", "/journalist/277/1", 9'999ms).listed, Keys({"one"}));
  EXPECT_EQ(get(world, "media.naver.com", "/journalist/277/1", 10s).listed, Keys({"two", "one"}));
  EXPECT_EQ(get(world, "media.naver.com", "/journalist/277/1", 12s).listed, Keys({"three", "two"}));
  EXPECT_EQ(get(world, "media.naver.com", "/journalist/277/1", 30s).listed, Keys({"three", "one"}));
}

TEST(Press, TurnsPagesByJsonWhereZeroAndOneAreTheFirst) {
  const Press world = press();
  const std::string path = more_articles_path(world.script().outlets[0]);
  EXPECT_EQ(get(world, "media.naver.com", (path + "&offset=0").c_str(), 15s).listed, Keys({"three", "two"}));
  EXPECT_EQ(get(world, "media.naver.com", (path + "&offset=1").c_str(), 15s).listed, Keys({"three", "two"}));
  EXPECT_EQ(get(world, "media.naver.com", (path + "&offset=2").c_str(), 15s).listed, Keys({"one"}));
  EXPECT_EQ(get(world, "media.naver.com", (path + "&offset=3").c_str(), 15s).body, R"({"result":[]})");
}

TEST(Press, ShowsAnArticleOnlyWhileItStandsInThatOutlet) {
  const Press world = press();
  EXPECT_EQ(get(world, "technaru.example", "/v?id=1", 4'999ms).status, 404);
  EXPECT_EQ(get(world, "technaru.example", "/v?id=1", 5s).shown, "one");
  EXPECT_EQ(get(world, "technaru.example", "/v?id=2", 60s).status, 404);
  EXPECT_EQ(get(world, "n.news.naver.com", "/article/277/0000000002?type=journalists", 10s).shown, "two");
  EXPECT_EQ(get(world, "n.news.naver.com", "/article/277/0000000002", 30s).status, 404);
}

TEST(Press, PrintsTheEditedTextFromTheMomentOfTheEdit) {
  const Press world = press();
  const auto body = [&](Millis at) { return get(world, "n.news.naver.com", "/article/277/0000000002", at).body; };
  EXPECT_EQ(body(19'999ms).find("고친 본문"), std::string::npos);
  EXPECT_NE(body(20s).find("고친 본문"), std::string::npos);
  EXPECT_NE(body(20s).find("_ARTICLE_MODIFY_DATE_TIME\" data-modify-date-time=\"2025-02-04 09:30:20\""), std::string::npos);
}

TEST(Press, AnswersNotModifiedToItsOwnValidatorsUntilTheTextChanges) {
  const Press world = press();
  const Answer first = get(world, "technaru.example", "/feed", 6s);
  const net::Headers by_tag = {{"if-none-match", header(first, "etag")}};
  const net::Headers by_date = {{"if-modified-since", header(first, "last-modified")}};
  EXPECT_EQ(get(world, "technaru.example", "/feed", 7s, by_tag).status, 304);
  EXPECT_EQ(get(world, "technaru.example", "/feed", 7s, by_date).status, 304);
  EXPECT_EQ(get(world, "technaru.example", "/feed", 4s, by_tag).status, 200);
  EXPECT_TRUE(get(world, "technaru.example", "/feed", 7s, by_tag).body.empty());
}

TEST(Press, CompressesOnlyForThoseWhoTakeIt) {
  const Press world = press();
  const Answer packed = get(world, "technaru.example", "/feed", 6s, {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(header(packed, "content-encoding"), "gzip");
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
  EXPECT_EQ(header(get(world, "technaru.example", "/feed", 6s, {{"accept-encoding", "br"}}), "content-encoding"), "");
}

TEST(Press, HasRobotsPerHostAndNoPageForAnotherHost) {
  const Press world = press();
  EXPECT_EQ(get(world, "n.news.naver.com", "/robots.txt", 0s).body, "User-agent: *\nDisallow: /\n");
  EXPECT_EQ(get(world, "media.naver.com", "/robots.txt", 0s).status, 404);
  EXPECT_EQ(get(world, "evil.example", "/feed", 6s).status, 404);
}

TEST(Press, EscapesWhatItPrints) {
  EXPECT_NE(get(press(), "technaru.example", "/feed", 6s).body.find("첫째 &lt;기사&gt;"), std::string::npos);
}

TEST(Stamps, PrintTimesAsKoreanPagesDo) {
  EXPECT_EQ(korean_minutes(kStart), "2025.02.04. 오전 9:30");
  EXPECT_EQ(korean_minutes(kStart + 3h), "2025.02.04. 오후 12:30");
  EXPECT_EQ(korean_digits(kStart), "2025020409300000000");
  EXPECT_EQ(rfc822(kStart), "Tue, 04 Feb 2025 09:30:00 +0900");
  EXPECT_EQ(http_date(kStart), "Tue, 04 Feb 2025 00:30:00 GMT");
  EXPECT_EQ(korean_ago(kStart, kStart + 59s), "방금전");
  EXPECT_EQ(korean_ago(kStart, kStart + 23h), "23시간전");
  EXPECT_EQ(korean_ago(kStart, kStart + 24h * 7), "2025.02.04.");
}

TEST(Script, NamesThePlaceOfAFault) {
  const auto fault = [](const char* text) {
    const auto script = parse_script(text);
    return script ? "" : script.error().text();
  };
  EXPECT_NE(fault("[]").find("one JSON object"), std::string::npos);
  EXPECT_NE(fault(R"({"outlets":[{"id":"x","shape":"paper"}]})").find("outlet x"), std::string::npos);
  EXPECT_NE(fault(R"({"articles":[{"key":"a","title":"t","paragraphs":["p"],"places":[{"outlet":"nowhere","number":"1"}]}]})").find("a: "), std::string::npos);
  EXPECT_NE(fault(R"({"articles":[{"key":"b","title":"t","paragraphs":["p"]}]})").find("no place"), std::string::npos);
}

TEST(Script, OfTheDemonstrationHasUniqueKeysAndNumbers) {
  const auto script = read_script(BYLINED_SOURCE_DIR "/tests/press/demo.json");
  ASSERT_TRUE(script) << script.error().text();
  std::set<std::string> keys, numbers;
  for (const Article& article : script->articles) {
    EXPECT_TRUE(keys.insert(article.key).second) << article.key;
    for (const Place& place : article.places) EXPECT_TRUE(numbers.insert(place.outlet + place.number).second) << place.number;
  }
}

}  // namespace
}  // namespace bylined::press
