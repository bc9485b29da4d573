// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {


TEST(ShortForms, ReferToWhoeverWasIntroducedWithThatTitle) {
  expect_marks(kDoyun, {"[강도윤] 한빛전자 회장이 왔다. [강 회장]은 앉았다. 강 부회장과 강 회장단은 없었다.", "강 회장은 누구인가.", "강 회장은 갔다. [강도윤] 회장이 왔다.",
                        "[강도윤](56) 한빛전자 회장이 왔다. [姜 회장]과 [姜회장] 측.",
                        "[강도윤] 최고경영자(CEO)가 왔다. [강 대표]와 [강 CEO].", "[강도윤] 전 장관이 나왔다. [강 전 장관]은 말이 없었다.", "[강도윤](33)씨가 왔다. [강씨]는 갔다."});
}

TEST(ShortForms, OfStrangersAreNobodysMention) {
  expect_marks(kDoyun, {"강하늘 다온 회장이 왔다. 강 회장은 앉았다. [강도윤] 감독도 왔다."});
  expect_marks(kDoyun, {"[강도윤] 회장과 강하늘 회장이 만났다. 강 회장은 먼저 떴다."});
}

TEST(ShortForms, OfTwoPersonsBelongToTheOneNamedInTheParagraph) {
  expect_marks(kDoyun, {"[강도윤] 회장과 강하늘 회장이 만났다.\n[강도윤] 회장이 먼저 왔다. [강 회장]은 앉았다.\n강하늘 회장이 왔다. 강 회장은 섰다."});
}

TEST(ShortForms, ThatTwoPersonsShareAreKeptAsUncertain) {
  const auto found = mentions_in(kDoyun, "", "강도윤 회장과 강하늘 회장이 만났다. 강 회장은 먼저 떴다.");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].text, "강 회장");
  EXPECT_FALSE(found[1].sure());
}

TEST(ShortForms, MayStandInTheHeadlineAheadOfTheText) {
  const auto found = mentions_in(kDoyun, "강 회장 “위기다”", "강도윤 한빛전자 회장은 이같이 말했다.");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].field, model::Field::kTitle);
  EXPECT_EQ(found[0].how, model::How::kShortForm);
  EXPECT_EQ(found[0].text, "강 회장");
}

TEST(ShortForms, DoNotTakeFormerForASurname) {
  expect_marks({person("jeon", {"전서진"})}, {"[전서진] 한빛 부회장이 왔다. [전 부회장]은 앉았다. 한빛전자 전 부회장은 따로 왔다."});
}

TEST(ShortForms, UseTheTitlesThatAnEntityLists) {
  model::Entity listed = person("doyun", {"강도윤"});
  listed.titles = {"총사령탑", "회장"};
  expect_marks({listed}, {"[강도윤]이 왔다. [강 회장]은 앉았고 [강 총사령탑]은 섰다. 강 부장은 누구인가."});
}

TEST(ShortForms, OfForeignersAreTheLastWord) {
  expect_marks(kMiller, {"[노아 밀러] 다온 최고경영자가 왔다. [밀러] CEO는 앉았다. [밀러]는 말했다. 밀러타임.", "밀러는 누구인가.", "[Noah Miller] came. [Miller] sat. Millers did not.",
                         "제임스 밀러는 투자자다. [노아 밀러] 다온 CEO의 형이다. [밀러] CEO는 웃었다.", "[노아 밀러]와 동생 제임스 밀러가 왔다. 밀러는 앉았다."});
}

TEST(ShortForms, OfOneSyllableNeedTheirTitle) {
  expect_marks({person("hwang", {"젠슨 황"})}, {"[젠슨 황] 다온 CEO가 왔다. [황 CEO]는 앉았다. 황금색 재킷. 황은 없다."});
}

TEST(ShortForms, StayFastWhenThousandsOfPeopleShareASurname) {
  std::string text;
  const std::u32string syllables = U"가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호";
  for (const char32_t first : syllables) {
    for (const char32_t second : syllables) text += "강" + text::to_utf8(std::u32string{first, second}) + " 회장, 강 회장은 ";
  }
  EXPECT_FALSE(mentions_in(kDoyun, "", text + "강도윤 회장").empty());
}

}  // namespace
}  // namespace bylined::match
