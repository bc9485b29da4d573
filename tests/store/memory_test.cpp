// SPDX-License-Identifier: Apache-2.0
// What the store remembers of a source's items and fetches, seen where no face shows it yet.
#include "store/sqlite/encode.h"
#include "tests/store/on_disk.h"
#include "tests/store/raw.h"

namespace bylined::store::test {
namespace {

class Memory : public OnDisk {
 protected:
  // Last seen, in minutes from the start: "-" while the item is listed.
  std::string last_seen(const std::string& name) {
    const std::string sql = "SELECT ifnull((last_seen - " + std::to_string(kStart.time_since_epoch().count()) + ") / 60000, '-') FROM item WHERE url LIKE '%/" + name + "'";
    return Raw(path()).ask(sql);
  }
  void list_again(std::vector<model::ListedItem> all, std::vector<model::ListedItem> fresh, Instant at) {
    ListingRecord record = room().listing(room().claim_sources(at).at(0), std::move(fresh), at);
    record.listed->clear();
    for (const model::ListedItem& one : all) record.listed->push_back(one.identity);
    ASSERT_TRUE(store().record_listing(record));
  }
};

TEST_F(Memory, AnItemThatLeftWasLastSeenWhenTheSourceWasLastComplete) {
  room().configure({source("a")});
  room().list({item("1"), item("2")}, kStart);
  EXPECT_EQ(last_seen("1"), "-");
  list_again({item("3"), item("2")}, {item("3")}, kStart + 15min);
  EXPECT_EQ(last_seen("1"), "0");
  EXPECT_EQ(last_seen("2"), "-");
  list_again({item("3"), item("1")}, {}, kStart + 30min);
  EXPECT_EQ(last_seen("2"), "15");
  EXPECT_EQ(last_seen("1"), "-") << "it came back";
}

TEST_F(Memory, AnUnchangedPageCountsAsSeenFromTheNextClaimOn) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  room().claim_sources(kStart + 15min);  // a 304: nobody writes anything
  EXPECT_EQ(reader().sources()->at(0).last_complete, kStart);
  list_again({item("2")}, {item("2")}, kStart + 30min);
  EXPECT_EQ(last_seen("1"), "15");
  EXPECT_EQ(reader().sources()->at(0).last_complete, kStart + 30min);
}

TEST_F(Memory, UnderAHeldClaimItWasLastSeenWhenItsHolderSays) {
  room().configure({source("a")});
  room().list({item("1"), item("2")}, kStart);
  ListingRecord record = room().listing(room().claim_sources(kStart + 15min).at(0), {item("2")}, kStart + 60min);
  record.last_complete = kStart + 45min;
  ASSERT_TRUE(store().record_listing(record));
  EXPECT_EQ(last_seen("1"), "45");
}

TEST_F(Memory, ClaimsOfAProcessThatDiedOrOfAFailingSourceDoNotCountAsSeen) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  room().claim_sources(kStart + 15min);
  Newsroom(store(), "the next process").claim_sources(kStart + 30min);
  EXPECT_EQ(reader().sources()->at(0).last_complete, kStart);
}

TEST_F(Memory, ABodyThatIsUnchangedSaysNothingAboutItems) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  ListingRecord record = room().listing(room().claim_sources(kStart + 15min).at(0), {}, kStart + 15min);
  record.listed.reset();
  ASSERT_TRUE(store().record_listing(record));
  EXPECT_EQ(last_seen("1"), "-");
}

TEST_F(Memory, FetchesKeepStatusAndHash) {
  room().configure({source("a")});
  room().list({item("1")}, kStart);
  const auto read = room().claim_reads(kStart).at(0);
  ReadFailure failure;
  failure.read = read.id;
  failure.claim = read.claim;
  failure.http_status = 503;
  failure.reason = "busy";
  failure.retry_at = kStart;
  failure.at = kStart;
  ASSERT_TRUE(store().record_read_failure(failure));
  room().find(finding(room().claim_reads(kStart).at(0), version("본문"), {}, kStart));
  EXPECT_EQ(Raw(path()).ask("SELECT read IS NULL, status, length(hash), reason FROM fetch ORDER BY n"), "1|200|2|\n0|503|0|busy\n0|200|64|");
}

TEST_F(Memory, AReplayIsKeptWithWhoOrderedIt) {
  room().configure({source("a")});
  room().report("1", {"samsung"}, kStart);
  const auto claimed = room().claim_deliveries("ops", kStart + 2s);
  ASSERT_TRUE(room().answer(claimed.at(0), "dead", kStart + 2s));
  ASSERT_TRUE(store().replay_delivery(claimed[0].delivery.id, "uid 1000", kStart + 1h));
  EXPECT_EQ(Raw(path()).ask("SELECT who, what, about FROM order_given"), "uid 1000|replay delivery|" + claimed[0].delivery.id.value);
}

TEST_F(Memory, LinkedArticlesShowEachOtherAndAreListedOnce) {
  room().configure({source("a")});
  const auto older = room().report("own", {"samsung"}, kStart);
  const auto younger = room().report("portal", {"kakao"}, kStart + 15min);
  room().list({item("third")}, kStart + 30min);
  Finding both = finding(room().claim_reads(kStart + 30min).at(0), body_with({"samsung", "kakao"}), mentions_of({"samsung", "kakao"}), kStart + 30min);
  both.aliases = {item("portal").identity, item("own").identity};
  room().find(both);
  EXPECT_EQ(reader().article(older.article)->linked, std::vector<model::ArticleId>{younger.article});
  EXPECT_EQ(reader().article(younger.article)->same_as, older.article);
  EXPECT_EQ(reader().article(younger.article)->versions.size(), 1u);
  EXPECT_EQ(reader().article(older.article)->identities.size(), 3u);
  EXPECT_EQ(reader().articles(ArticleFilter())->items.size(), 1u);
  ArticleFilter kakao;
  kakao.entities = {{"kakao"}};
  EXPECT_EQ(reader().articles(kakao)->items.at(0).article.id, older.article);
  EXPECT_EQ(reader().counts()->articles, 1);
}

// Two addresses of one hash, found by trying 22 million.
TEST_F(Memory, ItemsOfOneHashAreToldApart) {
  const std::string one = "https://naru.example/a/463499", other = "https://naru.example/a/18621601";
  ASSERT_EQ(identity_hash(one), identity_hash(other));
  const auto listed = [](const std::string& url) {
    auto item = test::item("x", "제목 " + url);
    item.identity.value = item.url = url;
    return item;
  };
  room().configure({source("a")});
  room().list({listed(one)}, kStart);
  const std::vector<model::ArticleIdentity> both{{one}, {other}};
  EXPECT_EQ(store().known_items({"a"}, both)->size(), 1u);
  room().list({listed(one), listed(other)}, kStart + 15min);
  EXPECT_EQ(Raw(path()).ask("SELECT url FROM item ORDER BY n"), one + "\n" + other);
  const auto known = store().known_items({"a"}, both);
  ASSERT_EQ(known->size(), 2u);
  EXPECT_EQ(known->at(1).title, "제목 " + other);
  list_again({listed(other)}, {}, kStart + 30min);
  EXPECT_EQ(last_seen("463499"), "15");
  EXPECT_EQ(last_seen("18621601"), "-");
  EXPECT_EQ(reader().trace(other)->at(0).detail.find(one), std::string::npos);
}

TEST_F(Memory, OfWhatIsNotReadIdentityAddressTitleAndPrintedTimeAreKept) {
  room().configure({source("a")});
  room().list({item("1")}, kStart, false);
  EXPECT_EQ(Raw(path()).ask("SELECT url, title, summary, authors, printed_at IS NOT NULL, printed_text FROM item"), item("1").url + "|" + item("1").title + "|||1|");
  ListingRecord record = room().listing(room().claim_sources(kStart + 15min).at(0), {}, kStart + 15min);
  record.listed.reset();
  record.retitled = {item("1", "다른 제목")};
  ASSERT_TRUE(store().record_listing(record));
  EXPECT_EQ(room().claim_reads(kStart + 15min).at(0).item, item("1", "다른 제목")) << "all of it is there when it is to be read";
}

TEST_F(Memory, AnAddressThatItsIdentityTellsIsStoredOnce) {
  const std::string identity = "https://press.example/1";
  EXPECT_EQ(address_beside(identity, identity), "");
  EXPECT_EQ(address_beside(identity, "http://press.example/1"), "+://");
  EXPECT_EQ(address_beside(identity, "https://www.press.example/1"), "+s://www.");
  EXPECT_EQ(address_beside(identity, "http://press.example/1/"), "http://press.example/1/");
  EXPECT_EQ(address_beside("naver:277/1", "https://naver.example/277/1"), "https://naver.example/277/1");
  EXPECT_EQ(address_beside("https://http", "http"), "http");
  EXPECT_EQ(identity_stem(identity), "press.example/1");
  EXPECT_EQ(identity_stem("naver:277/1"), "=naver:277/1");
  EXPECT_EQ(identity_stem("https://=1"), "=https://=1");
}

TEST_F(Memory, AnUnchangedPollWritesOnlyItsClaim) {
  room().configure({source("a"), source("b")});
  room().claim_sources(kStart + 1s);
  ASSERT_TRUE(store().checkpoint());
  const std::string before = Raw(path()).ask("SELECT * FROM item, read, fetch, host");
  EXPECT_EQ(room().claim_sources(kStart + 1h, 1).size(), 1u);
  EXPECT_EQ(Raw(path()).ask("SELECT * FROM item, read, fetch, host"), before);
  EXPECT_EQ(Raw(path()).ask("SELECT id FROM source WHERE claimed_at > " + std::to_string((kStart + 30min).time_since_epoch().count())), "a");
}

}  // namespace
}  // namespace bylined::store::test
