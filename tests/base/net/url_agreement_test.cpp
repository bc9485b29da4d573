// SPDX-License-Identifier: Apache-2.0
// The address guard judges what our parser reads; libcurl dials what its own reads. Whatever we accept, libcurl must
// read the same way or not at all.
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "base/net/url.h"

namespace bylined::net {
namespace {

using Handle = std::unique_ptr<CURLU, void (*)(CURLU*)>;

std::string part(const Handle& handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle.get(), which, &text, flags) != CURLUE_OK) return std::string();
  std::string copy(text);
  curl_free(text);
  return copy;
}

// Empty where both read the same, or libcurl refuses; else what differs.
std::string difference(const Url& url) {
  const Handle handle(curl_url(), curl_url_cleanup);
  if (curl_url_set(handle.get(), CURLUPART_URL, url.text().c_str(), 0) != CURLUE_OK) return std::string();
  if (part(handle, CURLUPART_SCHEME) != url.scheme()) return "scheme " + part(handle, CURLUPART_SCHEME);
  if (part(handle, CURLUPART_HOST) != url.host()) return "host " + part(handle, CURLUPART_HOST);
  if (part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT) != std::to_string(url.port())) return "port " + part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  const std::string query = part(handle, CURLUPART_QUERY);
  const std::string path = part(handle, CURLUPART_PATH) + (query.empty() ? "" : "?" + query);
  if (path != url.path()) return "path " + path;
  if (!part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_FRAGMENT).empty()) return "user or fragment";
  return std::string();
}

bool curl_refuses(const std::string& text) {
  const Handle handle(curl_url(), curl_url_cleanup);
  return curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK;
}

TEST(UrlAgreement, TricksReadTheSameOrAreRefused) {
  for (const char* text : {"http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://[0:0::1]:80/",
                           "http://example.com:0080/", "http://example.com./", "http://ex%61mple.com/", "http://%31%32%37.0.0.1/", "http://①②⑦.0.0.1/",
                           "http://127。0。0。1/", "http://example.com/%2e%2e/%2E/x", "http://example.com/a/./b/../c", "http://example.com?x", "http://a_b.example/",
                           "http://example.com/a|b{c}^`", "http://example.com/?a=b'c\"d<e>", "http://삼성.kr/경로?물음=표", "http://xn--/", "http://a!b/",
                           "http://[fe80::1%25eth0]/", "http://example.com:65536/", "http://example.com:/", "https:example.com/", "http:/example.com/", "http:///x/"}) {
    const auto url = Url::parse(text);
    EXPECT_EQ(url ? difference(*url) : std::string(), "") << text;
  }
}

TEST(UrlAgreement, UsualUrlsAreTakenByBoth) {
  for (const char* text : {"https://n.news.naver.com/article/277/0005642161?type=journalists", "https://press.example:8443/a%20b/%EA%B0%80?x=1&y=2",
                           "http://[2001:db8::1]:8080/", "http://192.0.2.1/", "https://삼성.kr/"}) {
    const auto url = Url::parse(text);
    ASSERT_TRUE(url) << text;
    EXPECT_FALSE(curl_refuses(url->text())) << url->text();
  }
}

TEST(UrlAgreement, RandomUrlsReadTheSameOrAreRefused) {
  std::mt19937 engine(20250204);
  const std::vector<std::string> pieces{"http://", "https:", "//", "/", "@", ":", "?", "#", "[", "]", "::1", "127.0.0.1", "0x7f", "a", "example.com", ".", "..", "%",
                                        "%2e", "%2F", "%00", "%5b", ";", "&", "=", "|", "^", "80", "65535", "가", "。", "!", "~", "*", "'", "(", ",", "$", "-", "_", "xn--"};
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = "http://";
    for (std::size_t count = 1 + engine() % 8; count > 0; --count) text += pieces[engine() % pieces.size()];
    const auto url = Url::parse(text);
    if (!url) continue;
    ++taken;
    ASSERT_EQ(difference(*url), "") << text << " → " << url->text();
  }
  EXPECT_GT(taken, 2'000);
}

}  // namespace
}  // namespace bylined::net
