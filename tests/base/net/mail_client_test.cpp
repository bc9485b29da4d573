// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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
  bool tls_first = false;
  std::string after_tls_word = "220 2.0.0 ready\r\n";  // the answer to STARTTLS
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
      return say(connection, "250-mail.example\r\n" + (offer ? "250-" + script_.features + "\r\n" : "") + "250 AUTH PLAIN LOGIN\r\n");
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
    return say(connection, text.starts_with("QUIT") ? "221 bye\r\n" : "500 what?\r\n");
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

}  // namespace
}  // namespace bylined::net
