// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

TEST(HttpClient, FetchesAPage) {
  Listener origin(always(ok("안녕하세요", "Content-Type: text/html\r\nETag: \"1\"\r\n")));
  Desk desk(laboratory({origin.port()}));
  const auto answer = desk.get(origin.url());
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "안녕하세요");
  EXPECT_EQ(answer->header("etag"), "\"1\"");
  EXPECT_EQ(answer->address, "127.0.0.1");
}

TEST(HttpClient, KeepsTheConnectionForTheNextRequest) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port()}));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(desk.get(origin.url()));
  EXPECT_EQ(origin.accepted(), 1);
}

TEST(HttpClient, RefusesLoopbackUnlessItIsAllowed) {
  Listener origin(always(ok("1")));
  ClientOptions options = laboratory({origin.port()});
  options.allow_private = {};
  Desk desk(options);
  const auto answer = desk.get(origin.url());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind(), ErrorKind::kRefused);
  EXPECT_NE(answer.error().text().find("127.0.0.1 is loopback"), std::string::npos) << answer.error().text();
  EXPECT_EQ(origin.accepted(), 0);
  EXPECT_EQ(desk.metrics.value("bylined_net_refused_total", "reason=\"loopback\""), 1);
}

TEST(HttpClient, RefusesAPortThatIsNotListed) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port() + 1}));
  const auto answer = desk.get(origin.url());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind(), ErrorKind::kRefused);
  EXPECT_EQ(origin.accepted(), 0);
}

}  // namespace
}  // namespace bylined::net
