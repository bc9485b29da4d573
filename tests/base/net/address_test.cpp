// SPDX-License-Identifier: Apache-2.0
#include "base/net/address.h"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/un.h>

namespace bylined::net {
namespace {

Address address(std::string_view text) {
  const auto parsed = Address::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Address());
}

struct Row {
  const char* text;
  const char* use;  // empty: public
};

// First, last and neighbours of each range of the registries.
constexpr Row kRows[] = {
    {"0.0.0.0", "unspecified"},
    {"0.255.255.255", "unspecified"},
    {"1.0.0.0", ""},
    {"9.255.255.255", ""},
    {"10.0.0.0", "private"},
    {"10.255.255.255", "private"},
    {"11.0.0.0", ""},
    {"100.63.255.255", ""},
    {"100.64.0.0", "carrier-private"},
    {"100.127.255.255", "carrier-private"},
    {"100.128.0.0", ""},
    {"126.255.255.255", ""},
    {"127.0.0.0", "loopback"},
    {"127.0.0.1", "loopback"},
    {"127.255.255.255", "loopback"},
    {"128.0.0.0", ""},
    {"168.63.129.15", ""},
    {"168.63.129.16", "cloud service"},
    {"168.63.129.17", ""},
    {"169.253.255.255", ""},
    {"169.254.0.0", "link-local"},
    {"169.254.169.254", "link-local"},
    {"169.254.255.255", "link-local"},
    {"169.255.0.0", ""},
    {"172.15.255.255", ""},
    {"172.16.0.0", "private"},
    {"172.31.255.255", "private"},
    {"172.32.0.0", ""},
    {"191.255.255.255", ""},
    {"192.0.0.0", "reserved"},
    {"192.0.0.255", "reserved"},
    {"192.0.1.0", ""},
    {"192.0.2.0", "documentation"},
    {"192.0.3.0", ""},
    {"192.88.98.255", ""},
    {"192.88.99.0", "6to4"},
    {"192.88.100.0", ""},
    {"192.167.255.255", ""},
    {"192.168.0.0", "private"},
    {"192.168.255.255", "private"},
    {"192.169.0.0", ""},
    {"198.17.255.255", ""},
    {"198.18.0.0", "benchmarking"},
    {"198.19.255.255", "benchmarking"},
    {"198.20.0.0", ""},
    {"198.51.100.0", "documentation"},
    {"198.51.101.0", ""},
    {"203.0.112.255", ""},
    {"203.0.113.255", "documentation"},
    {"203.0.114.0", ""},
    {"223.255.255.255", ""},
    {"224.0.0.0", "multicast"},
    {"239.255.255.255", "multicast"},
    {"240.0.0.0", "reserved"},
    {"255.255.255.254", "reserved"},
    {"255.255.255.255", "broadcast"},
    {"::", "unspecified"},
    {"::1", "loopback"},
    {"::2", "IPv4-compatible"},
    {"::127.0.0.1", "IPv4-compatible"},
    {"::8.8.8.8", "IPv4-compatible"},
    {"::ffff:127.0.0.1", "loopback"},
    {"::ffff:10.1.2.3", "private"},
    {"::ffff:8.8.8.8", ""},
    {"::ffff:0:127.0.0.1", "reserved"},
    {"64:ff9b::7f00:1", "loopback"},
    {"64:ff9b::169.254.169.254", "link-local"},
    {"64:ff9b::8.8.8.8", ""},
    {"64:ff9b:0:1::8.8.8.8", "reserved"},
    {"64:ff9b:1::8.8.8.8", "local NAT64"},
    {"64:ff9b:2::1", "reserved"},
    {"100::1", "discard-only"},
    {"100:0:0:1::1", "reserved"},
    {"1fff:ffff::1", "reserved"},
    {"2000::1", ""},
    {"2001::1", "Teredo"},
    {"2001:0:ffff::1", "Teredo"},
    {"2001:2::1", "reserved"},
    {"2001:10::1", "reserved"},
    {"2001:1ff:ffff::1", "reserved"},
    {"2001:200::1", ""},
    {"2001:db7:ffff::1", ""},
    {"2001:db8::1", "documentation"},
    {"2001:db9::1", ""},
    {"2001:4860:4860::8888", ""},
    {"2002:7f00:1::", "6to4"},
    {"2002:808:808::1", "6to4"},
    {"2003::1", ""},
    {"2606:4700::1", ""},
    {"3fff::1", "documentation"},
    {"3fff:fff:ffff::1", "documentation"},
    {"3fff:1000::1", ""},
    {"4000::1", "reserved"},
    {"5f00::1", "segment routing"},
    {"fbff::1", "reserved"},
    {"fc00::1", "private"},
    {"fd12:3456::1", "private"},
    {"fdff:ffff::1", "private"},
    {"fe00::1", "reserved"},
    {"fe80::1", "link-local"},
    {"febf::1", "link-local"},
    {"fec0::1", "site-local"},
    {"feff::1", "site-local"},
    {"ff00::1", "multicast"},
    {"ff02::1", "multicast"},
};

TEST(Address, HasTheUseThatTheRegistriesGiveIt) {
  for (const Row& row : kRows) EXPECT_EQ(special_use(address(row.text)), row.use) << row.text;
}

TEST(Address, IsReadOnlyInItsPlainSpelling) {
  for (const char* text : {"", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "1.2.3.4 ", "[::1]", "fe80::1%eth0", "::ffff:1.2.3",
                           "1.2.3.256", "localhost", "１２７.0.0.1"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
  EXPECT_FALSE(Address::parse(std::string_view("127.0.0.1\0x", 11)));
}

TEST(Address, IsWrittenInItsShortestForm) {
  EXPECT_EQ(address("2001:0DB8:0:0::0001").text(), "2001:db8::1");
  EXPECT_EQ(address("192.168.0.1").text(), "192.168.0.1");
  EXPECT_EQ(address("::ffff:127.0.0.1").unmapped().text(), "127.0.0.1");
  EXPECT_EQ(address("::1").unmapped().text(), "::1");
}

TEST(Address, ComesFromInternetSocketsOnly) {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(Address::of(reinterpret_cast<const sockaddr*>(&four))->text(), "127.0.0.1");
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_addr = in6addr_loopback;
  EXPECT_EQ(Address::of(reinterpret_cast<const sockaddr*>(&six))->text(), "::1");
  sockaddr_un path{};
  path.sun_family = AF_UNIX;
  EXPECT_FALSE(Address::of(reinterpret_cast<const sockaddr*>(&path)));
  EXPECT_FALSE(Address::of(nullptr));
}

TEST(Range, HoldsWhatSharesItsPrefix) {
  const Range ten = Range::parse("10.1.0.0/17").value();
  EXPECT_TRUE(ten.holds(address("10.1.0.0")));
  EXPECT_TRUE(ten.holds(address("10.1.127.255")));
  EXPECT_TRUE(ten.holds(address("::ffff:10.1.0.1")));
  EXPECT_FALSE(ten.holds(address("10.1.128.0")));
  EXPECT_FALSE(ten.holds(address("::10.1.0.1")));
  EXPECT_TRUE(Range::parse("0.0.0.0/0")->holds(address("255.1.2.3")));
  EXPECT_FALSE(Range::parse("0.0.0.0/0")->holds(address("2001::1")));
  EXPECT_TRUE(Range::parse("fd00::/8")->holds(address("fdff::1")));
  EXPECT_TRUE(Range::parse("10.1.2.3")->holds(address("10.1.2.3")));
  EXPECT_FALSE(Range::parse("10.1.2.3")->holds(address("10.1.2.2")));
}

TEST(Range, RefusesWhatIsNoRange) {
  for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/ 8", "::/129", "10/8", "localhost/8"}) {
    EXPECT_FALSE(Range::parse(text)) << text;
  }
  const auto wrong = Range::parse("10.1.2.3/8");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind(), ErrorKind::kInvalid);
  EXPECT_NE(wrong.error().text().find("beyond its prefix"), std::string::npos);
}

TEST(Range, ListsStopAtTheFirstFault) {
  EXPECT_EQ(parse_ranges({"127.0.0.0/8", "::1"})->size(), 2u);
  EXPECT_FALSE(parse_ranges({"127.0.0.0/8", "nonsense"}));
}

}  // namespace
}  // namespace bylined::net
