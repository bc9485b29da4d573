// SPDX-License-Identifier: Apache-2.0
#include "base/text/decode.h"

#include <gtest/gtest.h>

namespace bylined::text {
namespace {

TEST(Decode, ReadsCp949WhateverItIsCalled) {
  for (const char* label : {"euc-kr", "ks_c_5601-1987", "windows-949", "KSC5601"}) {
    const Decoded read = decode("\x8c\x63\xb0\xa1", std::string("text/html; charset=") + label);  // 똠가
    EXPECT_EQ(read.text, "똠가") << label;
    EXPECT_EQ(read.charset, "euc-kr") << label;
  }
}

TEST(Decode, BelievesTheBytesAgainstALyingDeclaration) {
  EXPECT_EQ(decode("<meta charset=utf-8>\xb0\xa1\xb3\xaa", "").text, "<meta charset=utf-8>가나");
  EXPECT_EQ(decode("<meta charset=euc-kr>가나다", "").text, "<meta charset=euc-kr>가나다");
}

TEST(Decode, CountsWhatItCannotRead) {
  const Decoded read = decode("가\xff나", "text/html; charset=utf-8");
  EXPECT_EQ(read.replaced, 1);
  EXPECT_EQ(read.text, "가\xEF\xBF\xBD나");
}

}  // namespace
}  // namespace bylined::text
