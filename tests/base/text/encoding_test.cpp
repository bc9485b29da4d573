// SPDX-License-Identifier: Apache-2.0
#include "base/text/encoding.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text/index.h"

namespace bylined::text {
namespace {

std::string read(const char* encoding, std::string_view bytes) {
  Utf8Sink out(bytes.size());
  encoding_named(encoding).decode(encoding_named(encoding), bytes, out);
  return out.take();
}

std::size_t letters_in(const Index& index) {
  return static_cast<std::size_t>(std::count_if(index.begin(), index.end(), [](char32_t c) { return c != 0; }));
}

const std::string kDamage = "\xEF\xBF\xBD";

TEST(Encoding, IndexesAreAsLargeAsTheStandards) {
  EXPECT_EQ(letters_in(korean_index()), 17'048u);
  EXPECT_EQ(letters_in(chinese_index()), 23'940u);
  EXPECT_EQ(letters_in(big5_index()), 18'590u);
  EXPECT_EQ(letters_in(japanese_supplement()), 6'067u);
  EXPECT_EQ(letters_in(chinese_ranges()), 39'419u);  // all but U+FFFD, which says the same
}

TEST(Encoding, LabelsAreTheStandards) {
  EXPECT_EQ(encoding_for_label("ISO-8859-1")->name, "windows-1252");
  EXPECT_EQ(encoding_for_label("\tgb2312\n")->name, "gbk");
  EXPECT_EQ(encoding_for_label("hz-gb-2312")->name, "replacement");
  EXPECT_EQ(encoding_for_label("unicode")->name, "utf-16le");
  EXPECT_EQ(encoding_for_label("utf-7"), nullptr);
  EXPECT_EQ(encoding_for_label(""), nullptr);
}

TEST(Encoding, EastAsianLettersComeOutRight) {
  EXPECT_EQ(read("euc-kr", "\xb0\xa1\x81\x41"), "가갂");
  EXPECT_EQ(read("shift_jis", "\x93\xfa\x96\x7b\xb1"), "日本ｱ");
  EXPECT_EQ(read("euc-jp", "\xc6\xfc\xcb\xdc\x8e\xb1\x8f\xb0\xa1"), "日本ｱ丂");
  EXPECT_EQ(read("gb18030", "\xc4\xe3\x81\x30\x81\x30\x95\x32\x82\x36"), "你\xC2\x80𠀀");
  EXPECT_EQ(read("big5", "\xa7\x41\x88\x62"), "你Ê̄");
}

TEST(Encoding, CutSequencesAreOneDamage) {
  EXPECT_EQ(read("euc-kr", "a\xb0"), "a" + kDamage);
  EXPECT_EQ(read("gb18030", "a\x81\x30\x81"), "a" + kDamage);
  EXPECT_EQ(read("euc-jp", "a\x8f\xb0"), "a" + kDamage);
  EXPECT_EQ(read("utf-8", "a\xea\xb0"), "a" + kDamage);
  EXPECT_EQ(read("utf-16le", std::string_view("a\0b", 3)), "a" + kDamage);
  EXPECT_EQ(read("utf-16be", std::string_view("\xd8\x00\x00\x61", 4)), kDamage + "a");
}

TEST(Encoding, BadFourByteSequencesAreLookedAtAgain) {
  EXPECT_EQ(read("gb18030", "\x81\x30\x41"), kDamage + "0A");
  EXPECT_EQ(read("gb18030", "\x81\x30\x81\x41"), kDamage + "0\xE4\xB8\x84");
}

TEST(Encoding, TheOddOnesAre) {
  EXPECT_EQ(read("replacement", "anything"), kDamage);
  EXPECT_EQ(read("x-user-defined", "a\x80"), "a\xEF\x9E\x80");
  EXPECT_EQ(read("iso-2022-jp", "\x1b(J\\\x1b(B\\"), "¥\\");
  EXPECT_EQ(read("iso-8859-8-i", "\xe0"), "א");
  EXPECT_EQ(read("windows-1253", "\xaa"), kDamage);
  EXPECT_EQ(read("iso-8859-16", "\xa4"), "€");
}

}  // namespace
}  // namespace bylined::text
