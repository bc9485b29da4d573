// SPDX-License-Identifier: Apache-2.0
#include "base/net/smtp.h"

#include <gtest/gtest.h>

namespace bylined::net {
namespace {

using namespace std::string_literals;

TEST(MailAddress, IsABareAsciiMailbox) {
  const std::string longest = std::string(64, 'l') + "@" + std::string(61, 'a') + "." + std::string(61, 'b') + "." + std::string(61, 'c') + ".kr";
  for (const std::string& good : {"desk@example.com"s, "a.b+c_d-e@press.example"s, "x@localhost"s, "!#$%&'*/=?^`{|}~@a.kr"s, longest}) {
    EXPECT_TRUE(check_address(good)) << good;
  }
}

TEST(MailAddress, RefusesAnythingThatCouldEndTheCommand) {
  for (const std::string& bad :
       {"a@b.kr\r\nRCPT TO:<c@d.kr>"s, "a@b.kr\n"s, "\ra@b.kr"s, "<a@b.kr>"s, "a@b.kr>"s, "a<b@c.kr"s, "\"a b\"@c.kr"s, "\"\r\n\"@c.kr"s, "a(x)@b.kr"s,
        "a b@c.kr"s, " a@b.kr"s, "a@b.kr "s, "a@b.kr\0"s, "a\0@b.kr"s, "기자@press.kr"s, "a@한국.kr"s, "a,b@c.kr"s, "a@b.kr,c@d.kr"s, "a;b@c.kr"s,
        "a\\b@c.kr"s, "a@b.kr SIZE=1"s, "a:b@c.kr"s, "@b.kr:a@c.kr"s, "a\tb@c.kr"s, "a\x7f@b.kr"s}) {
    EXPECT_FALSE(check_address(bad)) << quoted(bad);
  }
}

TEST(MailAddress, RefusesWhatIsNoAddress) {
  for (const std::string& bad : {""s, "a"s, "@"s, "a@"s, "@b.kr"s, ".a@b.kr"s, "a.@b.kr"s, "a..b@c.kr"s, "a@.kr"s, "a@b."s, "a@-b.kr"s, "a@b-.kr"s, "a@b_c.kr"s,
                                 "a@[127.0.0.1]"s, "a@b@c.kr"s, "a@" + std::string(64, 'b') + ".kr", std::string(65, 'a') + "@b.kr"}) {
    EXPECT_FALSE(check_address(bad)) << quoted(bad);
  }
}

TEST(MailAddress, IsNoLongerThan254Bytes) {
  const std::string tail = "@" + std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(59, 'c') + ".";
  const std::string local(64, 'l');
  EXPECT_EQ((local + tail + "kr").size(), 255u);
  EXPECT_FALSE(check_address(local + tail + "kr"));
  EXPECT_TRUE(check_address(local + tail + "k"));
}

TEST(MailServer, IsAHostAndAPort) {
  const auto plain = read_mail_server("SMTP://Mail.Example:587").value();
  EXPECT_EQ(plain.url, "smtp://mail.example:587");
  EXPECT_EQ(plain.host, "mail.example");
  EXPECT_FALSE(plain.tls_first);
  EXPECT_EQ(read_mail_server("smtp://mail.example")->port, 25);
  EXPECT_EQ(read_mail_server("smtps://mail.example/")->port, 465);
  EXPECT_EQ(read_mail_server("smtps://[::1]:2465")->host, "[::1]");
  for (const char* bad : {"", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@mail.example", "smtp://mail.example/ehlo", "smtp://mail.example?x",
                          "smtp://mail.example#x", "smtp://mail.example;AUTH=NTLM@x", "smtp://mail.example:99999", "smtp://mail.example\r\n", "smtp://a\\b"}) {
    const auto server = read_mail_server(bad);
    ASSERT_FALSE(server) << bad;
    EXPECT_EQ(server.error().kind(), ErrorKind::kInvalid);
  }
}

Status check(const std::string& message) {
  Mail mail;
  mail.from = "a@b.kr";
  mail.to = "c@d.kr";
  mail.message = message;
  return check_mail(mail, MailServer());
}

TEST(MailMessage, HasOnlyWholeLineEnds) {
  EXPECT_TRUE(check("Subject: x\r\n\r\nbody\r\n"));
  EXPECT_TRUE(check("\r\n"));
  for (const std::string& bad : {""s, "x"s, "x\n"s, "x\r"s, "a\nb\r\n"s, "a\rb\r\n"s, "a\n.\r\nb\r\n"s, "a\r\n\r"s, "\n\r\n"s, "a\r\r\n"s, "a\n\r\n"s}) {
    EXPECT_FALSE(check(bad)) << quoted(bad);
  }
}

TEST(MailMessage, IsSevenBitsWithoutNul) {
  EXPECT_FALSE(check("한국\r\n"));
  EXPECT_FALSE(check("a\0b\r\n"s));
  EXPECT_FALSE(check("\x7f\r\n"));
  EXPECT_TRUE(check("tab\t~\r\n"));
}

TEST(MailMessage, HasLinesOfAtMost998Bytes) {
  EXPECT_TRUE(check(std::string(998, 'x') + "\r\n" + std::string(998, 'y') + "\r\n"));
  EXPECT_FALSE(check(std::string(999, 'x') + "\r\n"));
  EXPECT_FALSE(check("a\r\n" + std::string(999, 'x') + "\r\n"));
}

TEST(MailMessage, HasAtMost16MiB) {
  std::string message;
  while (message.size() < 16u << 20) message += std::string(126, 'x') + "\r\n";
  EXPECT_TRUE(check(message));
  EXPECT_FALSE(check(message + "\r\n"));
}

TEST(MailMessage, DoublesDotsAtLineStartsAndEndsWithOne) {
  EXPECT_EQ(framed("a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
  EXPECT_EQ(framed(".x\r\n"), "..x\r\n.\r\n");
}

TEST(MailLogin, IsNotSentWithoutTls) {
  Mail mail;
  mail.from = "a@b.kr";
  mail.to = "c@d.kr";
  mail.message = "\r\n";
  mail.tls_none = true;
  mail.user = "press";
  EXPECT_FALSE(check_mail(mail, MailServer()));
  MailServer tls_first;
  tls_first.tls_first = true;
  EXPECT_TRUE(check_mail(mail, tls_first));
  mail.user.clear();
  mail.password = Secret("x");
  EXPECT_FALSE(check_mail(mail, MailServer()));
  mail.password = Secret();
  EXPECT_TRUE(check_mail(mail, MailServer()));
}

TEST(ReplyReader, PutsLinesTogetherAcrossPieces) {
  ReplyReader reader;
  EXPECT_FALSE(reader.take("250-2.1.0 fi")->has_value());
  EXPECT_FALSE(reader.take("rst\r\n250-\r\n")->has_value());
  const auto reply = reader.take("250 second\x1b[1m\r\n");
  ASSERT_TRUE(reply && reply->has_value());
  EXPECT_EQ((*reply)->code, 250);
  EXPECT_EQ((*reply)->text, "2.1.0 first second [1m");
  EXPECT_EQ((*reader.take("354\r\n"))->code, 354);
}

TEST(ReplyReader, RefusesWhatIsNotSmtp) {
  for (const char* bad : {"hello\r\n", "25\r\n", "2500 x\r\n", "199 x\r\n", "600 x\r\n", "250-a\r\n251 b\r\n", "250_a\r\n", "\r\n", "-50 x\r\n", "HTTP/1.1 200 OK\r\n"}) {
    ReplyReader reader;
    EXPECT_FALSE(reader.take(bad)) << bad;
  }
}

TEST(ReplyReader, TakesTheFirstReplyAndSaysThatMoreCame) {
  ReplyReader reader;
  const auto reply = reader.take("250 ok\r\n250 and more\r\n");
  ASSERT_TRUE(reply && reply->has_value());
  EXPECT_EQ((*reply)->text, "ok");
  EXPECT_TRUE((*reply)->more);
}

TEST(ReplyReader, StopsAtSixteenKiB) {
  ReplyReader endless;
  EXPECT_TRUE(endless.take("250-" + std::string((16u << 10) - 6, 'x') + "\r\n"));
  EXPECT_FALSE(endless.take("2"));
  ReplyReader one_line;
  EXPECT_FALSE(one_line.take("250 " + std::string(16u << 10, 'x')));
}

TEST(ReplyReader, KeepsFiveHundredBytesOfText) {
  ReplyReader reader;
  EXPECT_EQ((*reader.take("550 " + std::string(600, 'x') + "\r\n"))->text.size(), 500u);
}

}  // namespace
}  // namespace bylined::net
