// SPDX-License-Identifier: Apache-2.0
#include "settings/checks.h"

#include <gtest/gtest.h>

namespace bylined::settings {
namespace {

TEST(Checks, IdsAreWordsOfAnyScript) {
  for (const char* good : {"asiae-72385", "삼성전자", "ops.webhook_2"}) EXPECT_TRUE(check_id(good)) << good;
  for (const char* bad : {"", "a b", "a/b", "a:b", "(a)", "\"a\""}) EXPECT_FALSE(check_id(bad)) << bad;
  EXPECT_TRUE(check_id(std::string(100, 'a')));
  EXPECT_FALSE(check_id(std::string(101, 'a')));
}

TEST(Checks, ZonesAreThoseOfTheIanaList) {
  for (const char* good : {"Asia/Seoul", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+9"}) EXPECT_TRUE(check_zone(good)) << good;
  for (const char* bad : {"Asia/Soul", "Asia", "../../../etc/passwd", "/etc/passwd", ""}) EXPECT_FALSE(check_zone(bad)) << bad;
}

TEST(Checks, RangesHaveAPrefixThatFitsTheirFamily) {
  for (const char* good : {"10.0.0.0/8", "127.0.0.1", "10.1.2.3/32", "0.0.0.0/0", "fd00::/8", "::1",
      "::1/128"}) EXPECT_TRUE(check_range(good)) << good;
  for (const char* bad : {"10.0.0.0/33", "10.0.0/8", "::1/129", "localhost", "10.0.0.0/", "10.0.0.0/-1", "/8", "", "10.0.0.0/8/8"}) {
    EXPECT_FALSE(check_range(bad)) << bad;
  }
}

TEST(Checks, ListenersAreAddressesAndSockets) {
  for (const char* good : {"127.0.0.1:7277", "0.0.0.0:0", "[::1]:7277", "unix:/run/bylined/bylined.sock"}) EXPECT_TRUE(check_listener(good)) << good;
  for (const char* bad : {"localhost:7277", "7277", "127.0.0.1", "127.0.0.1:65536", "::1:7277", "unix:bylined.sock", "unix:", ":7277"}) {
    EXPECT_FALSE(check_listener(bad)) << bad;
  }
  EXPECT_TRUE(check_listener("unix:/" + std::string(106, 'a')));
  EXPECT_FALSE(check_listener("unix:/" + std::string(107, 'a')));
}

TEST(Checks, EndpointsHaveAPort) {
  EXPECT_TRUE(check_endpoint("media.naver.com:443", false));
  EXPECT_TRUE(check_endpoint("127.0.0.1:8443", true));
  EXPECT_TRUE(check_endpoint("[::1]:8443", true));
  for (const char* bad : {"media.naver.com", "media.naver.com:0", "https://media.naver.com:443", ":443", "a b:443", "[media]:443"}) {
    EXPECT_FALSE(check_endpoint(bad, false)) << bad;
  }
  EXPECT_FALSE(check_endpoint("localhost:8443", true));
}

TEST(Checks, HostsStandAsInUrls) {
  EXPECT_EQ(*normal_host("N.News.Naver.com"), "n.news.naver.com");
  for (const char* bad : {"https://n.news.naver.com", "n.news.naver.com/article", "n.news.naver.com:443", "a@b", "",
      "a b"}) EXPECT_FALSE(normal_host(bad)) << bad;
}

}  // namespace
}  // namespace bylined::settings
