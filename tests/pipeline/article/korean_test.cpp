// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/korean.h"

#include <gtest/gtest.h>

namespace bylined::article {
namespace {

using Names = std::vector<std::string>;

TEST(KoreanNames, StandBeforeATitleOrAnAddress) {
  EXPECT_EQ(korean_names("고가은 기자"), Names{"고가은"});
  EXPECT_EQ(korean_names("고가은기자"), Names{"고가은"});
  EXPECT_EQ(korean_names("이현주 기자(lovely@press.example)"), Names{"이현주"});
  EXPECT_EQ(korean_names("조민정(jjung@press.example)"), Names{"조민정"});
  EXPECT_EQ(korean_names("박준석 기자 외 1명"), Names{"박준석"});
  EXPECT_EQ(korean_names("남궁민수 선임기자"), Names{"남궁민수"});
}

TEST(KoreanNames, MayBeSeveral) {
  EXPECT_EQ(korean_names("홍길동·김철수 기자"), (Names{"홍길동", "김철수"}));
  EXPECT_EQ(korean_names("정윤영 노민호 기자"), (Names{"정윤영", "노민호"}));
  EXPECT_EQ(korean_names("배윤경,이상현,한수진"), (Names{"배윤경", "이상현", "한수진"}));
  EXPECT_EQ(korean_names("홍길동 기자 a@b.example, 김철수 특파원 c@d.example"), (Names{"홍길동", "김철수"}));
}

TEST(KoreanNames, AreNoDesksPlacesOrColumns) {
  EXPECT_TRUE(korean_names("온라인뉴스팀").empty());
  EXPECT_TRUE(korean_names("디지털뉴스부 기자").empty());
  EXPECT_TRUE(korean_names("취재 기자").empty());
  EXPECT_EQ(korean_names("순천, 광양 구현모 기자 ninek@press.example"), Names{"구현모"});
  EXPECT_EQ(korean_names("외교부 공동취재단,홍길동 기자"), Names{"홍길동"});
  EXPECT_TRUE(korean_names("한빛전자가 새 제품을 공개했다").empty());
}

TEST(KoreanNames, StandBeforeOrBehindEveryRole) {
  for (const char* const role : {"기자", "선임기자", "객원기자", "논설위원", "편집위원", "특파원", "앵커", "칼럼니스트", "논설주간", "주필", "문화부장"}) {
    EXPECT_EQ(korean_names("윤가람 " + std::string(role)), Names{"윤가람"}) << role;
    EXPECT_EQ(korean_names(std::string(role) + " 윤가람"), Names{"윤가람"}) << role;
    EXPECT_EQ(korean_names(std::string(role) + "=윤가람·노바다"), (Names{"윤가람", "노바다"})) << role;
    EXPECT_TRUE(korean_names(role).empty()) << role;
  }
  EXPECT_EQ(korean_names("앵커 윤가람 / 기자 노바다"), (Names{"윤가람", "노바다"}));
  EXPECT_EQ(korean_names("나루일보 기자 윤가람"), Names{"윤가람"});
}

TEST(KoreanNames, MayBePartedFromTheirRole) {
  for (const char* const byline : {"윤가람 선임 기자", "윤가람 경제부 기자", "윤가람 KBS 기자", "윤가람 나루일보 논설위원", "온라인뉴스팀 윤가람 기자", "윤가람 나루일보 garam@naru.example"}) {
    EXPECT_EQ(korean_names(byline), Names{"윤가람"}) << byline;
  }
  for (const char* const desk : {"나루일보 경제부 기자", "온라인뉴스팀 기자", "KBS 기자", "기자 온라인뉴스팀", "경제 전문 기자"}) EXPECT_TRUE(korean_names(desk).empty()) << desk;
}

TEST(KoreanNames, AreOfThoseWhoWrote) {
  for (const char* const byline : {"글 윤가람", "글·사진 윤가람", "글/사진 윤가람", "글=윤가람", "취재=윤가람", "글·사진=윤가람 기자", "글 윤가람 사진 노바다", "글=윤가람 기자, 사진=노바다 기자", "윤가람 기자 / 사진=노바다 기자",
                                   "사진 노바다, 글 윤가람", "윤가람 기자·노바다 사진기자", "윤가람 기자 사진=나루일보 노바다 기자"}) {
    EXPECT_EQ(korean_names(byline), Names{"윤가람"}) << byline;
  }
  for (const char* const credit : {"사진=윤가람 기자", "사진 윤가람", "사진=나루일보 윤가람 기자", "영상편집 윤가람", "그래픽=윤가람 기자", "사진=한빛전자"}) EXPECT_TRUE(korean_names(credit).empty()) << credit;
  EXPECT_EQ(korean_names("윤가람 사진기자"), Names{"윤가람"}) << "nobody else is named";
}

TEST(KoreanNames, StandBehindWhatAFieldIsCalled) {
  for (const char* const line : {"기자명 윤가람 기자", "기자명 윤가람", "작성자 윤가람", "글쓴이 : 윤가람", "글 | 윤가람 기자", "윤가람 본지 객원논설위원", "윤가람기자garam@naru.example"}) EXPECT_EQ(korean_names(line), Names{"윤가람"}) << line;
  EXPECT_EQ(korean_names("대담=윤가람 산업부장, 정리=노바다 기자"), (Names{"윤가람", "노바다"}));
  EXPECT_EQ(korean_names("윤가람 기자 garam@naru.example노바다 기자"), (Names{"윤가람", "노바다"})) << "elements of their own";
  EXPECT_EQ(korean_names("뉴욕=윤가람, 런던=노바다 특파원"), (Names{"윤가람", "노바다"}));
  EXPECT_EQ(korean_names("독고영재 기자"), Names{"독고영재"});
}

TEST(KoreanNames, MayBeForeign) {
  EXPECT_EQ(korean_names("마이클 브레넌 칼럼니스트"), Names{"마이클 브레넌"});
  EXPECT_EQ(korean_names("Ada Holm 특파원"), Names{"Ada Holm"});
}

TEST(KoreanNames, AreNoColumnsOrButtons) {
  for (const char* const line : {"기자 방담", "기자 노트", "앵커 한마디", "작가 인터뷰", "기사 제보하기", "글 목록", "취재 방식", "기사 공유하기"}) EXPECT_TRUE(korean_names(line).empty()) << line;
}

TEST(KoreanNames, OfThreeSyllablesMayEndAsADeskDoes) {
  for (const char* const name : {"이동국", "김병국", "박한실", "정미부", "오세단"}) EXPECT_EQ(korean_names(std::string(name) + " 기자"), Names{name}) << name;
  for (const char* const desk : {"정치부", "편집국", "사건팀", "금융부", "조사단", "기획실"}) EXPECT_TRUE(korean_names(std::string(desk) + " 기자").empty()) << desk;
}

TEST(OpeningByline, IsReadInEveryForm) {
  const std::pair<const char*, const char*> forms[] = {
      {"(서울=연합뉴스) 홍길동 기자 = ", "홍길동"}, {"(홍콩=연합뉴스) 홍길동 특파원 = ", "홍길동"},   {"(서울=뉴스1) 외교부 공동취재단,홍길동 기자 = ", "홍길동"},
      {"[서울=뉴시스]홍길동 기자 = ", "홍길동"},     {"[이데일리 홍길동 기자] ", "홍길동"},            {"[헤럴드경제=홍길동 기자] ", "홍길동"},
      {"(서울=국제통신) 홍길동 기자 = ", "홍길동"},   {"(서울=공감언론) 홍길동 기자 = ", "홍길동"},         {"[나루일보ㅣ홍길동 기자] ", "홍길동"},
      {"[워싱턴=홍길동 특파원] ", "홍길동"},         {"[세종=아시아경제 홍길동 기자] ", "홍길동"},  {"【서울=뉴시스】 홍길동 기자 = ", "홍길동"},
  };
  for (const auto& [form, name] : forms) {
    Byline found;
    const std::string text = std::string(form) + "한빛전자가 4일 새 제품을 공개했다.";
    EXPECT_EQ(text.substr(opening_byline(text, found)), "한빛전자가 4일 새 제품을 공개했다.") << form;
    EXPECT_EQ(found.names, Names{name}) << form;
  }
}

TEST(OpeningByline, IsNotInventedFromNews) {
  Byline found;
  EXPECT_EQ(opening_byline("▲홍길순씨 별세, 홍두깨(한빛전자 부사장)·홍두리(나루일보 기자)씨 모친상 = 28일, 나루병원", found), 0u);
  EXPECT_EQ(opening_byline("홍두리(나루일보 기자) 모친상 = 28일, 나루병원", found), 0u);
  EXPECT_EQ(opening_byline("[단독] 홍길동 한빛전자 대표가 물러난다.", found), 0u);
  EXPECT_EQ(opening_byline("\"a = b\"라고 홍길동 기자는 말했다.", found), 0u);
  EXPECT_EQ(opening_byline("김영민 기자, 지금 어디에 있습니까?", found), 0u);
}

}  // namespace
}  // namespace bylined::article
