// SPDX-License-Identifier: Apache-2.0
#include "base/net/url.h"

#include <gtest/gtest.h>

namespace bylined::net {
namespace {

std::string normal(std::string_view text) {
  const auto url = Url::parse(text);
  return url ? url->text() : "-";
}

std::string resolved(std::string_view base, std::string_view reference) {
  const auto url = Url::parse(base)->resolve(reference);
  return url ? url->text() : "-";
}

TEST(Url, TakesHttpAndHttpsApart) {
  const auto url = Url::parse("HTTPS://N.News.Naver.com:8443/article/277/1?sid=101#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme(), "https");
  EXPECT_EQ(url->host(), "n.news.naver.com");
  EXPECT_EQ(url->port(), 8443);
  EXPECT_EQ(url->path(), "/article/277/1?sid=101");
  EXPECT_EQ(url->origin(), "https://n.news.naver.com:8443");
  EXPECT_EQ(url->text(), "https://n.news.naver.com:8443/article/277/1?sid=101");
  EXPECT_EQ(url->shown(), "https://n.news.naver.com:8443/article/277/1");
}

TEST(Url, LeavesTheUsualPortOut) {
  EXPECT_EQ(normal("https://example.com:443/"), "https://example.com/");
  EXPECT_EQ(normal("http://example.com"), "http://example.com/");
}

TEST(Url, RefusesWhatItWillNotDial) {
  for (const char* text : {"", "example.com", "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "https://user:pw@example.com/",
                           "https://user@example.com/", "https://exa mple.com/", "https://example.com\\@evil.example/", "https://"}) {
    EXPECT_EQ(normal(text), "-") << text;
  }
}

TEST(Url, WritesABackslashOfAQuerySoThatItCanBeReadAgain) {
  const std::string text = resolved("https://press.example/a/b", "?title=가\\나");
  EXPECT_EQ(text, "https://press.example/a/b?title=%EA%B0%80%5C%EB%82%98");
  EXPECT_EQ(normal(text), text);
}

TEST(Url, ResolvesReferences) {
  EXPECT_EQ(resolved("https://press.example/a/b?x=1", "../c"), "https://press.example/c");
  EXPECT_EQ(resolved("https://press.example/a/b?x=1", "?y=2"), "https://press.example/a/b?y=2");
  EXPECT_EQ(resolved("https://press.example/a/b", "//cdn.example/x"), "https://cdn.example/x");
  EXPECT_EQ(resolved("https://press.example/a/b", "mailto:a@b.example"), "-");
}

TEST(Url, IsOfOneSiteWithWhatWasRegisteredTogether) {
  EXPECT_TRUE(is_same_site("https://www.press.co.kr/news/1", "http://m.press.co.kr:8080/"));
  EXPECT_FALSE(is_same_site("https://www.press.co.kr/", "https://www.naru.co.kr/"));
  EXPECT_FALSE(is_same_site("https://press.example/", "https://press.example.org/"));
  EXPECT_FALSE(is_same_site("", "")) << "no addresses";
}

}  // namespace
}  // namespace bylined::net
