// SPDX-License-Identifier: Apache-2.0
#include "model/alert_json.h"

#include <gtest/gtest.h>

namespace bylined::model {
namespace {

Mention mention(const std::string& entity) {
  Mention one;
  one.entity.value = entity;
  one.text = "이 회장";
  one.how = How::kShortForm;
  one.confidence = 0.9;
  one.start = 312;
  one.end = 316;
  one.sentence = "이 회장은 웃었다.";
  return one;
}

Alert alert() {
  Alert alert;
  alert.id.value = "a1";
  alert.created = *parse_rfc3339("2025-02-04T09:32:10.120Z");
  alert.watch.value = "desk";
  alert.severity = Severity::kHigh;
  alert.article.id.value = "b2";
  alert.article.url = "https://press.example/1";
  alert.article.source.value = "asiae-72385";
  alert.article.first_seen = *parse_rfc3339("2025-02-04T09:32:08.004Z");
  alert.version.number = 1;
  alert.version.content.title = "제목";
  alert.version.content.outlet = "아시아경제";
  alert.version.content.authors = {"나기자"};
  alert.version.content.published = text::Stamp{*parse_rfc3339("2025-02-04T09:30:00Z"), text::Precision::kSecond, "2025-02-04T18:30:00+09:00"};
  alert.mentions = {mention("lee-jaeyong")};
  alert.entities = {EntityId{"lee-jaeyong"}};
  return alert;
}

TEST(AlertJson, IsTheContractsObject) {
  EXPECT_EQ(markup::to_text(to_json(alert())),
            R"({"id":"a1","created":"2025-02-04T09:32:10.120Z","watch":"desk","severity":"high","state":"open",)"
            R"("article":{"id":"b2","version":1,"url":"https://press.example/1","title":"제목","outlet":"아시아경제","authors":["나기자"],"read":"full",)"
            R"("published":"2025-02-04T18:30:00+09:00","first_seen":"2025-02-04T09:32:08.004Z","source":"asiae-72385"},)"
            R"("mentions":[{"entity":"lee-jaeyong","text":"이 회장","how":"short_form","confidence":0.9,"in":"body","start":312,"end":316,"sentence":"이 회장은 웃었다."}],)"
            R"("mentions_total":1,"entities":["lee-jaeyong"],"story":null})");
}

TEST(AlertJson, SaysNullWhereThePagePrintedNoTime) {
  Alert undated = alert();
  undated.version.content.published.reset();
  EXPECT_TRUE(to_json(undated).at("article").at("published").is_null());
}

TEST(AlertJson, HoldsAHundredMentionsAndCountsTheRest) {
  Alert many = alert();
  many.mentions.assign(100, mention("lee-jaeyong"));
  EXPECT_EQ(to_json(many).at("mentions").as_array().size(), 100u);
  many.mentions.push_back(mention("lee-jaeyong"));
  EXPECT_EQ(to_json(many).at("mentions").as_array().size(), 100u);
  EXPECT_EQ(to_json(many).at("mentions_total").as_uint64(), 101u);
}

TEST(AlertJson, KeepsTheFirstMentionOfEveryEntity) {
  Alert many = alert();
  many.mentions.assign(500, mention("lee-jaeyong"));
  many.mentions.push_back(mention("samsung"));
  const auto json = to_json(many);
  const auto& shown = json.at("mentions").as_array();
  EXPECT_EQ(shown.size(), 100u);
  EXPECT_EQ(shown.back().at("entity").as_string(), "samsung");
}

}  // namespace
}  // namespace bylined::model
