// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {

const std::vector<model::Entity> kHanbit{company("hanbit", {"한빛전자"})};
const std::vector<model::Entity> kSoro{company("soro", {"소로"})};
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

TEST(Boundaries, HoldBesideLatinThatPartsTwoNames) {
  const std::vector<model::Entity> two{person("doyun", {"강도윤"}), person("habin", {"백하빈"}), company("hanbit", {"한빛전자"}), company("naru", {"나루"}), company("nk", {"NK하이텍"})};
  expect_marks(two, {"[강도윤]vs[백하빈]", "[강도윤]VS[백하빈]의", "[강도윤] vs[백하빈]", "[강도윤]vs 누구", "[강도윤]vs.[백하빈]", "[강도윤]v.s.[백하빈]은", "[강도윤]x[백하빈]", "[강도윤]feat.[백하빈]",
                     "[강도윤]·[백하빈]·아무개", "[강도윤]/[백하빈]", "[강도윤]&[백하빈]", "[강도윤]+[백하빈]", "[강도윤]-[백하빈]", "[강도윤]×[백하빈]", "[강도윤]↔[백하빈]"});
  expect_marks(two, {"[한빛전자]vs[나루] 승자는", "[나루]vs[한빛전자]", "[나루]VS아무개", "[한빛전자]vs[NK하이텍]", "[NK하이텍] vs[나루]", "[한빛전자]X[나루] 협업", "[한빛전자]with[나루]", "[한빛전자]-[나루]"});
  expect_marks(two, {"한빛전자SDI는", "한빛전자X는", "한빛전자X 발사", "한빛전자X대표는", "나루X측은", "QVS나루", "TVS [나루]가", "나루v리그", "vsNK하이텍은", "X나루는"});
  expect_marks({company("nari", {"나린궁"})}, {"전나린궁", "새나린궁vs[나린궁]"});
}

TEST(Boundaries, HoldBesideSignsThatAreLettersOfHangul) { expect_marks(kDoyun, {"[강도윤]ㅣ현장", "현장ㅣ[강도윤]", "[강도윤]ㅋㅋ", "[강도윤]ㅠㅠ", "ㅡ[강도윤]ㅡ"}); }

TEST(Boundaries, HoldBeforeLatinTitlesAndDeals) {
  expect_marks(kDoyun, {"[강도윤]CEO는", "[강도윤]PD가", "강도윤TV는"});
  expect_marks(kHanbit, {"[한빛전자]CEO가", "[한빛전자]IPO에", "[한빛전자]M&A 시동", "한빛전자TV는", "한빛전자CEOUL은"});
}

TEST(Boundaries, HoldBeforeANumberThatCountsSomething) {
  expect_marks(kHanbit, {"[한빛전자]3분기 실적", "[한빛전자]3분기영업이익", "[한빛전자]2025년실적은", "[한빛전자]10조원을", "[한빛전자]1.5조 베팅", "[한빛전자]5%급락", "[한빛전자]1위에", "[한빛전자]3Q", "[한빛전자]1H 실적"});
  expect_marks(kHanbit, {"한빛전자25", "한빛전자25는", "한빛전자24만", "한빛전자24개점", "한빛전자2차", "한빛전자3호점", "한빛전자25명동점", "한빛전자2년생막걸리", "한빛전자7H", "한빛전자3QX"});
  expect_marks(kNk, {"[NK]3분기", "NK25억", "NK24만"});
  expect_marks(kDoyun, {"[강도윤]2골", "[강도윤]3선"});
  expect_marks({person("kimgu", {"김도"})}, {"김도3년"});
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
