// SPDX-License-Identifier: Apache-2.0
#include "pipeline/diff/diff.h"

#include <gtest/gtest.h>

namespace bylined::diff {
namespace {

model::ListedItem item(const std::string& id, const std::string& title) {
  model::ListedItem one;
  one.identity.value = id;
  one.title = title;
  return one;
}

model::ListedItem printed(const std::string& id, int hour) {
  model::ListedItem one = item(id, "제목 " + id);
  one.printed = model::Stamp();
  one.printed->at = Instant(std::chrono::hours(hour));
  return one;
}

Seen seen(const std::string& id, const std::string& title) {
  Seen one;
  one.identity.value = id;
  one.title = title;
  return one;
}

TEST(Compare, TellsNewItemsFromKnownOnes) {
  const auto changes = compare({item("c", "셋"), item("b", "둘"), item("a", "하나")}, {seen("a", "하나"), seen("b", "둘")});
  ASSERT_EQ(changes.fresh.size(), 1u);
  EXPECT_EQ(changes.fresh[0].identity.value, "c");
  EXPECT_TRUE(changes.retitled.empty());
  EXPECT_FALSE(changes.oldest_is_fresh);
}

TEST(Compare, SeesAChangedHeadlineOfAKnownItem) {
  const auto changes = compare({item("a", "한빛전자, 신제품 공개 연기")}, {seen("a", "한빛전자, 신제품 공개")});
  ASSERT_EQ(changes.retitled.size(), 1u);
  EXPECT_TRUE(changes.fresh.empty());
}

TEST(Compare, AnEmptyTitleIsNoChange) {
  EXPECT_TRUE(compare({item("a", "")}, {seen("a", "하나")}).retitled.empty());
}

TEST(Compare, TurnsThePageWhereTheLastItemIsUnknown) {
  EXPECT_TRUE(compare({item("b", "둘"), item("a", "하나")}, {seen("b", "둘")}).oldest_is_fresh);
}

TEST(Compare, JudgesAMixedPageByItsPrintedTimes) {
  // A page of several lists: the last entry is not the oldest.
  EXPECT_FALSE(compare({printed("old", 1), printed("new", 9), printed("newer", 10)}, {seen("old", "제목 old")}).oldest_is_fresh);
  EXPECT_TRUE(compare({printed("old", 1), printed("new", 9)}, {seen("new", "제목 new")}).oldest_is_fresh);
}

model::ListedItem touched(const std::string& id, const char* day) {
  model::ListedItem one = item(id, "제목 " + id);
  one.touched = parse_rfc3339(std::string(day) + "T09:00:00Z").value();
  return one;
}

std::vector<std::string> old_of(const std::vector<model::ListedItem>& listed, const char* looked = "2026-03-04") {
  Changes changes = compare(listed, {seen("known", "제목 known")});
  std::vector<std::string> ids;
  for (const model::ListedItem& one : take_years_old(changes, parse_rfc3339(std::string(looked) + "T09:00:00Z").value())) ids.push_back(one.identity.value);
  EXPECT_EQ(changes.fresh.size() + ids.size() + 1, listed.size());
  return ids;
}

TEST(TakeYearsOld, TakesWhatWasPublishedAYearBeforeTheListWasSeenWhole) {
  const model::ListedItem known = touched("known", "2026-03-10");
  EXPECT_EQ(old_of({known, touched("a", "2019-03-05"), touched("b", "2025-01-27"), touched("c", "2025-01-28"), touched("d", "2026-03-04")}), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(old_of({known, touched("a", "2025-01-27")}, "2026-03-03").empty()) << "it may have come while we could not look";
  EXPECT_TRUE(old_of({touched("known", "2026-01-20"), touched("a", "2025-01-20")}, "2026-01-21").empty()) << "last year's number, written in January";
  EXPECT_TRUE(old_of({known, printed("a", 1)}).empty()) << "of a date that may be misread";
}

TEST(TakeYearsOld, LeavesDatesThatMayBeNoArticles) {
  const model::ListedItem known = touched("known", "2026-02-03");
  for (const char* day : {"0001-01-01", "1970-01-01", "1994-05-05", "2000-01-01", "1999-12-31", "2012-01-01"}) EXPECT_TRUE(old_of({known, touched("a", day)}).empty()) << day;
  EXPECT_TRUE(old_of({known, touched("a", "2019-03-05"), touched("b", "2019-03-05")}).empty()) << "one date for all";
  EXPECT_TRUE(old_of({touched("known", "2019-03-04"), touched("a", "2019-03-05")}).empty()) << "a clock that stopped";
  EXPECT_TRUE(old_of({item("known", "제목 known"), touched("a", "2019-03-05")}).empty());
}

TEST(Compare, SeveralNewItemsAreWorthAnotherPageThoughAnOldOneIsKnown) {
  const std::vector<model::ListedItem> page{printed("c", 9), printed("b", 8), printed("a", 7), printed("most-viewed", 1)};
  const std::vector<Seen> known{seen("most-viewed", "제목 most-viewed")};
  EXPECT_FALSE(compare(page, known).oldest_is_fresh);
  EXPECT_TRUE(compare(page, known).worth_turning());
  EXPECT_FALSE(compare({page[0], page[1], page[3]}, known).worth_turning());
}

TEST(Compare, AnEmptyPageEndsOnKnownGround) { EXPECT_FALSE(compare({}, {seen("a", "하나")}).oldest_is_fresh); }

TEST(Suspicion, NoItemsWhereThereWereManyIsNeverEmptiness) {
  EXPECT_TRUE(suspicion(model::Listing(), 10));
  EXPECT_FALSE(suspicion(model::Listing(), 0));
}

TEST(Suspicion, FewerThanAFifthIsSuspicious) {
  model::Listing listing;
  listing.items = {item("a", "하나"), item("b", "둘")};
  EXPECT_FALSE(suspicion(listing, 10));
  EXPECT_TRUE(suspicion(listing, 11));
}

TEST(Compare, DoesNotBelieveATitleThatSeveralItemsShare) {
  const std::vector<Seen> known{seen("a", "하나"), seen("b", "둘"), seen("c", "셋")};
  EXPECT_TRUE(compare({item("a", "더보기"), item("b", "더보기"), item("c", "더보기")}, known).retitled.empty());
  EXPECT_EQ(compare({item("a", "[인사] 한빛전자"), item("b", "[인사] 한빛전자"), item("c", "셋")}, known).retitled.size(), 2u);
}

TEST(Suspicion, HalfOfTheItemsGoneAndAsManyEntriesUnreadable) {
  model::Listing listing;
  for (int i = 0; i < 5; ++i) listing.items.push_back(item(std::to_string(i), "제목 " + std::to_string(i)));
  listing.skipped = 5;
  EXPECT_FALSE(suspicion(listing, 6)) << "a sixth is missing";
  EXPECT_TRUE(suspicion(listing, 7));
  EXPECT_TRUE(suspicion(listing, 10));
  EXPECT_TRUE(suspicion(listing, 11));
  listing.skipped = 4;
  EXPECT_FALSE(suspicion(listing, 11));
}

TEST(Suspicion, AListOfWhichNothingMatchesIsNoneThatIsEmpty) {
  model::Listing listing;
  EXPECT_FALSE(suspicion(listing, 0));
  listing.nothing_matched = true;
  EXPECT_TRUE(suspicion(listing, 0));
}

TEST(Suspicion, OneTitleForMostItems) {
  model::Listing listing;
  for (int i = 0; i < 5; ++i) listing.items.push_back(item(std::to_string(i), "더보기"));
  const auto reason = suspicion(listing, 9);
  ASSERT_TRUE(reason);
  EXPECT_EQ(*reason, "5 of 5 items have one title: '더보기'");
  for (int i = 5; i < 10; ++i) listing.items.push_back(item(std::to_string(i), "제목 " + std::to_string(i)));
  EXPECT_FALSE(suspicion(listing, 10)) << "half";
}

TEST(Suspicion, AShortListMayShrinkToOne) {
  model::Listing listing;
  listing.items = {item("a", "하나")};
  EXPECT_FALSE(suspicion(listing, 4));
}

using namespace std::chrono_literals;
using model::Precision;

std::optional<model::Stamp> stamp(Millis at, Precision precision = Precision::kMinute) { return model::Stamp{Instant(at), precision, "printed"}; }

// A page of items with these dates, and how they were known.
struct DatedPage {
  model::Listing listing;
  std::vector<Seen> known;

  DatedPage& add(std::optional<model::Stamp> now, std::optional<model::Stamp> before) {
    const std::string id = std::to_string(listing.items.size());
    listing.items.push_back(item(id, "제목 " + id));
    listing.items.back().printed = now;
    if (before) known.push_back(Seen{listing.items.back().identity, listing.items.back().title, before});
    return *this;
  }
  std::optional<std::string> doubt(const std::string& usual, bool suspect = false) const {
    return doubt_of_dates(listing, compare(listing.items, known), usual, suspect);
  }
};

// `count` known items, an hour from each other, under a clock that shows one time for all.
DatedPage under_a_clock(int count) {
  DatedPage page;
  for (int i = 0; i < count; ++i) page.add(stamp(1000h), stamp(1000h - 1h * i));
  return page;
}

std::string differing() {
  DatedPage page;
  for (int i = 0; i < 6; ++i) page.add(stamp(1h * i), std::nullopt);
  return usual_dates(page.listing);
}

TEST(Dates, OneForAllItemsThatWereKnownUnderOthersIsADoubt) {
  EXPECT_EQ(under_a_clock(6).doubt(differing()), "one date on 6 items where they differed: printed");
}

TEST(Dates, OfFewItemsSayNothing) {
  EXPECT_TRUE(under_a_clock(6).doubt(differing()));
  EXPECT_FALSE(under_a_clock(5).doubt(differing())) << "four of them were known under another one";
  EXPECT_FALSE(under_a_clock(4).doubt(differing(), true));
}

TEST(Dates, ThatWereNeverTheItemsOwnSayNothing) {
  DatedPage page;
  for (int i = 0; i < 6; ++i) page.add(stamp(5h), std::nullopt);
  EXPECT_FALSE(under_a_clock(20).doubt(usual_dates(page.listing)));
  EXPECT_FALSE(under_a_clock(20).doubt(""));
}

TEST(Dates, AreUsualAsOfHalfOfTheItemsWithAnotherOne) {
  DatedPage page;
  for (int i = 0; i < 4; ++i) page.add(stamp(5h), std::nullopt);
  for (int i = 0; i < 3; ++i) page.add(stamp(10h + 1h * i), std::nullopt);
  EXPECT_NE(usual_dates(page.listing), differing());
  page.add(stamp(20h), std::nullopt);
  EXPECT_EQ(usual_dates(page.listing), differing());
  for (int i = 0; i < 7; ++i) page.add(std::nullopt, std::nullopt);
  EXPECT_EQ(usual_dates(page.listing), differing());
  page.add(std::nullopt, std::nullopt);
  EXPECT_EQ(usual_dates(page.listing), "") << "half of the items have none";
}

TEST(Dates, OfABusyDayAreThoseThatWereKnown) {
  DatedPage page;
  for (int i = 0; i < 6; ++i) page.add(stamp(48h, Precision::kDay), stamp(48h, Precision::kDay));
  for (int i = 0; i < 20; ++i) page.add(stamp(48h, Precision::kDay), std::nullopt);
  EXPECT_FALSE(page.doubt(differing()));
  EXPECT_FALSE(page.doubt(differing(), true)) << "known dates end a doubt";
}

TEST(Dates, OfYesterdaysItemsArePrintedWithoutTheirTimes) {
  DatedPage page;
  for (int i = 0; i < 10; ++i) page.add(stamp(48h, Precision::kDay), stamp(49h + 2h * i));
  EXPECT_FALSE(page.doubt(differing()));
}

TEST(Dates, ThatCountBackMoveByUpToAUnit) {
  DatedPage hours, days;
  for (int i = 0; i < 10; ++i) hours.add(stamp(100h, Precision::kHour), stamp(98h));
  for (int i = 0; i < 10; ++i) days.add(stamp(48h, Precision::kDay), stamp(24h, Precision::kDay));
  EXPECT_FALSE(hours.doubt(differing()));
  EXPECT_FALSE(days.doubt(differing()));
}

TEST(Dates, OfANewBatchSayNothing) {
  DatedPage page;
  for (int i = 0; i < 20; ++i) page.add(stamp(48h), std::nullopt);
  EXPECT_FALSE(page.doubt(differing()));
}

TEST(Dates, StayInDoubtUntilTheyDiffer) {
  DatedPage page;
  for (int i = 0; i < 20; ++i) page.add(stamp(48h), std::nullopt);
  EXPECT_TRUE(page.doubt(differing(), true)) << "new items have filled the page";
  page.add(stamp(49h), std::nullopt);
  EXPECT_FALSE(page.doubt(differing(), true));
}

TEST(Dates, ThatAreMissingAltogetherAreADoubt) {
  DatedPage page;
  for (int i = 0; i < 5; ++i) page.add(std::nullopt, stamp(1h * i));
  EXPECT_EQ(page.doubt(differing()), "no date on 5 items where they had dates");
  EXPECT_FALSE(page.doubt(""));
  page.add(stamp(1h), stamp(1h));
  EXPECT_FALSE(page.doubt(differing())) << "one has";
}

TEST(Dates, InDoubtAreForgotten) {
  DatedPage page = under_a_clock(6);
  page.add(stamp(1000h), std::nullopt);
  page.known.front().title = "옛 제목";
  Changes changes = compare(page.listing.items, page.known);
  forget_dates(changes);
  ASSERT_EQ(changes.fresh.size(), 1u);
  EXPECT_FALSE(changes.fresh[0].printed);
  ASSERT_EQ(changes.retitled.size(), 1u);
  EXPECT_EQ(changes.retitled[0].printed, page.known[0].printed);
}

// Items of an hour each, the newest first; those before `known` are new.
DatedPage unknown_but(int known, int items) {
  DatedPage page;
  for (int i = 0; i < items; ++i) page.add(stamp(100h - 1h * i), i < items - known ? std::nullopt : stamp(100h - 1h * i));
  return page;
}

std::optional<std::string> doubt(const DatedPage& page, Instant complete, double expected, bool suspicion = false) {
  return doubt_of_news(page.listing, compare(page.listing.items, page.known), Usual{10, complete, expected}, suspicion);
}

const Instant kLater(200h);

TEST(News, OfNearlyNothingButUnknownOldArticlesIsADoubt) {
  EXPECT_TRUE(doubt(unknown_but(1, 10), kLater, 1));
  EXPECT_FALSE(doubt(unknown_but(2, 10), kLater, 1)) << "a fifth is known";
  EXPECT_FALSE(doubt(unknown_but(0, 4), kLater, 1)) << "a short list";
}

TEST(News, ThatIsPrintedAfterTheLastLookIsNone) {
  EXPECT_FALSE(doubt(unknown_but(0, 10), Instant(50h), 1));
  EXPECT_FALSE(doubt(unknown_but(0, 10), Instant(98h), 1)) << "of three of them one knows that they are new";
  EXPECT_TRUE(doubt(unknown_but(0, 10), Instant(100h), 1));
}

TEST(News, OfASourceThatWritesAsMuchOrOfWhichNothingIsKnownIsNone) {
  EXPECT_FALSE(doubt(unknown_but(0, 10), kLater, 2));
  EXPECT_FALSE(doubt(unknown_but(0, 10), kLater, -1));
}

TEST(News, OfAPageThatIsNotTrustedMayBeLessThanHalf) {
  EXPECT_TRUE(doubt(unknown_but(4, 10), kLater, 100, true));
  EXPECT_FALSE(doubt(unknown_but(5, 10), kLater, 100, true));
}

TEST(News, KeepsWhatWasPrintedSince) {
  const DatedPage page = unknown_but(0, 4);
  Changes changes = compare(page.listing.items, page.known);
  EXPECT_EQ(take_older(changes, Instant(99h + 9min)).size(), 2u) << "a printed minute may be some minutes off";
  EXPECT_EQ(changes.fresh.size(), 2u);
}

TEST(News, OfADoubtedListIsOfTheTimeSinceTheNewestArticleWhereItIsLittle) {
  const auto news = [](int between) {
    DatedPage page;
    for (int i = 0; i < between; ++i) page.add(stamp(60h + 1h * i), std::nullopt);
    page.add(stamp(30h), std::nullopt);
    Changes changes = compare(page.listing.items, page.known);
    return news_since(changes, Usual{10, Instant(100h), 1, Instant(50h)}, 3h);
  };
  EXPECT_EQ(news(0), Instant(50h));
  EXPECT_EQ(news(3), Instant(50h));
  EXPECT_EQ(news(4), Instant(97h)) << "another list";
  EXPECT_EQ(news_since(Changes(), Usual{10, Instant(100h), 1, Instant(99h)}, 3h), Instant(97h));
  EXPECT_EQ(news_since(Changes(), Usual{10, Instant(100h), 1}, 3h), Instant(97h)) << "nothing is known of it";
}

// Known under the titles and dates of the first `moved` items of a page, and listed no more.
std::vector<Seen> gone(int moved) {
  std::vector<Seen> titled;
  for (int i = 0; i < moved; ++i) titled.push_back(Seen{{"old-" + std::to_string(i)}, "제목 " + std::to_string(i), stamp(100h - 1h * i)});
  return titled;
}

std::size_t moved_of(const DatedPage& page, const std::vector<Seen>& titled) {
  Changes changes = compare(page.listing.items, page.known);
  const std::size_t moved = take_moved(changes, page.listing.items, titled).size();
  EXPECT_EQ(changes.fresh.size(), page.listing.items.size() - moved);
  return moved;
}

TEST(News, ThatLiesAtAnotherAddressIsNone) {
  EXPECT_EQ(moved_of(unknown_but(0, 5), gone(5)), 5u);
  EXPECT_EQ(moved_of(unknown_but(0, 5), gone(3)), 3u) << "two are news";
  auto titled = gone(5);
  titled[0].identity.value = "4";     // listed beside it
  titled[1].printed = stamp(1h);      // of another date
  EXPECT_EQ(moved_of(unknown_but(0, 5), titled), 3u);
}

TEST(News, OfTheNameOfOneThatWentIsNewsWhereTheListDidNotMove) {
  EXPECT_EQ(moved_of(unknown_but(0, 2), gone(2)), 0u) << "two are not several";
  EXPECT_EQ(moved_of(unknown_but(0, 6), gone(3)), 0u) << "three of six are not most";
  DatedPage notices;
  for (int i = 0; i < 4; ++i) notices.add(stamp(24h), std::nullopt);
  for (model::ListedItem& item : notices.listing.items) item.title = "[인사]";
  EXPECT_EQ(moved_of(notices, {Seen{{"old"}, "[인사]", stamp(24h)}}), 0u) << "of one name";
}

TEST(News, WithoutDatesIsNoneWhereFiveTitlesOfKnownArticlesSaySo) {
  const auto moved = [](int at_new_addresses, int others) {
    std::vector<model::ListedItem> page;
    std::vector<Seen> titled;
    for (int i = 0; i < at_new_addresses; ++i) {
      const std::string number = std::to_string(i);
      page.push_back(item("new-" + number, "제목 " + number));
      titled.push_back(seen("old-" + number, "제목 " + number));
    }
    for (int i = 0; i < others; ++i) page.push_back(item("other-" + std::to_string(i), "새 제목 " + std::to_string(i)));
    auto changes = compare(page, {});
    const auto taken = take_moved_undated(changes, page, titled);
    EXPECT_EQ(taken.size() + changes.fresh.size(), page.size());
    return taken.size();
  };
  EXPECT_EQ(moved(4, 0), 0u);
  EXPECT_EQ(moved(5, 4), 5u);
  EXPECT_EQ(moved(5, 5), 0u);
}

TEST(News, ThatStandsBesideTheCutWasBehindIt) {
  DatedPage page;
  for (int i = 0; i < 8; ++i) page.add(std::nullopt, std::nullopt);
  page.listing.cut_at = 4;
  const auto fresh_but = [&page](std::vector<std::string> known) {
    std::vector<Seen> seen_before;
    for (const std::string& id : known) seen_before.push_back(seen(id, "제목 " + id));
    Changes changes = compare(page.listing.items, seen_before);
    take_slid(changes, page.listing);
    return changes.fresh.size();
  };
  EXPECT_EQ(fresh_but({"0", "1", "2", "5", "6"}), 1u) << "7 is new; 3 and 4 were behind the cut";
  EXPECT_EQ(fresh_but({"0", "1", "2", "3"}), 4u) << "all of that side is new";
  EXPECT_EQ(fresh_but({"3", "4"}), 6u);
}

}  // namespace
}  // namespace bylined::diff
