// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/random.h"
#include "base/text/fold.h"
#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

std::string again(const std::string& text) {
  const auto rule = parse(text);
  return rule ? print(*rule) : rule.error().text();
}

TEST(Rule, PrintsAsItIsWritten) {
  for (const char* text : {"entity:samsung", "entity:a OR entity:b", "entity:a AND entity:b OR entity:c", "entity:a AND (entity:b OR entity:c)", "NOT entity:a",
                           "entity:a AND NOT (반도체 OR \"새 공장\")", "entity:a NEAR/10 반도체", "entity:a ONEAR/3 entity:b", "entity:a count>=3",
                           "title:entity:a AND lead:공장", "outlet:한빛일보", "url:\"https://a.example/x\"", "\"AND\" AND entity:a", "entity:a AND 12:30"}) {
    const auto rule = parse(text);
    ASSERT_TRUE(rule) << text << ": " << rule.error().text();
    EXPECT_EQ(*parse(print(*rule)), *rule) << text;
  }
  EXPECT_EQ(again("  entity:a   OR (entity:b) "), "entity:a OR entity:b");
  EXPECT_EQ(again("((entity:a) AND 반도체)"), "entity:a AND 반도체");
}

TEST(Rule, JoinsAndTighterThanOrAndNotTighterThanAnd) {
  EXPECT_EQ(*parse("entity:a OR entity:b AND entity:c"), *parse("entity:a OR (entity:b AND entity:c)"));
  EXPECT_EQ(*parse("NOT entity:a AND entity:b"), *parse("(NOT entity:a) AND entity:b"));
  EXPECT_EQ(*parse("NOT entity:a NEAR/2 entity:b"), *parse("NOT (entity:a NEAR/2 entity:b)"));
}

TEST(Rule, SaysTheColumnAndWhatToWrite) {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "the query is empty: leave it out to ask for every entity"},
      {"entity:a or entity:b", "column 10 of the query: write OR in capitals"},
      {"entity:삼성 entity:b", "column 11 of the query: expected AND or OR before 'entity:b'"},
      {"entity:\"야구 경기\"", "column 1 of the query: '야구 경기' is no id of an entity"},
      {"entity:a OR", "column 12 of the query: expected an entity or words at the end"},
      {"OR entity:a", "column 1 of the query: expected an entity or words before OR"},
      {"(entity:a", "column 10 of the query: the ( is not closed: write ) at the end"},
      {"entity:a)", "column 9 of the query: there is no ( to this )"},
      {"entity: a", "column 1 of the query: entity: wants a word right behind it, such as entity:samsung"},
      {"\"공장", "column 1 of the query: the quote is not closed: write \" at its end"},
      {"titel:공장", "column 1 of the query: 'titel' is no field"},
      {"entity:a NEAR/x b", "column 10 of the query: NEAR/ wants a number of words up to 1000, such as NEAR/10"},
      {"entity:a NEAR/3 NOT b", "column 17 of the query: expected an entity or words before NOT"},
      {"outlet:x NEAR/3 entity:a", "column 10 of the query: NEAR joins entities and words only"},
      {"entity:a count>=0", "column 10 of the query: count>= wants a number from 1 to 1000"},
      {"outlet:entity:a", "column 1 of the query: 'outlet:entity' cannot be joined so"},
  };
  for (const auto& [text, reason] : wrong) EXPECT_EQ(again(text).substr(0, std::string(reason).size()), reason) << again(text);
}

TEST(Rule, HasLimits) {
  Limits limits;
  limits.bytes = 8;
  EXPECT_TRUE(parse("entity:a", limits));
  EXPECT_FALSE(parse("entity:ab", limits));
  limits = Limits();
  const auto nested = [](int depth) { return std::string(static_cast<std::size_t>(depth), '(') + "entity:a" + std::string(static_cast<std::size_t>(depth), ')'); };
  EXPECT_TRUE(parse(nested(limits.depth)));
  EXPECT_FALSE(parse(nested(limits.depth + 1)));
  limits.clauses = 2;
  EXPECT_TRUE(parse("entity:a OR b", limits));
  EXPECT_FALSE(parse("entity:a OR b OR c", limits));
}

model::Rule random_rule(Random& random, int depth) {
  static const char* const kWords[] = {"반도체", "new plant", "AND", "a:b", "NEAR/3", "x(y"};
  using Kind = model::Rule::Kind;
  model::Rule rule;
  const std::uint64_t chosen = random.below(depth == 0 ? 3 : 8);
  if (chosen < 3) {
    rule.kind = chosen == 0 ? Kind::kEntity : chosen == 1 ? Kind::kWords : Kind::kField;
    rule.text = rule.kind == Kind::kEntity ? "e" + std::to_string(random.below(9)) : kWords[random.below(6)];
    if (rule.kind == Kind::kField) rule.field = "outlet";
    else if (random.below(3) == 0) rule.field = "lead";
    return rule;
  }
  const auto leaf = [&] {
    model::Rule place = random_rule(random, 0);
    if (place.kind == Kind::kField) place.kind = Kind::kWords, place.field = "";
    return place;
  };
  if (chosen == 3) return {Kind::kNot, {random_rule(random, depth - 1)}, "", "", 0, false};
  if (chosen == 4) return {Kind::kNear, {leaf(), leaf()}, "", "", static_cast<int>(random.below(20)), random.below(2) == 0};
  if (chosen == 5) return {Kind::kCount, {leaf()}, "", "", 1 + static_cast<int>(random.below(5)), false};
  rule.kind = chosen == 6 ? Kind::kAll : Kind::kAny;
  for (std::uint64_t i = 0; i < 2 + random.below(3); ++i) {
    model::Rule part = random_rule(random, depth - 1);
    if (part.kind == rule.kind) part = leaf();  // "a AND (b AND c)" keeps its brackets, and is another tree than "a AND b AND c"
    rule.parts.push_back(std::move(part));
  }
  return rule;
}

TEST(Rule, OfAnyShapePrintsAndParsesToTheSameTree) {
  Random random(20250204);
  for (int i = 0; i < 20'000; ++i) {
    const model::Rule rule = random_rule(random, 4);
    const auto parsed = parse(print(rule));
    ASSERT_TRUE(parsed) << print(rule) << ": " << parsed.error().text();
    ASSERT_EQ(*parsed, rule) << print(rule);
  }
}

// Mentions of `needle` in the text, as the matcher would give them.
void mention(std::vector<model::Mention>& all, const std::string& entity, model::Field field, const std::string& text, const std::string& needle) {
  const std::u32string hay = text::to_utf32(text), straw = text::to_utf32(needle);
  for (std::size_t at = hay.find(straw); at != std::u32string::npos; at = hay.find(straw, at + 1)) {
    model::Mention one;
    one.entity.value = entity;
    one.field = field;
    one.start = at;
    one.end = at + straw.size();
    all.push_back(std::move(one));
  }
}

struct Story {
  model::ArticleFacts facts;
  std::vector<model::Mention> mentions, words;

  Story() {
    facts.version.content.title = "한빛전자, 새 공장 착공";
    facts.version.content.body = "한빛전자가 광주에 공장을 짓는다.\n\n이서준 회장은 한빛전자 임직원 앞에서 반도체 투자 계획을 밝혔다.";
    facts.version.content.outlet = "한빛일보";
    facts.version.content.language = "ko-KR";
    facts.version.content.authors = {"나기자"};
    facts.article.url = "https://a.example/1";
    facts.article.source.value = "feed";
    const auto both = [this](std::vector<model::Mention>& all, const std::string& id, const std::string& needle) {
      mention(all, id, model::Field::kTitle, facts.version.content.title, needle);
      mention(all, id, model::Field::kBody, facts.version.content.body, needle);
    };
    both(mentions, "hanbit", "한빛전자");
    both(mentions, "lee", "이서준");
    both(words, "공장", "공장");
    both(words, "반도체", "반도체");
  }

  Outcome judge(const std::string& text) const { return evaluate(*parse(text), {facts, mentions, words}); }
  bool holds(const std::string& text) const { return judge(text).holds; }
};

TEST(Rule, HoldsAsItReads) {
  const Story story;
  for (const char* text : {"entity:hanbit", "entity:hanbit AND entity:lee", "entity:hanbit AND NOT entity:kim", "entity:kim OR 반도체", "title:entity:hanbit", "lead:공장",
                           "entity:hanbit count>=3", "outlet:한빛", "lang:ko", "source:feed", "byline:나기자", "url:\"a.example\"", "entity:lee NEAR/1 entity:hanbit",
                           "entity:hanbit ONEAR/3 반도체"}) {
    EXPECT_TRUE(story.holds(text)) << text;
  }
  for (const char* text : {"entity:kim", "entity:hanbit AND entity:kim", "NOT entity:hanbit", "title:entity:lee", "lead:entity:lee", "title:반도체", "entity:hanbit count>=4",
                           "outlet:다른", "lang:en", "source:fee", "entity:lee NEAR/0 entity:hanbit", "반도체 ONEAR/9 entity:lee"}) {
    EXPECT_FALSE(story.holds(text)) << text;
  }
}

TEST(Rule, SaysHowFarItWasFromHolding) {
  const Story story;
  const Outcome near = story.judge("entity:lee NEAR/2 반도체");
  EXPECT_FALSE(near.holds);
  EXPECT_EQ(near.clause, "entity:lee NEAR/2 반도체");
  EXPECT_EQ(near.why, "4 words apart");
  EXPECT_EQ(story.judge("entity:hanbit count>=9").why, "3 times");
  EXPECT_EQ(story.judge("entity:kim NEAR/2 반도체").why, "never in one text");
  const Outcome all = story.judge("entity:lee AND NOT 반도체");
  ASSERT_EQ(all.parts.size(), 2u);
  EXPECT_TRUE(all.parts[0].holds);
  EXPECT_FALSE(all.parts[1].holds);
}

TEST(Rule, DoesNotCountUncertainMentions) {
  Story story;
  for (model::Mention& one : story.mentions) one.confidence = 0.4;
  EXPECT_FALSE(story.holds("entity:hanbit"));
}

TEST(Rule, AsksForWhatCanMakeItHold) {
  const auto rule = *parse("(entity:a AND \"새 공장\") OR entity:b AND NOT (entity:c OR 반도체)");
  EXPECT_EQ(asked_entities(rule), (std::vector<model::EntityId>{{"a"}, {"b"}}));
  EXPECT_EQ(named_entities(rule), (std::vector<model::EntityId>{{"a"}, {"b"}, {"c"}}));
  EXPECT_EQ(words_in(rule), (std::vector<std::string>{"새 공장", "반도체"}));
}

}  // namespace
}  // namespace bylined::rule
