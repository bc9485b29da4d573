// SPDX-License-Identifier: Apache-2.0
#include "base/text/decode.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::text {
namespace {

TEST(Decode, ReadsCp949WhateverItIsCalled) {
  for (const char* label : {"euc-kr", "ks_c_5601-1987", "windows-949", "KSC5601", "cp949", "x-windows-949", "UHC", " korean "}) {
    const Decoded read = decode("\x8c\x63\xb0\xa1", std::string("text/html; charset=") + label);  // 똠가
    EXPECT_EQ(read.text, "똠가") << label;
    EXPECT_EQ(read.charset, "euc-kr") << label;
  }
}

TEST(Decode, AMarkOutranksTheHeaderAndTheHeaderTheDocument) {
  EXPECT_EQ(decode("\xEF\xBB\xBF가", "text/html; charset=euc-kr").charset, "utf-8");
  EXPECT_EQ(decode("<meta charset=windows-1251>\xb0\xa1", "text/html; charset=euc-kr").charset, "euc-kr");
  EXPECT_EQ(decode("<meta charset=windows-1251>\xcf\xf0", "text/html; charset=nonsense").charset, "windows-1251");
}

TEST(Decode, FindsWhatTheDocumentDeclares) {
  const auto charset = [](std::string_view bytes) { return decode(bytes, "").charset; };
  EXPECT_EQ(charset("<?xml version=\"1.0\" encoding=\"EUC-KR\"?><a/>"), "euc-kr");
  EXPECT_EQ(charset("\n\n<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type content='text/html; charset=euc-kr'>"), "euc-kr");
  EXPECT_EQ(charset("<script charset=koi8-r></script><META Charset=\"shift_jis\">"), "shift_jis");
  EXPECT_EQ(charset("<meta name=x content='text/html; charset=koi8-r'>"), "windows-1252");
  EXPECT_EQ(charset("<meta charset=utf-16>"), "utf-8");
  EXPECT_EQ(charset(std::string(20'000, ' ') + "<meta charset=euc-kr>"), "euc-kr");
}

TEST(Decode, BelievesTheBytesAgainstALyingDeclaration) {
  EXPECT_EQ(decode("<meta charset=utf-8>\xb0\xa1\xb3\xaa", "").text, "<meta charset=utf-8>가나");
  EXPECT_EQ(decode("<meta charset=euc-kr>가나다라", "").text, "<meta charset=euc-kr>가나다라");
  EXPECT_EQ(decode("가나다라", "text/html; charset=iso-8859-1").text, "가나다라");
}

TEST(Decode, ReadsHangulThatIsCalledLatin1) {
  const std::string hanbit = "<title>\xc7\xd1\xba\xfb\xc0\xfc\xc0\xda, \xbb\xf5 \xb0\xf8\xc0\xe5</title>";
  EXPECT_EQ(decode(hanbit, "text/html; charset=iso-8859-1").text, "<title>한빛전자, 새 공장</title>");
  EXPECT_EQ(decode("caf\xe9 \xc9t\xe9 na\xefve fianc\xe9 r\xe9sum\xe9", "text/html; charset=iso-8859-1").charset, "windows-1252");
  EXPECT_EQ(decode("\xabVoil\xe0\xbb, dit-il: \xab\xc9t\xe9\xbb", "text/html; charset=iso-8859-1").charset, "windows-1252");
}

// "한빛전자가 새 공장을 짓는다고 밝혔다. 내년 봄에 문을 연다", and cut behind the first byte of a letter, as a page's description is.
constexpr std::string_view kHanbitOfEucKr =
    "<p>\xc7\xd1\xba\xfb\xc0\xfc\xc0\xda\xb0\xa1 \xbb\xf5 \xb0\xf8\xc0\xe5\xc0\xbb \xc1\xfe\xb4\xc2\xb4\xd9\xb0\xed \xb9\xe0\xc7\xfb\xb4\xd9. \xb3\xbb\xb3\xe2 \xba\xbd\xbf\xa1 \xb9\xae\xc0\xbb "
    "\xbf\xac\xb4\xd9</p><p>\xba\xbd\xbf\xa1 \xb9</p>";
constexpr std::string_view kHanbitOfUtf8 = "<p>한빛전자가 새 공장을 짓는다고 밝혔다. 내년 봄에 문을 연다</p><p>봄에 \xeb\xac</p>";
constexpr std::string_view kHanbit = "<p>한빛전자가 새 공장을 짓는다고 밝혔다. 내년 봄에 문을 연다</p><p>봄에 \uFFFD</p>";

constexpr std::array<const char*, 13> kLies{"iso-8859-1", "gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "utf-16", "utf-16be", "koi8-r", "iso-2022-kr", "x-user-defined", "us-ascii"};

TEST(Decode, ACutLetterMakesNoLyingLabelTrue) {
  for (const char* label : kLies) {
    const std::string header = std::string("text/html; charset=") + label;
    EXPECT_EQ(decode(kHanbitOfUtf8, header).text, kHanbit) << label;
    EXPECT_EQ(decode(kHanbitOfEucKr, header).text, kHanbit) << label;
  }
  EXPECT_EQ(decode(kHanbitOfUtf8, "text/html; charset=euc-kr").text, kHanbit);
  EXPECT_EQ(decode(kHanbitOfEucKr, "text/html; charset=utf-8").text, kHanbit);
  EXPECT_EQ(decode(kHanbitOfUtf8, "").text, kHanbit);
  EXPECT_EQ(decode(kHanbitOfEucKr, "").text, kHanbit);
}

TEST(Decode, ACutLetterInAFeedMakesItsDeclarationNoTruer) {
  for (const char* label : kLies) {
    const std::string declaration = std::string("<?xml version=\"1.0\" encoding=\"") + label + "\"?>";
    for (const std::string_view bytes : {kHanbitOfUtf8, kHanbitOfEucKr}) {
      std::string copy;
      EXPECT_EQ(decoded_in(declaration + std::string(bytes), "application/xml", copy), declaration + std::string(kHanbit)) << label;
    }
  }
}

// UTF-8 in which more than a few letters are cut, and other bytes in which a few are UTF-8 by chance.
TEST(Decode, WeighsHowManyLettersAreWhole) {
  EXPECT_EQ(decode("가나다라\xeb\xac ", "text/html; charset=euc-kr").charset, "utf-8");
  EXPECT_EQ(decode("가나다라\xeb\xac \xeb\xac ", "text/html; charset=euc-kr").charset, "euc-kr");
  EXPECT_EQ(decode("가나다", "text/html; charset=euc-kr").charset, "euc-kr");
}

TEST(Decode, BelievesTheLabelOfWhatIsInIt) {
  struct Sample {
    const char* charset;
    std::string bytes;
    const char* text;
  };
  const std::vector<Sample> samples{
      {"gbk", "\xb9\xab\xcb\xbe\xd7\xf2\xcc\xec\xcb\xb5\xa3\xac\xd0\xc2\xb5\xc4\xb9\xa4\xb3\xa7\xbd\xab\xd4\xda\xc3\xf7\xc4\xea\xb4\xba\xcc\xec\xbf\xaa\xb9\xa4", "公司昨天说，新的工厂将在明年春天开工"},
      {"big5", "\xa4\xbd\xa5q\xacQ\xa4\xd1\xbb\xa1\xa1" "A\xb7s\xaa\xba\xa4u\xbct\xb1N\xa6" "b\xa9\xfa\xa6~\xacK\xa4\xd1\xb6}\xa4u", "公司昨天說，新的工廠將在明年春天開工"},
      {"shift_jis", "\x89\xef\x8e\xd0\x82\xcd\x90V\x82\xb5\x82\xa2\x8dH\x8f\xea\x82\xf0\x97\x88\x94N\x82\xcc\x8ft\x82\xc9\x8aJ\x82\xad\x82\xc6\x94\xad\x95\\\x82\xb5\x82\xbd", "会社は新しい工場を来年の春に開くと発表した"},
      {"euc-jp", "\xb2\xf1\xbc\xd2\xa4\xcf\xbf\xb7\xa4\xb7\xa4\xa4\xb9\xa9\xbe\xec\xa4\xf2\xcd\xe8\xc7\xaf\xa4\xce\xbd\xd5\xa4\xcb\xb3\xab\xa4\xaf\xa4\xc8\xc8\xaf\xc9\xbd\xa4\xb7\xa4\xbf", "会社は新しい工場を来年の春に開くと発表した"},
      {"windows-1251", "\xca\xee\xec\xef\xe0\xed\xe8\xff \xee\xf2\xea\xf0\xee\xe5\xf2 \xed\xee\xe2\xfb\xe9 \xe7\xe0\xe2\xee\xe4 \xe2\xe5\xf1\xed\xee\xe9", "Компания откроет новый завод весной"},
      {"koi8-r", "\xeb\xcf\xcd\xd0\xc1\xce\xc9\xd1 \xcf\xd4\xcb\xd2\xcf\xc5\xd4 \xce\xcf\xd7\xd9\xca \xda\xc1\xd7\xcf\xc4 \xd7\xc5\xd3\xce\xcf\xca", "Компания откроет новый завод весной"},
      {"windows-874", "\xba\xc3\xd4\xc9\xd1\xb7\xa8\xd0\xe0\xbb\xd4\xb4\xe2\xc3\xa7\xa7\xd2\xb9\xe3\xcb\xc1\xe8\xe3\xb9\xbb\xd5\xcb\xb9\xe9\xd2", "บริษัทจะเปิดโรงงานใหม่ในปีหน้า"},
      {"windows-1252", "La soci\xe9t\xe9 ouvrira une usine \xe0 l\x92\xe9t\xe9", "La société ouvrira une usine à l’été"},
      {"windows-1253", "\xc7 \xe5\xf4\xe1\xe9\xf1\xe5\xdf\xe1 \xe1\xed\xef\xdf\xe3\xe5\xe9 \xed\xdd\xef \xe5\xf1\xe3\xef\xf3\xf4\xdc\xf3\xe9\xef \xf4\xe7\xed \xdc\xed\xef\xe9\xee\xe7", "Η εταιρεία ανοίγει νέο εργοστάσιο την άνοιξη"}};
  for (const Sample& sample : samples) {
    const Decoded read = decode(sample.bytes, std::string("text/plain; charset=") + sample.charset);
    EXPECT_EQ(read.charset, sample.charset);
    EXPECT_EQ(read.text, sample.text);
  }
  EXPECT_EQ(decode(std::string_view("<\0p\0>\0\xbc\xc0", 8), "text/html; charset=utf-16").text, "<p>삼");
}

TEST(Decode, ToTheLetterTheDeclarationIsBelieved) {
  EXPECT_EQ(decode_verbatim("\xea\xb0\x80", "text/plain; charset=windows-1252").text, "ê°€");
  EXPECT_EQ(decode_verbatim("a\x01z", "").text, "a\x01z");
  EXPECT_EQ(decode("a\x01z\t\n", "").text, "az\t\n");
}

TEST(Decode, CountsWhatItCannotRead) {
  const Decoded read = decode("가\xff나", "text/html; charset=utf-8");
  EXPECT_EQ(read.replaced, 1);
  EXPECT_EQ(read.text, "가\xEF\xBF\xBD나");
  EXPECT_EQ(decode("\xb0", "text/html; charset=euc-kr").replaced, 1);
}

TEST(Decode, DamageNeverSwallowsATag) {
  EXPECT_EQ(decode("\xb0<b>\xb0\xa1", "text/html; charset=euc-kr").text, "\xEF\xBF\xBD<b>가");
  EXPECT_EQ(decode("\xc9\x41Z", "text/html; charset=euc-kr").text, "\xEF\xBF\xBD" "AZ");
  EXPECT_EQ(decode("\x81<b>", "text/html; charset=shift_jis").text, "\xEF\xBF\xBD<b>");
}

TEST(Decode, RecognisesWhatNobodyDeclares) {
  struct Sample {
    const char* charset;
    std::string bytes;
    const char* text;
  };
  const std::vector<Sample> samples{
      {"euc-kr", "\xbb\xef\xbc\xba\xc0\xfc\xc0\xda\xb0\xa1 \xbd\xc5\xc1\xa6\xc7\xb0\xc0\xbb \xb0\xf8\xb0\xb3\xc7\xdf\xb4\xd9", "삼성전자가 신제품을 공개했다"},
      {"utf-8", "삼성전자가 신제품을 공개했다", "삼성전자가 신제품을 공개했다"},
      {"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?", "Привет, как дела?"},
      {"koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xc1\xcb \xc4\xc5\xcc\xc1?", "Привет, как дела?"},
      {"windows-1252", "l'\xe9t\xe9 \xe0 la f\xeate", "l'été à la fête"},
      {"shift_jis", "\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd", "こんにちは"},
      {"utf-16le", std::string("<\0b\0r\0>\0\xbc\xc0<\0p\0>\0", 16), "<br>삼<p>"},
      {"iso-2022-jp", "\x1b$B$3$s\x1b(B", "こん"}};
  for (const Sample& sample : samples) {
    const Decoded read = decode(sample.bytes, "text/plain");
    EXPECT_EQ(read.charset, sample.charset);
    EXPECT_EQ(read.text, sample.text);
  }
}

TEST(Decode, CutsAtTheEdgesOfLetters) {
  const std::string text = "a가😀b";  // of 1, 3, 4 and 1 bytes
  EXPECT_EQ(first_code_points(text, 0), "");
  EXPECT_EQ(first_code_points(text, 2), "a가");
  EXPECT_EQ(first_code_points(text, 3), "a가😀");
  EXPECT_EQ(first_code_points(text, 4), text);
  EXPECT_EQ(first_bytes(text, 3), "a");
  EXPECT_EQ(first_bytes(text, 4), "a가");
  EXPECT_EQ(first_bytes(text, 7), "a가");
  EXPECT_EQ(first_bytes(text, 8), "a가😀");
  EXPECT_EQ(first_bytes(text, 9), text);
  EXPECT_EQ(first_bytes("\x80\x80\x80", 2), "") << "no letter at all";
}

TEST(Decode, CountsLettersNotBytes) {
  EXPECT_EQ(code_points("a가😀"), 3u);
  EXPECT_TRUE(valid_utf8("a가😀"));
  EXPECT_FALSE(valid_utf8("a\xed\xa0\x80"));
}

// Long texts are looked at in blocks: a letter may lie across two of them, and damage anywhere.
TEST(Decode, FindsDamageWhereverItLies) {
  for (const char* wrong : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xE1\x80", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    for (std::size_t at = 0; at < 200; ++at) {
      const std::string before(at, 'a'), behind(200 - at, 'b');
      EXPECT_FALSE(valid_utf8(before + wrong + behind)) << at;
      EXPECT_FALSE(valid_utf8(before + wrong)) << at;
      EXPECT_TRUE(valid_utf8(before + "é가😀\xEE\x80\x80\xF4\x8F\xBF\xBF" + behind)) << at;
      EXPECT_EQ(decode(before + wrong + behind, "text/html; charset=utf-8").text.substr(0, at), before);
    }
  }
}

// Blocks of letters that have nothing unusual are asked less.
TEST(Decode, FindsDamageAmongHangul) {
  std::string hangul;
  while (hangul.size() < 150) hangul += "힣가é나";
  for (const char* wrong : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xE1\x80", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF", "가\x80"}) {
    for (std::size_t at = 0; at < 70; ++at) {
      const std::string before = std::string(at, 'a') + hangul;
      EXPECT_FALSE(valid_utf8(before + wrong + hangul)) << at;
      EXPECT_FALSE(valid_utf8(before + wrong + std::string(100, 'b'))) << at;
      EXPECT_FALSE(valid_utf8(before + wrong)) << at;
      EXPECT_TRUE(valid_utf8(before + hangul)) << at;
    }
  }
}

TEST(Decode, ControlsGoWhereverTheyLie) {
  for (std::size_t at = 0; at < 140; ++at) {
    const std::string before(at, 'a'), behind(140 - at, 'b');
    for (const char control : {'\x01', '\x08', '\x0B', '\x0C', '\x0E', '\x1F'}) {
      std::string copy;
      EXPECT_EQ(decoded_in(before + control + behind, "", copy), before + behind) << at;
    }
    std::string copy;
    const std::string blanks = before + "\t\r\n \x7F" + behind;
    EXPECT_EQ(decoded_in(blanks, "", copy).data(), blanks.data());
  }
}

TEST(Decode, SaysWhatClaimsToBeUtf8) {
  EXPECT_TRUE(claims_utf8("{}", ""));
  EXPECT_TRUE(claims_utf8("{}", "application/json; charset=UTF-8"));
  EXPECT_FALSE(claims_utf8("{}", "application/json; charset=euc-kr"));
  EXPECT_FALSE(claims_utf8("\xEF\xBB\xBF{}", ""));
}

}  // namespace
}  // namespace bylined::text
