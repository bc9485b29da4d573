// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <gtest/gtest.h>

#include "base/text/decode.h"

namespace bylined {
namespace {

TEST(Quoted, EscapesControlsAndCutsAtACharacter) {
  EXPECT_EQ(quoted("a\u202eb\u2066c\u200fd\u009be"), "'a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xe2\\x80\\x8fd\\xc2\\x9be'");
  EXPECT_EQ(quoted("가…“나”"), "'가…“나”'");
  EXPECT_EQ(quoted("가\r\nBcc: 나"), "'가\\x0d\\x0aBcc: 나'");
  EXPECT_EQ(quoted(std::string(199, 'a') + "가"), "'" + std::string(199, 'a') + "…'");
}

TEST(Quoted, ShowsBytesThatAreNoTextAsNumbers) {
  EXPECT_EQ(quoted("a\xFF"), "'a\\xff'");
  EXPECT_TRUE(text::valid_utf8(quoted(std::string(300, '\x80'))));
}

}  // namespace
}  // namespace bylined
