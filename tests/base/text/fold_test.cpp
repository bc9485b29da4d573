// SPDX-License-Identifier: Apache-2.0
#include "base/text/fold.h"

#include <gtest/gtest.h>

namespace bylined::text {
namespace {

std::string folded(std::string_view text) { return to_utf8(fold(text).text); }

std::vector<std::pair<std::uint32_t, std::uint32_t>> places(const Folded& folded) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
  for (std::size_t i = 0; i < folded.text.size(); ++i) all.emplace_back(folded.start(i), folded.end(i));
  return all;
}

TEST(Fold, LeavesPlainKoreanAsItIs) { EXPECT_EQ(folded("한빛전자, 신제품 공개"), "한빛전자, 신제품 공개"); }

TEST(Fold, UnifiesCaseWidthAndComposition) {
  EXPECT_EQ(folded("ＬＧ OpenAI"), "lg openai");
  EXPECT_EQ(folded("\u1112\u1161\u11AB\u1107\u1175\u11BE"), "한빛");
  EXPECT_EQ(folded("\uAC00\u11A8"), "각");
  EXPECT_EQ(folded("㈜한빛"), "(주)한빛");
}

TEST(Fold, ReadsCharacterReferences) {
  EXPECT_EQ(folded("A&amp;B &lt;한빛&gt; &#54620;&#xBE5B;&nbsp;끝"), "a&b <한빛> 한빛 끝");
  EXPECT_EQ(folded("R&D; &unknown; & &#0; &#x110000;"), "r&d; &unknown; & &#0; &#x110000;");
}

TEST(Fold, DropsWhatNobodySees) { EXPECT_EQ(folded("한\u200B빛\u00AD전\uFEFF자™²"), "한빛전자"); }

TEST(Fold, UnifiesQuotesDashesAndMiddleDots) {
  EXPECT_EQ(folded("‘한빛’ “한빛” «한빛» 한빛—대한 가ㆍ나・다‧라•마"), "'한빛' \"한빛\" \"한빛\" 한빛-대한 가·나·다·라·마");
}

TEST(Fold, MakesRunsOfBlanksOneAndKeepsThatALineEnded) { EXPECT_EQ(folded("한빛 \u3000\t전자 \r\n\n 대표①이사"), "한빛 전자\n대표 이사"); }

TEST(Fold, LeadsBackToTheInput) {
  const Folded result = fold("A\u200B&amp;\u1112\u1161\u11AB  끝");
  EXPECT_EQ(to_utf8(result.text), "a&한 끝");
  EXPECT_EQ(places(result), (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {2, 7}, {7, 10}, {10, 12}, {12, 13}}));
}

TEST(Fold, GivesEveryPartOfALigatureTheWholeOfIt) {
  const Folded result = fold("ﬁ각\u1100\u1161\u11A8e\u0301 ");
  EXPECT_EQ(to_utf8(result.text), "fi각각e ");
  EXPECT_EQ(places(result), (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {0, 1}, {1, 2}, {2, 5}, {5, 7}, {7, 8}}));
}

TEST(Fold, ReplacesBytesThatAreNoUtf8) { EXPECT_EQ(folded("한\xFF빛"), "한\uFFFD빛"); }

TEST(Fold, ComposesMarksBehindBytesThatAreNoUtf8) { EXPECT_EQ(folded("\x80\x80\u0301x\xE1\u11A8"), "\uFFFD\uFFFD\u0301x\uFFFD\u11A8"); }

TEST(Fold, StaysLinearUnderEndlessMarks) {
  std::string marks = "e";
  for (int i = 0; i < 200'000; ++i) marks += "\u0301";
  const Folded result = fold(marks);
  EXPECT_EQ(result.start(0), 0U);
  EXPECT_EQ(result.end(result.text.size() - 1), 200'001U);
}

TEST(Fold, FoldsItsOwnResultToItself) {
  for (const std::string_view text : {"①ﬁﬂ ㎏ ㈜ Ⅷ ʼ ﾊﾝ ㄱㅏ ㆍ", "İstanbul STRASSE straße", "가\u11A8 \uD7A3 ｶﾞ"}) {
    EXPECT_EQ(folded(folded(text)), folded(text)) << text;
  }
}

TEST(Fold, ReadsLatinLettersWithoutTheirMarks) {
  EXPECT_EQ(folded("José ÁLVAREZ, Müller, Łódź, Mærsk, ŒUVRE, Nguyễn, Håkon Ødegård, Şahin, İzmir, Iğdır"),
            "jose alvarez, muller, lodz, maersk, oeuvre, nguyen, hakon odegard, sahin, izmir, igdir");
  EXPECT_EQ(folded("Jose\u0301 A\u0301lvarez x\u0302y\u0323\u0301"), "jose alvarez xy");
  EXPECT_EQ(folded("Ά й ё が パ ｶﾞ \u0BCA"), "ά й ё が パ ガ \u0BCA");
}

TEST(Fold, LeadsBackFromBareLetters) {
  const Folded result = fold("e\u0301æz\u0301\u0302ß");
  EXPECT_EQ(to_utf8(result.text), "eaezss");
  EXPECT_EQ(places(result), (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 2}, {2, 3}, {2, 3}, {3, 6}, {6, 7}, {6, 7}}));
}

TEST(Fold, LeavesSingleKeysOfHangulBesideTheirSyllable) {
  const Folded result = fold("윤ㅠㅣ가ㅋ");
  EXPECT_EQ(to_utf8(result.text), "윤ㅠㅣ가ㅋ");
  EXPECT_EQ(places(result), (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}}));
}

TEST(Fold, TakesTheMarksOffLatinLetters) {
  std::u32string bare;
  for (const char32_t letter : to_utf32("aßàæçðøþÿāđħıĸłŋœŧžơưǎșǿḅếỹ")) bare += without_marks(letter);
  EXPECT_EQ(to_utf8(bare), "asaacdotyadhiklnotzouasobey");
  for (const char32_t letter : to_utf32("±÷йё가가ά漢😀")) EXPECT_EQ(without_marks(letter), letter);
}

}  // namespace
}  // namespace bylined::text
