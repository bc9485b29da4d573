// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {

const std::vector<model::Entity> kDaon{company("daon", {"다온", "Daon"})};

TEST(Guards, KeepAddressesApart) {
  expect_marks(kDaon, {"https://www.daon.com/다온 참고", "help@daon.com으로", "daon.com에 [다온] 공지", "@daon @다온 [Daon].", "#[다온] #[daon]", "m.daon.co.kr/a",
                       "[Daon]. Then [Daon]: yes"});
}

TEST(Guards, KeepReportersApart) {
  expect_marks(kDoyun, {"강도윤 기자", "뉴욕=강도윤 특파원", "홍길동·강도윤 기자 a@b.kr", "강도윤 인턴기자", "강도윤, 홍길동 기자", "[강도윤] 회장 기자회견", "[강도윤] 대표는 기자들과",
                        "[강도윤] 기자간담회", "강도윤기자"});
}

TEST(Guards, LetABylineCountWhereItIsAskedFor) {
  model::Entity reporter = person("doyun", {"강도윤"});
  reporter.context_any = {"기자"};
  expect_marks({reporter}, {"[강도윤] 기자"});
}

TEST(Guards, MakeCreditsOfNamesInCredits) {
  for (const std::string_view text : {"사진=다온 제공", "[다온 제공]", "/사진제공=다온", "자료: 다온", "ⓒ다온", "(사진=다온)", "출처 : 다온", "사진제공 다온",
                                      "인사하고 있다. [사진 다온]", "(사진 다온)", "인사하는 사원들. /다온", "2026.11.29/다온", "다온 홈페이지 캡처", "다온 공식 누리집 갈무리."}) {
    const auto found = mentions_in(kDaon, "", text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].how, model::How::kCredit) << text;
    EXPECT_FALSE(found[0].sure()) << text;
  }
  for (const std::string_view text : {"다온 제공 서비스", "[사진 다온 사옥]", "[다온]", "한빛/다온", "/다온 소식", "다온이 화면 캡처", "다온 화면 캡처 기능이 나왔다"}) {
    EXPECT_EQ(mentions_in(kDaon, "", text)[0].how, model::How::kName) << text;
  }
}

TEST(Guards, MakeCreditsOfEveryNameInAListOfThem) {
  for (const std::string_view text : {"[다온·한빛전자 제공]", "사진=한빛전자, 다온 제공", "(사진=한빛전자·다온)", "사진=가,나,다,라,마,바,사,다온"}) {
    const auto found = mentions_in(kDaon, "", text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].how, model::How::kCredit) << text;
  }
  for (const std::string_view text : {"한빛전자, 다온의 자료", "다온, 한빛전자 제공 서비스", "사진=가,나,다,라,마,바,사,아,다온"}) {
    const auto found = mentions_in(kDaon, "", text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].how, model::How::kName) << text;
  }
}

TEST(Guards, KnowTheLongerNamesOfGroups) {
  expect_marks({company("cj", {"CJ"})}, {"CJ ENM은 [CJ] 계열이다. CJ 제일제당의"});
}

}  // namespace
}  // namespace bylined::match
