// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/words.h"

namespace bylined::pipeline {
namespace {

TEST(Words, AreKeptUpToALimitAndCountedBeyond) {
  const auto rule = rule::parse("공장");
  ASSERT_TRUE(rule);
  const auto words = compile_words({&*rule});
  ASSERT_TRUE(words) << words.error().text();
  model::Content content;
  for (std::size_t i = 0; i < kMostWordPlaces + 2; ++i) content.body += "공장 ";
  const rule::Looked looked = look_for(*words, content);
  EXPECT_EQ(looked.words.size(), kMostWordPlaces);
  EXPECT_EQ(looked.dropped, 2U);
}

}  // namespace
}  // namespace bylined::pipeline
