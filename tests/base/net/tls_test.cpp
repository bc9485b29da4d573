// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/base/net/certificates.h"
#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

Listener::Script over(const TlsContext& context, std::string answer) {
  return [context, answer = std::move(answer)](Connection& connection) {
    if (!connection.start_tls(context.get())) return;
    while (!connection.request().empty() && connection.write(answer)) {}
  };
}

// A client that trusts the test's authority and finds press.example at the listener.
ClientOptions trusting(const Authority& authority, const Listener& listener) {
  ClientOptions options = laboratory({443});
  options.ca_file = authority.path();
  options.connect_to = {{"press.example:443", "127.0.0.1:" + std::to_string(listener.port())}};
  return options;
}

Result<HttpResponse> fetch_from(const Authority& authority, const TlsContext& context) {
  Listener origin(over(context, ok("안전")));
  Desk desk(trusting(authority, origin));
  return desk.get("https://press.example/");
}

TEST(Tls, TakesACertificateThatHolds) {
  const Authority authority;
  const auto answer = fetch_from(authority, authority.server({.name = "press.example"}));
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->body, "안전");
}

TEST(Tls, RefusesACertificateThatDoesNot) {
  const Authority authority, stranger("Another Authority"), impostor;
  EXPECT_EQ(kind(fetch_from(authority, authority.server({.name = "press.example", .from_days = -3, .to_days = -1}))), ErrorKind::kRefused);
  EXPECT_EQ(kind(fetch_from(authority, authority.server({.name = "press.example", .from_days = 1, .to_days = 3}))), ErrorKind::kRefused);
  EXPECT_EQ(kind(fetch_from(authority, authority.server({.name = "other.example"}))), ErrorKind::kRefused);
  EXPECT_EQ(kind(fetch_from(authority, authority.server({.name = "IP:127.0.0.1"}))), ErrorKind::kRefused);
  EXPECT_EQ(kind(fetch_from(authority, stranger.server({.name = "press.example"}))), ErrorKind::kRefused);
  EXPECT_FALSE(fetch_from(authority, impostor.server({.name = "press.example"})));
  EXPECT_EQ(kind(fetch_from(authority, authority.self_signed({.name = "press.example"}))), ErrorKind::kRefused);
}

TEST(Tls, SaysWhatIsWrongWithTheCertificate) {
  const Authority authority;
  const auto expired = fetch_from(authority, authority.server({.name = "press.example", .from_days = -3, .to_days = -1}));
  EXPECT_NE(expired.error().text().find("expired"), std::string::npos) << expired.error().text();
  const auto other = fetch_from(authority, authority.server({.name = "other.example"}));
  EXPECT_NE(other.error().text().find("press.example"), std::string::npos) << other.error().text();
}

TEST(Tls, TrustsNobodyWhoIsNotNamed) {
  const Authority authority;
  Listener origin(over(authority.server({.name = "press.example"}), ok("1")));
  ClientOptions options = trusting(authority, origin);
  options.ca_file.clear();
  Desk desk(options);
  EXPECT_EQ(kind(desk.get("https://press.example/")), ErrorKind::kRefused);
}

TEST(Tls, ChecksAnAddressAgainstTheCertificatesAddresses) {
  const Authority authority;
  for (const auto& [name, good] : {std::pair("IP:127.0.0.1", true), std::pair("IP:127.0.0.2", false), std::pair("127.0.0.1", false)}) {
    Listener origin(over(authority.server({.name = name}), ok("1")));
    ClientOptions options = laboratory({origin.port()});
    options.ca_file = authority.path();
    Desk desk(options);
    EXPECT_EQ(desk.get("https://127.0.0.1:" + std::to_string(origin.port())).has_value(), good) << name;
  }
}

TEST(Tls, SpeaksNothingOlderThan12) {
  const Authority authority;
  for (const auto& [version, good] : {std::pair(TLS1_VERSION, false), std::pair(TLS1_1_VERSION, false), std::pair(TLS1_2_VERSION, true), std::pair(TLS1_3_VERSION, true)}) {
    const TlsContext context = authority.server({.name = "press.example"});
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), version);
    SSL_CTX_set_max_proto_version(context.get(), version);
    EXPECT_EQ(fetch_from(authority, context).has_value(), good) << version;
  }
}

TEST(Tls, EndsAHandshakeThatStalls) {
  const Authority authority;
  Listener origin([](Connection& connection) { connection.wait_for_end(); });
  ClientOptions options = trusting(authority, origin);
  options.connect_timeout = Millis(50);
  Desk desk(options);
  EXPECT_EQ(kind(desk.get("https://press.example/")), ErrorKind::kTransient);
}

TEST(Tls, CallsAPlainAnswerTransient) {
  const Authority authority;
  Listener origin([](Connection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  Desk desk(trusting(authority, origin));
  EXPECT_EQ(kind(desk.get("https://press.example/")), ErrorKind::kTransient);
}

TEST(Tls, CallsABodyThatEndsWithoutACloseIncomplete) {
  const Authority authority;
  const TlsContext context = authority.server({.name = "press.example"});
  Listener origin([&](Connection& connection) {
    if (!connection.start_tls(context.get())) return;
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\n\r\nhalf of a p");
    connection.reset();
  });
  Desk desk(trusting(authority, origin));
  EXPECT_EQ(kind(desk.get("https://press.example/")), ErrorKind::kTransient);
}

TEST(Tls, KeepsTheConnectionForTheNextRequest) {
  const Authority authority;
  Listener origin(over(authority.server({.name = "press.example"}), ok("1")));
  Desk desk(trusting(authority, origin));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(desk.get("https://press.example/"));
  EXPECT_EQ(origin.accepted(), 1);
}

TEST(Tls, DoesNotShareConnectionsBetweenPagesAndReceivers) {
  const Authority authority;
  Listener origin(over(authority.server({.name = "press.example"}), ok("1")));
  Desk desk(trusting(authority, origin));
  ASSERT_TRUE(desk.get("https://press.example/"));
  HttpRequest request = request_for("https://press.example/");
  request.receiver = true;
  ASSERT_TRUE(desk.send(request));
  EXPECT_EQ(origin.accepted(), 2);
}

}  // namespace
}  // namespace bylined::net
