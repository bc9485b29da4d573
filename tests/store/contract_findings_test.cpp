// SPDX-License-Identifier: Apache-2.0
#include "tests/store/contract.h"

namespace bylined::store::test {
namespace {

Finding first_finding(Newsroom& room, const std::string& name, std::vector<std::string> entities, Instant at) {
  room.list({item(name)}, at);
  return finding(room.claim_reads(at).at(0), body_with(entities), mentions_of(entities), at);
}

model::Mention in_title(const std::string& entity) {
  model::Mention one = mention(entity);
  one.field = model::Field::kTitle;
  return one;
}

TEST_P(StoreContract, AFindingCommitsVersionAlertAndDeliveriesTogether) {
  room().configure({source("a")});
  const FindingOutcome outcome = room().report("1", {"samsung"}, kStart, desk({"ops", "desk-mail"}));
  EXPECT_EQ(outcome.version, 1);
  ASSERT_EQ(outcome.alerts.size(), 1u);
  EXPECT_EQ(outcome.receivers, (std::vector<model::ReceiverId>{{"ops"}, {"desk-mail"}}));
  const auto claimed = room().claim_deliveries("ops", kStart + 2s);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].delivery.payload, "{\"title\":\"한빛전자, 신제품 공개\"}");
  EXPECT_EQ(claimed[0].delivery.alert, outcome.alerts[0]);
}

TEST_P(StoreContract, WhoDecidesIsToldWhatIsStored) {
  room().configure({source("a")});
  model::ArticleFacts facts;
  const Decide watch = [&facts](const model::ArticleFacts& told, const std::vector<model::Mention>& mentions) {
    facts = told;
    return desk()(told, mentions);
  };
  const auto outcome = room().report("1", {"samsung"}, kStart, watch);
  EXPECT_EQ(facts.installation, "test");
  EXPECT_EQ(facts.article.id, outcome.article);
  EXPECT_EQ(facts.article.identity, item("1").identity.value);
  EXPECT_EQ(facts.article.source.value, "a");
  EXPECT_EQ(facts.version.number, 1);
  EXPECT_TRUE(facts.alerted.empty());
}

TEST_P(StoreContract, TheSameTextIsNotAVersionAndNotDecidedOnAgain) {
  room().configure({source("a")});
  Finding found = first_finding(room(), "1", {"samsung"}, kStart);
  found.retry_at = kStart + 1min;
  EXPECT_EQ(room().find(found).version, 1);
  const auto again = room().claim_reads(kStart + 1min);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 1);
  int asked = 0;
  const Decide counting = [&asked](const model::ArticleFacts&, const std::vector<model::Mention>&) {
    ++asked;
    return std::vector<model::NewAlert>();
  };
  EXPECT_EQ(room().find(finding(again[0], body_with({"samsung"}), mentions_of({"samsung"}), kStart + 1min), counting).version, 0);
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(store().next_read_due().value(), std::nullopt) << "the read is done all the same";
}

TEST_P(StoreContract, ATextThatIsPutUpAnewIsTheSameArticleForSomeDays) {
  room().configure({source("a")});
  const auto with_text = [this](const std::string& name, std::size_t more, Instant at) {
    Finding found = first_finding(room(), name, {"samsung"}, at);
    found.version.content.body += std::string(more, '.');
    return found;
  };
  const Finding first = with_text("1", 300, kStart);
  const FindingOutcome told = room().find(first);
  const auto put_up = [this, &with_text](const std::string& name, const std::string& hash, Instant at, std::size_t more = 300) {
    Finding found = with_text(name, more, at);
    found.version.hash = hash;
    return room().find(found);
  };
  const FindingOutcome again = put_up("2", first.version.hash, kStart + 1h);
  EXPECT_EQ(again.article, told.article);
  EXPECT_EQ(again.version, 0);
  EXPECT_TRUE(again.alerts.empty());
  EXPECT_NE(put_up("3", "of another text", kStart + 2h).article, told.article);
  const FindingOutcome later = put_up("4", first.version.hash, kStart + 5 * 24h);
  EXPECT_NE(later.article, told.article);
  EXPECT_EQ(later.alerts.size(), 1u);
  EXPECT_NE(put_up("5", first.version.hash, kStart + 3h, 0).article, told.article) << "a flash of a sentence may come twice and be two";
}

TEST_P(StoreContract, AClaimedAddressIsBelievedUnderTheSameHeadline) {
  room().configure({source("a")});
  const auto claiming = [this](const std::string& name, const std::string& title, Instant at) {
    room().list({item(name, title)}, at);
    Finding found = finding(room().claim_reads(at).at(0), body_with({"samsung"}, title), mentions_of({"samsung"}), at);
    found.claimed = {item("own").identity};
    return room().find(found);
  };
  const FindingOutcome first = claiming("amp-1", "한빛전자, 신제품 공개", kStart);
  const FindingOutcome other = claiming("amp-2", "나래산업, 공장 준공", kStart + 1h);
  EXPECT_NE(other.article, first.article);
  EXPECT_EQ(other.disbelieved, 1);
  const FindingOutcome same = claiming("own", "한빛전자, 신제품 공개", kStart + 2h);
  EXPECT_EQ(same.article, first.article);
  EXPECT_TRUE(same.alerts.empty());
}

TEST_P(StoreContract, AHeadlineIsRecordedAndItsBodyLaterBringsOnlyNewEntities) {
  room().configure({source("a")});
  room().list({item("1", "이 회장 귀국")}, kStart);
  Finding headline = finding(room().claim_reads(kStart)[0], version("", "이 회장 귀국"), {in_title("lee-jaeyong")}, kStart);
  headline.retry_at = kStart + 1min;
  EXPECT_EQ(room().find(headline).alerts.size(), 1u);
  const auto read = room().claim_reads(kStart + 1min);
  EXPECT_TRUE(read.at(0).headline_recorded);
  const auto outcome = room().find(finding(read[0], body_with({"samsung"}, "이 회장 귀국"), {in_title("lee-jaeyong"), mention("samsung")}, kStart + 1min));
  EXPECT_EQ(outcome.version, 2);
  EXPECT_EQ(outcome.alerts.size(), 1u);
}

TEST_P(StoreContract, AnAlertKeyIsRaisedOnce) {
  room().configure({source("a")});
  const Decide stubborn = [](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
    model::ArticleFacts forgetful = facts;
    forgetful.alerted.clear();
    return desk()(forgetful, mentions);
  };
  Finding found = first_finding(room(), "1", {"samsung"}, kStart);
  found.retry_at = kStart + 1min;
  EXPECT_EQ(room().find(found, stubborn).alerts.size(), 1u);
  const auto outcome = room().find(finding(room().claim_reads(kStart + 1min).at(0), body_with({"samsung", "samsung"}),
                                           mentions_of({"samsung", "samsung"}), kStart + 1min), stubborn);
  EXPECT_EQ(outcome.version, 2);
  EXPECT_TRUE(outcome.alerts.empty());
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1h).size(), 1u);
}

TEST_P(StoreContract, ADecisionThatCannotBeStoredStoresNothing) {
  room().configure({source("a")});
  const Finding found = first_finding(room(), "1", {"samsung"}, kStart);
  const Decide inventive = [](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
    auto alerts = desk()(facts, mentions);
    alerts[0].alert.mentions.push_back(mention("kakao", 7));
    return alerts;
  };
  EXPECT_EQ(store().record_finding(found, inventive).error().kind(), ErrorKind::kInvalid);
  EXPECT_TRUE(room().claim_deliveries("ops", kStart + 1h).empty());
  EXPECT_EQ(room().find(found).version, 1) << "the claim still stands";
}

TEST_P(StoreContract, AFindingWithoutAnIdentityIsRefused) {
  room().configure({source("a")});
  Finding found = first_finding(room(), "1", {}, kStart);
  found.identity.value.clear();
  EXPECT_EQ(store().record_finding(found, desk()).error().kind(), ErrorKind::kInvalid);
}

TEST_P(StoreContract, AnAliasFindsTheSameArticle) {
  room().configure({source("a")});
  room().list({item("portal", "이 회장 귀국")}, kStart);
  Finding headline = finding(room().claim_reads(kStart)[0], version("", "이 회장 귀국"), {in_title("lee-jaeyong")}, kStart);
  headline.aliases = {item("own").identity, headline.identity, {}};
  const auto first = room().find(headline);
  const auto second = room().find(first_finding(room(), "own", {"lee-jaeyong", "kakao"}, kStart + 15min));
  EXPECT_EQ(second.article, first.article);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(first.alerts.size(), 1u);
  EXPECT_EQ(second.alerts.size(), 1u) << "for kakao alone";
}

TEST_P(StoreContract, ArticlesThatTurnOutToBeOneAreLinkedAndAlertOnce) {
  room().configure({source("a")});
  const auto older = room().find(first_finding(room(), "own", {"samsung"}, kStart));
  const auto younger = room().find(first_finding(room(), "portal", {"kakao"}, kStart + 15min));
  EXPECT_NE(older.article, younger.article);
  Finding both = first_finding(room(), "third", {"samsung", "kakao"}, kStart + 30min);
  both.aliases = {item("portal").identity, item("own").identity};
  const auto linked = room().find(both);
  EXPECT_EQ(linked.article, older.article);
  EXPECT_TRUE(linked.alerts.empty()) << "each was alerted for one of the two";
  EXPECT_EQ(room().claim_deliveries("ops", kStart + 1h).size(), 2u) << "no row is lost";
}

TEST_P(StoreContract, TheSameArticleHasTheSameIdAfterABeginningFromNothing) {
  room().configure({source("a")});
  const auto outcome = room().report("1", {"samsung"}, kStart);
  auto other = open_store(options_for(":memory:"));
  ASSERT_TRUE(other);
  Newsroom again(**other, "another process");
  again.configure({source("b")});
  const auto same = again.report("1", {"samsung"}, kStart + 1h);
  EXPECT_EQ(same.article, outcome.article);
  EXPECT_EQ(same.alerts, outcome.alerts);
}

}  // namespace
}  // namespace bylined::store::test
