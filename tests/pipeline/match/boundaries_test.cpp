// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {

const std::vector<model::Entity> kHanbit{company("hanbit", {"한빛전자"})};
const std::vector<model::Entity> kSoro{company("soro", {"소로"})};
const std::vector<model::Entity> kDoyun{person("doyun", {"강도윤"})};
const std::vector<model::Entity> kNk{company("nk", {"NK", "NK그룹"})};

TEST(Boundaries, HoldBeforeParticlesThatAgreeWithTheLastSound) {
  expect_marks(kHanbit, {"[한빛전자]는", "[한빛전자]가", "[한빛전자]를", "[한빛전자]로부터의", "[한빛전자]에서만", "[한빛전자]였다면", "[한빛전자]라는", "[한빛전자]답게",
                         "[한빛전자]야말로", "[한빛전자]뿐만 아니라", "[한빛전자]인지도", "[한빛전자]에게로", "한빛전자은 한빛전자을 한빛전자으로"});
  expect_marks(kDoyun, {"[강도윤]은", "[강도윤]이", "[강도윤]과의", "[강도윤]으로서는", "[강도윤]이었다", "[강도윤]이라며", "강도윤는 강도윤를 강도윤로 강도윤였다"});
}

TEST(Boundaries, FailInsideAnotherWord) {
  expect_marks(kHanbit, {"한빛전자상가", "새한빛전자", "한빛전자공업은"});
  expect_marks(kNk, {"NKS NKT NK25 XNK", "NK텔레콤은", "MNK&NK", "[NK]는 [NK그룹]과"});
}

TEST(Boundaries, HoldBeforeNounsThatAreGluedOn) {
  expect_marks(kHanbit, {"[한빛전자]측은", "[한빛전자]발 충격", "[한빛전자]급 연봉", "[한빛전자]출신 임원", "[한빛전자]내 분위기", "[한빛전자]노조가", "[한빛전자]주가가", "[한빛전자]에서만큼은", "한빛전자노조원은"});
  expect_marks(kDoyun, {"[강도윤]씨는", "[강도윤]회장은", "[강도윤]전회장이", "[강도윤]표 혁신", "[강도윤]님께서", "[강도윤]호의 출범", "[강도윤]號", "[강도윤]家", "강도윤호텔"});
  expect_marks(kNk, {"[NK]사태가", "[NK]인수전에", "NK법은 NK역에서"});
}

TEST(Boundaries, KnowTheThirdSyllableOfALongerName) {
  expect_marks({person("kimgu", {"김도"})}, {"김도라가 왔다", "김도인의 말", "김도식 감독", "[김도]는", "[김도]도"});
}

TEST(Boundaries, KnowWordsThatGoOnLikeAnEnding) {
  expect_marks({company("meta", {"메타"})}, {"메타인지 교육", "[메타]의"});
  expect_marks({company("nk", {"북한"})}, {"북한산에 올랐다", "[북한]이 쐈다"});
  expect_marks({company("km", {"한미"})}, {"한미일 회담", "[한미] 동맹"});
}

TEST(Boundaries, AllowAPrefixOfOneHanja) {
  expect_marks(kDoyun, {"故[강도윤] 회장", "前[강도윤]", "百강도윤"});
  expect_marks(kHanbit, {"[한빛전자]發 충격", "[한빛전자]株 급등", "한빛전자電"});
}

TEST(Boundaries, LetAModelNumberFollowAProductOnly) {
  expect_marks({product("daon", {"다온"})}, {"[다온]16은", "[다온]S25 울트라", "[다온]16프로를", "다온코퍼레이션은"});
  expect_marks(kHanbit, {"한빛전자25는"});
  expect_marks({product("daon", {"DaonPad"})}, {"[DaonPad]16", "DaonPads"});
}

TEST(Boundaries, FindAHeadlineThatRunsIntoTheText) {
  expect_marks(kDoyun, {"두 시간 조사[강도윤] 회장은", "새강도윤 재단", "조사강도윤다"});
  expect_marks({person("doyun", {"강도윤"}), person("seoa", {"유서준"})}, {"귀국 [강도윤][유서준]과 함께"});
  expect_marks({person("doyun", {"강도윤"}), person("seoa", {"유서준"}), person("habin", {"백하빈"})},
               {"귀국 강도윤[유서준][백하빈]과 함께", "강도윤상가 [유서준]은 강도윤상가", "[강도윤][유서준]은 유서준상가 [강도윤][백하빈]이"});
  expect_marks({person("bora", {"정보라"})}, {"개인정보라는 말"});
}

TEST(Boundaries, FindACaptionRepeatedByItsText) { expect_marks(kHanbit, {"[한빛전자][한빛전자]는 어제"}); }

TEST(Boundaries, TakeAParticleBehindAClosingQuoteForOne) {
  expect_marks({entity("iran", model::EntityKind::kPlace, {"이란"})}, {"‘혁신’이란 말", "[이란]이 말했다", "‘[이란]’이라고", "“갈등”이란 낱말"});
}

TEST(Boundaries, TakeTheLongestNameOnly) {
  expect_marks({company("soro", {"소로"}), company("sorotalk", {"소로 톡"})}, {"[소로 톡]은 [소로]의 것"});
}

TEST(Boundaries, HoldForShortNamesWithCommonParticlesOnly) { expect_marks(kSoro, {"[소로]는", "[소로]의", "[소로]에서", "소로고 소로자 소로지 소로요"}); }

}  // namespace
}  // namespace bylined::match
