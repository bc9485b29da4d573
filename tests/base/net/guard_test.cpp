// SPDX-License-Identifier: Apache-2.0
#include "base/net/guard.h"

#include <gtest/gtest.h>

namespace bylined::net {
namespace {

Address at(std::string_view text) { return Address::parse(text).value(); }
Guard allowing(const std::vector<std::string>& ranges, std::vector<Address> own = {}) { return Guard(parse_ranges(ranges).value(), std::move(own)); }

TEST(Guard, SaysWhyAnAddressIsRefused) {
  const auto refused = allowing({}).refusal(at("127.0.0.1"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->text, "127.0.0.1 is loopback");
  EXPECT_EQ(refused->reason, "loopback");
  EXPECT_FALSE(allowing({}).refusal(at("93.184.216.34")));
}

TEST(Guard, LetsAnAllowedRangeThroughAndNothingBesideIt) {
  const Guard guard = allowing({"10.1.2.3/32", "fd00::/16"});
  EXPECT_FALSE(guard.refusal(at("10.1.2.3")));
  EXPECT_FALSE(guard.refusal(at("::ffff:10.1.2.3")));
  EXPECT_FALSE(guard.refusal(at("fd00::7")));
  EXPECT_TRUE(guard.refusal(at("10.1.2.4")));
  EXPECT_TRUE(guard.refusal(at("127.0.0.1")));
  EXPECT_TRUE(guard.refusal(at("64:ff9b::a01:203")));  // the same address behind a translator is not allowed with it
}

TEST(Guard, RefusesThisMachinesOwnPublicAddress) {
  const Guard guard = allowing({}, {at("93.184.216.34"), at("2606:2800::1")});
  EXPECT_EQ(guard.refusal(at("93.184.216.34"))->reason, "this machine");
  EXPECT_TRUE(guard.refusal(at("::ffff:93.184.216.34")));
  EXPECT_TRUE(guard.refusal(at("2606:2800::1")));
  EXPECT_FALSE(guard.refusal(at("93.184.216.35")));
  EXPECT_FALSE(allowing({"93.184.216.34"}, {at("93.184.216.34")}).refusal(at("93.184.216.34")));
}

TEST(Guard, RefusesANameForOneBadAddressAmongMany) {
  const Guard guard = allowing({});
  EXPECT_TRUE(guard.refusal(std::vector<Address>{at("93.184.216.34"), at("10.0.0.1")}));
  EXPECT_TRUE(guard.refusal(std::vector<Address>{at("::1"), at("93.184.216.34")}));
  EXPECT_FALSE(guard.refusal(std::vector<Address>{at("93.184.216.34"), at("2606:2800::1")}));
}

TEST(Guard, KnowsNamesThatOnlyMeanSomethingInside) {
  for (const char* host : {"localhost", "intranet", "a.localhost", "printer.local", "db.internal", "nas.lan", "x.home.arpa", "press.corp", "a.b.test",
                           "localhost.", "printer.local.", "127.0.0.1.", "0x7f.1", "a.0177", "1"}) {
    EXPECT_TRUE(looks_local(host)) << host;
  }
  for (const char* host : {"press.example.com", "local.example", "media.naver.com.", "xn--3e0b707e.kr", "localhost.example"}) {
    EXPECT_FALSE(looks_local(host)) << host;
  }
}

}  // namespace
}  // namespace bylined::net
