// SPDX-License-Identifier: Apache-2.0
#include "base/net/exchange.h"

#include <gtest/gtest.h>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

// Feeds an answer line by line as libcurl would, then its body.
Result<HttpResponse> take(std::vector<std::string> lines, const std::string& body = "", ExchangeLimits limits = {}) {
  Exchange exchange(limits);
  for (const std::string& line : lines) {
    if (!exchange.line(line + "\r\n")) return *exchange.verdict();
  }
  if (!body.empty() && !exchange.body(body) && !exchange.cut()) return *exchange.verdict();
  return exchange.finish();
}

TEST(Exchange, KeepsHeadersInOrderWithLowerNames) {
  const auto answer = take({"HTTP/1.1 200 OK", "Content-TYPE:  text/html ", "X: 1", "x:2", ""}, "한국");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->headers, (Headers{{"content-type", "text/html"}, {"x", "1"}, {"x", "2"}}));
  EXPECT_EQ(answer->body, "한국");
}

TEST(Exchange, ReadsTheStatusOfAnyVersion) {
  EXPECT_EQ(take({"HTTP/2 204", ""})->status, 204);
  EXPECT_EQ(take({"HTTP/1.0 503 ", ""})->status, 503);
  EXPECT_EQ(kind(take({"HTTP/1.1 OK", ""})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"HTTP/1.1 20", ""})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"HTTP/1.1", ""})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"HTTQ/1.1 200 OK", "X: 1", ""})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"", "HTTP/1.1 200 OK", ""})), ErrorKind::kTransient);
}

TEST(Exchange, ForgetsInterimAnswers) {
  const auto answer = take({"HTTP/1.1 103 Early Hints", "Link: a", "", "HTTP/1.1 200 OK", "ETag: b", ""});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->headers, (Headers{{"etag", "b"}}));
}

TEST(Exchange, JoinsAContinuedLine) {
  EXPECT_EQ(take({"HTTP/1.1 200 OK", "X: a", "\t b ", ""})->header("x"), "a b");
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", " stray", "no colon", ""}));
}

TEST(Exchange, LimitsHeadersByAllTheirBytes) {
  const std::vector<std::string> lines = {"HTTP/1.1 200 OK", "X: " + std::string(100, 'x'), ""};
  const std::size_t size = 17 + 105 + 2;
  EXPECT_TRUE(take(lines, "", {.header = size}));
  EXPECT_EQ(kind(take(lines, "", {.header = size - 1})), ErrorKind::kExhausted);
}

TEST(Exchange, CountsInterimAnswersAndTrailersToo) {
  const std::vector<std::string> flood(100'000, "HTTP/1.1 103 Early Hints");
  EXPECT_EQ(kind(take(flood)), ErrorKind::kExhausted);
  Exchange exchange({.header = 40});
  EXPECT_TRUE(exchange.line("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(exchange.line("\r\n"));
  EXPECT_TRUE(exchange.line("X-Trailer: 1\r\n"));
  EXPECT_FALSE(exchange.line("X-Trailer: 2\r\n"));
}

TEST(Exchange, LimitsTheBodyByItsBytes) {
  const std::vector<std::string> lines = {"HTTP/1.1 200 OK", ""};
  EXPECT_TRUE(take(lines, std::string(1000, 'x'), {.body = 1000}));
  EXPECT_EQ(kind(take(lines, std::string(1001, 'x'), {.body = 1000})), ErrorKind::kExhausted);
}

TEST(Exchange, RefusesALengthBeyondTheLimitBeforeTheBodyComes) {
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Content-Length: 1000", ""}, "", {.body = 1000}));
  EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "Content-Length: 1001", ""}, "", {.body = 1000})), ErrorKind::kExhausted);
  EXPECT_TRUE(take({"HTTP/1.1 304 Not Modified", "Content-Length: 1001", ""}, "", {.body = 1000}));
}

TEST(Exchange, RefusesALengthThatIsNoNumberOrNotTheOnlyOne) {
  for (const char* length : {"-1", "", "abc", "10abc", "0x10", "99999999999999999999999", "1, 1"}) {
    EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "Content-Length: " + std::string(length), ""})), ErrorKind::kTransient) << length;
  }
  EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 2", ""})), ErrorKind::kTransient);
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 1", ""}, "x"));
}

TEST(Exchange, RefusesCodingsThatWereNotAskedFor) {
  for (const char* line : {"Content-Encoding: br", "Content-Encoding: gzip, gzip", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: gzip"}) {
    EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", line, ""})), ErrorKind::kInvalid) << line;
  }
  EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Encoding: gzip", ""})), ErrorKind::kInvalid);
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Transfer-Encoding: Chunked", ""}, "x"));
}

TEST(Exchange, KnowsWhetherItsEndWasTold) {
  EXPECT_FALSE(take({"HTTP/1.1 200 OK", ""}, "x")->end_told);
  EXPECT_FALSE(take({"HTTP/1.0 200 OK", "Connection: close", ""}, "x")->end_told);
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Content-Length: 1", ""}, "x")->end_told);
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Transfer-Encoding: chunked", ""}, "x")->end_told);
  EXPECT_TRUE(take({"HTTP/2 200", ""}, "x")->end_told);
  EXPECT_TRUE(take({"HTTP/1.1 200 OK", "Content-Encoding: gzip", ""}, gzip("x"))->end_told);
}

TEST(Exchange, KeepsTheStatusOfAFailureWhoseBodyCannotBeRead) {
  const auto answer = take({"HTTP/1.1 403 Forbidden", "Content-Encoding: br", ""}, "xxx");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 403);
  EXPECT_EQ(answer->body, "");
  EXPECT_EQ(take({"HTTP/1.1 404 Not Found", "Content-Encoding: gzip", ""}, "plain")->body, "");
}

TEST(Exchange, WantsAnEncodedBodyWhereOneBelongs) {
  EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "Content-Encoding: gzip", ""})), ErrorKind::kTransient);
  EXPECT_TRUE(take({"HTTP/1.1 304 Not Modified", "Content-Encoding: gzip", ""}));
  EXPECT_TRUE(take({"HTTP/1.1 204 No Content", "Content-Encoding: gzip", ""}));
  EXPECT_TRUE(take({"HTTP/1.1 301 Moved", "Content-Encoding: gzip", ""}));
}

TEST(Exchange, GivesAReceiversAnswerAsItCameAndCutsIt) {
  const ExchangeLimits receiver{.body = 10, .decode = false, .cut = true};
  const auto answer = take({"HTTP/1.1 200 OK", "Content-Encoding: br", "Content-Length: 1000000000", ""}, "0123456789x", receiver);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "0123456789");
  EXPECT_EQ(take({"HTTP/1.1 200 OK", ""}, "0123456789", receiver)->body, "0123456789");
}

TEST(Exchange, IsNoAnswerWithoutHeaders) {
  EXPECT_EQ(kind(take({})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"HTTP/1.1 100 Continue", ""})), ErrorKind::kTransient);
  EXPECT_EQ(kind(take({"HTTP/1.1 200 OK", "X: 1"})), ErrorKind::kTransient);
  Exchange exchange({});
  EXPECT_FALSE(exchange.body("early"));
}

}  // namespace
}  // namespace bylined::net
