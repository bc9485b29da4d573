// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/message.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text/decode.h"
#include "tests/pipeline/deliver/samples.h"

namespace bylined::deliver {
namespace {

std::vector<std::string> lines_of(std::string text) {
  std::vector<std::string> lines;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n")) {
    lines.push_back(text.substr(0, end));
    text.erase(0, end + 2);
  }
  EXPECT_EQ(text, "");
  return lines;
}

// What the encoded words of a field say together.
std::string decoded(const std::string& field) {
  std::string text;
  for (std::size_t at = field.find("=?UTF-8?B?"); at != std::string::npos; at = field.find("=?UTF-8?B?", at + 1)) {
    const std::size_t end = field.find("?=", at + 10);
    const auto word = decode_base64(field.substr(at + 10, end - at - 10));
    EXPECT_TRUE(word && text::valid_utf8(*word)) << "a character is split over two words";
    text += *word;
  }
  return text;
}

TEST(TextField, LeavesShortPlainTextAsItIs) { EXPECT_EQ(*text_field("Subject", "Plain text, short."), "Subject: Plain text, short.\r\n"); }

TEST(TextField, EncodesWhatIsKoreanLongOrLooksEncoded) {
  EXPECT_EQ(*text_field("Subject", "한빛"), "Subject: =?UTF-8?B?7ZWc67mb?=\r\n");
  const std::string fits = std::string(67, 'x'), longer = std::string(68, 'x');  // "Subject: " takes nine of 76
  EXPECT_EQ(*text_field("Subject", fits), "Subject: " + fits + "\r\n");
  EXPECT_EQ(decoded(*text_field("Subject", longer)), longer);
  EXPECT_EQ(decoded(*text_field("Subject", "=?UTF-8?Q?fake?=")), "=?UTF-8?Q?fake?=");
  EXPECT_EQ(decoded(*text_field("Subject", " blanks at the ends ")), " blanks at the ends ");
}

TEST(TextField, FoldsIntoWordsOf75AndLinesOf76OnWholeCharacters) {
  for (const char* const piece : {"가", "a가", "😀", "é", "ab가나"}) {
    for (int times = 1; times < 60; ++times) {
      const std::string text = "가" + samples::repeated(piece, times);
      const std::string field = *text_field("Subject", text);
      EXPECT_EQ(decoded(field), text);
      for (const std::string& line : lines_of(field)) EXPECT_LE(line.size(), 76u) << line;
    }
  }
}

TEST(TextField, PutsThirteenSyllablesOnTheFirstLineAndFifteenOnTheNext) {
  const auto lines = lines_of(*text_field("Subject", samples::repeated("가", 40)));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(decoded(lines[0]), samples::repeated("가", 13));
  EXPECT_EQ(decoded(lines[1]), samples::repeated("가", 15));
}

TEST(Fields, RefuseControlsInsteadOfRepairingThem) {
  for (const std::string& evil : {std::string("a\r\nBcc: x@example.com"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3), std::string("a\x1b[31m"), std::string("a\x7f")}) {
    EXPECT_EQ(text_field("Subject", evil).error().kind(), ErrorKind::kInvalid);
    EXPECT_EQ(plain_field("Message-ID", evil).error().kind(), ErrorKind::kInvalid);
    EXPECT_EQ(mailbox_field("From", {evil, "a@example.com"}).error().kind(), ErrorKind::kInvalid);
    EXPECT_EQ(mailbox_field("From", {"", evil}).error().kind(), ErrorKind::kInvalid);
  }
  EXPECT_FALSE(plain_field("Message-ID", "한"));
}

TEST(PlainField, TakesALineOf998BytesAndNotOneMore) {
  EXPECT_TRUE(plain_field("X", std::string(995, 'x')));
  EXPECT_FALSE(plain_field("X", std::string(996, 'x')));
}

TEST(MailboxField, WritesTheNameAsAPhrase) {
  EXPECT_EQ(*mailbox_field("To", {"", "a@example.com"}), "To: a@example.com\r\n");
  EXPECT_EQ(*mailbox_field("From", {"Press Desk", "a@example.com"}), "From: Press Desk <a@example.com>\r\n");
  EXPECT_EQ(*mailbox_field("From", {"Desk, the \"big\" one", "a@example.com"}), "From: \"Desk, the \\\"big\\\" one\" <a@example.com>\r\n");
  EXPECT_EQ(*mailbox_field("From", {"언론 모니터", "a@example.com"}), "From: =?UTF-8?B?7Ja466GgIOuqqOuLiO2EsA==?= <a@example.com>\r\n");
}

TEST(MailboxField, PutsALongAddressOnALineOfItsOwn) {
  const auto lines = lines_of(*mailbox_field("From", {samples::repeated("언론", 20), std::string(60, 'a') + "@example.com"}));
  EXPECT_EQ(lines.back(), " <" + std::string(60, 'a') + "@example.com>");
  for (const std::string& line : lines) EXPECT_LE(line.size(), 76u);
}

TEST(Base64Part, HasNoLineOfTheText) {
  const std::string part = base64_part("text/plain; charset=utf-8", "From me\r\n.\r\n" + std::string(5'000, 'x') + "\n--=_boundary\r");
  for (const std::string& line : lines_of(part)) {
    EXPECT_LE(line.size(), 76u);
    EXPECT_FALSE(line.starts_with(".") || line.starts_with("-") || line.starts_with("From"));
  }
}

}  // namespace
}  // namespace bylined::deliver
