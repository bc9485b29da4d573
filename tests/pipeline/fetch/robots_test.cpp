// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/robots.h"

#include <gtest/gtest.h>

#include <string>

namespace bylined::fetch {
namespace {

bool allowed(std::string_view body, std::string_view path, std::string_view agent = "bylined") {
  return judge_robots(body, agent, path).allowed;
}

TEST(Robots, AnEmptyFileForbidsNothing) { EXPECT_TRUE(allowed("", "/a")); }

TEST(Robots, ThePortalForbidsEverybody) {
  const auto verdict = judge_robots("User-agent: *\nDisallow: /\n", "bylined", "/article/277/0005600001");
  EXPECT_FALSE(verdict.allowed);
  EXPECT_EQ(verdict.rule, "Disallow: /");
}

TEST(Robots, RobotsTxtItselfIsAlwaysAllowed) { EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\n", "/robots.txt")); }

TEST(Robots, OurOwnGroupCountsInsteadOfTheOneForAll) {
  const std::string body = "User-agent: *\nDisallow: /\n\nUser-agent: bylined\nDisallow: /admin\n";
  EXPECT_TRUE(allowed(body, "/news"));
  EXPECT_FALSE(allowed(body, "/admin/x"));
}

TEST(Robots, SeveralGroupsForUsCountAsOne) {
  const std::string body = "User-agent: bylined\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: Bylined\nDisallow: /b\n";
  EXPECT_FALSE(allowed(body, "/a"));
  EXPECT_FALSE(allowed(body, "/b"));
  EXPECT_TRUE(allowed(body, "/c"));
}

TEST(Robots, TheLongestRuleWinsAndAllowWinsATie) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /news\nAllow: /news/open\n", "/news/open/1"));
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /news\nAllow: /news\n", "/news"));
  EXPECT_TRUE(allowed("User-agent: *\nAllow: /\nDisallow: /*\n", "/"));
}

TEST(Robots, StarsAndAnAnchorMatchAsTheRfcSays) {
  const std::string body = "User-agent: *\nDisallow: /*.php$\nDisallow: /print*view\n";
  EXPECT_FALSE(allowed(body, "/a/b.php"));
  EXPECT_TRUE(allowed(body, "/a/b.php?x=1"));
  EXPECT_FALSE(allowed(body, "/print/12/view"));
}

TEST(Robots, EncodedAndPlainCharactersAreTheSame) {
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /뉴스\n", "/%EB%89%B4%EC%8A%A4/1"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /%6eews\n", "/news"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /%24\n", "/$100"));
}

TEST(Robots, CommentsOddEndingsAndAByteOrderMarkDoNotMatter) {
  EXPECT_FALSE(allowed("\xEF\xBB\xBFUser-agent: * # everybody\rDisallow: / # all\r", "/a"));
}

TEST(Robots, AnUnknownLineEndsTheListOfAgents) {
  EXPECT_TRUE(allowed("User-agent: *\nNoindex: /x\nUser-agent: crawler\nDisallow: /\n", "/a"));
}

TEST(Robots, ACrawlDelayIsToldInSeconds) {
  EXPECT_EQ(judge_robots("User-agent: *\nCrawl-delay: 2.5\n", "bylined", "/").crawl_delay, 2.5);
  EXPECT_FALSE(judge_robots("User-agent: *\nCrawl-delay: soon\n", "bylined", "/").crawl_delay);
}

TEST(Robots, APatternOfStarsTakesLinearTime) {
  std::string pattern = "/";
  for (int i = 0; i < 4'000; ++i) pattern += "*a";
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: " + pattern + "b$\n", "/" + std::string(8'000, 'a')));
}

}  // namespace
}  // namespace bylined::fetch
