// SPDX-License-Identifier: Apache-2.0
#include "base/text/date.h"

#include <gtest/gtest.h>

namespace bylined::text {
namespace {

using namespace std::chrono_literals;

std::string read(std::string_view printed) {
  const auto stamp = read_date(printed);
  return stamp ? stamp->text : "-";
}

std::string near(std::string_view printed) {
  const auto stamp = read_date_near(printed, *parse_rfc3339("2024-08-07T05:40:30Z"));  // 14:40:30 in Seoul
  return stamp ? stamp->text : "-";
}

TEST(Date, ReadsRfc822AndItsDamages) {
  EXPECT_EQ(read("Tue, 04 Feb 2025 18:30:00 +0900"), "2025-02-04T18:30:00+09:00");
  EXPECT_EQ(read("Tue, 04 Feb 2025 13:47:03+0900"), "2025-02-04T13:47:03+09:00");
  EXPECT_EQ(read("Tue, 4 Feb 25 09:30 GMT"), "2025-02-04T09:30:00+00:00");
  EXPECT_EQ(read("\n Tue, 04 Feb 2025 09:30:00 EST "), "2025-02-04T09:30:00-05:00");
  EXPECT_EQ(read("4 February 2025 9:30:00 GMT+9"), "2025-02-04T09:30:00+09:00");
}

TEST(Date, ReadsIsoWithAndWithoutAZone) {
  EXPECT_EQ(read("2025-05-15T16:33:00+09:00"), "2025-05-15T16:33:00+09:00");
  EXPECT_EQ(read("2025-05-15T20:00:52.000+0900"), "2025-05-15T20:00:52+09:00");
  EXPECT_EQ(read("2025-05-15T20:00:52Z"), "2025-05-15T20:00:52+00:00");
  EXPECT_EQ(read("2026-08-28 14:57:04"), "2026-08-28T14:57:04+09:00");
  EXPECT_EQ(read("2025-05-15T20:00:52-0330"), "2025-05-15T20:00:52-03:30");
  EXPECT_EQ(read_date("2026-08-28 14:57:04")->at, *parse_rfc3339("2026-08-28T05:57:04Z"));
}

// With a second blank a date is not at its place any more, and is read step by step.
TEST(Date, ReadsWhatIsAtItsPlaceAsItReadsTheSameElsewhere) {
  for (const std::string_view clock : {"09:30:00", "00:00:00", "23:59:59", "24:00:00", "23:59:60", "09:60:00", "9:30:00", "0a:30:00"}) {
    for (const std::string_view zone : {"+0900", "-0330", "-0000", "+1400", "+1500", "+1501", "+0960", "+2500", "GMT", "GMT+9", "Z", "KST", "+09:00", "-03:30", "+9", ""}) {
      for (const std::string_view day : {"Tue, 04 Feb 2025", "Sat, 29 Feb 2025", "Thu, 29 Feb 2024", "Feb, 04 Feb 2025", "tue, 04 feb 2025", "Tue, 31 Dec 1899", "Tue, 00 Feb 2025", "Mon, 01 Jan 0099"}) {
        const std::string mail = std::string(day) + " " + std::string(clock) + " " + std::string(zone);
        const auto at_place = read_printed_date(mail), elsewhere = read_printed_date(" ," + mail);
        ASSERT_EQ(at_place.has_value(), elsewhere.has_value()) << mail;
        if (at_place.has_value()) {
          EXPECT_EQ(*at_place, *elsewhere) << mail;
        }
      }
      for (const std::string_view day : {"2025-02-04", "2025-02-29", "2024-02-29", "1899-12-31", "2025-13-01", "2025-00-10", "2025-1-01"}) {
        const std::string iso = std::string(day) + "T" + std::string(clock) + std::string(zone);
        const auto at_place = read_printed_date(iso), elsewhere = read_printed_date(" ," + iso);
        ASSERT_EQ(at_place.has_value(), elsewhere.has_value()) << iso;
        if (at_place.has_value()) {
          EXPECT_EQ(*at_place, *elsewhere) << iso;
        }
      }
    }
  }
}

TEST(Date, ReadsKoreanForms) {
  EXPECT_EQ(read("2026.02.12. 오전 10:30"), "2026-02-12T10:30:00+09:00");
  EXPECT_EQ(read("2026.02.12. 오후 1:03"), "2026-02-12T13:03:00+09:00");
  EXPECT_EQ(read("2026.02.12. 오전 12:05"), "2026-02-12T00:05:00+09:00");
  EXPECT_EQ(read("2026.02.12. 오후 12:05"), "2026-02-12T12:05:00+09:00");
  EXPECT_EQ(read("2024.07.30."), "2024-07-30");
  EXPECT_EQ(read("2025년 2월 4일"), "2025-02-04");
  EXPECT_EQ(read("2025년 2월 4일 (화) 오후 3시 5분"), "2025-02-04T15:05:00+09:00");
  EXPECT_EQ(read("입력 : 2025-02-04 09:32 | 수정 : 2025-02-05 10:00"), "2025-02-04T09:32:00+09:00");
}

TEST(Date, ReadsAClockInBracketsOrBehindAStroke) {
  for (const std::string_view printed : {"2025.02.04 (09:32)", "2025/02/04 [09:32]", "2025-02-04[09:32]", "2025/02/04/09:32", "2025.02.04(화) 09:32", "2025.02.04 (화 09:32)",
                                         "2025.02.04. 화 09:32", "2025.02.04 화요일 [09:32]", "2025년 2월 4일(09시 32분)"}) {
    EXPECT_EQ(read(printed), "2025-02-04T09:32:00+09:00") << printed;
  }
  for (const std::string_view printed : {"2025.02.04 (3면)", "2025.02.04 [12]", "2025-02-04 (화)", "2025.02.04 (", "2025.02.04 일간 9"}) EXPECT_EQ(read(printed), "2025-02-04") << printed;
}

TEST(Date, ReadsBareDigits) {
  EXPECT_EQ(read("2025020409300000000"), "2025-02-04T09:30:00+09:00");
  EXPECT_EQ(read("20250204093015"), "2025-02-04T09:30:15+09:00");
  EXPECT_EQ(read("20250204"), "2025-02-04");
  EXPECT_EQ(read("202502040930152"), "-");
}

TEST(Date, ReadsEnglishForms) {
  EXPECT_EQ(read("Feb 4, 2025 9:32 PM"), "2025-02-04T21:32:00+09:00");
  EXPECT_EQ(read("Tue Feb  4 09:32:10 KST 2025"), "2025-02-04T09:32:10+09:00");
  EXPECT_EQ(read("Published: February 4th, 2025"), "2025-02-04");
}

TEST(Date, ReadsZonesByName) {
  EXPECT_EQ(read("Nov. 28, 2026, 10:30 a.m. EST"), "2026-11-28T10:30:00-05:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. EDT"), "2026-07-03T10:30:00-04:00");
  EXPECT_EQ(read("July 3, 2026 10:30 BST"), "2026-07-03T10:30:00+01:00");
  EXPECT_EQ(read("3 July 2026 10:30 CEST"), "2026-07-03T10:30:00+02:00");
  EXPECT_EQ(read("3 Jan 2026 10:30 CET"), "2026-01-03T10:30:00+01:00");
  EXPECT_EQ(read("2026-07-03 10:30 JST"), "2026-07-03T10:30:00+09:00");
  EXPECT_EQ(read("Jul 3, 2026, 10:30 AM IST"), "2026-07-03T10:30:00+05:30");
  EXPECT_EQ(read("2026-07-03 10:30 (GMT)"), "2026-07-03T10:30:00+00:00");
  EXPECT_EQ(read("Jul 3, 2026 10:30 ist der Termin"), "2026-07-03T10:30:00+09:00") << "a word";
}

TEST(Date, ReadsRegionsWithTheirSummerTime) {
  EXPECT_EQ(read("Nov. 28, 2026, 10:30 a.m. ET"), "2026-11-28T10:30:00-05:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. ET"), "2026-07-03T10:30:00-04:00");
  EXPECT_EQ(read("March 8, 2026, 1:59 a.m. ET"), "2026-03-08T01:59:00-05:00") << "the last minute of winter";
  EXPECT_EQ(read("March 8, 2026, 3:00 a.m. ET"), "2026-03-08T03:00:00-04:00") << "the first of summer";
  EXPECT_EQ(read("Nov. 1, 2026, 2:00 a.m. ET"), "2026-11-01T02:00:00-05:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. CT"), "2026-07-03T10:30:00-05:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. MT"), "2026-07-03T10:30:00-06:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. PT"), "2026-07-03T10:30:00-07:00");
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. (PT)"), "2026-07-03T10:30:00-07:00");
  for (const char* const name : {"Eastern", "Eastern time", "Eastern Time", "Eastern Daylight Time", "Eastern."}) {
    EXPECT_EQ(read(std::string("July 3, 2026, 10:30 a.m. ") + name), "2026-07-03T10:30:00-04:00") << name;
  }
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. Central Bank"), "2026-07-03T10:30:00+09:00") << "no zone";
  EXPECT_EQ(read("July 3, 2026, 10:30 a.m. et al."), "2026-07-03T10:30:00+09:00") << "a word";
  EXPECT_TRUE(read_printed_date("July 3, 2026, 10:30 a.m. ET")->zone_written);
}

TEST(Date, ReadsATimeThatStandsBeforeItsDay) {
  EXPECT_EQ(read("10:30 AM EDT, Fri July 3, 2026"), "2026-07-03T10:30:00-04:00");
  EXPECT_EQ(read("Updated 8:14 p.m. ET, Friday, July 3, 2026"), "2026-07-03T20:14:00-04:00");
  EXPECT_EQ(read("10:30 GMT, 3 July 2026"), "2026-07-03T10:30:00+00:00");
  EXPECT_EQ(read("오후 1:03 2026.07.03"), "2026-07-03T13:03:00+09:00");
  EXPECT_EQ(read("10:30 2026-07-03 11:45"), "2026-07-03T11:45:00+09:00") << "the one behind it is nearer";
  EXPECT_EQ(read("Bayern 3:1 Dortmund, 3 July 2026"), "2026-07-03") << "of something else";
  EXPECT_EQ(read("2시간 전 2026.07.03"), "-");
  EXPECT_EQ(read("2026.07.03 2시간 전"), "2026-07-03");
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const char* text : {"", "  ", "내일", "2025-02-30", "2025-13-01", "12:30", "Feb 2025", "1742", "2025.2"}) {
    EXPECT_EQ(read(text), "-") << text;
  }
  EXPECT_EQ(read_date("내일").error().kind(), ErrorKind::kInvalid);
}

TEST(Date, KnowsItsPrecision) {
  EXPECT_EQ(read_date("2026.02.12.")->precision, Precision::kDay);
  EXPECT_EQ(read_date("2026.02.12. 오전 10:30")->precision, Precision::kMinute);
  EXPECT_EQ(read_date("2026-02-12 10:30:00")->precision, Precision::kSecond);
  EXPECT_EQ(read_date("2026.02.12. 오전 10시")->precision, Precision::kHour);
  EXPECT_EQ(read_date("2026.02.12.")->at, *parse_rfc3339("2026-02-11T15:00:00Z"));
}

TEST(Date, CountsBackFromTheReference) {
  EXPECT_EQ(near("방금 전"), "2024-08-07T14:40:30+09:00");
  EXPECT_EQ(near("3분전"), "2024-08-07T14:37:30+09:00");
  EXPECT_EQ(near("2시간 전"), "2024-08-07T12:40:30+09:00");
  EXPECT_EQ(near("6일전"), "2024-08-01");
  EXPECT_EQ(near("어제"), "2024-08-06");
  EXPECT_EQ(near("어제 09:30"), "2024-08-06T09:30:00+09:00");
  EXPECT_EQ(near("2 hours ago"), "2024-08-07T12:40:30+09:00");
  EXPECT_EQ(near("2024.07.30."), "2024-07-30");
  EXPECT_EQ(near("언젠가"), "-");
}

TEST(Date, CountsBackToNoTimeBeforeThePress) {
  EXPECT_EQ(near("120년 전"), "1904-09-06");
  EXPECT_EQ(near("2025년 전"), "-");
}

// The reference is of 7 August 2024, 14:40.
TEST(Date, ReadsWhatListsPrintWithoutYearOrDay) {
  EXPECT_EQ(near("08.07 09:15"), "2024-08-07T09:15:00+09:00");
  EXPECT_EQ(near("8. 7. 오후 2:15"), "2024-08-07T14:15:00+09:00");
  EXPECT_EQ(near("입력 08.07 09:15"), "2024-08-07T09:15:00+09:00");
  EXPECT_EQ(near("[08-07]"), "2024-08-07");
  EXPECT_EQ(near("8/7 (수) 09:15"), "2024-08-07T09:15:00+09:00");
  EXPECT_EQ(near("8월 6일 04:10"), "2024-08-06T04:10:00+09:00");
  EXPECT_EQ(near("11-29"), "2023-11-29") << "none of this year has been yet";
  EXPECT_EQ(near("12월 31일 23:59"), "2023-12-31T23:59:00+09:00");
  EXPECT_EQ(near("04:10"), "2024-08-07T04:10:00+09:00");
  EXPECT_EQ(near("15:40"), "2024-08-07T15:40:00+09:00") << "clocks differ";
  EXPECT_EQ(near("15:41"), "2024-08-06T15:41:00+09:00");
  EXPECT_EQ(near("오전 4:10"), "2024-08-07T04:10:00+09:00");
  EXPECT_EQ(near("4:10 pm"), "2024-08-06T16:10:00+09:00");
  EXPECT_EQ(near("24.08.05"), "2024-08-05");
  EXPECT_EQ(near("24.08.05 13:03"), "2024-08-05T13:03:00+09:00");
  EXPECT_EQ(near("24/08/05"), "2024-08-05");
  EXPECT_EQ(near("08/05/24"), "2024-08-05");
  EXPECT_EQ(near("한 시간 전"), "2024-08-07T13:40:30+09:00");
  EXPECT_EQ(near("an hour ago"), "2024-08-07T13:40:30+09:00");
  EXPECT_EQ(near("1시간30분 전"), "2024-08-07T13:10:30+09:00");
}

TEST(Date, ReadsNoDateWhereNoneIs) {
  for (const std::string_view printed : {"13.29", "02-30", "25:10", "2.5배 늘어", "11.29 개봉", "한 표", "1", "12", "24.13.01", "30.12.30", "3:2 승리", "오전", "-"}) {
    EXPECT_EQ(near(printed), "-") << printed;
  }
  EXPECT_TRUE(has_only_date_words("10분 전"));
  EXPECT_FALSE(has_only_date_words("10분 전 도착한 열차"));
  EXPECT_FALSE(has_only_date_words(" |"));
}

}  // namespace
}  // namespace bylined::text
