// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/text/nearest.h"

namespace {

using namespace bylined::text;

TEST(Nearest, FindsLeftOutAddedSwappedAndWrongLetters) {
  const std::vector<std::string_view> known = {"every", "robots", "url"};
  for (const char* wrong : {"evry", "everyy", "eevry", "evert", "ever"}) EXPECT_EQ(nearest(wrong, known), "every") << wrong;
  EXPECT_EQ(did_you_mean("ulr", known), "did you mean \"url\"?");
}

TEST(Nearest, KeepsSilentWhereNothingIsNear) {
  const std::vector<std::string_view> known = {"every", "robots"};
  for (const char* wrong : {"port", "x", "completely-other", ""}) EXPECT_EQ(did_you_mean(wrong, known), "") << wrong;
  EXPECT_EQ(nearest("every", {}), "");
}

TEST(Nearest, LooksAtSixtyBytes) {
  const std::string longest(60, 'e');
  EXPECT_EQ(nearest(longest, {longest}), longest);
  EXPECT_EQ(nearest(longest + "e", {longest}), "");
}

}  // namespace
