// SPDX-License-Identifier: Apache-2.0
// A watch tried on an article that was edited: what it knows of the version before, and of whom it alerted already.
#include "query/service/backtest.h"

#include <gtest/gtest.h>

#include "model/definition.h"
#include "settings/settings.h"
#include "tests/store/newsroom.h"

namespace bylined::query {
namespace {

using namespace store::test;

model::Entity person(const std::string& id, const std::string& name) {
  model::Entity one;
  one.id.value = id;
  one.kind = model::EntityKind::kPerson;
  one.names = {name};
  return one;
}

// Its headline names the one, and the text that was read a minute later the other too.
class Backtest : public testing::Test {
 protected:
  Backtest() : store_(std::move(*store::open_store(options_for(folder_.path())))) {
    settings_.entities = {person("doyun", "강도윤"), person("seojun", "이서준")};
    model::Watch& watch = settings_.watches.emplace_back();
    watch.id.value = "desk";
    watch.query = "entity:doyun OR entity:seojun";
    watch.rule = *settings::parse_query(watch.query);
    watch.entities = {{"doyun"}, {"seojun"}};
    Newsroom room(*store_);
    room.configure({source("a")});
    room.list({item("1", "강도윤 귀국")}, kStart);
    store::Finding headline = finding(room.claim_reads(kStart).at(0), version("", "강도윤 귀국"), {}, kStart);
    headline.retry_at = kStart + 1min;
    room.find(headline);
    room.find(finding(room.claim_reads(kStart + 1min).at(0), version("강도윤은 어제 이서준을 만났다.", "강도윤 귀국"), {}, kStart + 1min));
  }

  void in_force(const std::vector<model::Entity>& entities) {
    std::vector<model::Definition> all;
    for (const model::Entity& one : entities) all.push_back({model::DefinitionKind::kEntity, one.id.value, model::definition_text(one), ""});
    all.push_back({model::DefinitionKind::kWatch, "desk", model::definition_text(settings_.watches.front()), ""});
    ASSERT_TRUE(store_->record_load(all, kStart));
  }

  json::value alerts(std::optional<std::string> query = std::nullopt) const {
    const auto reader = std::move(*store::open_reader(folder_.path()));
    const auto answer = backtest(*reader, settings_, {{"desk"}, std::move(query), Instant()}, [](std::size_t, std::size_t) {});
    EXPECT_TRUE(answer) << answer.error().text();
    return answer ? answer->at("alerts") : json::value();
  }

  Folder folder_;
  std::unique_ptr<store::Store> store_;
  settings::Settings settings_;
};

TEST_F(Backtest, TellsOfEachEntityOnceThoughTwoVersionsNameIt) {
  in_force(settings_.entities);
  EXPECT_EQ(alerts(), (json::value{{"tried", 2}, {"live", 2}, {"gained", 0}, {"lost", 0}}));
}

TEST_F(Backtest, FindsWhatIsInForceByTheNamesInForce) {
  in_force({person("doyun", "강도윤"), person("seojun", "백하빈")});
  EXPECT_EQ(alerts(), (json::value{{"tried", 2}, {"live", 1}, {"gained", 0}, {"lost", 0}}));
}

TEST_F(Backtest, KnowsWhatTheVersionBeforeHad) {
  in_force(settings_.entities);
  EXPECT_EQ(alerts("entity:seojun in:added"), (json::value{{"tried", 1}, {"live", 2}, {"gained", 0}, {"lost", 0}}));
  EXPECT_EQ(alerts("entity:doyun AND NOT entity:doyun in:added"), (json::value{{"tried", 1}, {"live", 2}, {"gained", 0}, {"lost", 0}}));
}

}  // namespace
}  // namespace bylined::query
