// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {

const std::vector<model::Entity> kTech{company("tech", {"NK하이텍", "NK Hitech"})};

model::How how_of(const std::vector<model::Entity>& entities, std::string_view text) {
  const auto found = mentions_in(entities, "", text);
  EXPECT_EQ(found.size(), 1U) << text;
  return found.empty() ? model::How::kCredit : found[0].how;
}

TEST(Variants, AreSpacingCaseWidthAndHyphen) {
  expect_marks(kTech, {"[NK 하이텍]이", "[nk하이텍]", "[ＮＫ하이텍]", "[NK-하이텍]", "[NK\n하이텍]은", "NK·하이텍"});
  expect_marks(kMiller, {"[노아밀러]는", "[노아·밀러]", "[노아-밀러]", "[노아  밀러]", "[noah miller]", "노아와 밀러"});
  expect_marks({product("chat", {"챗Q1"})}, {"[챗-Q1]", "[챗 Q1]"});
  expect_marks({company("open", {"OpenDaon"})}, {"[Open Daon]", "[opendaon]"});
}

TEST(Variants, AreInvisibleAndDecomposedLetters) {
  expect_marks(kTech, {"[NK\u200B하이텍]은", "[NK\u1112\u1161\u110B\u1175\u1110\u1166\u11A8]은", "[NK하\u00AD이텍]"});
  EXPECT_EQ(mentions_in(kTech, "", "앞 NK\u200B하이텍\u200B은")[0].end, 8U);
}

TEST(Variants, AreLatinLettersWithAndWithoutTheirMarks) {
  const std::vector<model::Entity> marks{person("jose", {"José Álvarez"}), company("muller", {"Müller Werke"}), company("maersk", {"Mærlin"})};
  const std::vector<model::Entity> bare{person("jose", {"Jose Alvarez"}), company("muller", {"Muller Werke"}), company("maersk", {"Maerlin"})};
  for (const std::vector<model::Entity>& entities : {marks, bare}) {
    expect_marks(entities, {"met [José Álvarez] today", "[Jose Alvarez]는", "[JOSÉ ALVAREZ]", "[Jose\u0301 A\u0301lvarez]이", "[Müller Werke]", "[Muller Werke]", "Mueller Werke", "[Mærlin] and [Maerlin]"});
  }
  EXPECT_EQ(mentions_in(bare, "", "앞 Jose\u0301 A\u0301lvarez은")[0].text, "Jose\u0301 A\u0301lvarez");
}

TEST(Variants, AreCharacterReferences) {
  const auto found = mentions_in({company("at", {"A&B"})}, "", "앞 A&amp;B가");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, "A&amp;B");
  EXPECT_EQ(found[0].how, model::How::kVariant);
}

TEST(Variants, AreCapitalsSpelledAloud) {
  expect_marks(kTech, {"[엔케이하이텍]은"});
  expect_marks({company("eu", {"EU"})}, {"이유는"});
}

TEST(Variants, PartHangulOfOrganisationsOnlyOnce) {
  expect_marks({company("hanbit", {"한빛전자"})}, {"[한빛 전자]는", "한 빛 전자는", "한 빛전자"});
  expect_marks({person("doyun", {"강도윤"})}, {"강 도윤은", "강도 윤은"});
}

TEST(Variants, SayHowTheyWereFound) {
  EXPECT_EQ(how_of(kTech, "NK하이텍"), model::How::kName);
  EXPECT_EQ(how_of(kTech, "NK Hitech"), model::How::kAlias);
  EXPECT_EQ(how_of(kTech, "NK HITECH"), model::How::kVariant);
  EXPECT_EQ(how_of(kTech, "엔케이하이텍"), model::How::kVariant);
}

TEST(Variants, OfShortLatinNamesInLowerCaseCountInKoreanTextOnly) {
  expect_marks({company("nova", {"Nova"})}, {"[nova] 측은 말했다", "A nova is a star. [Nova] paid for it."});
}

TEST(FormerNames, AreFoundInArticlesOfTheirTime) {
  model::Entity hd = company("hd", {"HD현대"});
  hd.former = {{"현대중공업지주", "2018-03-30", "2022-03-28"}};
  hd.tickers = {"267250"};
  const auto names = compile({hd, company("shipyard", {"현대중공업"})});
  ASSERT_TRUE(names);
  const auto found_on = [&](std::string_view day) {
    std::vector<std::string> found;
    for (const model::Mention& one : find_mentions(**names, {"", "현대중공업지주가 상장했다. HD현대(267250)는 올랐다.", "", day}).mentions) found.push_back(one.entity.value + ":" + one.text);
    return found;
  };
  using Found = std::vector<std::string>;
  EXPECT_EQ(found_on("2020-01-01"), (Found{"hd:현대중공업지주", "hd:HD현대", "hd:267250"}));
  EXPECT_EQ(found_on(""), found_on("2018-03-30"));
  EXPECT_EQ(found_on("2022-03-28"), (Found{"hd:HD현대", "hd:267250"})) << "the longer name of another time is still no mention of the shorter one";
}

}  // namespace
}  // namespace bylined::match
