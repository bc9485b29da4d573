// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "base/random.h"
#include "base/text/date.h"
#include "base/text/fold.h"
#include "pipeline/rule/rule.h"
#include "tests/support/effort.h"

namespace bylined::rule {
namespace {

std::string again(const std::string& text) {
  const auto rule = parse(text);
  return rule ? print(*rule) : rule.error().text();
}

TEST(Rule, PrintsAsItIsWritten) {
  for (const char* text : {"entity:samsung", "entity:a OR entity:b", "entity:a AND entity:b OR entity:c", "entity:a AND (entity:b OR entity:c)", "NOT entity:a",
                           "entity:a AND NOT (반도체 OR \"새 공장\")", "entity:a NEAR/10 반도체", "entity:a ONEAR/3 entity:b", "entity:a count>=3",
                           "title:entity:a AND lead:공장", "outlet:한빛일보", "entity:a NEAR/s 공장", "entity:a ONEAR/p /구속|기소/", "title:/\\d+조원?/", "/a\\/b/ OR entity:a",
                           "entity:a first<=20% count>=2", "(entity:a OR entity:b) confidence>=0.25", "entity:a how=short_form in:added", "entity:a in:removed",
                           "entity:a AND event:edited AND tag:economy AND read:full AND published:2025-02-01..2025-02-28 AND age:2d", "\"/x\" AND entity:a", "url:\"https://a.example/x\"", "\"AND\" AND entity:a", "entity:a AND 12:30"}) {
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
      {"entity:a NEAR/5 lang:ko AND 공장", "column 17 of the query: NEAR joins entities, words and expressions only"},
      {"entity:a AND ···", "column 14 of the query: '···' has no letter or digit that could be looked for"},
      {"entity:a AND outlet:\"-\"", "column 14 of the query: '-' has no letter or digit"},
      {"outlet:x NEAR/3 entity:a", "column 10 of the query: NEAR joins entities, words and expressions only"},
      {"entity:a count>=0", "column 10 of the query: count>= wants a number from 1 to 1000"},
      {"entity:a NEAR/1001 b", "column 10 of the query: NEAR/ wants a number of words up to 1000, such as NEAR/10, or NEAR/s"},
      {"in:added", "column 1 of the query: in:added stands behind entities, words and expressions only"},
      {"outlet:x in:added", "column 10 of the query: in:added stands behind entities, words and expressions only"},
      {"entity:a in:changed", "column 10 of the query: in: wants added or removed"},
      {"entity:a in:", "column 10 of the query: in: wants a word right behind it, such as in:added"},
      {"entity:a in:removed NEAR/s 공장", "column 21 of the query: NEAR joins entities, words and expressions only"},
      {"entity:a first<=0%", "column 10 of the query: first<= wants per cent of the text from 1 to 99, such as first<=20%"},
      {"entity:a first<=20", "column 10 of the query: first<= wants per cent"},
      {"entity:a confidence>=2", "column 10 of the query: confidence>= wants a number from 0 to 1"},
      {"entity:a how=guess", "column 10 of the query: how= wants name, alias, variant, short_form or credit"},
      {"entity:a count>=2 first<=20%", "column 19 of the query: write first<=20% before count>="},
      {"entity:a AND /(공장/", "column 14 of the query: the expression missing )"},
      {"entity:a AND /a*/", "column 14 of the query: the expression matches where nothing stands"},
      {"entity:a AND /공장", "column 14 of the query: the expression is not closed: write / at its end"},
      {"event:removed", "column 1 of the query: event: wants new or edited"},
      {"published:2025-13-01", "column 1 of the query: published: wants a day or days, such as 2025-02-04"},
      {"published:2025-02-28..2025-02-01", "column 1 of the query: published: wants a day or days"},
      {"age:soon", "column 1 of the query: age: wants a length, such as 2d or 12h"},
      {"read:half", "column 1 of the query: read: wants full, listing_only, refused_by_robots or failed"},
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

using Kind = model::Rule::Kind;

model::Rule made(Kind kind, std::vector<model::Rule> parts, int number = 0) {
  model::Rule rule;
  rule.kind = kind;
  rule.parts = std::move(parts);
  rule.number = number;
  return rule;
}

TEST(Rule, AnExpressionHasFiveHundredBytesAtMost) {
  EXPECT_TRUE(parse("entity:a AND /" + std::string(500, 'x') + "/"));
  EXPECT_EQ(again("entity:a AND /" + std::string(501, 'x') + "/"), "column 14 of the query: the expression is longer than 500 bytes");
}

model::Rule random_place(Random& random) {
  static const char* const kWords[] = {"반도체", "new plant", "AND", "a:b", "NEAR/3", "x(y", "/news", "in:added", "first<=2"};
  static const char* const kExpressions[] = {"구속|기소", "a/b", "\\d+", "[/\\\\]", "x{2,3}"};
  const std::uint64_t chosen = random.below(6);
  model::Rule rule;
  if (chosen == 0) {
    rule.kind = Kind::kPattern;
    rule.pattern = *text::Pattern::compile(kExpressions[random.below(5)]);
  } else if (chosen < 4) {
    rule.kind = chosen == 1 ? Kind::kEntity : Kind::kWords;
    rule.text = rule.kind == Kind::kEntity ? "e" + std::to_string(random.below(9)) : kWords[random.below(9)];
  } else if (chosen == 4) {
    return made(Kind::kAny, {random_place(random), random_place(random)});
  } else {
    rule = made(Kind::kWhere, {random_place(random)});
    rule.where = static_cast<model::Rule::Where>(random.below(4));
    if (rule.where == model::Rule::Where::kFirst) rule.number = 1 + static_cast<int>(random.below(99));
    if (rule.where == model::Rule::Where::kConfidence) rule.number = static_cast<int>(random.below(101));
    if (rule.where == model::Rule::Where::kHow) rule.text = "credit";
    return rule;
  }
  if (random.below(3) == 0) rule.field = "lead";
  return rule;
}

model::Rule random_rule(Random& random, int depth) {
  const std::uint64_t chosen = random.below(depth == 0 ? 4 : 8);
  if (chosen < 3) return random_place(random);
  if (chosen == 3) {
    model::Rule field = made(Kind::kField, {});
    field.field = "outlet", field.text = "한빛 \\일보";
    return field;
  }
  if (chosen == 4) return made(Kind::kNot, {random_rule(random, depth - 1)});
  if (chosen == 5) return made(Kind::kCount, {random_place(random)}, 1 + static_cast<int>(random.below(5)));
  if (chosen == 6) {
    model::Rule near = made(Kind::kNear, {random_place(random), random_place(random)});
    near.reach = static_cast<model::Rule::Reach>(random.below(3));
    if (near.reach == model::Rule::Reach::kWords) near.number = static_cast<int>(random.below(20));
    near.ordered = random.below(2) == 0;
    return near;
  }
  model::Rule rule = made(random.below(2) == 0 ? Kind::kAll : Kind::kAny, {});
  for (std::uint64_t i = 0; i < 2 + random.below(3); ++i) {
    model::Rule part = random_rule(random, depth - 1);
    while (part.kind == rule.kind) part = random_rule(random, 0);  // "a AND (b AND c)" keeps its brackets, and is another tree than "a AND b AND c"
    rule.parts.push_back(std::move(part));
  }
  return rule;
}

TEST(Rule, OfAnyShapePrintsAndParsesToTheSameTree) {
  Random random(20250204);
  for (int i = 0; i < tests::effort(10'000, 100'000, 100'000); ++i) {
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

  // As the rule wants it looked through.
  Looked looked(const model::Rule& rule) const { return {words, find_matches(patterns_in(rule), facts.version.content)}; }
  Looked before(const model::Rule& rule) const { return {{}, facts.previous ? find_matches(patterns_in(rule), facts.previous->content) : Matches()}; }

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

  Outcome judge(const std::string& text) const { const auto rule = parse(text);
    if (!rule) return {false, rule.error().text(), "", {}};
    const std::vector<std::string> tags{"economy"};
    const Looked now = looked(*rule), then = before(*rule);
    const Subject subject{facts, mentions, now, then, tags};
    return Judge(subject).explain(*rule);
  }
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

TEST(Rule, LooksAtSentencesParagraphsAndBeginnings) {
  const Story story;
  for (const char* text : {"entity:lee NEAR/s 반도체", "entity:hanbit NEAR/p 공장", "entity:lee ONEAR/s entity:hanbit", "공장 first<=40%", "entity:hanbit first<=40% count>=2",
                           "/투자.{1,6}밝/", "title:/착공$/", "/새 [가-힣]+/ NEAR/3 entity:hanbit", "(entity:kim OR entity:lee) NEAR/s 반도체", "tag:economy", "event:new", "read:full"}) {
    EXPECT_TRUE(story.holds(text)) << text << ": " << story.judge(text).clause << story.judge(text).why;
  }
  for (const char* text : {"entity:lee NEAR/s 공장", "entity:lee NEAR/p 공장", "entity:hanbit ONEAR/s entity:lee", "반도체 first<=40%", "/투자.밝/", "body:/착공$/", "tag:sports",
                           "event:edited", "read:failed", "entity:hanbit in:added", "entity:hanbit in:removed"}) {
    EXPECT_FALSE(story.holds(text)) << text << ": " << story.judge(text).clause << story.judge(text).why;
  }
  EXPECT_EQ(story.judge("entity:lee NEAR/s 공장").why, "1 sentence apart");
  EXPECT_EQ(story.judge("entity:lee NEAR/s 반도체").why, "in one sentence");
}

// One place is one place, whatever finds it, and nothing is near what it lies over.
TEST(Rule, CountsAndMeasuresPlacesOnce) {
  const Story story;
  for (const char* text : {"(반도체 OR /반도체/) count>=2", "반도체 NEAR/5 반도체", "/한빛전자/ NEAR/0 entity:lee", "/이서준/ ONEAR/3 entity:lee", "entity:hanbit confidence>=0.25 confidence>=1 how=alias",
                           "entity:hanbit confidence>=1 how=name how=credit"}) {
    EXPECT_FALSE(story.holds(text)) << text << ": " << story.judge(text).clause << story.judge(text).why;
  }
  for (const char* text : {"entity:hanbit NEAR/20 entity:hanbit", "(반도체 OR /반도체/) count>=1", "entity:lee NEAR/4 / 반도체/", "entity:hanbit confidence>=0.25 confidence>=1"}) {
    EXPECT_TRUE(story.holds(text)) << text << ": " << story.judge(text).clause << story.judge(text).why;
  }
  EXPECT_EQ(story.judge("entity:lee NEAR/9 / 반도체/").why, story.judge("entity:lee NEAR/9 반도체").why);
}

TEST(Rule, KnowsDaysAsThePagePrintsThem) {
  Story story;
  EXPECT_FALSE(story.holds("published:2025-02-04"));
  EXPECT_TRUE(story.holds("age:1h")) << "it may be new";
  story.facts.version.content.published = *text::read_date("2025-02-05T00:30:00+09:00");
  story.facts.article.first_seen = story.facts.version.content.published->at + Millis(2 * 3'600'000);
  for (const char* text : {"published:2025-02-05", "published:2025-02-01..2025-02-28", "published:2025-02-05..", "published:..2025-02-05", "age:2h"}) EXPECT_TRUE(story.holds(text)) << text;
  for (const char* text : {"published:2025-02-04", "published:2025-02-06..", "published:..2025-02-04", "age:1h"}) EXPECT_FALSE(story.holds(text)) << text;
}

TEST(Rule, AsksForUncertainMentionsAndCreditsWhereItSaysSo) {
  Story story;
  for (model::Mention& one : story.mentions) one.confidence = 0.4;
  story.mentions.back().confidence = 1;
  story.mentions.back().how = model::How::kCredit;  // of lee
  EXPECT_FALSE(story.holds("entity:hanbit OR entity:lee"));
  EXPECT_TRUE(story.holds("entity:hanbit confidence>=0.4"));
  EXPECT_FALSE(story.holds("entity:hanbit confidence>=0.41"));
  EXPECT_FALSE(story.holds("entity:lee confidence>=0.1"));
  EXPECT_TRUE(story.holds("entity:lee how=credit"));
  const std::vector<std::string> tags;
  const Looked now, then;
  const Subject subject{story.facts, story.mentions, now, then, tags};
  EXPECT_EQ(Judge(subject).met(*parse("entity:hanbit confidence>=0.4 OR entity:lee OR NOT entity:lee how=credit")), (std::vector<model::EntityId>{{"hanbit"}}));
  EXPECT_EQ(Judge(subject).met(*parse("entity:hanbit OR entity:lee how=credit")), (std::vector<model::EntityId>{{"lee"}}));
}

TEST(Rule, KnowsWhatAnEditAddedAndTookAway) {
  Story story;
  story.facts.version.number = 2;
  story.facts.previous = story.facts.version;
  story.facts.previous->content.body = "한빛전자가 광주에 공장을 짓는다.\n\n김도윤 부회장은 말을 아꼈다.";
  mention(story.facts.previous_mentions, "kim", model::Field::kBody, story.facts.previous->content.body, "김도윤");
  mention(story.facts.previous_mentions, "hanbit", model::Field::kBody, story.facts.previous->content.body, "한빛전자");
  for (const char* text : {"entity:lee in:added", "entity:hanbit in:added", "반도체 in:added", "entity:kim in:removed", "event:edited", "/투자/ in:added", "/말을/ in:removed"}) {
    EXPECT_TRUE(story.holds(text)) << text;
  }
  for (const char* text : {"공장 in:added", "entity:hanbit in:removed", "entity:kim", "entity:kim in:added", "lead:entity:hanbit in:added", "event:new"}) EXPECT_FALSE(story.holds(text)) << text;
}

// Whatever can hold is among the candidates.
TEST(Rule, TheFilterLeavesNothingOutThatHolds) {
  Random random(20250205);
  const Story story;
  const std::vector<std::string> tags;
  Looked now = story.looked(model::Rule());
  const Looked then;
  for (const char* const one : {"구속|기소", "a/b", "\\d+", "[/\\\\]", "x{2,3}"}) now.matches.merge(find_matches({*text::Pattern::compile(one)}, story.facts.version.content));
  const Subject subject{story.facts, story.mentions, now, then, tags};
  std::vector<model::Rule> rules;
  for (int i = 0; i < 3'000; ++i) {
    model::Rule rule = random_rule(random, 3);
    const auto rename = [&](const auto& self, model::Rule& one) -> void {
      if (one.kind == Kind::kEntity) one.text = random.below(2) == 0 ? "hanbit" : one.text;
      for (model::Rule& part : one.parts) self(self, part);
    };
    rename(rename, rule);
    rules.push_back(std::move(rule));
  }
  std::vector<const model::Rule*> pointers{nullptr};
  for (const model::Rule& rule : rules) pointers.push_back(&rule);
  const auto numbers = Filter(pointers).candidates(subject);
  Judge judge(subject);
  std::size_t held = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!judge.holds(rules[i])) continue;
    ++held;
    EXPECT_TRUE(std::binary_search(numbers.begin(), numbers.end(), i + 1)) << print(rules[i]);
  }
  EXPECT_GT(held, 500u);
  EXPECT_LT(numbers.size(), rules.size());
  EXPECT_EQ(numbers.front(), 0u);
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

TEST(Rule, SaysWhereItCanNeverHold) {
  const std::pair<const char*, const char*> never[] = {
      {"entity:a AND NOT entity:a", "'entity:a' is asked for and ruled out"},
      {"entity:a AND (반도체 AND NOT entity:a)", "'entity:a' is asked for and ruled out"},
      {"entity:a AND lang:ko AND lang:en", "an article has one lang, not 'ko' and 'en'"},
      {"entity:a in:added AND event:new", "the first version of an article is no edit"},
      {"entity:a in:added in:removed", "nothing is added and removed at once"},
      {"entity:a how=name first<=20% how=credit", "a mention is found in one way, not as 'credit' and as 'name'"},
      {"(entity:a AND NOT entity:a) OR entity:b in:added in:removed", "'entity:a' is asked for and ruled out"},
  };
  for (const auto& [text, reason] : never) EXPECT_EQ(never_holds(*parse(text)), reason) << text;
  for (const char* text : {"entity:a", "entity:a OR NOT entity:a", "entity:a AND (lang:ko OR lang:en)", "(entity:a AND NOT entity:a) OR entity:b", "entity:a in:added AND event:edited",
                           "entity:a AND outlet:x AND outlet:y", "entity:a AND lang:ko AND lang:ko-KR", "NOT (entity:a AND NOT entity:a)"}) {
    EXPECT_EQ(never_holds(*parse(text)), "") << text;
  }
}

// The worst that a page and a rule can do together: long texts, and expressions at which others backtrack for hours.
TEST(Rule, StaysLinearAndCapped) {
  model::ArticleFacts facts;
  const std::vector<model::Mention> none;
  const std::vector<std::string> tags;
  const auto cost = [&](const std::string& text, std::size_t bytes) {
    facts.version.content.body = std::string(bytes, 'a') + "c";
    const auto rule = *parse(text);
    const std::clock_t start = std::clock();
    const Looked now{{}, find_matches(patterns_in(rule), facts.version.content)}, then;
    const Subject subject{facts, none, now, then, tags};
    Judge(subject).holds(rule);
    return double(std::clock() - start) / CLOCKS_PER_SEC;
  };
  for (const char* text : {"/(a+)+b/", "/(a|aa)*c$/ AND NOT /(a*)*b/", "/.+/ count>=1", "/a/ NEAR/3 /c/", "/\\b(?:(?s:.*)ZZZ)?/ AND /a/"}) {
    const double small = cost(text, 500'000), large = cost(text, 5'000'000);
    EXPECT_LT(large, 30 * std::max(small, 0.01)) << text;
    EXPECT_LT(large, 20) << text;
  }
  facts.version.content.body = std::string(100'000, 'a');
  const Looked now{{}, find_matches({*text::Pattern::compile("a")}, facts.version.content)}, then;
  const Subject subject{facts, none, now, then, tags};
  EXPECT_TRUE(Judge(subject).holds(*parse("/a/ count>=1000")));
  EXPECT_EQ(Judge(subject).explain(*parse("/a/")).why, "1000 times") << "the first thousand are counted";
}

TEST(Rule, AsksForWhatCanMakeItHold) {
  const auto rule = *parse("(entity:a AND \"새 공장\") OR entity:b AND NOT (entity:c OR 반도체)");
  EXPECT_EQ(asked_entities(rule), (std::vector<model::EntityId>{{"a"}, {"b"}}));
  EXPECT_EQ(named_entities(rule), (std::vector<model::EntityId>{{"a"}, {"b"}, {"c"}}));
  EXPECT_EQ(words_in(rule), (std::vector<std::string>{"새 공장", "반도체"}));
}

}  // namespace
}  // namespace bylined::rule
