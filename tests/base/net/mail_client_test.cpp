// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "base/digest.h"
#include "tests/base/net/certificates.h"
#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

// A mail server that says what it is told to, stage by stage, and keeps what it hears.
struct Script {
  std::string greeting = "220 mail.example ESMTP\r\n";
  std::string features = "STARTTLS";          // offered before TLS; empty for none
  std::string login = "235 2.7.0 welcome\r\n";
  std::string from = "250 2.1.0 ok\r\n";
  std::string to = "250 2.1.5 ok\r\n";
  std::string data = "354 go on\r\n";
  std::string end = "250 2.0.0 taken as 7\r\n";
  bool reset_after_dot = false;
  Millis end_after{0};
  bool tls_first = false;
  std::string after_tls_word = "220 2.0.0 ready\r\n";  // the answer to STARTTLS
  std::string logins = "AUTH PLAIN LOGIN";
  std::string goodbye = "221 bye\r\n";
};

class MailServerDouble {
 public:
  explicit MailServerDouble(Script script, CertificateWish wish = {.name = "mail.example"})
      : script_(std::move(script)), tls_(authority_.server(wish)), listener_([this](Connection& connection) { serve(connection); }) {}

  int port() const { return listener_.port(); }
  int accepted() const { return listener_.accepted(); }
  const std::string& ca_file() const { return authority_.path(); }
  // Everything heard on all connections, in order.
  std::string heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  bool plain_login() {
    const std::lock_guard lock(mutex_);
    return plain_login_;
  }

 private:
  std::string line(Connection& connection) {
    std::string text = connection.read_until("\r\n");
    const std::lock_guard lock(mutex_);
    heard_ += text;
    if (text.starts_with("AUTH") && !secure_) plain_login_ = true;
    return text;
  }
  bool say(Connection& connection, const std::string& text) { return !text.empty() && connection.write(text); }

  void serve(Connection& connection) {
    secure_ = script_.tls_first;
    if (script_.tls_first && !connection.start_tls(tls_.get())) return;
    if (!say(connection, script_.greeting)) return;
    for (std::string text = line(connection); !text.empty(); text = line(connection)) {
      if (!answer(connection, text)) return connection.wait_for_end();
    }
  }

  bool answer(Connection& connection, const std::string& text) {
    if (text.starts_with("EHLO")) {
      const bool offer = !secure_ && !script_.features.empty();
      return say(connection, "250-mail.example\r\n" + (offer ? "250-" + script_.features + "\r\n" : "") + "250 " + script_.logins + "\r\n");
    }
    if (text.starts_with("STARTTLS")) {
      if (!say(connection, script_.after_tls_word) || !connection.start_tls(tls_.get())) return false;
      secure_ = true;
      return true;
    }
    if (text.starts_with("AUTH")) return authenticate(connection, text);
    if (text.starts_with("MAIL")) return say(connection, script_.from);
    if (text.starts_with("RCPT")) return say(connection, script_.to);
    if (text.starts_with("DATA")) return say(connection, script_.data) && (!script_.data.starts_with("354") || message(connection));
    return say(connection, text.starts_with("QUIT") ? script_.goodbye : "500 what?\r\n");
  }

  bool authenticate(Connection& connection, const std::string& text) {
    if (text == "AUTH PLAIN\r\n") {
      say(connection, "334 \r\n");
      line(connection);
    }
    return say(connection, script_.login);
  }

  bool message(Connection& connection) {
    const std::string text = connection.read_until("\r\n.\r\n");
    {
      const std::lock_guard lock(mutex_);
      heard_ += text;
    }
    if (script_.reset_after_dot) connection.reset();
    std::this_thread::sleep_for(script_.end_after);
    return say(connection, script_.end);
  }

  Script script_;
  Authority authority_;
  TlsContext tls_;
  std::mutex mutex_;
  std::string heard_;
  std::atomic<bool> secure_{false};
  bool plain_login_ = false;
  Listener listener_;
};

Mail mail_to(const MailServerDouble& server, const std::string& scheme = "smtp") {
  Mail mail;
  mail.server = scheme + "://mail.example:" + std::to_string(server.port());
  mail.user = "press";
  mail.password = Secret("hush-hush");
  mail.from = "monitor@press.example";
  mail.to = "desk@press.example";
  mail.message = "Subject: =?utf-8?B?7ZWc6rWt?=\r\n\r\n.dots\r\n..\r\n";
  mail.timeout = Millis(2'000);
  return mail;
}

ClientOptions reaching(const MailServerDouble& server) {
  ClientOptions options = laboratory({});
  options.ca_file = server.ca_file();
  options.lookup = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  return options;
}

MailAnswer deliver(MailServerDouble& server, Mail mail) {
  Desk desk(reaching(server));
  return desk.post(std::move(mail));
}
MailAnswer deliver(MailServerDouble& server) { return deliver(server, mail_to(server)); }

TEST(MailClient, SendsOverStarttlsWithALogin) {
  MailServerDouble server({});
  const MailAnswer answer = deliver(server);
  EXPECT_EQ(answer.code, 250);
  EXPECT_EQ(answer.text, "2.0.0 taken as 7");
  EXPECT_TRUE(answer.sent);
  EXPECT_NE(server.heard().find("MAIL FROM:<monitor@press.example>\r\nRCPT TO:<desk@press.example>\r\nDATA\r\nSubject: "), std::string::npos) << server.heard();
  EXPECT_NE(server.heard().find("\r\n\r\n..dots\r\n...\r\n.\r\n"), std::string::npos);
  EXPECT_FALSE(server.plain_login());
}

TEST(MailClient, SendsOverTlsFromTheFirstByte) {
  MailServerDouble server({.features = "", .tls_first = true});
  EXPECT_EQ(deliver(server, mail_to(server, "smtps")).code, 250);
}

TEST(MailClient, SendsInTheClearOnlyWhenToldToAndWithoutALogin) {
  MailServerDouble server({.features = ""});
  Mail mail = mail_to(server);
  mail.tls_none = true;
  const MailAnswer answer = deliver(server, mail);
  EXPECT_TRUE(answer.refused);
  EXPECT_EQ(server.accepted(), 0);
  mail.user.clear();
  mail.password = Secret();
  EXPECT_EQ(deliver(server, mail).code, 250);
}

TEST(MailClient, GivesTheServersNoAtEachStage) {
  const auto with = [](std::string Script::*stage, const std::string& reply) {
    Script script;
    script.*stage = reply;
    return script;
  };
  for (const auto& [script, code] :
       {std::pair(with(&Script::greeting, "421 4.3.2 not now\r\n"), 421), std::pair(with(&Script::greeting, "554 5.7.1 go away\r\n"), 554),
        std::pair(with(&Script::login, "535 5.7.8 no\r\n"), 535), std::pair(with(&Script::login, "454 4.7.0 later\r\n"), 454),
        std::pair(with(&Script::from, "451 4.3.0 later\r\n"), 451), std::pair(with(&Script::from, "550 5.7.1 not you\r\n"), 550),
        std::pair(with(&Script::to, "450 4.2.0 greylisted\r\n"), 450), std::pair(with(&Script::to, "550 5.1.1 nobody\r\n"), 550),
        std::pair(with(&Script::data, "452 4.3.1 full\r\n"), 452), std::pair(with(&Script::data, "554 5.5.1 no\r\n"), 554),
        std::pair(with(&Script::from, "421 4.3.2 closing\r\n"), 421), std::pair(with(&Script::to, "421 4.3.2 closing\r\n"), 421),
        std::pair(with(&Script::data, "421 4.3.2 closing\r\n"), 421), std::pair(with(&Script::data, "503 5.5.1 need RCPT first\r\n"), 503)}) {
    MailServerDouble server(script);
    const MailAnswer answer = deliver(server);
    EXPECT_EQ(answer.code, code) << answer.text;
    EXPECT_FALSE(answer.sent) << code;
    EXPECT_FALSE(answer.refused) << code;
    const bool told_the_recipient = server.heard().find("RCPT") != std::string::npos;
    EXPECT_EQ(answer.to_us, !told_the_recipient) << code;
    EXPECT_NE(answer.text.find(std::to_string(code / 100) + "."), std::string::npos) << answer.text;
  }
}

TEST(MailClient, GivesTheServersNoToTheMessageAsSent) {
  for (const auto& [end, code] : {std::pair("250-2.0.0 a\r\n250 b\r\n", 250), std::pair("250 2.0.0 a\r\n421 4.4.2 closing\r\n", 250), std::pair("421 4.3.2 closing\r\n", 421), std::pair("451 4.3.0 later\r\n", 451), std::pair("552 5.3.4 too big\r\n", 552)}) {
    MailServerDouble server({.end = end});
    const MailAnswer answer = deliver(server);
    EXPECT_EQ(answer.code, code);
    EXPECT_TRUE(answer.sent);
  }
}

TEST(MailClient, SaysThatNobodyKnowsWhereTheLastAnswerIsMissing) {
  for (const Script& script : {Script{.end = ""}, Script{.end = "354 go on\r\n"}, Script{.end = "", .reset_after_dot = true}, Script{.end = "nonsense\r\n"}, Script{.end = "250-never ends\r\n"}}) {
    MailServerDouble server(script);
    Mail mail = mail_to(server);
    mail.end_timeout = Millis(300);
    const MailAnswer answer = deliver(server, mail);
    EXPECT_EQ(answer.code, 0);
    EXPECT_TRUE(answer.sent) << answer.text;
    EXPECT_FALSE(answer.refused);
  }
}

// A server that is a reply ahead of us: it took no mail.
TEST(MailClient, TakesNoYesThatDoesNotBelongToWhatWasAsked) {
  for (const Script& script : {Script{.from = "354 go on\r\n"}, Script{.to = "250 ok\r\n250 ok\r\n"}, Script{.data = "250 2.0.0 ok\r\n"}}) {
    MailServerDouble server(script);
    const MailAnswer answer = deliver(server);
    EXPECT_EQ(answer.code, 0) << answer.text;
    EXPECT_FALSE(answer.sent);
    EXPECT_NE(answer.text, "");
  }
}

// A scanner behind the dot may take minutes; who gives up sooner sends the same mail again.
TEST(MailClient, WaitsLongerForTheAnswerToTheDotThanForAnyOther) {
  EXPECT_EQ(Mail().end_timeout, std::chrono::minutes(10));
  MailServerDouble server({.end_after = Millis(1'500)});
  Mail mail = mail_to(server);
  mail.timeout = Millis(1'000);
  EXPECT_EQ(deliver(server, mail).code, 250);
}

TEST(MailClient, KnowsThatNothingWasSentWhereTheServerFallsSilentEarlier) {
  for (const Script& script : {Script{.greeting = ""}, Script{.after_tls_word = ""}, Script{.login = ""}, Script{.from = ""}, Script{.to = ""}, Script{.data = ""}}) {
    MailServerDouble server(script);
    Mail mail = mail_to(server);
    mail.timeout = Millis(150);
    const MailAnswer answer = deliver(server, mail);
    EXPECT_EQ(answer.code, 0);
    EXPECT_FALSE(answer.sent);
    EXPECT_NE(answer.text, "");
  }
}

TEST(MailClient, NeverLogsInWhereTlsWasTakenOutOfTheOffer) {
  MailServerDouble server({.features = ""});
  const MailAnswer answer = deliver(server);
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(server.heard().find("AUTH"), std::string::npos) << server.heard();
  EXPECT_EQ(server.heard().find("MAIL"), std::string::npos);
}

TEST(MailClient, NeverLogsInWhereTlsIsRefused) {
  MailServerDouble server({.after_tls_word = "454 4.7.0 no TLS today\r\n"});
  const MailAnswer answer = deliver(server);
  EXPECT_EQ(answer.code, 454);
  EXPECT_EQ(server.heard().find("AUTH"), std::string::npos);
}

TEST(MailClient, TakesNothingThatWasSaidBeforeTls) {
  MailServerDouble server({.after_tls_word = "220 ready\r\n250-mail.example\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 ok\r\n"});
  Mail mail = mail_to(server);
  mail.timeout = Millis(500);
  const MailAnswer answer = deliver(server, mail);
  EXPECT_EQ(answer.code, 0);
  EXPECT_FALSE(answer.sent);
}

TEST(MailClient, NeverLogsInWhereTheCertificateDoesNotHold) {
  for (const CertificateWish& wish : {CertificateWish{.name = "other.example"}, CertificateWish{.name = "mail.example", .from_days = -3, .to_days = -1}}) {
    MailServerDouble server({}, wish);
    const MailAnswer answer = deliver(server);
    EXPECT_EQ(answer.code, 0);
    EXPECT_FALSE(answer.refused);  // they may put a good one in its place
    EXPECT_EQ(server.heard().find("AUTH"), std::string::npos);
  }
}

TEST(MailClient, DoesNotSendUnnamedWhereNoLoginIsOffered) {
  for (const char* logins : {"", "AUTH X", "AUTH NTLM GSSAPI"}) {
    MailServerDouble server({.logins = logins});
    const MailAnswer answer = deliver(server);
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.text, "the server offers no login that we take");
    EXPECT_EQ(server.heard().find("MAIL"), std::string::npos);
  }
}

TEST(MailClient, KeepsThePasswordOutOfItsAnswers) {
  const std::string plain = base64(std::string("\0press\0hush-hush", 16));
  MailServerDouble server({.login = "535 5.7.8 hush-hush is wrong: " + plain + " " + base64("hush-hush") + "\r\n"});
  const MailAnswer answer = deliver(server);
  EXPECT_EQ(answer.code, 535);
  EXPECT_EQ(answer.text, "5.7.8 ... is wrong: ... ...");
}

TEST(MailClient, APasswordThatStandsInItsOwnMaskIsMaskedOnce) {
  MailServerDouble server({.login = "535 5.7.8 no.\r\n"});
  Mail mail = mail_to(server);
  mail.password = Secret(".");
  EXPECT_EQ(deliver(server, mail).text, "5...7...8 no...");
  mail.password = Secret("...");
  EXPECT_EQ(deliver(server, mail).text, "5.7.8 no.");
}

TEST(MailClient, DialsNobodyForAMailThatBreaksTheRules) {
  MailServerDouble server({});
  const auto refused = [&](auto change) {
    Mail mail = mail_to(server);
    change(mail);
    const MailAnswer answer = deliver(server, mail);
    return answer.refused && answer.code == 0 && !answer.sent && !answer.text.empty();
  };
  EXPECT_TRUE(refused([](Mail& mail) { mail.to = "a@b.kr>\r\nRCPT TO:<c@d.kr"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.from = "a@b.kr\r\nDATA"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.message = "a\n.\r\nMAIL FROM:<x@y.kr>\r\n"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.message = "한국\r\n"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.server = "smtp://mail.example/\r\nMAIL"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.user = "press\r\nX"; }));
  EXPECT_TRUE(refused([](Mail& mail) { mail.allow_private = {"127.0.0.1/8"}; }));
  EXPECT_EQ(server.accepted(), 0);
}

TEST(MailClient, ReachesServersInsideOnlyWhereTheirRangeIsNamed) {
  MailServerDouble server({});
  ClientOptions options = reaching(server);
  options.allow_private = {};
  Desk desk(options);
  Mail mail = mail_to(server);
  const MailAnswer answer = desk.post(mail);
  EXPECT_TRUE(answer.refused);
  EXPECT_EQ(answer.text, "127.0.0.1 is loopback: only what allow_private names is asked there");
  EXPECT_EQ(server.accepted(), 0);
  mail.allow_private = {"127.0.0.1/32"};
  EXPECT_EQ(desk.post(mail).code, 250);
}

TEST(MailClient, SaysGoodbyeAndWaitsForNoAnswerToIt) {
  MailServerDouble server({.goodbye = ""});
  Desk desk(reaching(server));
  Mail mail = mail_to(server);
  mail.timeout = Millis(4'000);
  const Steady began = desk.clock->steady();
  EXPECT_EQ(desk.post(mail).code, 250);
  EXPECT_LT(desk.clock->steady() - began, Millis(3'000));
  while (server.heard().find("QUIT\r\n") == std::string::npos) std::this_thread::yield();
}

TEST(MailClient, BoundsWhatAServerMaySay) {
  std::string lines;
  for (int i = 0; i < 3'000; ++i) lines += "250-2.0.0 and another line of an answer without end\r\n";
  for (const Script& script : {Script{.greeting = "220 " + std::string(10u << 20, 'x')}, Script{.from = lines}, Script{.greeting = "hello\r\n"},
                               Script{.from = "250 ok\r\n250 and more\r\n"}, Script{.to = "999 no\r\n"}}) {
    MailServerDouble server(script);
    Mail mail = mail_to(server);
    mail.timeout = Millis(500);
    const MailAnswer answer = deliver(server, mail);
    EXPECT_EQ(answer.code, 0);
    EXPECT_FALSE(answer.sent);
    EXPECT_LE(answer.text.size(), 500u);
  }
}

TEST(MailClient, SendsALargeMessageWhole) {
  MailServerDouble server({});
  Mail mail = mail_to(server);
  mail.message = "Subject: x\r\n\r\n";
  for (int i = 0; i < 5'000; ++i) mail.message += std::string(76, static_cast<char>('a' + i % 26)) + "\r\n";
  mail.timeout = Millis(10'000);
  EXPECT_EQ(deliver(server, mail).code, 250);
  EXPECT_NE(server.heard().find(mail.message + ".\r\n"), std::string::npos);
}

TEST(MailClient, StopsAMailThatIsCancelled) {
  MailServerDouble server({.to = ""});
  Desk desk(reaching(server));
  boost::asio::cancellation_signal cancel;
  std::optional<MailAnswer> ended;
  auto task = [](MailClient& client, Mail mail) -> Task<MailAnswer> { co_return co_await client.send(std::move(mail)); };
  boost::asio::co_spawn(desk.context, task(*desk.client.mail, mail_to(server)),
                        boost::asio::bind_cancellation_slot(cancel.slot(), [&](const std::exception_ptr&, MailAnswer answer) { ended = std::move(answer); }));
  while (server.heard().find("RCPT") == std::string::npos) desk.context.run_one_for(std::chrono::milliseconds(1));
  cancel.emit(boost::asio::cancellation_type::terminal);
  desk.context.run_for(std::chrono::seconds(5));
  ASSERT_TRUE(ended);
  EXPECT_FALSE(ended->sent);
}

TEST(MailClient, ClosesWithAMailUnderWay) {
  MailServerDouble server({.end = ""});
  auto desk = std::make_unique<Desk>(reaching(server));
  auto task = [](MailClient& client, Mail mail) -> Task<void> { (void)co_await client.send(std::move(mail)); };
  boost::asio::co_spawn(desk->context, task(*desk->client.mail, mail_to(server)), [](const std::exception_ptr&) {});
  while (server.heard().find("\r\n.\r\n") == std::string::npos) desk->context.run_one_for(std::chrono::milliseconds(1));
  const Steady began = desk->clock->steady();
  const auto clock = std::move(desk->clock);
  desk.reset();
  EXPECT_LT(clock->steady() - began, Millis(1'000));
}

}  // namespace
}  // namespace bylined::net
