// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/deliver/deliver.h"
#include "pipeline/deliver/mail/message.h"

namespace bylined::deliver {
namespace {

class GoodMailbox : public testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(GoodMailbox, GivesItsBareAddress) {
  const auto address = check_mailbox(GetParam().first);
  ASSERT_TRUE(address) << address.error().text();
  EXPECT_EQ(*address, GetParam().second);
}
INSTANTIATE_TEST_SUITE_P(Forms, GoodMailbox,
                         testing::Values(std::pair("desk@example.com", "desk@example.com"), std::pair(" desk@example.com ", "desk@example.com"),
                                         std::pair("desk@localhost", "desk@localhost"), std::pair("press-desk+ai_1.x@sub.example.co.kr", "press-desk+ai_1.x@sub.example.co.kr"),
                                         std::pair("언론 모니터 <press@example.com>", "press@example.com"), std::pair("\"Press, Desk\" <press@example.com>", "press@example.com"),
                                         std::pair("<press@xn--bj0bj06e.example>", "press@xn--bj0bj06e.example")));

class BadMailbox : public testing::TestWithParam<std::string> {};
TEST_P(BadMailbox, IsRefusedWithItsReason) {
  const auto address = check_mailbox(GetParam());
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error().kind(), ErrorKind::kInvalid);
  EXPECT_TRUE(address.error().text().starts_with("mail address '")) << address.error().text();
}
INSTANTIATE_TEST_SUITE_P(
    Shapes, BadMailbox,
    testing::Values("", "desk", "@example.com", "desk@", "desk@@example.com", "a b@example.com", ".a@example.com", "a.@example.com", "a..b@example.com",
                    "-o@example.com", "a@-example.com", "a@example-.com", "a@.com", "a@example..com", "a@example.com.", "a@[127.0.0.1]", "a@exa_mple.com",
                    "desk@example.com\r\nRCPT TO:<x@example.com>", "desk@example.com\nBcc: x@example.com", std::string("desk\0@example.com", 17), "desk\t@example.com",
                    "<desk@example.com", "desk@example.com>", "a <b> <desk@example.com>", "a<desk@example.com> b", "\"desk\"@example.com", "desk(note)@example.com",
                    "a@example.com,b@example.com", "a@example.com;b@example.com", "%relay@example.com", "host!user@example.com", "데스크@example.com", "desk@언론.example",
                    "Na\"me <desk@example.com>", "Na\\me <desk@example.com>", "Name\r\n <desk@example.com>", "\xff <desk@example.com>"));

std::string address_of(std::size_t local, std::size_t whole) {
  std::string address = std::string(local, 'a') + "@";
  while (address.size() + 60 < whole) address += std::string(59, 'd') + ".";
  return address + std::string(whole - address.size(), 'e');
}

TEST(Mailbox, IsTakenUpToItsLimitsAndNotOneBeyond) {
  EXPECT_TRUE(check_mailbox(address_of(10, 254)));
  EXPECT_FALSE(check_mailbox(address_of(10, 255)));
  EXPECT_TRUE(check_mailbox(address_of(64, 100)));
  EXPECT_FALSE(check_mailbox(address_of(65, 100)));
  EXPECT_TRUE(check_mailbox("a@" + std::string(63, 'b') + ".kr"));
  EXPECT_FALSE(check_mailbox("a@" + std::string(64, 'b') + ".kr"));
  const auto named = [](int letters) {
    std::string name;
    for (int i = 0; i < letters; ++i) name += "가";
    return name + " <a@example.com>";
  };
  EXPECT_TRUE(check_mailbox(named(100)));
  EXPECT_FALSE(check_mailbox(named(101)));
}

TEST(Mailbox, KeepsItsNameApart) {
  EXPECT_EQ(parse_mailbox("\" 언론 모니터 \" <press@example.com>")->name, "언론 모니터");
  EXPECT_EQ(parse_mailbox("press@example.com")->name, "");
}

}  // namespace
}  // namespace bylined::deliver
