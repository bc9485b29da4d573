// SPDX-License-Identifier: Apache-2.0
#include "base/net/trust.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/base/net/certificates.h"

namespace bylined::net {
namespace {

constexpr Steady kHour{3'600'000};

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Authorities, RefuseAFileThatHoldsNone) {
  for (const char* path : {"/nowhere/ca.pem", "/etc/hostname", "/dev/null"}) {
    const auto read = Authorities::read(path);
    ASSERT_FALSE(read) << path;
    EXPECT_EQ(read.error().kind(), ErrorKind::kInvalid);
  }
  EXPECT_TRUE(Authorities::read(""));
}

TEST(Authorities, AreReadAgainWithinAnHourOfAChange) {
  const Authority old_one, new_one;
  const auto authorities = Authorities::read(old_one.path()).value();
  const AuthorityStore first = authorities->store(Steady(0));
  EXPECT_EQ(authorities->store(kHour), first);  // nothing has changed
  std::ofstream(old_one.path()) << text_of(new_one.path()) << text_of(new_one.path());
  EXPECT_EQ(authorities->store(2 * kHour - Steady(1)), first);
  const AuthorityStore second = authorities->store(2 * kHour);
  EXPECT_NE(second, first);
  EXPECT_EQ(authorities->store(4 * kHour), second);
}

TEST(Authorities, StayAsTheyAreWhenAFileIsSpoilt) {
  const Authority authority;
  const auto authorities = Authorities::read(authority.path()).value();
  const AuthorityStore first = authorities->store(Steady(0));
  std::ofstream(authority.path()) << "nonsense";
  EXPECT_EQ(authorities->store(kHour), first);
}

}  // namespace
}  // namespace bylined::net
