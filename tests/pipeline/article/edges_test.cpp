// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/edges.h"

#include <gtest/gtest.h>

#include "pipeline/article/body/tails.h"

namespace bylined::article {
namespace {

using Names = std::vector<std::string>;
using Texts = std::vector<std::string>;

TEST(Bylines, AreTakenOffBothEnds) {
  std::vector<std::string> text{"[이데일리 홍길동 기자] 첫 문단.", "둘째 문단. 김철수 기자 kim@press.example", "[영상취재 이산들 영상편집 김바다]"};
  const Byline byline = take_bylines(text);
  EXPECT_EQ(text, (std::vector<std::string>{"첫 문단.", "둘째 문단."}));
  EXPECT_EQ(byline.names, (Names{"홍길동", "김철수"}));
  EXPECT_EQ(byline.printed, "[이데일리 홍길동 기자]");
}

TEST(Bylines, APicturesCreditNamesNobody) {
  std::vector<std::string> text{"첫 문단.", "둘째 문단.", "사진=홍길동 기자"};
  EXPECT_TRUE(take_bylines(text).names.empty());
  EXPECT_EQ(text.size(), 2u);
  text.push_back("글·사진 김철수 기자");
  EXPECT_EQ(take_bylines(text).names, Names{"김철수"});
}

TEST(Bylines, MayNameACorrespondentsPost) {
  std::vector<std::string> text{"첫 문단.", "조의준 워싱턴 특파원", "조의준 도쿄 특파원"};
  EXPECT_EQ(take_bylines(text).names, Names{"조의준"});
  EXPECT_EQ(text.size(), 1u);
}

TEST(Bylines, ALastSentenceIsNone) {
  std::vector<std::string> text{"첫 문단.", "홍길동 기자는 말했다.", "문의는 desk@press.example 로 하면 된다."};
  EXPECT_TRUE(take_bylines(text).printed.empty());
  EXPECT_EQ(text.size(), 3u);
}

TEST(Bylines, StandAboveTheTextToo) {
  std::vector<std::string> paragraphs{"김하늘 기자", "가람전자가 새 공장을 짓는다고 밝혔다.", "내년에 문을 연다."};
  const Byline byline = take_bylines(paragraphs);
  EXPECT_EQ(byline.names, std::vector<std::string>{"김하늘"});
  EXPECT_EQ(byline.printed, "김하늘 기자");
  EXPECT_EQ(paragraphs, (std::vector<std::string>{"가람전자가 새 공장을 짓는다고 밝혔다.", "내년에 문을 연다."}));
}

const std::string kOpening = "한빛전자가 4일 새 공장을 공개했다.", kClosing = "시장은 내년 실적을 지켜보겠다는 분위기다.";

TEST(Tails, AreTakenOffDownToTheLastSentence) {
  for (const Texts& tail : {Texts{"윤가람 기자 garam@naru.example", "▶ 나루일보 구독하고 소식 받기\n▶ 24시간 나루 뉴스\n<ⓒ나루일보, 무단전재 & 재배포 금지>"},
                            Texts{"■ 제보하기\n▷ 전화 : 02-000-0000\n▷ 이메일 : news@naru.example\n▷ 유튜브, 네이버, 카카오에서도 뉴스를 구독해주세요!", "윤가람 기자 (garam@naru.example)"},
                            Texts{"※ '당신의 제보가 뉴스가 됩니다'\n[전화] 02-000-0000 [메일] news@naru.example\n[카카오톡] '나루' 검색해 채널 추가", "윤가람 기자", "[저작권자(c) 나루일보 무단전재 금지]"},
                            Texts{"윤가람 기자", "※나루일보는 여러분의 제보로 함께합니다. 알려주세요.", "이메일 : news@naru.example\n카카오톡 : @나루제보\n사이트 : https://naru.example/a"},
                            Texts{"윤가람 기자 garam@naru.example", "※ 본 칼럼은 필자 개인의 의견으로 본지의 편집 방향과 다를 수 있습니다."},
                            Texts{"윤가람 기자", "외부 필진의 글은 본지의 편집방향과 다를 수 있습니다."},
                            Texts{"윤가람 기자", "※ 말하기 어려운 고민이 있으면 상담전화 ☎000에서 24시간 상담을 받을 수 있습니다."},
                            Texts{"윤가람 기자", "※ 이 기사는 월간 나루 12월호에 실렸습니다."},
                            Texts{"KBS 윤가람 (garam@naru.example)", "※ '당신의 제보가 뉴스가 됩니다'"},
                            Texts{"윤가람 기자", "▶ 나루강을 걷다, 새 연재", "- 저작권자 ⓒ 나루일보 -"}}) {
    Texts text{kOpening, kClosing};
    text.insert(text.end(), tail.begin(), tail.end());
    EXPECT_EQ(take_bylines(text).names, Names{"윤가람"}) << tail.front();
    EXPECT_EQ(text, (Texts{kOpening, kClosing})) << tail.front();
  }
}

TEST(Tails, EndWhereAParagraphStillTells) {
  Texts text{kOpening, kClosing + "\n윤가람 기자\n▶ 나루 뉴스레터 구독", "▷ 전화 02-000-0000"};
  EXPECT_EQ(take_bylines(text).names, Names{"윤가람"});
  EXPECT_EQ(text, (Texts{kOpening, kClosing}));
  text = {kOpening, kClosing + " 윤가람 기자 garam@naru.example", "▶ 나루강을 걷다, 새 연재"};
  EXPECT_EQ(take_bylines(text).names, Names{"윤가람"});
  EXPECT_EQ(text, (Texts{kOpening, kClosing}));
}

TEST(Tails, SeveralReportersAreNamedInTheirOrder) {
  Texts text{kOpening, "윤가람 기자 garam@naru.example\n노바다 기자 bada@naru.example", "▶제보는 카톡 naru"};
  const Byline byline = take_bylines(text);
  EXPECT_EQ(byline.names, (Names{"윤가람", "노바다"}));
  EXPECT_EQ(text, Texts{kOpening});
}

TEST(Tails, AreNoListsOfTheTextsOwn) {
  for (const Texts& end : {Texts{"■ 주요 일정\n▷ 5일 나루시의회 개회\n▷ 6일 한빛전자 주주총회"},
                           Texts{"▶ 한빛전자, 구독 가전 매출 30% 증가\n▶ 시민 제보가 결정적"},
                           Texts{"※ 나루강 수위는 새벽에 가장 높았다."},
                           Texts{"이 글은 나루강을 걸은 기록입니다."},
                           Texts{"회사는 저작권자에게 사용료를 내기로 했다."},
                           Texts{"사진=한빛전자", "▷ 가격 3만원\n▷ 무게 200g"},
                           Texts{"네이버 2024-2025 실적 비교"},
                           Texts{"▲편집국장 윤가람\n▲경제부장 노바다"},
                           Texts{"윤가람 기자는 전화 02-000-0000으로 제보를 받았다고 했다."}}) {
    Texts text{kOpening, kClosing};
    text.insert(text.end(), end.begin(), end.end());
    const Texts whole = text;
    EXPECT_TRUE(take_bylines(text).names.empty()) << end.front();
    EXPECT_EQ(text, whole) << end.front();
  }
}

TEST(Tails, BelowARightsNoticeAloneAListStays) {
  Texts text{kOpening, "▷ 5일 나루시의회 개회\n▷ 6일 한빛전자 주주총회", "ⓒ 나루일보, 무단전재 금지"};
  take_bylines(text);
  EXPECT_EQ(text, (Texts{kOpening, "▷ 5일 나루시의회 개회\n▷ 6일 한빛전자 주주총회"}));
}

TEST(Tails, AreNoBoxesBelowAByline) {
  for (const char* const box : {"■ 나루단지\n● 한빛전자와 협력사가 모인 곳", "※ 자세한 내용은 나루선거여론조사심의위원회 홈페이지 참조"}) {
    Texts text{kOpening, kClosing, "윤가람 기자", box};
    take_bylines(text);
    EXPECT_EQ(text.back(), box);
  }
}

TEST(Tails, AreNeverAllThatATextSays) {
  Texts text{"나루일보가 여러분의 제보를 기다립니다."};
  take_bylines(text);
  EXPECT_EQ(text.size(), 1u);
}

TEST(Tails, OfThousandsOfLinesAreNotGoneThrough) {
  Texts text{kOpening};
  for (int i = 0; i < 100'000; ++i) text.push_back("▶ 나루 뉴스레터 구독");
  take_bylines(text);
  EXPECT_GT(text.size(), 99'000u);
}

}  // namespace
}  // namespace bylined::article
