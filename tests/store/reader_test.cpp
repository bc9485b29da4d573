// SPDX-License-Identifier: Apache-2.0
#include "tests/store/on_disk.h"

namespace bylined::store::test {
namespace {

class Questions : public OnDisk {};

TEST_F(Questions, AnAlertComesBackAsItWasRaised) {
  room().configure({source("a")});
  const auto outcome = room().report("1", {"samsung", "lee-jaeyong"}, kStart);
  const auto alert = reader().alert(outcome.alerts.at(0));
  ASSERT_TRUE(alert) << alert.error().text();
  EXPECT_EQ(alert->watch.value, "desk");
  EXPECT_EQ(alert->severity, model::Severity::kHigh);
  EXPECT_EQ(alert->article.id, outcome.article);
  EXPECT_EQ(alert->article.source.value, "a");
  EXPECT_EQ(alert->version.content, body_with({"samsung", "lee-jaeyong"}).content);
  ASSERT_EQ(alert->mentions.size(), 2u);
  EXPECT_EQ(alert->mentions[1], mention("lee-jaeyong", 1));
  EXPECT_EQ(alert->entities, (std::vector<model::EntityId>{{"lee-jaeyong"}, {"samsung"}}));
}

TEST_F(Questions, ListsComeNewestFirstAndACursorStaysRightWhileRowsAreAdded) {
  room().configure({source("a")});
  for (int i = 0; i < 5; ++i) room().report("n" + std::to_string(i), {"samsung"}, kStart + i * 1h);
  AlertFilter filter;
  filter.limit = 2;
  const auto first = reader().alerts(filter);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->items.size(), 2u);
  EXPECT_EQ(first->items[0].article.url, "https://press.example/n4");
  room().report("n5", {"samsung"}, kStart + 5h);
  filter.cursor = first->next;
  const auto second = reader().alerts(filter);
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_EQ(second->items[0].article.url, "https://press.example/n2");
  filter.cursor = second->next;
  const auto last = reader().alerts(filter);
  ASSERT_EQ(last->items.size(), 1u);
  EXPECT_FALSE(last->next);
}

TEST_F(Questions, ALimitMayBeOneToAThousandAndACursorMustBeOfItsList) {
  for (const auto& [limit, good] : {std::pair{0, false}, {1, true}, {kSliceMax, true}, {kSliceMax + 1, false}}) {
    AlertFilter filter;
    filter.limit = limit;
    EXPECT_EQ(reader().alerts(filter).has_value(), good) << limit;
  }
  room().configure({source("a")});
  for (int i = 0; i < 2; ++i) room().report("n" + std::to_string(i), {"samsung"}, kStart + i * 1h);
  ArticleFilter articles;
  articles.limit = 1;
  const auto slice = reader().articles(articles);
  ASSERT_TRUE(slice && slice->next);
  for (const std::string& bad : {std::string("x"), std::string("1.2.3"), *slice->next}) {
    AlertFilter filter;
    filter.cursor = bad;
    const auto answer = reader().alerts(filter);
    ASSERT_FALSE(answer) << bad;
    EXPECT_EQ(answer.error().kind(), ErrorKind::kInvalid);
  }
}

TEST_F(Questions, AlertsAreFilteredByEntityWatchSourceAndTime) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  room().report("2", {"kakao", "samsung"}, kStart + 1h);
  const auto count = [this](AlertFilter filter) { return reader().alerts(filter)->items.size(); };
  AlertFilter filter;
  filter.entities = {{"samsung"}, {"kakao"}};
  EXPECT_EQ(count(filter), 2u);
  filter.entities = {{"kakao"}};
  EXPECT_EQ(count(filter), 1u);
  filter.watch = model::WatchId{"other"};
  EXPECT_EQ(count(filter), 0u);
  filter = AlertFilter();
  filter.watch = model::WatchId{"desk"};
  filter.since = kStart + 30min;
  EXPECT_EQ(count(filter), 1u);
  filter.source = model::SourceId{"a"};
  EXPECT_EQ(count(filter), 1u);
  filter.source = model::SourceId{"nobody"};
  EXPECT_EQ(count(filter), 0u);
}

TEST_F(Questions, ArticlesAndDeliveriesAreListedWithTheirFacts) {
  room().configure({source("a")});
  const auto outcome = room().report("1", {"samsung"}, kStart, desk({"ops", "mail"}));
  const auto articles = reader().articles(ArticleFilter());
  ASSERT_EQ(articles->items.size(), 1u);
  EXPECT_EQ(articles->items[0].outlet, "한빛일보");
  EXPECT_EQ(articles->items[0].published->text, "2025-02-04T17:06:40+09:00");
  const auto detail = reader().article(outcome.article);
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->versions.size(), 1u);
  EXPECT_EQ(detail->mentions[0].size(), 1u);
  EXPECT_EQ(detail->alerts, outcome.alerts);
  DeliveryFilter filter;
  EXPECT_EQ(reader().deliveries(filter)->items.size(), 2u);
  filter.receiver = model::ReceiverId{"ops"};
  EXPECT_EQ(reader().deliveries(filter)->items.size(), 1u);
  filter.alert = outcome.alerts[0];
  EXPECT_EQ(reader().deliveries(filter)->items.size(), 1u);
  filter = DeliveryFilter();
  filter.state = model::DeliveryState::kDead;
  EXPECT_TRUE(reader().deliveries(filter)->items.empty());
}

TEST_F(Questions, ADeliveryShowsItsAttempts) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 2s).at(0), "retry", kStart + 3s));
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 1h).at(0), "delivered", kStart + 1h));
  const auto list = reader().deliveries(DeliveryFilter());
  const auto detail = reader().delivery(list->items.at(0).id);
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail->attempts.size(), 2u);
  EXPECT_EQ(detail->attempts[0].outcome, "retry");
  EXPECT_EQ(detail->attempts[1].number, 2);
  EXPECT_EQ(detail->delivery.state, model::DeliveryState::kDelivered);
  EXPECT_EQ(reader().receivers()->size(), 1u);
}

TEST_F(Questions, WhatWaitsForAReceiverThatIsNotConfiguredIsCounted) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart, desk({"gone", "ops"}));
  room().report("2", {"samsung"}, kStart + 15min, desk({"gone"}));
  const auto waiting = reader().waiting_for_others({{"ops"}});
  ASSERT_TRUE(waiting);
  ASSERT_EQ(waiting->size(), 1u);
  EXPECT_EQ(waiting->at(0).first.value, "gone");
  EXPECT_EQ(waiting->at(0).second, 2);
}

TEST_F(Questions, CountsAreOfAllThatWasStored) {
  room().configure({source("a"), source("b")});
  const auto claimed = room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().record_listing(room().listing(claimed[0], {item("1"), item("2")}, kStart)));
  const auto counts = reader().counts();
  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->sources, 2);
  EXPECT_EQ(counts->reads_due, 2);
  EXPECT_EQ(counts->oldest_due_read, kStart);
  EXPECT_EQ(counts->schema, 7);
  EXPECT_EQ(reader().sources()->at(0).items, 2);
}

TEST_F(Questions, EveryTextOfAWatchIsKeptWithItsTime) {
  const auto watch = [](const std::string& text) { return model::Definition{model::DefinitionKind::kWatch, "desk", text, "watches.d/desk.toml:3"}; };
  const model::Definition samsung{model::DefinitionKind::kEntity, "samsung", "{}", "entities.d/a.toml:1"};
  EXPECT_EQ(*store().record_load({}, kStart), 0);
  const auto first = store().record_load({watch("1"), samsung}, kStart + 1s);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(*store().record_load({samsung, watch("1")}, kStart + 2s), *first) << "nothing changed";
  const auto second = *store().record_load({watch("2"), samsung}, kStart + 3s);
  const auto third = *store().record_load({samsung}, kStart + 4s);
  const auto fourth = *store().record_load({watch("1"), samsung}, kStart + 5s);

  const auto all = reader().definitions(model::DefinitionKind::kWatch, "desk");
  ASSERT_TRUE(all) << all.error().text();
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ(all->at(0).definition.text, "1");
  EXPECT_EQ(all->at(0).loaded, kStart + 1s);
  EXPECT_EQ(all->at(0).ended, kStart + 3s);
  EXPECT_EQ(all->at(2).number, 3);
  EXPECT_EQ(all->at(2).ended, std::nullopt);
  const auto at = [this](std::int64_t load) {
    const auto found = reader().definition_at(model::DefinitionKind::kWatch, "desk", load);
    return found && *found ? (*found)->number : 0;
  };
  EXPECT_EQ(at(0), 0);
  EXPECT_EQ(at(*first), 1);
  EXPECT_EQ(at(second), 2);
  EXPECT_EQ(at(third), 0);
  EXPECT_EQ(at(fourth), 3);
  EXPECT_EQ(reader().definitions(model::DefinitionKind::kEntity, "samsung")->size(), 1u);
}

TEST_F(Questions, AnEntityIsMetAsItsMentionsAndItsLettersSay) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  room().report("2", {"samsung", "lee-jaeyong"}, kStart + 1h);
  room().report("3", {}, kStart + 2h);
  const auto use = reader().entity_use(model::EntityId{"samsung"});
  ASSERT_TRUE(use) << use.error().text();
  EXPECT_EQ(use->articles, 2);
  EXPECT_EQ(use->first, kStart);
  EXPECT_EQ(use->last, kStart + 1h);
  ASSERT_EQ(use->forms.size(), 1u);
  EXPECT_EQ(use->forms[0].mentions, 2);
  EXPECT_EQ(reader().entity_use(model::EntityId{"none"})->articles, 0);
  const auto letters = reader().name_use({mention("samsung", 0).text, "없는이름"});
  ASSERT_TRUE(letters) << letters.error().text();
  EXPECT_EQ(letters->looked_at, 3);
  EXPECT_EQ(letters->texts, (std::vector<std::int64_t>{2, 0}));
}

TEST_F(Questions, FiftyWrittenFormsOfAnEntityAreShown) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto reads = room().claim_reads(kStart);
  std::vector<model::Mention> mentions;
  std::string body;
  for (std::size_t i = 0; i <= kMostForms; ++i) {
    model::Mention one = mention("samsung");
    one.text = "form" + std::to_string(i + 10);
    one.start = body.size();
    one.end = one.start + one.text.size();
    body += one.text + " ";
    mentions.push_back(std::move(one));
  }
  room().find(finding(reads.at(0), version(body, "한빛전자"), mentions, kStart), desk());
  EXPECT_EQ(reader().entity_use(model::EntityId{"samsung"})->forms.size(), kMostForms);
}

TEST_F(Questions, TextsComeOldestFirstInSlices) {
  room().configure({source("a")});
  for (int i = 0; i < 5; ++i) room().report("n" + std::to_string(i), {"samsung"}, kStart + i * 1h);
  EXPECT_EQ(*reader().count_articles(kStart + 1h), 4);
  std::vector<std::string> seen;
  std::optional<std::string> cursor;
  do {
    const auto slice = reader().texts(kStart + 1h, 3, cursor);
    ASSERT_TRUE(slice) << slice.error().text();
    for (const ArticleTexts& one : slice->items) {
      EXPECT_EQ(one.versions.size(), 1u);
      seen.push_back(one.article.url.substr(22));
    }
    cursor = slice->next;
  } while (cursor);
  EXPECT_EQ(seen, (std::vector<std::string>{"n1", "n2", "n3", "n4"}));
}

TEST_F(Questions, AnUnknownThingIsNotFound) {
  EXPECT_EQ(reader().alert(model::AlertId{"x"}).error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(reader().article(model::ArticleId{"x"}).error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(reader().delivery(model::DeliveryId{"x"}).error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(open_reader(path("nothing.db")).error().kind(), ErrorKind::kNotFound);
}

std::string lost_at(const Result<std::vector<TraceStep>>& steps) {
  if (!steps) return steps.error().text();
  for (const TraceStep& step : *steps) {
    if (!step.passed) return step.stage;
  }
  return "nowhere";
}

TEST_F(Questions, ATraceNamesTheFirstStageThatLostTheArticle) {
  room().configure({source("a")});
  EXPECT_EQ(lost_at(reader().trace("https://press.example/1")), "listed");
  room().list({item("1"), item("2"), item("3")}, kStart);
  EXPECT_EQ(lost_at(reader().trace("https://press.example/1")), "read");
  const auto reads = room().claim_reads(kStart);
  room().find(finding(reads[0], body_with({}), {}, kStart));
  EXPECT_EQ(lost_at(reader().trace("https://press.example/3")), "matched");
  const auto none = [](const model::ArticleFacts&, const std::vector<model::Mention>&) { return std::vector<model::NewAlert>(); };
  room().find(finding(reads[1], body_with({"samsung"}), {mention("samsung", 0)}, kStart), none);
  EXPECT_EQ(lost_at(reader().trace("https://press.example/2")), "alerted");
  room().find(finding(reads[2], body_with({"samsung"}), {mention("samsung", 0)}, kStart));
  EXPECT_EQ(lost_at(reader().trace("https://press.example/1")), "delivered");
  ASSERT_TRUE(room().answer(room().claim_deliveries("ops", kStart + 2s).at(0), "delivered", kStart + 3s));
  EXPECT_EQ(lost_at(reader().trace("https://press.example/1?utm_source=x#top")), "nowhere");
  EXPECT_EQ(reader().trace("ftp://x").error().kind(), ErrorKind::kInvalid);
}

std::string told_of_reading(const Result<std::vector<TraceStep>>& steps) {
  if (!steps) return steps.error().text();
  for (const TraceStep& step : *steps) {
    if (step.stage == "read") return step.detail;
  }
  return "nothing";
}

TEST_F(Questions, AnArticleThatWasNotReadIsLostThereUnlessItsHeadlineWasEnough) {
  room().configure({source("a")});
  room().list({item("1"), item("2")}, kStart);
  const auto reads = room().claim_reads(kStart);
  Finding silent = finding(reads[0], version("", "나래산업 소식"), {}, kStart), telling = finding(reads[1], version("", "이 회장 귀국"), {mention("lee-jaeyong")}, kStart);
  telling.mentions.front().field = model::Field::kTitle;
  silent.reason = telling.reason = "it is a login wall";
  room().find(silent);
  room().find(telling);
  const std::string lost = silent.url, told = telling.url;
  EXPECT_EQ(lost_at(reader().trace(lost)), "read");
  EXPECT_NE(told_of_reading(reader().trace(lost)).find("it is a login wall"), std::string::npos) << told_of_reading(reader().trace(lost));
  EXPECT_NE(told_of_reading(reader().trace(lost)).find("headline and summary alone"), std::string::npos);
  EXPECT_EQ(lost_at(reader().trace(told)), "delivered");
}

TEST_F(Questions, ATraceSaysWhyAnItemWasNotToBeRead) {
  room().configure({source("a")});
  room().list({item("first", "나래산업 소식")}, kStart, false);
  const auto claimed = room().claim_sources(kStart + 1h);
  ASSERT_EQ(claimed.size(), 1u);
  ListingRecord record = room().listing(claimed.front(), {}, kStart + 1h);
  record.aged = {item("moved", "나래산업 소식"), item("old", "가람전자 소식"), item("archive", "다온화학 소식")};
  record.aged.back().printed = model::Stamp{kStart - 401 * 24h, model::Precision::kMinute, ""};
  record.listed.reset();
  ASSERT_TRUE(store().record_listing(record));
  const auto told = [this](const std::string& name) { return told_of_reading(reader().trace(item(name).url)); };
  EXPECT_NE(told("first").find("it stood on its first poll"), std::string::npos) << told("first");
  EXPECT_NE(told("moved").find("https://press.example/first"), std::string::npos) << told("moved");
  EXPECT_NE(told("archive").find("more than a year before"), std::string::npos) << told("archive");
  EXPECT_NE(told("old").find("no news when it was listed first"), std::string::npos) << told("old");
}

}  // namespace
}  // namespace bylined::store::test
