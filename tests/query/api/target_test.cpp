// SPDX-License-Identifier: Apache-2.0
#include "query/api/target.h"

#include <gtest/gtest.h>

namespace bylined::api {
namespace {

TEST(Target, PartsAndDecodesPathAndParameters) {
  const auto target = read_target("/api/v1/alerts?entity=%EC%82%BC%EC%84%B1&query=a+b&empty=&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/alerts");
  EXPECT_EQ(target->params.at("entity"), "삼성");
  EXPECT_EQ(target->params.at("query"), "a b");
  EXPECT_EQ(target->params.at("empty"), "");
  EXPECT_EQ(target->params.at("flag"), "");
}

TEST(Target, WhatIsEncodedComesBack) {
  const std::string hostile = "삼성 & =?#%/\"<>";
  const auto target = read_target("/x?v=" + encoded(hostile));
  ASSERT_TRUE(target);
  EXPECT_EQ(target->params.at("v"), hostile);
}

TEST(Target, RefusesDoubledParametersBadEncodingAndControls) {
  EXPECT_FALSE(read_target("/x?a=1&a=2"));
  EXPECT_FALSE(read_target("/x?a=%4"));
  EXPECT_FALSE(read_target("/x?a=%GG"));
  EXPECT_FALSE(read_target("/x%0d%0aSet-Cookie:"));
}

TEST(Target, RefusesWhatIsNotUtf8) {
  EXPECT_FALSE(read_target("/api/v1/articles/%FF"));
  EXPECT_FALSE(read_target("/x?a=%EA%B0"));
  EXPECT_TRUE(read_target("/x?a=%EA%B0%80"));
}

TEST(Target, TakesThirtyTwoParametersAndNoMore) {
  std::string target = "/x?";
  for (int i = 0; i < 32; ++i) target += "p" + std::to_string(i) + "=1&";
  EXPECT_TRUE(read_target(target));
  EXPECT_FALSE(read_target(target + "one=more"));
}

}  // namespace
}  // namespace bylined::api
