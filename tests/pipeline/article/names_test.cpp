// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/names.h"

#include <gtest/gtest.h>

namespace bylined::article {
namespace {

using Names = std::vector<std::string>;

TEST(PersonNames, DropAMiddleDotAndNoPartOfALetter) {
  EXPECT_EQ(person_names("·Søren Bjørn·"), Names{"Søren Bjørn"});
  // U+00B5 and U+00B7 share a byte, U+AC37 ends in the dot's second.
  EXPECT_EQ(person_names("µ Name"), Names{"µ Name"});
  EXPECT_EQ(person_names("Kim 갷"), Names{"Kim 갷"});
}

}  // namespace
}  // namespace bylined::article
