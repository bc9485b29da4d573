// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert/alert.h"

#include <gtest/gtest.h>

namespace bylined::alert {
namespace {

constexpr bool kAlways = true;

// Where all rules hold, or none does.
std::vector<model::NewAlert> decide(const Routing& routing, const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions, bool holds,
                                    Instant now) {
  Ruling ruling;
  for (std::size_t number = 0; number < routing.watches.size(); ++number) ruling.candidates.push_back(number);
  ruling.holds = [holds](const model::Watch&) { return holds; };
  return alert::decide(routing, facts, mentions, ruling, now);
}

using model::EntityId;
using model::Mention;

const Instant kNow(Millis(1'738'661'530'120));

Mention mention(const std::string& entity, double confidence = 1, model::How how = model::How::kName) {
  Mention one;
  one.entity = EntityId{entity};
  one.confidence = confidence;
  one.how = how;
  one.text = entity;
  return one;
}

model::Watch watch(const std::string& id, const std::vector<std::string>& entities, const std::vector<std::string>& receivers) {
  model::Watch one;
  one.id.value = id;
  for (const auto& entity : entities) one.entities.push_back(EntityId{entity});
  if (!entities.empty()) one.query = "entity:" + entities.front();
  for (const auto& receiver : receivers) one.receivers.push_back(model::ReceiverId{receiver});
  return one;
}

model::Receiver receiver(const std::string& id, const std::string& kind, const std::vector<std::string>& to = {}) {
  model::Receiver one;
  one.id.value = id;
  one.kind = kind;
  one.to = to;
  return one;
}

Routing routing(std::vector<model::Watch> watches) {
  Routing routing;
  routing.watches = std::move(watches);
  routing.receivers = {receiver("ops", "webhook"), receiver("desk-mail", "email", {"desk@example.com", "night@example.com"})};
  routing.compose = [](const model::Alert& alert, const model::Receiver& to, const model::Delivery& delivery) {
    return alert.id.value + " " + to.id.value + " " + delivery.recipient;
  };
  return routing;
}

model::ArticleFacts facts() {
  model::ArticleFacts facts;
  facts.installation = "house";
  facts.article.identity = "naver:277/0005642161";
  facts.version.number = 1;
  facts.version.content.title = "이재용 회장, 한빛전자 방문";
  return facts;
}

std::vector<std::string> names(const std::vector<EntityId>& entities) {
  std::vector<std::string> names;
  for (const EntityId& entity : entities) names.push_back(entity.value);
  return names;
}

TEST(Decide, MakesOneAlertOfAllEntitiesThatTheWatchAsksFor) {
  const auto decided = decide(routing({watch("desk", {"lee", "hanbit"}, {"ops"})}), facts(),
                              {mention("lee"), mention("hanbit"), mention("lee"), mention("rival")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(names(decided[0].alert.entities), (std::vector<std::string>{"hanbit", "lee"}));
  EXPECT_EQ(decided[0].alert.mentions.size(), 3u);
  EXPECT_EQ(decided[0].alert.created, kNow);
  EXPECT_EQ(decided[0].alert.version.number, 1);
}

TEST(Decide, IsSilentWhereNothingAskedForIsMentioned) {
  EXPECT_TRUE(decide(routing({watch("desk", {"lee"}, {"ops"})}), facts(), {mention("rival")}, kAlways, kNow).empty());
  EXPECT_TRUE(decide(routing({watch("desk", {"lee"}, {"ops"})}), facts(), {}, kAlways, kNow).empty());
  EXPECT_TRUE(decide(routing({}), facts(), {mention("lee")}, kAlways, kNow).empty());
}

TEST(Decide, TakesAWatchWithoutQueryForEveryTrackedEntity) {
  const auto decided = decide(routing({watch("all", {}, {})}), facts(), {mention("lee"), mention("rival")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(names(decided[0].alert.entities), (std::vector<std::string>{"lee", "rival"}));
}

TEST(Decide, FiresAtHalfConfidenceAndNotBelow) {
  const auto rules = routing({watch("desk", {"lee"}, {"ops"})});
  EXPECT_EQ(decide(rules, facts(), {mention("lee", 0.5)}, kAlways, kNow).size(), 1u);
  EXPECT_EQ(decide(rules, facts(), {mention("lee", 0.49)}, kAlways, kNow).size(), 0u);
}

TEST(Decide, DoesNotFireOnACredit) {
  EXPECT_TRUE(decide(routing({watch("desk", {"lee"}, {"ops"})}), facts(), {mention("lee", 1, model::How::kCredit)}, kAlways, kNow).empty());
}

TEST(Decide, ShowsUncertainMentionsBesideSureOnes) {
  const auto decided = decide(routing({watch("desk", {"lee", "hanbit"}, {})}), facts(), {mention("lee"), mention("hanbit", 0.3)}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(names(decided[0].alert.entities), (std::vector<std::string>{"lee"}));
  EXPECT_EQ(decided[0].alert.mentions.size(), 2u);
}

TEST(Decide, TellsOnceMoreOnlyOfEntitiesNotToldOfBefore) {
  auto known = facts();
  known.alerted[model::WatchId{"desk"}] = {EntityId{"lee"}};
  const auto rules = routing({watch("desk", {"lee", "hanbit"}, {"ops"})});
  EXPECT_TRUE(decide(rules, known, {mention("lee")}, kAlways, kNow).empty());

  const auto decided = decide(rules, known, {mention("lee"), mention("hanbit")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(names(decided[0].alert.entities), (std::vector<std::string>{"hanbit"}));
  EXPECT_EQ(decided[0].alert.mentions.size(), 2u);
}

TEST(Decide, KeepsWatchesApart) {
  auto known = facts();
  known.alerted[model::WatchId{"desk"}] = {EntityId{"lee"}};
  auto second = watch("board", {"lee"}, {"ops"});
  second.severity = model::Severity::kCritical;
  const auto decided = decide(routing({watch("desk", {"lee"}, {"ops"}), second}), known, {mention("lee")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(decided[0].alert.watch.value, "board");
  EXPECT_EQ(decided[0].alert.severity, model::Severity::kCritical);
}

TEST(Decide, MakesOneDeliveryARecipient) {
  const auto decided = decide(routing({watch("desk", {"lee"}, {"ops", "desk-mail"})}), facts(), {mention("lee")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  const auto& deliveries = decided[0].deliveries;
  ASSERT_EQ(deliveries.size(), 3u);
  EXPECT_EQ(deliveries[0].recipient, "");
  EXPECT_EQ(deliveries[1].recipient, "desk@example.com");
  EXPECT_EQ(deliveries[2].recipient, "night@example.com");
  EXPECT_EQ(deliveries[2].payload, decided[0].alert.id.value + " desk-mail night@example.com");
  EXPECT_EQ(std::set({deliveries[0].id, deliveries[1].id, deliveries[2].id}).size(), 3u);
  EXPECT_EQ(deliveries[0].type, "alert.created");
  EXPECT_EQ(deliveries[0].alert, decided[0].alert.id);
  EXPECT_EQ(deliveries[0].next_attempt, kNow);
}

TEST(Decide, TellsNobodyTwiceAndSkipsReceiversItDoesNotKnow) {
  auto rules = routing({watch("desk", {"lee"}, {"ops", "ops", "gone", "desk-mail"})});
  rules.receivers[1].to = {"desk@example.com", "desk@example.com"};
  const auto decided = decide(rules, facts(), {mention("lee")}, kAlways, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(decided[0].deliveries.size(), 2u);
}

TEST(Decide, ComesOutTheSameWhenItRunsTwice) {
  const auto rules = routing({watch("desk", {"lee"}, {"ops"})});
  const auto once = decide(rules, facts(), {mention("lee")}, kAlways, kNow);
  const auto later = decide(rules, facts(), {mention("lee")}, kAlways, kNow + Millis(60'000));
  EXPECT_EQ(once[0].alert.id, later[0].alert.id);
  EXPECT_EQ(once[0].deliveries[0].id, later[0].deliveries[0].id);
}

TEST(AlertKey, DependsOnInstallationArticleWatchAndEntitiesOnly) {
  const model::WatchId desk{"desk"};
  const EntityId lee{"lee"}, hanbit{"hanbit"};
  const std::string key = alert_key("house", "naver:277/1", desk, {lee, hanbit});
  EXPECT_EQ(key.size(), 64u);
  EXPECT_EQ(key, alert_key("house", "naver:277/1", desk, {hanbit, lee}));
  EXPECT_EQ(key, alert_key("house", "naver:277/1", desk, {hanbit, lee, lee}));
  EXPECT_NE(key, alert_key("other", "naver:277/1", desk, {hanbit, lee}));
  EXPECT_NE(key, alert_key("house", "naver:277/2", desk, {hanbit, lee}));
  EXPECT_NE(key, alert_key("house", "naver:277/1", model::WatchId{"board"}, {hanbit, lee}));
  EXPECT_NE(key, alert_key("house", "naver:277/1", desk, {hanbit}));
}

TEST(AlertKey, TellsPartsApartThatJoinToTheSameLetters) {
  EXPECT_NE(alert_key("ab", "c", model::WatchId{"d"}, {}), alert_key("a", "bc", model::WatchId{"d"}, {}));
  EXPECT_NE(alert_key("a", "b", model::WatchId{"c"}, {EntityId{"d"}, EntityId{"e"}}), alert_key("a", "b", model::WatchId{"c"}, {EntityId{"de"}}));
}

TEST(AlertKey, StaysWhatItWasInStoredDatabases) {
  EXPECT_EQ(alert_key("house", "naver:277/0005642161", model::WatchId{"desk"}, {EntityId{"lee"}}),
            "bb61688532a8b6ab5ee83558edbc5588e803c7d323adb706c83f1597aa0ddd99");
}

TEST(Decide, RaisesNothingWhereTheRuleDoesNotHold) {
  EXPECT_TRUE(decide(routing({watch("desk", {"lee"}, {"ops"})}), facts(), {mention("lee")}, !kAlways, kNow).empty());
}

TEST(Decide, LooksAtNoWatchThatCannotHold) {
  Ruling ruling;
  ruling.candidates = {1};
  ruling.holds = [](const model::Watch& watch) { return watch.id.value != "desk"; };
  const auto decided = alert::decide(routing({watch("desk", {"lee"}, {"ops"}), watch("night", {"lee"}, {"ops"})}), facts(), {mention("lee")}, ruling, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(decided[0].alert.watch.value, "night");
}

// An uncertain mention interrupts nobody, unless the rule asks for it.
TEST(Decide, RaisesWhatIsMetAsTheRuleAsksOnce) {
  Ruling ruling;
  ruling.candidates = {0};
  ruling.holds = [](const model::Watch&) { return true; };
  ruling.met = [](const model::Watch&) { return std::vector<model::EntityId>{EntityId{"lee"}}; };
  model::ArticleFacts article = facts();
  Routing to_desk = routing({watch("desk", {"lee"}, {"ops"})});
  to_desk.watches.front().rule = model::Rule();
  const auto decided = alert::decide(to_desk, article, {mention("lee", 0.3)}, ruling, kNow);
  ASSERT_EQ(decided.size(), 1u);
  EXPECT_EQ(decided[0].alert.entities, std::vector<EntityId>{EntityId{"lee"}});
  article.alerted[model::WatchId{"desk"}] = {EntityId{"lee"}};
  EXPECT_TRUE(alert::decide(to_desk, article, {mention("lee", 0.3)}, ruling, kNow).empty());
}

}  // namespace
}  // namespace bylined::alert
