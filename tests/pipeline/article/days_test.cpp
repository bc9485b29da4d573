// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/article/article.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/headline/headline.h"
#include "pipeline/article/judge.h"

namespace bylined::article {
namespace {

std::string first_day(std::string_view text, bool month_first = false) {
  const auto days = days_in(text, {.month_first = month_first}, 1);
  return days.empty() ? "" : days.front().text;
}

TEST(Days, AreReadInTheLanguagesOfThePress) {
  for (const char* text : {"2025-02-04", "2025.02.04.", "2025년 2월 4일", "2025年2月4日", "4. Februar 2025", "4 février 2025", "4 de febrero de 2025", "Feb 4, 2025",
                           "February 4th, 2025", "4. února 2025", "4 lutego 2025", "4 Şubat 2025", "4 февраля 2025 г.", "الثلاثاء 4 فبراير 2025", "4 Φεβρουαρίου 2025", "4 בפברואר 2025", "4 Februari 2025", "04.02.2025", "4.2.25", "4. 2. 2025"}) {
    EXPECT_EQ(first_day(text), "2025-02-04") << text;
  }
}

TEST(Days, OfSlashesFollowTheLanguageUnlessOnlyOneReadingIsADay) {
  EXPECT_EQ(first_day("02/04/2025", true), "2025-02-04");
  EXPECT_EQ(first_day("04/02/2025", false), "2025-02-04");
  EXPECT_EQ(first_day("13/02/2025", true), "2025-02-13");
  EXPECT_EQ(first_day("02/13/2025", false), "2025-02-13");
}

TEST(Days, HaveTheYearFirstInTwoDigitsWhereThePageWritesSo) {
  const auto day = [](std::string_view text, bool year_first) {
    const auto days = days_in(text, {.month_first = true, .year_first = year_first}, 1);
    return days.empty() ? "" : days.front().text;
  };
  for (const char* const text : {"26.11.08", "입력 26.11.08 09:15", "'26.11.08.", "26. 11. 08. 09:15", "26-11-08", "26/11/08", "2026.11.08"}) EXPECT_EQ(day(text, true), "2026-11-08") << text;
  EXPECT_EQ(day("26.11.08", false), "2008-11-26");
  EXPECT_EQ(day("26.13.08", true), "") << "no month either way";
  EXPECT_EQ(day("11.12.13", true), "2011-12-13");
  EXPECT_EQ(day("11/08/2026", true), "2026-11-08") << "the month first, as before";
  for (const char* const text : {"10.11.12.13", "v4.26.11.08", "14.2.1", "26.11", "26:11:08", "26.11-08"}) EXPECT_EQ(day(text, true), "") << text;
  const std::string_view line = "입력 26.11.08 09:15";
  EXPECT_EQ(spelt_out(line, days_in(line, {.year_first = true}, 1).front()), "2026-11-08 09:15");
}

TEST(Days, AreNotSeenWhereNoneIs) {
  for (const char* text : {"", "1.2.3", "010-1234-5678", "32.01.2025", "2025-13-01", "31. Februar 2025", "1994-12-31", "2036-01-01", "in May 4 people", "192.168.1.20"}) {
    EXPECT_EQ(first_day(text), "") << text;
  }
  EXPECT_EQ(first_day("1995-01-01"), "1995-01-01");
  EXPECT_EQ(first_day("2035-12-31"), "2035-12-31");
}

TEST(Days, AreGivenInOrderUpToALimit) {
  EXPECT_EQ(days_in("2025-02-04 2025-02-05 2025-02-06", DayOrder(), 2).size(), 2u);
  EXPECT_TRUE(days_in("2025-02-04", DayOrder(), 0).empty());
}

TEST(Days, StandInAddresses) {
  EXPECT_EQ(day_in_path("https://a.example/2025/02/04/x"), "2025-02-04");
  EXPECT_EQ(day_in_path("https://a.example/news/20250204001234"), "");
  EXPECT_EQ(day_in_path("https://a.example/news/20250204/x"), "2025-02-04");
  EXPECT_EQ(day_in_path("https://a.example/x?day=2025-02-04"), "");
}

TEST(Headline, LosesTheOutletAndKeepsItsOwnDashes) {
  const auto bare = [](const char* title) { return bare_headline(title, "한빛일보", "https://www.harborledger.example/x", "공장 - 둘째 이야기"); };
  EXPECT_EQ(bare("새 공장 | 한빛일보"), "새 공장");
  EXPECT_EQ(bare("새 공장 - 경제 - 한빛일보"), "새 공장");
  EXPECT_EQ(bare("New plant - The Harbor Ledger"), "New plant");
  EXPECT_EQ(bare("공장 - 둘째 이야기"), "공장 - 둘째 이야기");
  EXPECT_EQ(bare("공장 - 둘째 이야기 > 경제 - 사회"), "공장 - 둘째 이야기 > 경제 - 사회");
  EXPECT_EQ(bare(""), "");
}

std::string winner(std::initializer_list<std::pair<const char*, double>> times) {
  Evidence evidence;
  for (const auto& [time, weight] : times) evidence.add_time(Field::kPublished, time, "x", weight);
  return judge(std::move(evidence)).content.published->text;
}

TEST(Judge, LetsADaySupportATimeOnIt) {
  EXPECT_EQ(winner({{"2025-02-04T10:00:00+00:00", 0.6}, {"2025-02-05T10:00:00+00:00", 0.5}, {"2025-02-05", 0.5}}), "2025-02-05T10:00:00+00:00");
  EXPECT_EQ(winner({{"2025-02-05", 0.5}, {"2025-02-05T10:00:00+00:00", 0.5}}), "2025-02-05T10:00:00+00:00");
}

TEST(Judge, PrefersThePagesOwnZoneToUtcAndAWrittenZoneToNone) {
  EXPECT_EQ(winner({{"2025-02-03T23:00:00+00:00", 0.6}, {"2025-02-04T08:00:00+09:00", 0.3}}), "2025-02-04T08:00:00+09:00");
  EXPECT_EQ(winner({{"2025-02-04T08:00:00", 0.6}, {"2025-02-04T08:00:00+02:00", 0.6}}), "2025-02-04T08:00:00+02:00");
}

// What the page prints beside its headline, and what the article reader makes of it: first filed, last changed.
std::pair<std::string, std::string> printed_times(const std::string& line) {
  const std::string html = "<!doctype html><html lang=ko><head><title>새 공장 내년에 문 연다</title></head><body><article><h1>새 공장 내년에 문 연다</h1>" + line +
                           "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p><p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다.</p></article></body></html>";
  const auto content = extract(model::Page{"https://naru.example/1", "text/html; charset=utf-8", html, Instant()});
  if (!content) return {};
  return {content->published ? content->published->text : "", content->modified ? content->modified->text : ""};
}

TEST(PrintedDay, OfAKoreanPageMayHaveTheYearFirstInTwoDigits) {
  const std::string at = "2026-11-08T09:15:00+09:00";
  for (const char* const line : {"<div class=date>26.11.08 09:15</div>", "<div>입력 26.11.08 09:15</div>", "<span class=date>'26.11.08. 09:15</span>", "<p>윤가람 기자 | 26-11-08 오전 9:15</p>",
                                 "<time>26.11.08 09:15</time>", "<p itemprop=datePublished>26.11.08(일) 09:15</p>"}) {
    EXPECT_EQ(printed_times(line).first, at) << line;
  }
  EXPECT_EQ(printed_times("<div class=date>26.11.08.</div>").first, "2026-11-08");
  EXPECT_EQ(printed_times("<div class=date>입력 26.11.08 09:15 | 수정 26.11.08 13:03</div>"), (std::pair<std::string, std::string>{at, "2026-11-08T13:03:00+09:00"}));
}

TEST(PrintedDay, MayStandInSeveralElements) {
  const std::string day = "2026-11-08", at = day + "T09:15:00+09:00";
  for (const char* const line : {"<div class=date><span>2026.11.08</span><span>09:15</span></div>", "<div><em>입력</em><span>2026.11.08</span><span>09:15</span></div>", "<ul class=info><li>2026.11.08</li><li>09:15</li></ul>",
                                 "<div><p>입력 2026.11.08</p><p>오전 9:15</p></div>", "<div class=date><p>2026</p><p>11</p><p>08</p><p>09:15</p></div>", "<div><span>26.11.08</span><span>09:15</span></div>",
                                 "<p>2026.11.08<i>(일)</i><b>09:15</b></p>"}) {
    EXPECT_EQ(printed_times(line).first, at) << line;
  }
  EXPECT_EQ(printed_times("<p class=date><span>2026</span><span>11</span><span>08</span></p>").first, day);
  EXPECT_EQ(printed_times("<p class=date><span>8</span><span>Nov</span><span>2026</span></p>").first, day);
  EXPECT_EQ(printed_times("<ul class=info><li>2026.11.08</li><li>2026.11.09 10:00</li></ul>").first, day) << "the hour is another day's";
  EXPECT_EQ(printed_times("<ul class=info><li>2026.11.08</li><li>12</li></ul>").first, day) << "a number is no time";
  EXPECT_EQ(printed_times("<div><div>2026.11.08</div></div><div><div>09:15</div></div>").first, day) << "of something else";
  EXPECT_EQ(printed_times("<table><tr><td>2026</td><td>11</td><td>08</td></tr></table>").first, "") << "a table";
  EXPECT_EQ(printed_times("<div><p>수정 2026.11.08</p><p>13:03</p></div>").second, "2026-11-08T13:03:00+09:00");
}

TEST(PrintedChange, IsReadBesideTheFirstDay) {
  const std::pair<std::string, std::string> both{"2026-11-28T10:30:00+09:00", "2026-11-28T13:03:00+09:00"};
  EXPECT_EQ(printed_times("<div class=info><span class=date>입력 2026.11.28. 오전 10:30</span> <span>수정 2026.11.28. 오후 1:03</span></div>"), both);
  EXPECT_EQ(printed_times("<div class=date>승인 2026.11.28 10:30 | 최종수정 2026.11.28 13:03</div>"), both);
  EXPECT_EQ(printed_times("<ul><li>수정 2026.11.28 13:03</li><li>등록 2026.11.28 10:30</li></ul>"), both);
  EXPECT_EQ(printed_times("<div class=date>2026.11.28 10:30</div>").second, "");
  EXPECT_EQ(printed_times("<div class=date>2026.11.28 10:30</div><p>예산 수정안은 2026.11.27 국회를 지났다고 한빛전자는 밝혔다. 공장은 내년에 문을 연다. 시청은 지역사회와 함께 준비한다고 했다.</p>").second, "");
}

}  // namespace
}  // namespace bylined::article
