// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/robots.h"

#include <gtest/gtest.h>

#include <chrono>
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

// A rule of 16 KB that nearly matches at each place of a long path took a second and more.
TEST(Robots, ALongPieceThatNearlyMatchesEverywhereTakesLinearTime) {
  std::string body = "User-agent: *\n";
  for (int i = 0; i < 12; ++i) body += "Disallow: /*" + std::string(16'000, 'a') + "b\n";
  const std::string path = "/" + std::string(100'000, 'a');
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(allowed(body, path));
  EXPECT_FALSE(allowed(body, path + "b"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1)) << "it was twenty";
}

TEST(Robots, PiecesBetweenStarsAreMetInTheirOrderAndDoNotOverlap) {
  const auto meets = [](const std::string& pattern, const std::string& path) { return !allowed("User-agent: *\nDisallow: " + pattern + "\n", path); };
  EXPECT_TRUE(meets("/a*b*c", "/axbxc"));
  EXPECT_FALSE(meets("/a*b*c", "/axcxb"));
  EXPECT_FALSE(meets("/*aba$", "/ab"));
  EXPECT_FALSE(meets("/ab*ba$", "/aba")) << "one letter is not met twice";
  EXPECT_TRUE(meets("/ab*ba$", "/abba"));
  EXPECT_TRUE(meets("/*a$", "/aba"));
  EXPECT_TRUE(meets("/**a*", "/ba"));
  EXPECT_TRUE(meets("/a*$", "/abc"));
  EXPECT_FALSE(meets("/a$", "/ab"));
  EXPECT_TRUE(meets("*/x", "/y/x"));
}

}  // namespace
}  // namespace bylined::fetch
