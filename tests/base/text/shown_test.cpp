// SPDX-License-Identifier: Apache-2.0
#include "base/text/shown.h"

#include <gtest/gtest.h>

#include "base/text/decode.h"

namespace bylined::text {
namespace {

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Shown, LeavesOrdinaryTextAlone) {
  for (const char* const text : {"", "한빛전자, \"올해 10조 투자\"", "李在鎔 Ünïcödé ½ €", "👩‍👩‍👧 🇰🇷", "می‌خواهم", "שָׁלוֹם"}) EXPECT_EQ(shown(text), text);
}

TEST(Shown, MakesOneBlankOfControlsAndLineEnds) {
  EXPECT_EQ(shown("a\r\nBcc: b"), "a Bcc: b");
  EXPECT_EQ(shown(std::string("a\0\t\n b", 6)), "a b");
  EXPECT_EQ(shown("\x1b[31m한\x7f"), " [31m한 ");
  EXPECT_EQ(shown("a\u2028b\u2029c\u00A0\u3000d\u0085e"), "a b c d e");
}

TEST(Shown, DropsWhatTurnsTheWritingDirectionOrIsNotSeen) {
  EXPECT_EQ(shown("invoice_\u202Egpj.exe\u202C"), "invoice_gpj.exe");
  EXPECT_EQ(shown("\u2066a\u2069\u200E\u200F\u061C\u200B\uFEFF\u2060"), "a");
}

TEST(Shown, LeavesALetterFourMarksAndABlankNone) {
  EXPECT_EQ(shown("Z" + repeated("\u0327", 4)), "Z" + repeated("\u0327", 4));
  EXPECT_EQ(shown("Z" + repeated("\u0327", 5)), "Z" + repeated("\u0327", 4));
  EXPECT_EQ(shown("Z" + repeated("\u0301", 10'000) + "a\u0301"), "Z" + repeated("\u0301", 4) + "a\u0301");
  EXPECT_EQ(shown("\u0301a \u0301b"), "a b");
}

TEST(Shown, TurnsBadBytesIntoTheReplacementCharacter) {
  const std::string text = shown("a\xff" "b\xed\xa0\x80\xf0\x9f");
  EXPECT_TRUE(valid_utf8(text));
  EXPECT_TRUE(text.starts_with("a\uFFFDb\uFFFD"));
}

TEST(Cut, KeepsWhatFitsAndMarksWhatDoesNot) {
  EXPECT_EQ(cut("가나다", 3), "가나다");
  EXPECT_EQ(cut("가나다라", 3), "가나…");
  EXPECT_EQ(cut("", 1), "");
  EXPECT_EQ(cut("가나", 1), "…");
}

TEST(Cut, DoesNotSplitWhatPeopleSeeAsOneCharacter) {
  EXPECT_EQ(cut("ae\u0301bc", 4), "ae\u0301…");
  EXPECT_EQ(cut("ae\u0301bc", 3), "a…");
  EXPECT_EQ(cut("a🇰🇷🇰🇷", 4), "a🇰🇷…");
  EXPECT_EQ(cut("가나\u1112\u1161\u11ABx", 5), "가나…");
  EXPECT_EQ(cut("👩\u200D👩\u200D👧", 4), "👩\u200D👩…");  // longer than there is room: cut all the same
}

}  // namespace
}  // namespace bylined::text
