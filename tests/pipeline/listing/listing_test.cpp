// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

model::ListedItem item(int n, std::string_view printed = "") {
  model::ListedItem made;
  made.url = "https://press.example/" + std::to_string(n);
  made.title = "제목 " + std::to_string(n);
  if (const auto stamp = text::read_date(printed)) made.printed = *stamp;
  return made;
}

std::string feed_of(int items) {
  std::string feed = "<rss><channel>";
  for (int n = 1; n <= items; ++n) {
    feed += "<item><title>제목</title><link>https://press.example/" + std::to_string(n) + "</link></item>";
  }
  return feed + "</channel></rss>";
}

Result<model::Listing> read_as(const std::string& kind, std::string bytes) {
  model::Source source;
  source.kind = kind;
  return read_listing(source, model::Page{"https://press.example/rss", "", std::move(bytes), Instant()});
}

// Such a feed once took the whole stack.
TEST(Listing, ChannelsInsideChannelsAreFollowedFourDeep) {
  const auto nested = [](int channels) {
    std::string feed = "<rss><item><title>겉</title><link>https://press.example/1</link></item>";
    for (int n = 0; n < channels; ++n) feed += "<channel>";
    feed += "<item><title>속</title><link>https://press.example/2</link></item>";
    for (int n = 0; n < channels; ++n) feed += "</channel>";
    return feed + "</rss>";
  };
  const auto within = read_as("feed", nested(4));
  ASSERT_TRUE(within);
  EXPECT_EQ(within->items.size(), 2u);
  EXPECT_TRUE(within->remarks.empty());
  EXPECT_EQ(within->channels_left_out, 0u);
  for (const int channels : {5, 200'000}) {
    const auto beyond = read_as("feed", nested(channels));
    ASSERT_TRUE(beyond);
    EXPECT_EQ(beyond->items.size(), 1u);
    EXPECT_EQ(beyond->channels_left_out, 1u);
    EXPECT_EQ(beyond->remarks, std::vector<std::string>{"channels that are nested deeper than four are not read"});
  }
}

// As the feeds of offices whose releases all lead to their front page.
TEST(Listing, EntriesThatShareAnAddressAreOneArticleAndItIsSaid) {
  const auto leading_to_one = [](int entries) {
    std::string feed = "<rss><channel>";
    for (int n = 0; n < entries; ++n) feed += "<item><title>제목 " + std::to_string(n) + "</title><link>https://press.example/</link><guid>" + std::to_string(n) + "</guid></item>";
    return feed + "</channel></rss>";
  };
  EXPECT_EQ(read_as("feed", leading_to_one(3))->addresses_shared, 0u) << "listed again under other headlines";
  const auto listing = read_as("feed", leading_to_one(4));
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->items.size(), 1u);
  EXPECT_EQ(listing->addresses_shared, 3u);
  EXPECT_EQ(listing->remarks, std::vector<std::string>{"3 entries lie under the address of another and have another title: an address is one article, so they are not told"});
}

std::string creators(int count) {
  std::string names;
  for (int n = 0; n < count; ++n) names += "<dc:creator>Ga Ram " + std::to_string(n % (count / 2)) + "</dc:creator>";
  return names;
}

// Each of them was once compared with all others, as often as there are.
TEST(Listing, AnEntryOfAHundredThousandAuthorsTakesTheirTimeAndNoMore) {
  const auto listing = read_as("feed", "<rss><channel><item><title>제목</title><link>https://press.example/1</link>" + creators(100'000) + "</item></channel></rss>");
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->items.size(), 1u);
  EXPECT_EQ(listing->items[0].authors.size(), 50'000u);
  EXPECT_EQ(listing->items[0].authors[1], "Ga Ram 1");
}

TEST(Listing, ACrowdThatAFeedIsByHasNotWrittenEachOfItsEntries) {
  const auto authors_under = [](int own) {
    const auto listing = read_as("feed", "<rss><channel>" + creators(own) + "<item><title>제목</title><link>https://press.example/1</link></item></channel></rss>");
    return listing ? listing->items.at(0).authors.size() : 0;
  };
  EXPECT_EQ(authors_under(40), 20u);
  EXPECT_EQ(authors_under(42), 0u);
}

TEST(Listing, TakesTwoThousandItemsAndNoMore) {
  const auto full = read_as("feed", feed_of(2000));
  ASSERT_TRUE(full);
  EXPECT_EQ(full->items.size(), 2000u);
  EXPECT_TRUE(full->remarks.empty());
  EXPECT_EQ(full->left_out, 0u);
  const auto cut = read_as("feed", feed_of(2001));
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->items.size(), 2000u);
  EXPECT_EQ(cut->left_out, 1u);
  EXPECT_EQ(cut->remarks, std::vector<std::string>{"1 items beyond the limit of 2000 were left out: those in the middle"});
}

TEST(Listing, OfALongListWithoutDatesKeepsTheFirstAndTheLastThousand) {
  const auto listing = read_as("feed", feed_of(6'500));
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->items.size(), 2'000u);
  EXPECT_EQ(listing->cut_at, 1'000u);
  EXPECT_EQ(listing->items.front().url, "https://press.example/1");
  EXPECT_EQ(listing->items[999].url, "https://press.example/1000");
  EXPECT_EQ(listing->items[1'000].url, "https://press.example/5501");
  EXPECT_EQ(listing->items.back().url, "https://press.example/6500");
}

// The whole page was once looked through for each of its links.
TEST(Listing, AListOfThousandsOfLinksInALongPageIsFoundAsAShortOneIs) {
  std::string page = "<!doctype html><html><body>";
  for (int n = 0; n < 5'000; ++n) page += "<a href=\"/news/" + std::to_string(n) + "\">어느 기사의 긴 제목 " + std::to_string(n) + "</a>";
  for (int n = 0; n < 300'000; ++n) page += "<b>x</b>";
  const auto listing = read_as("auto", page + "</body></html>");
  ASSERT_TRUE(listing) << listing.error().text();
  EXPECT_EQ(listing->items.size(), 2'000u);
}

TEST(Listing, AJsonFeedThatWasCutYieldsTheItemsBefore) {
  const std::string feed = R"({"title": "나루일보", "items": [{"id": "1", "url": "https://press.example/1", "title": "첫 제목"}, {"id": "2", "url": "https://press.example/2", "title": "둘째 제목"}]})";
  std::size_t most = 0;
  for (std::size_t length = 1; length < feed.size(); ++length) {
    const auto listing = read_as("feed", feed.substr(0, length));
    if (!listing) continue;
    EXPECT_TRUE(listing->damaged) << length;
    ASSERT_GE(listing->items.size(), most) << length;
    most = listing->items.size();
    for (const model::ListedItem& item : listing->items) EXPECT_TRUE(item.url == "https://press.example/1" || item.url == "https://press.example/2") << item.url;
  }
  EXPECT_EQ(most, 2u);
  const auto whole = read_as("feed", feed);
  ASSERT_TRUE(whole);
  EXPECT_FALSE(whole->damaged);
}

TEST(Listing, ALinkThatWasEscapedTwiceIsReadAsItIsMeant) {
  const auto listing = read_as("feed", "<rss><channel><item><title>제목</title><link>https://press.example/view?a=1&amp;amp;b=2&amp;amp;c=3</link></item></channel></rss>");
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->items.front().url, "https://press.example/view?a=1&b=2&c=3");
}

// An index grows at one of its ends.
TEST(Listing, APageIsReadAsOneOfEightListsAtMost) {
  const auto lists = [](int count) {
    std::string page = "<html><body>";
    for (int list = 0; list < count; ++list) {
      page += "<ul class=\"l" + std::to_string(list) + "\">";
      for (int n = 0; n < 5; ++n) page += "<li><a href=\"/" + std::to_string(list) + "/" + std::to_string(n) + "\">한 줄짜리 머리기사의 제목</a></li>";
      page += "</ul>";
    }
    const auto listing = read_as("auto", page + "</body></html>");
    return listing ? listing->other_blocks.size() + 1 : 0;
  };
  EXPECT_EQ(lists(8), 8u);
  EXPECT_EQ(lists(9), 8u);
}

TEST(Listing, OfALongIndexKeepsTheFirstAndTheLastThousand) {
  std::string index = "<?xml version=\"1.0\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (int n = 0; n < 2'500; ++n) index += "<sitemap><loc>https://press.example/" + std::to_string(n) + ".xml</loc></sitemap>";
  const auto listing = read_as("sitemap", index + "</sitemapindex>");
  ASSERT_TRUE(listing) << listing.error().text();
  ASSERT_EQ(listing->parts.size(), 2'000u);
  EXPECT_EQ(listing->parts.front().url, "https://press.example/0.xml");
  EXPECT_EQ(listing->parts[999].url, "https://press.example/999.xml");
  EXPECT_EQ(listing->parts[1'000].url, "https://press.example/1500.xml");
  EXPECT_EQ(listing->parts.back().url, "https://press.example/2499.xml");
}

TEST(Listing, OfAFeedThatIsCutAnywhereNamesNoOtherAddress) {
  const std::string cdata = "<rss><channel><item><title>제목</title><link><![CDATA[https://press.example/11]]></link></item></channel></rss>";
  const std::string atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>제목</title><link href=\"https://press.example/11\"/><id>a</id></entry></feed>";
  for (const std::string& whole : {feed_of(12), cdata, atom}) {
    for (std::size_t length = 1; length < whole.size(); ++length) {
      const auto listing = read_as("feed", whole.substr(0, length));
      if (!listing) continue;
      for (const model::ListedItem& one : listing->items) {
        const std::size_t at = whole.find(one.url);
        ASSERT_NE(at, std::string::npos) << one.url;
        ASSERT_NE(whole.find_first_of("<]\"", at), std::string::npos);
        EXPECT_TRUE(std::string("<]\"").find(whole[at + one.url.size()]) != std::string::npos) << one.url << " of " << whole.substr(0, length);
      }
    }
  }
}

std::string texts_of(const FeedDocument& feed) {
  std::string all(feed.title);
  for (const FeedEntry& entry : feed.entries) {
    for (const std::string_view text : {entry.id, entry.url, entry.title, entry.summary.text, entry.content.text}) all.append(" | ").append(text);
  }
  return all;
}

// They are views: of the document, and of what does not stand in it as it is wanted.
TEST(Listing, AFeedsTextsOutliveItsPageAndMoveWithIt) {
  const std::string xml = "<rss><channel><title> 나루  일보</title><item><guid>../1</guid><link>/1?a=%20</link><title>가<![CDATA[<b>나</b>]]> &amp;amp; 다</title>"
                          "<description><p>라 <i>마</i></p></description></item></channel></rss>";
  const std::string json = "{\"items\":[{\"id\":7,\"url\":\"/2\",\"title\":\" 가\\t나 \",\"summary\":\"다\",\"content_html\":\"<p>라\"}],\"title\":\"나루\"}";
  std::vector<FeedDocument> kept;
  for (const std::string& bytes : {xml, json}) {
    auto feed = read_feed(model::Page{"https://press.example/rss/all", "", bytes, Instant()});
    ASSERT_TRUE(feed);
    kept.push_back(std::move(*feed));
  }
  EXPECT_EQ(texts_of(kept[0]), "나루 일보 | https://press.example/1 | https://press.example/1?a=%20 | 가나 & 다 | <p>라 <i>마</i></p> | ");
  EXPECT_EQ(texts_of(kept[1]), "나루 | 7 | https://press.example/2 | 가 나 | 다 | <p>라");
}

TEST(Listing, WritesAPermanentLinkOutInFull) {
  const auto listing = read_as("feed", "<rss version=\"2.0\"><channel><item><title>가</title><guid>https:www.press.example/a</guid></item></channel></rss>");
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->items.size(), 1u);
  EXPECT_EQ(listing->items[0].url, "https://www.press.example/a");
}

TEST(Listing, AnArticleThatComesAgainCompletesItsItemHoweverLongTheListIs) {
  Collector collector(Limits{.items = 100});
  for (int n = 0; n < 140; ++n) collector.add(item(n, n < 40 ? "2025-02-03" : "2025-02-04"));
  for (const int n : {40, 139}) {
    model::ListedItem again = item(n);
    again.summary = "요약";
    collector.add(std::move(again));
  }
  const model::Listing listing = collector.take();
  ASSERT_EQ(listing.items.size(), 100u);
  EXPECT_EQ(listing.items.front().url, "https://press.example/40");
  EXPECT_EQ(listing.items.front().summary, "요약");
  EXPECT_EQ(listing.items.back().summary, "요약");
  EXPECT_TRUE(listing.items[50].summary.empty());
}

TEST(Listing, KeepsTheNewestInThePagesOrder) {
  Collector collector(Limits{.items = 2});
  collector.add(item(1, "2025-02-01"));
  collector.add(item(2, "2025-02-03"));
  collector.add(item(3, "2025-01-01"));
  collector.add(item(4, "2025-02-02"));
  const model::Listing listing = collector.take();
  ASSERT_EQ(listing.items.size(), 2u);
  EXPECT_EQ(listing.items[0].title, "제목 2");
  EXPECT_EQ(listing.items[1].title, "제목 4");
}

TEST(Listing, ARepeatedArticleAddsWhatTheFirstLacks) {
  Collector collector;
  collector.add(item(1, "2025-02-01"));
  model::ListedItem again = item(1, "2025-02-01 09:30:00");
  again.title = "다른 제목";
  again.summary = "요약";
  collector.add(again);
  const model::Listing listing = collector.take();
  ASSERT_EQ(listing.items.size(), 1u);
  EXPECT_EQ(listing.items[0].title, "제목 1");
  EXPECT_EQ(listing.items[0].summary, "요약");
  EXPECT_EQ(listing.items[0].printed->precision, text::Precision::kSecond);
}

TEST(Listing, FiveSkippedEntriesAreSaidAndTheRestIsCounted) {
  const auto remarks_of = [](int untitled) {
    Collector collector;
    for (int n = 0; n < untitled; ++n) {
      model::ListedItem one = item(n);
      one.title.clear();
      collector.add(one);
    }
    return collector.take().remarks;
  };
  EXPECT_EQ(remarks_of(5).size(), 5u);
  EXPECT_EQ(remarks_of(5).back(), "entry 5 was skipped: it has no title");
  EXPECT_EQ(remarks_of(6).size(), 6u);
  EXPECT_EQ(remarks_of(6).back(), "6 entries without a usable link or title were skipped in all");
}

TEST(Listing, AnOriginGrowsToTwoHundredBytesAndNoFurther) {
  Collector collector;
  for (int n = 0; n < 100; ++n) collector.add(item(1));
  const model::Listing listing = collector.take();
  EXPECT_TRUE(listing.items.at(0).origin.starts_with("entry 1, entry 2, "));
  EXPECT_GE(listing.items.at(0).origin.size(), 200u);
  EXPECT_LT(listing.items.at(0).origin.size(), 200u + std::string_view(", entry 99").size());
}

TEST(Listing, SaysWhichKindItDoesNotKnow) {
  const auto listing = read_as("gopher", "");
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().kind(), ErrorKind::kInvalid);
  EXPECT_NE(listing.error().text().find("'gopher'"), std::string::npos) << listing.error().text();
}

TEST(Listing, FindsOutByThePageWhichKindItIs) {
  const auto feed = read_as("auto", feed_of(3));
  ASSERT_TRUE(feed) << feed.error().text();
  EXPECT_EQ(feed->items.size(), 3u);
  const auto wall = read_as("auto", "<html><body><form>로그인</form></body></html>");
  ASSERT_FALSE(wall);
  EXPECT_NE(wall.error().text().find("name one"), std::string::npos) << wall.error().text();
}

TEST(Listing, SuggestsAnAdapterByAddress) {
  const auto suggested = [](std::string_view url) {
    const Adapter* adapter = suggest_adapter(*net::Url::parse(url));
    return adapter == nullptr ? std::string_view("-") : adapter->name;
  };
  EXPECT_EQ(suggested("https://media.naver.com/journalist/277/72385"), "naver_journalist");
  EXPECT_EQ(suggested("https://www.hani.co.kr/rss/"), "feed");
  EXPECT_EQ(suggested("https://media.naver.com.evil.example/journalist/277/72385"), "-");
}

// Whose bytes are no UTF-8 is decoded first.
TEST(Listing, JsonIsReadInWhateverCharset) {
  const auto read = [](std::string bytes, std::string content_type) {
    model::Source source;
    source.kind = "feed";
    return read_listing(source, model::Page{"https://press.example/feed.json", std::move(content_type), std::move(bytes), Instant()});
  };
  const std::string before = "{\"items\": [{\"url\": \"/1\", \"title\": \"", behind = "\"}]}";
  for (const auto& [title, content_type] : std::initializer_list<std::pair<std::string, std::string>>{
           {"가나", ""}, {"가나", "application/json; charset=utf-8"}, {"\xB0\xA1\xB3\xAA", "application/json; charset=euc-kr"}, {"가\x01나", ""}}) {
    const auto listing = read(before + title + behind, content_type);
    ASSERT_TRUE(listing) << content_type;
    ASSERT_EQ(listing->items.size(), 1u);
    EXPECT_EQ(listing->items[0].title, "가나");
    EXPECT_EQ(listing->items[0].url, "https://press.example/1");
  }
  EXPECT_TRUE(read("\xEF\xBB\xBF" + before + "가" + behind, ""));
  EXPECT_FALSE(read(before + "가", ""));
}

// RSS 2.0 asks for a title or a description.
TEST(Listing, AFeedsItemWithoutATitleIsCalledByItsFirstSentence) {
  const auto titled = [](const std::string& description) {
    const auto listing = read_as("feed", "<rss version=\"2.0\"><channel><item><link>https://press.example/a</link><description>" + description + "</description></item></channel></rss>");
    return listing && listing->items.size() == 1 ? listing->items[0].title : std::string("-");
  };
  EXPECT_EQ(titled("&lt;p&gt;가람전자가 새 제품을 냈다. 반응이 좋다.&lt;/p&gt;"), "가람전자가 새 제품을 냈다.");
  EXPECT_EQ(titled("가람전자가 2.5나노 제품을 냈다"), "가람전자가 2.5나노 제품을 냈다");
  std::string long_text, eighty;
  for (int i = 0; i < 81; ++i) long_text += "가";
  for (int i = 0; i < 80; ++i) eighty += "가";
  EXPECT_EQ(titled(long_text), eighty + "…");
  EXPECT_EQ(titled(eighty), eighty);
  EXPECT_EQ(titled(""), "-");
}

TEST(Listing, AButtonOnAJournalistsPageIsNoAddress) {
  const auto entry = [](const std::string& attributes) {
    return "<ul class=\"press_edit_news_list\"><li class=\"press_edit_news_item\"" + attributes +
           "><a class=\"press_edit_news_link\" href=\"#\"><span class=\"press_edit_news_title\">링크 없는 기사</span></a></li>"
           "<li class=\"press_edit_news_item\"><a class=\"press_edit_news_link\" href=\"/article/277/0005600001\"><span class=\"press_edit_news_title\">기사</span></a></li></ul>";
  };
  const auto numbered = read_as("naver_journalist", entry(" data-comment='{\"gno\":\"news277,0005600010\"}'"));
  ASSERT_TRUE(numbered) << numbered.error().text();
  ASSERT_EQ(numbered->items.size(), 2u);
  EXPECT_EQ(numbered->items[0].url, "https://n.news.naver.com/article/277/0005600010");
  const auto bare = read_as("naver_journalist", entry(""));
  ASSERT_TRUE(bare) << bare.error().text();
  EXPECT_EQ(bare->items.size(), 1u);
  EXPECT_EQ(bare->skipped, 1);
}

TEST(Words, HoldNoControlCharacters) {
  EXPECT_EQ(squeezed("가\x1c나"), "가 나");
  EXPECT_EQ(headline("가&#28;나"), "가 나");
}

TEST(Words, NamesStandAlone) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(person_names("홍길동 기자"), Names{"홍길동"});
  EXPECT_EQ(person_names("hong@press.example (홍길동 기자)"), Names{"홍길동"});
  EXPECT_EQ(person_names("홍길동 기자 hong@press.example"), Names{"홍길동"});
  EXPECT_EQ(person_names("Hong Gil-dong <hong@press.example>"), Names{"Hong Gil-dong"});
  EXPECT_EQ(person_names("desk@press.example (윤가람)"), Names{"윤가람"});
  EXPECT_EQ(person_names("desk@press.example"), Names{});
  EXPECT_EQ(person_names("@haneul"), Names{"@haneul"});
  EXPECT_EQ(person_names("홍길동·김철수 기자"), (Names{"홍길동", "김철수"}));
  EXPECT_EQ(person_names("By Jane Doe"), Names{"Jane Doe"});
  EXPECT_EQ(person_names("홍길동 논설주간"), Names{"홍길동"});
  EXPECT_EQ(person_names("홍길동 앵커"), Names{"홍길동"});
  EXPECT_EQ(person_names("Kim of LAPD"), Names{"Kim of LAPD"});
  EXPECT_EQ(person_names("장기자"), Names{"장기자"});  // a name, not a role
  EXPECT_TRUE(person_names(" ").empty());
}

TEST(Words, AHeadlineKeepsItsAngleBrackets) {
  EXPECT_EQ(headline("&lt;르포&gt; <b>삼성</b> <AI 시대>"), "<르포> 삼성 <AI 시대>");
  EXPECT_EQ(headline("a &amp;lt; b"), "a &lt; b");
}

TEST(Words, MarkupBecomesOneLine) {
  EXPECT_EQ(text_of_markup("<p>첫 문단.</p><p>둘<b>째</b></p><script>var a = '<p>';</script>"), "첫 문단. 둘째");
}

TEST(Words, AHeadlineLosesTagsOfEmphasisAndUndoesReferences) {
  EXPECT_EQ(headline("<b>한빛전자</b>, &quot;새 공장&quot; "), "한빛전자, \"새 공장\"");
  EXPECT_EQ(headline("&lt;르포&gt; A&B <B class='x'>C"), "<르포> A&B C");
  EXPECT_EQ(headline("1 < 2 &amp; <b"), "1 < 2 &");
  EXPECT_EQ(headline("가&nbsp;&#9;나 &"), "가 나 &");
}

TEST(Words, BlanksAtTheEndsAreNone) {
  std::string copy;
  for (const std::string_view text : {"가 나. ", "\n\t가 나.", "\xC2\xA0 가\xC2\xA0\n나. \xC2\xA0 "}) {
    EXPECT_EQ(squeezed(text), "가 나.");
    EXPECT_EQ(squeezed_in(text, copy), "가 나.");
  }
  EXPECT_EQ(squeezed(" \n"), "");
}

}  // namespace
}  // namespace bylined::listing
