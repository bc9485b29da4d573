// SPDX-License-Identifier: Apache-2.0
#include "query/service/service.h"

#include <gtest/gtest.h>

#include <set>

#include "query/service/params.h"
#include "query/service/rule_trial.h"
#include "query/service/selection.h"
#include "tests/query/lived.h"

namespace bylined::query {
namespace {

using tests::lived;

std::string first_id(const std::string& path) { return std::string(lived().good(path).at("items").at(0).at("id").as_string()); }

TEST(AlertsRoute, GivesTheContractsShapeNewestFirst) {
  const json::value list = lived().good("alerts");
  ASSERT_EQ(list.at("items").as_array().size(), 2u);
  const json::value& alert = list.at("items").at(0);
  EXPECT_EQ(alert.at("article").at("title").as_string(), "새 공장 두고 지역사회 기대");
  EXPECT_EQ(alert.at("watch").as_string(), "desk");
  EXPECT_EQ(alert.at("entities").at(0).as_string(), "hanbit");
  EXPECT_EQ(alert.at("mentions").at(0).at("text").as_string(), "한빛전자");
  EXPECT_TRUE(list.at("next").is_null());
}

TEST(AlertsRoute, PagesWithACursorThatNeitherRepeatsNorSkips) {
  std::set<std::string> seen;
  Params params{{"limit", "1"}};
  for (int page = 0; page < 2; ++page) {
    const json::value list = lived().good("alerts", params);
    ASSERT_EQ(list.at("items").as_array().size(), 1u);
    seen.insert(std::string(list.at("items").at(0).at("id").as_string()));
    if (!list.at("next").is_null()) params["cursor"] = std::string(list.at("next").as_string());
  }
  EXPECT_EQ(seen.size(), 2u);
}

TEST(AlertsRoute, FiltersByEntityQueryWatchSourceAndTime) {
  EXPECT_EQ(lived().good("alerts", {{"entity", "hanbit"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().good("alerts", {{"entity", "lee-seojun"}}).at("items").as_array().size(), 0u);
  EXPECT_EQ(lived().good("alerts", {{"query", "entity:lee-seojun OR entity:hanbit"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().good("alerts", {{"watch", "quiet"}}).at("items").as_array().size(), 0u);
  EXPECT_EQ(lived().good("alerts", {{"source", "naru-feed"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().good("alerts", {{"since", "30m"}}).at("items").as_array().size(), 1u);
}

TEST(AlertsRoute, ABadParameterSaysWhatItTakes) {
  for (const auto& [name, value, says] : {std::tuple("since", "yesterday", "7d"), std::tuple("limit", "0", "1 to 500"), std::tuple("limit", "501", "1 to 500"),
                                          std::tuple("cursor", "nonsense", "cursor"), std::tuple("query", "samsung AND", "query")}) {
    const auto answered = lived().ask("alerts", {{name, value}});
    ASSERT_FALSE(answered) << name << "=" << value;
    EXPECT_EQ(answered.error().kind(), ErrorKind::kInvalid);
    EXPECT_NE(answered.error().text().find(says), std::string::npos) << answered.error().text();
  }
}

TEST(AlertsRoute, AMisspeltParameterIsRefusedWithASuggestion) {
  const auto answered = lived().ask("alerts", {{"entiti", "hanbit"}});
  ASSERT_FALSE(answered);
  EXPECT_NE(answered.error().text().find("\"entity\""), std::string::npos) << answered.error().text();
}

// "Nothing" for a misspelt name would read like "all quiet".
TEST(AlertsRoute, AnIdThatNobodyKnowsIsRefusedWithTheNearestOne) {
  for (const auto& [route, name, value, says] :
       {std::tuple("alerts", "entity", "hanbitt", "did you mean \"hanbit\"?"), std::tuple("alerts", "watch", "desc", "did you mean \"desk\"?"),
        std::tuple("articles", "source", "naru", "there is no source"), std::tuple("alerts", "query", "entity:hanbit OR entity:lee", "there is no entity"),
        std::tuple("deliveries", "receiver", "hoook", "there is no receiver")}) {
    const auto answered = lived().ask(route, {{name, value}});
    ASSERT_FALSE(answered) << name << "=" << value;
    EXPECT_EQ(answered.error().kind(), ErrorKind::kInvalid);
    EXPECT_NE(answered.error().text().find(says), std::string::npos) << answered.error().text();
  }
}

TEST(AlertsRoute, AnIdOfThePastIsStillAnswered) {
  ASSERT_TRUE(lived().settings()->sources.empty() && lived().settings()->receivers.empty());
  EXPECT_EQ(lived().good("alerts", {{"source", "naru-feed"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().good("deliveries", {{"receiver", "hook"}}).at("items").as_array().size(), 2u);
}

TEST(AlertRoute, GivesOneAndKnowsWhatIsNotThere) {
  EXPECT_EQ(lived().good("alerts/" + first_id("alerts")).at("state").as_string(), "open");
  EXPECT_EQ(lived().ask("alerts/none").error().kind(), ErrorKind::kNotFound);
}

TEST(ExplainRoute, NamesTheMentionsAndWhoWasTold) {
  const json::value why = lived().good("alerts/" + first_id("alerts") + "/explain");
  EXPECT_EQ(why.at("because").at(0).at("entity").as_string(), "hanbit");
  EXPECT_FALSE(why.at("because").at(0).at("mentions").as_array().empty());
  EXPECT_FALSE(why.at("because").at(0).as_object().contains("gone"));
  std::set<std::string> receivers;
  for (const json::value& one : why.at("told").as_array()) receivers.insert(std::string(one.at("receiver").as_string()));
  EXPECT_EQ(receivers, (std::set<std::string>{"desk", "hook"}));
}

// The rule that was in force when the alert was raised, on the text that it fired on, with the tags that its source had then:
// it must agree.
TEST(ExplainRoute, JudgesTheRuleAgainClauseByClause) {
  const json::value list = lived().good("alerts");
  ASSERT_EQ(list.at("items").as_array().size(), 2u);
  for (const json::value& alert : list.at("items").as_array()) {
    const json::value rule = lived().good("alerts/" + std::string(alert.at("id").as_string()) + "/explain").at("rule");
    EXPECT_EQ(rule.at("rule").as_string(), "entity:hanbit AND NOT 야구");
    EXPECT_EQ(rule.at("as_of").as_string(), "then");
    EXPECT_EQ(rule.at("stored").at("version").as_int64(), 1);
    EXPECT_TRUE(rule.at("outcome").at("holds").as_bool());
    EXPECT_EQ(rule.at("outcome").at("parts").as_array().size(), 2u);
  }
}

TEST(ExplainRoute, JudgesByTheTagsThatTheSourceHadThen) {
  press::Script script = tests::feed_press();
  for (int i = 0; i < 3; ++i) script.articles.push_back(tests::filler(std::to_string(100 + i), std::chrono::hours(-9 + i)));
  script.articles.push_back(tests::news("201", "한빛전자, 새 공장 짓는다", std::chrono::minutes(12)));
  tests::Wishes wishes = tests::small_wishes();
  wishes.sources.front().tags = {"business"};
  model::Watch& watch = wishes.watches.front();
  watch.query = "entity:hanbit AND tag:business";
  watch.rule = *settings::parse_query(watch.query);
  watch.entities = {wishes.entities.front().id};
  tests::World world(43, script, wishes);
  world.boot();
  ASSERT_TRUE(world.run_for(std::chrono::minutes(30)));
  world.wishes().sources.front().tags = {"sports"};
  world.reload();
  ASSERT_TRUE(world.run_for(std::chrono::minutes(1)));
  const auto reader = world.reader();
  const Sight now_without_tags{*reader, std::make_shared<settings::Settings>(), {}, world.now()};
  const auto alerts = answer(now_without_tags, {"alerts", {}});
  ASSERT_TRUE(alerts);
  ASSERT_EQ(alerts->at("items").as_array().size(), 1u);
  const auto why = answer(now_without_tags, {"alerts/" + std::string(alerts->at("items").at(0).at("id").as_string()) + "/explain", {}});
  ASSERT_TRUE(why) << why.error().text();
  EXPECT_EQ(why->at("rule").at("as_of").as_string(), "then");
  EXPECT_TRUE(why->at("rule").at("outcome").at("holds").as_bool());
}

TEST(ListQuery, TakesTheWholeLanguage) {
  const auto count = [](const std::string& list, const std::string& query) { return lived().good(list, {{"query", query}}).at("items").as_array().size(); };
  EXPECT_EQ(count("articles", "공장"), 2u);
  EXPECT_EQ(count("articles", "entity:hanbit AND title:한빛전자"), 1u);
  EXPECT_EQ(count("articles", "NOT entity:hanbit"), 1u);
  EXPECT_EQ(count("articles", "/새 공장/ AND outlet:나루"), 2u);
  EXPECT_EQ(count("alerts", "entity:hanbit NEAR/s 공장"), 2u);
  EXPECT_EQ(count("alerts", "event:edited"), 0u);
  EXPECT_EQ(count("alerts", "entity:hanbit OR entity:lee-seojun"), 2u) << "this one is asked of the database";
  EXPECT_EQ(lived().ask("alerts", {{"query", "공장 AND"}}).error().kind(), ErrorKind::kInvalid);
}

TEST(ListQuery, GoesOnWhereItStopped) {
  std::size_t seen = 0;
  query::Params params{{"query", "공장"}, {"limit", "1"}};
  for (int slices = 0; slices < 5; ++slices) {
    const json::value list = lived().good("articles", params);
    seen += list.at("items").as_array().size();
    if (list.at("next").is_null()) break;
    params["cursor"] = std::string(list.at("next").as_string());
  }
  EXPECT_EQ(seen, 2u);
}

struct CountedFilter {
  int limit = 0;
  std::optional<std::string> cursor;
};

// A list of a million entries, of which every 1,000th holds.
TEST(ListQuery, LooksAtSoManyAndSaysWhereToGoOn) {
  const auto slice = [](const CountedFilter& filter) -> Result<store::Slice<int>> {
    store::Slice<int> part;
    int at = filter.cursor ? std::stoi(*filter.cursor) : 0;
    for (int i = 0; i < filter.limit; ++i) part.items.push_back(at++);
    part.next = std::to_string(at);
    return part;
  };
  int looked = 0;
  const auto judge = [&looked](const int& one) -> Result<bool> { return ++looked, one % 1'000 == 999; };
  CountedFilter filter{3, std::nullopt};
  const auto first = select<int, CountedFilter>(filter, slice, judge);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->items, (std::vector<int>{999, 1'999, 2'999}));
  EXPECT_EQ(first->next, "3000");
  filter.limit = 50;
  looked = 0;
  const auto many = select<int, CountedFilter>(filter, slice, judge);
  EXPECT_EQ(many->items.size(), 5u);
  EXPECT_EQ(looked, kMostLookedAt);
  EXPECT_EQ(many->next, "5000");
  filter.limit = 1;
  filter.cursor = "990";
  EXPECT_EQ((select<int, CountedFilter>(filter, slice, judge)->next), "1000");
}

TEST(Parameters, ThatAreEmptyAreRefused) {
  for (const char* const name : {"entity", "watch", "query", "cursor", "since"}) {
    EXPECT_EQ(lived().ask("alerts", {{name, ""}}).error().kind(), ErrorKind::kInvalid) << name;
  }
}

TEST(EntitiesRoute, TellsWhoIsTrackedAndOneWithItsUse) {
  EXPECT_EQ(lived().good("entities").at("items").as_array().size(), 3u);
  EXPECT_EQ(lived().good("entities", {{"limit", "1"}}).at("next").as_string(), "grid");
  const json::value one = lived().good("entities/hanbit");
  EXPECT_EQ(one.at("use").at("articles").as_int64(), 2);
  EXPECT_EQ(one.at("versions").at(0).at("text").at("names").at(0).as_string(), "한빛전자");
  EXPECT_EQ(lived().ask("entities/none").error().kind(), ErrorKind::kNotFound);
}

TEST(WatchesRoute, TellsTheRuleAsItIsUnderstoodAndItsVersions) {
  EXPECT_EQ(lived().good("watches").at("items").as_array().size(), 2u);
  const json::value one = lived().good("watches/desk");
  EXPECT_EQ(one.at("rule").as_string(), "entity:hanbit AND NOT 야구");
  EXPECT_EQ(one.at("versions").as_array().size(), 1u);
  EXPECT_TRUE(lived().good("watches/quiet").at("versions").as_array().empty()) << "it was never in force";
  EXPECT_EQ(lived().ask("watches/none").error().kind(), ErrorKind::kNotFound);
}

TEST(JudgeVersion, SaysWhichClauseKeepsAnArticleOut) {
  const auto reader = store::open_reader(lived().database());
  ASSERT_TRUE(reader);
  const json::value alert = lived().good("alerts").at("items").at(0);
  const auto article = (*reader)->article(model::ArticleId{std::string(alert.at("article").at("id").as_string())});
  ASSERT_TRUE(article);
  const model::Watch& quiet = lived().settings()->watches.at(1);
  const auto judged = judge_version(lived().settings(), quiet, *article, 1);
  ASSERT_TRUE(judged);
  EXPECT_FALSE(judged->at("outcome").at("holds").as_bool());
  EXPECT_TRUE(judge_version(lived().settings(), quiet, *article, 2)->is_null()) << "there is one version";
  EXPECT_TRUE(judge_version(lived().settings(), model::Watch(), *article, 1)->is_null()) << "a watch without a rule";
}

TEST(ArticlesRoute, ListsWhatWasReadAndFilters) {
  EXPECT_EQ(lived().good("articles").at("items").as_array().size(), 3u) << "the baseline is not read";
  EXPECT_EQ(lived().good("articles", {{"entity", "hanbit"}}).at("items").as_array().size(), 2u);
}

TEST(ArticleRoute, GivesEveryVersionWithItsMentions) {
  const json::value article = lived().good("articles/" + std::string(lived().good("articles", {{"entity", "hanbit"}}).at("items").at(0).at("id").as_string()));
  const json::value& text = article.at("texts").at(0);
  EXPECT_EQ(text.at("version").as_int64(), 1);
  EXPECT_EQ(text.at("read").as_string(), "full");
  EXPECT_NE(text.at("body").as_string().find("한빛전자가"), std::string_view::npos);
  EXPECT_FALSE(text.at("mentions").as_array().empty());
  EXPECT_EQ(article.at("alerts").as_array().size(), 1u);
}

TEST(WhyRoute, NamesTheStageThatLostAnArticle) {
  EXPECT_EQ(lived().good("why", {{"url", "https://www.naru.example/news/202"}}).at("lost_at").as_string(), "matched");
  EXPECT_EQ(lived().good("why", {{"url", "https://www.naru.example/news/101"}}).at("lost_at").as_string(), "read");
  EXPECT_EQ(lived().good("why", {{"url", "https://www.naru.example/news/999"}}).at("lost_at").as_string(), "listed");
  EXPECT_EQ(lived().ask("why").error().kind(), ErrorKind::kInvalid);
}

TEST(SourcesRoute, TellsHowEachIs) {
  const json::value source = lived().good("sources").at("items").at(0);
  EXPECT_EQ(source.at("id").as_string(), "naru-feed");
  EXPECT_EQ(source.at("state").as_string(), "ok");
  EXPECT_EQ(source.at("items").as_int64(), 6);
}

TEST(SourceRoute, GivesOneWithWhatBefellIt) {
  const json::value source = lived().good("sources/naru-feed");
  EXPECT_EQ(source.at("kind").as_string(), "feed");
  EXPECT_TRUE(source.at("events").as_array().empty()) << "nothing did";
  EXPECT_EQ(lived().ask("sources/none").error().kind(), ErrorKind::kNotFound);
}

TEST(JournalistsRoute, KnowsNobodyWhereNoJournalistsPageIsWatched) {
  EXPECT_TRUE(lived().good("journalists").at("items").as_array().empty());
  EXPECT_EQ(lived().ask("journalists/none").error().kind(), ErrorKind::kNotFound);
}

TEST(DeliveriesRoute, FiltersByStateAndReceiver) {
  EXPECT_EQ(lived().good("deliveries").at("items").as_array().size(), 4u);
  EXPECT_EQ(lived().good("deliveries", {{"state", "delivered"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().good("deliveries", {{"state", "pending"}, {"receiver", "hook"}}).at("items").as_array().size(), 2u);
  EXPECT_EQ(lived().ask("deliveries", {{"state", "lost"}}).error().kind(), ErrorKind::kInvalid);
}

TEST(DeliveryRoute, GivesEveryAttemptWithTheReply) {
  const json::value list = lived().good("deliveries", {{"receiver", "hook"}});
  const json::value delivery = lived().good("deliveries/" + std::string(list.at("items").at(0).at("id").as_string()));
  ASSERT_FALSE(delivery.at("tries").as_array().empty());
  EXPECT_EQ(delivery.at("tries").at(0).at("status").as_int64(), 500);
}

TEST(StatusRoute, CountsAndSaysWhatToDo) {
  const json::value status = lived().good("status");
  EXPECT_FALSE(status.at("running").as_bool());
  EXPECT_EQ(status.at("counts").at("alerts").as_int64(), 2);
  EXPECT_EQ(status.at("counts").at("deliveries_pending").as_int64(), 2);
  ASSERT_FALSE(status.at("troubles").as_array().empty());
  EXPECT_EQ(status.at("troubles").at(0).at("what").as_string(), "no daemon answers");
  EXPECT_NE(status.at("troubles").at(1).at("what").as_string().find("hook"), std::string_view::npos);
}

TEST(StatusRoute, SaysWhatWaitsForAReceiverThatIsNotConfigured) {
  const json::value status = lived().good("status");
  const json::value& last = status.at("troubles").as_array().back();
  EXPECT_EQ(last.at("what").as_string(), "2 deliveries wait for receiver hook");
  EXPECT_NE(last.at("remedy").as_string().find("configure it again"), std::string_view::npos);
}

TEST(SourcesRoute, TakesALimitAndACursorLikeEveryList) {
  const json::value first = lived().good("sources", {{"limit", "1"}});
  EXPECT_EQ(first.at("items").as_array().size(), 1u);
  const json::value all = lived().good("sources");
  EXPECT_TRUE(all.at("next").is_null());
  EXPECT_EQ(first.at("next").is_null(), all.at("items").as_array().size() == 1);
  const std::string last(all.at("items").as_array().back().at("id").as_string());
  EXPECT_TRUE(lived().good("sources", {{"cursor", last}}).at("items").as_array().empty());
  EXPECT_EQ(lived().ask("sources", {{"limit", "0"}}).error().kind(), ErrorKind::kInvalid);
}

TEST(StatusRoute, SaysFirstThatTheDatabaseCannotBeWritten) {
  query::json::object facts;
  facts["storage"] = query::json::object{{"writable", false}, {"reason", "disk is full"}};
  const auto status = lived().ask("status", {}, facts);
  ASSERT_TRUE(status);
  const json::value& first = status->at("troubles").at(0);
  EXPECT_EQ(first.at("what").as_string(), "the database cannot be written");
  EXPECT_EQ(first.at("reason").as_string(), "disk is full");
}

TEST(StatusRoute, SaysWhatTheDailyAuditFound) {
  query::json::object facts;
  facts["audit"] = query::json::object{{"at", "2026-02-01T04:00:00.000Z"}, {"findings", query::json::array{"texts of alerts: 'a' is not what was stored"}}};
  const auto status = lived().ask("status", {}, facts);
  ASSERT_TRUE(status);
  const json::value& first = status->at("troubles").at(0);
  EXPECT_EQ(first.at("what").as_string(), "the audit of 2026-02-01T04:00:00.000Z found 1 faults in the database");
  EXPECT_NE(first.at("remedy").as_string().find("byline db restore"), std::string_view::npos);
}

TEST(StatusRoute, NamesTheSourceThatListsMoreThanCanBeReadWhileItIsConfigured) {
  query::json::object facts;
  facts["crowded"] = query::json::array{query::json::object{{"source", "naru-feed"}, {"headlines", 31}}, query::json::object{{"source", "taken-out"}, {"headlines", 7}}};
  const auto status = lived().ask("status", {}, facts);
  ASSERT_TRUE(status);
  std::vector<json::value> named;
  for (const json::value& one : status->at("troubles").as_array()) {
    if (one.at("what").as_string().find("more than can be read") != std::string_view::npos) named.push_back(one);
  }
  ASSERT_EQ(named.size(), 1u);
  EXPECT_EQ(named.front().at("what").as_string(), "source naru-feed lists more than can be read at once");
  EXPECT_NE(named.front().at("reason").as_string().find("31 headlines"), std::string_view::npos);
  EXPECT_NE(named.front().at("remedy").as_string().find("byline source show naru-feed"), std::string_view::npos);
}

TEST(Answer, AnUnknownPathIsNotFound) {
  EXPECT_EQ(lived().ask("nonsense").error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(lived().ask("alerts/a/b/c").error().kind(), ErrorKind::kNotFound);
}

}  // namespace
}  // namespace bylined::query
