// SPDX-License-Identifier: Apache-2.0
// Listings that are not what they were, or not yet what they will be: nothing old is told, and nothing new is lost.
#include <gtest/gtest.h>

#include "base/log.h"
#include "tests/simulation/shown.h"

namespace bylined::tests {
namespace {

TEST(Layout, WhatAFeedListsThatWasEmptyAtFirstIsItsBaseline) {
  Shown shown(81, 3h, "feed");
  shown.page = feed_of(shown.world, {});
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = feed_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  EXPECT_EQ(shown.told(), 0u);
  EXPECT_EQ(shown.asked["/news/100"], 0);
  shown.page = feed_of(shown.world, with_new(old_lines(), 3h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, TheFirstArticleOfANewFeedIsNews) {
  Shown shown(82, 3h, "feed");
  shown.page = feed_of(shown.world, {});
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(3h + 1min));
  shown.page = feed_of(shown.world, with_new({}, 3h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u);
}

TEST(Layout, WhatCameWhileANewFeedCouldNotBeReadIsNews) {
  Shown shown(82, 2h, "feed");
  shown.page = feed_of(shown.world, {});
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  shown.page = "500";
  ASSERT_TRUE(shown.world.run_for(2h));
  EXPECT_EQ(shown.source().state, model::SourceState::kFailing);
  shown.page = feed_of(shown.world, with_new(old_lines(), 2h));
  ASSERT_TRUE(shown.world.run_for(2h));
  EXPECT_EQ(shown.told(), 2u);
  EXPECT_EQ(shown.asked["/news/100"], 0) << "what was there before is no news";
}

TEST(Layout, ARecipeThatMatchesNothingAtFirstSaysSoAndTellsNothingOldWhenItDoes) {
  Shown shown(83, 5h, "css_page");
  shown.page = rows_of(shown.world, old_lines(), "entry");
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("nothing on the page matches 'li.row'"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(4h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.told(), 0u);
  shown.page = rows_of(shown.world, with_new(old_lines(), 5h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, AnotherRecipeReadsAPageAnewThatIsAsItWas) {
  for (const bool restarted : {false, true}) {
    Shown shown(83, 5h, "css_page");
    shown.page = rows_of(shown.world, old_lines());
    shown.world.boot();
    ASSERT_TRUE(shown.world.run_for(1h));
    ASSERT_EQ(shown.source().state, model::SourceState::kOk);
    const auto read_by = [&](const std::string& item) {
      shown.world.wishes().sources.front().recipe->item = item;
      if (restarted) {
        shown.world.stop(1s);
        shown.world.boot();
      } else {
        shown.world.reload();
      }
      return shown.world.run_for(30min);
    };
    ASSERT_TRUE(read_by("li.entry"));
    EXPECT_EQ(shown.source().state, model::SourceState::kSuspect) << "it matches nothing";
    ASSERT_TRUE(read_by("li.row"));
    EXPECT_EQ(shown.source().state, model::SourceState::kOk);
    EXPECT_EQ(shown.told(), 0u);
  }
}

Lines most_viewed() {
  Lines lines;
  for (int i = 0; i < 8; ++i) lines.push_back({"/news/" + std::to_string(300 + i), "많이 본 뉴스 한빛전자 옛 기사 제목 " + std::to_string(i), std::nullopt});
  return lines;
}

TEST(Layout, AnotherBlockInTheListsPlaceIsNoNewsHoweverLongItStays) {
  for (const Millis stays : {20min, 2h + 30min}) {
    Shown shown(84, 5h, "auto");
    shown.page = rows_of(shown.world, old_lines());
    shown.world.boot();
    ASSERT_TRUE(shown.world.run_for(1h));
    ASSERT_EQ(shown.source().state, model::SourceState::kOk);
    shown.page = rows_of(shown.world, most_viewed(), "popular");
    ASSERT_TRUE(shown.world.run_for(stays));
    EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
    EXPECT_NE(shown.source().reason.find("no date on 8 items"), std::string::npos) << shown.source().reason;
    shown.page = rows_of(shown.world, old_lines());
    ASSERT_TRUE(shown.world.run_for(4h + 1min - stays));
    EXPECT_EQ(shown.source().state, model::SourceState::kOk);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
    shown.page = rows_of(shown.world, with_new(old_lines(), 5h));
    ASSERT_TRUE(shown.world.run_for(30min));
    EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
    const auto events = shown.world.reader()->source_events(model::SourceId{"naru-feed"}, 10);
    ASSERT_TRUE(events);
    EXPECT_EQ(events->size(), 2u) << "told once, and once that it is over";
  }
}

Lines another_list() {
  Lines lines;
  for (int i = 9; i >= 0; --i) lines.push_back({"/other/" + std::to_string(i), "한빛전자 다른 지면의 옛 기사 " + std::to_string(i), -24h * (15 - i) - 12h});
  return lines;
}

TEST(Layout, AListOfNothingButUnknownOldArticlesIsHeldAndForgottenWhereItGoes) {
  Shown shown(86, 140min, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  shown.page = rows_of(shown.world, another_list());
  for (int look = 0; look < 40 && shown.source().state == model::SourceState::kOk; ++look) ASSERT_TRUE(shown.world.run_for(10s));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("10 of 10 items are unknown"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = rows_of(shown.world, with_new(old_lines(), 140min));
  ASSERT_TRUE(shown.world.run_for(50min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, AListThatStaysAnotherIsTakenAndWhatIsNewOnItIsTold) {
  Shown shown(87, 2h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, with_new(another_list(), 2h));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/other/0"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// What stands in the same link as the headline and changes with the hour.
std::string cards_of(const Lines& lines, int minutes) {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body><ul class=\"latest\">";
  for (const Line& line : lines) {
    text += "<li><a href=\"" + line.path + "\"><em>경제</em><strong>" + line.title + "</strong> <span>[" + std::to_string(minutes % 7) + "]</span><span>" + std::to_string(minutes) + "분 전</span></a></li>";
  }
  return text + "</ul></body></html>";
}

TEST(Layout, AnAgeOrACounterInTheLinkIsNoNewHeadline) {
  Shown shown(90, 2h, "auto");
  shown.page = cards_of(old_lines(), 3);
  shown.world.boot();
  for (int minutes = 8; minutes < 58; minutes += 5) {
    ASSERT_TRUE(shown.world.run_for(5min));
    shown.page = cards_of(old_lines(), minutes);
  }
  ASSERT_TRUE(shown.world.run_for(70min + 1min));
  EXPECT_EQ(shown.told(), 0u);
  EXPECT_EQ(shown.asked["/news/100"], 0);
  shown.page = cards_of(with_new(old_lines(), 2h), 58);
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// A box beside the list, lighter than it but for what is `more`.
Lines boxed(const std::string& more = "") {
  Lines lines = most_viewed();
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].title = "한빛전자 옛 기사 " + std::to_string(i) + more;
  return lines;
}
const std::string kHeavier = ", 길고 긴 제목이 되어 최신 기사보다 무거워졌다";

// Without dates, as most front pages are.
std::string two_lists(const Lines& latest, const Lines& box) {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body>";
  for (const auto& [name, lines] : {std::pair("latest", latest), std::pair("box", box)}) {
    text += "<ul class=\"" + std::string(name) + "\">";
    for (const Line& line : lines) text += "<li><a href=\"" + line.path + "\">" + line.title + "</a></li>";
    text += "</ul>";
  }
  return text + "</body></html>";
}

TEST(Layout, AHeavierListOnTheSamePageDoesNotTakeThePlaceOfTheOneThatIsRead) {
  Shown shown(91, 2h, "auto");
  shown.page = two_lists(old_lines(), boxed());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  Lines box = boxed(kHeavier);
  box.push_back(old_lines().front());  // it has some of the same
  shown.page = two_lists(old_lines(), box);
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = two_lists(with_new(old_lines(), 2h), box);
  ASSERT_TRUE(shown.world.run_for(30min));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// What reads the page brings several lists; the bounds are those of the one that is read.
TEST(Layout, AListThatIsReadForItsPlaceIsKeptWithinItsBounds) {
  Shown shown(94, 30min, "auto");
  shown.page = two_lists(old_lines(), boxed());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  Lines latest = with_new(old_lines(), 30min);
  latest.front().title += std::string(3'000, 'x');
  latest.push_back({"/news/" + std::string(9'000, '1'), "한빛전자 지난 소식, 주소가 긴 기사", std::nullopt});
  Lines box = boxed(kHeavier);
  box.push_back({"/box/" + std::string(9'000, '1'), "주소가 긴 기사, 상자 안에서 읽히지 않는다", std::nullopt});
  shown.page = two_lists(latest, box);
  ASSERT_TRUE(shown.world.run_for(20min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.world.metrics().value("bylined_texts_cut_total"), 1);
  EXPECT_EQ(shown.world.metrics().value("bylined_addresses_left_out_total"), 1);
  EXPECT_EQ(shown.asked["/news/201"], 1);
  EXPECT_EQ(shown.asked["/news/300"], 0);
}

TEST(Layout, AListThatIsFoundAtAnotherPlaceOfThePageIsHeldAndTheFirstIsReadAgainWhenItIsBack) {
  for (const Millis away : {20min, 2h + 30min}) {
    Shown shown(92, 5h, "auto");
    shown.page = two_lists(old_lines(), boxed());
    shown.world.boot();
    ASSERT_TRUE(shown.world.run_for(1h));
    shown.page = two_lists({}, boxed());
    for (int look = 0; look < 40 && shown.source().state == model::SourceState::kOk; ++look) ASSERT_TRUE(shown.world.run_for(10s));
    EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
    EXPECT_NE(shown.source().reason.find("no list where it stood (ul.latest li a), but another at ul.box li a"), std::string::npos) << shown.source().reason;
    ASSERT_TRUE(shown.world.run_for(away));
    shown.page = two_lists(old_lines(), boxed());
    ASSERT_TRUE(shown.world.run_for(4h + 1min - away));
    EXPECT_EQ(shown.source().state, model::SourceState::kOk);
    shown.page = two_lists(with_new(old_lines(), 5h), boxed());
    ASSERT_TRUE(shown.world.run_for(30min));
    for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
    EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  }
}

// Its classes have new names: the same articles stand there.
TEST(Layout, ARenamedListGoesOnAsItWas) {
  Shown shown(93, 2h, "auto");
  shown.page = two_lists(old_lines(), boxed());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  const auto renamed = [](std::string page) { return page.replace(page.find("latest"), 6, "newest"); };
  shown.page = renamed(two_lists(old_lines(), boxed(kHeavier)));
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = renamed(two_lists(with_new(old_lines(), 2h), boxed()));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// Suspect, then failing, then suspect: one trouble.
TEST(Layout, OneTroubleIsOneLineOfWarningHoweverItChanges) {
  Shown shown(89, 2h, "feed");
  shown.page = feed_of(shown.world, old_lines());
  std::map<std::string, int> lines;
  log::open_sink([&lines](log::Level, const std::string& line) {
    for (const char* const event : {"source.degraded", "source.still_degraded", "source.recovered"}) lines[event] += line.find(event) != std::string::npos;
  });
  shown.world.boot();
  EXPECT_TRUE(shown.world.run_for(30min));
  const std::string good = std::exchange(shown.page, feed_of(shown.world, {}));
  EXPECT_TRUE(shown.world.run_for(30min));
  shown.page = "500";
  EXPECT_TRUE(shown.world.run_for(1h));
  shown.page = feed_of(shown.world, {});
  EXPECT_TRUE(shown.world.run_for(3h));
  shown.page = good;
  EXPECT_TRUE(shown.world.run_for(3h));
  log::open_sink(nullptr);
  EXPECT_EQ(lines["source.degraded"], 1);
  EXPECT_EQ(lines["source.still_degraded"], 2);
  EXPECT_EQ(lines["source.recovered"], 1);
}

TEST(Layout, HalfOfTheTitlesGoneIsTold) {
  Shown shown(88, 5h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  Lines lines = old_lines();
  for (std::size_t i = 0; i < lines.size(); i += 2) lines[i].title = " ";
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("5 entries without a title or a link"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

}  // namespace
}  // namespace bylined::tests
