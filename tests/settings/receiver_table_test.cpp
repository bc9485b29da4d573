// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kMail = "[[receiver]]\nid = \"desk\"\nkind = \"email\"\nsmtp = \"smtps://mail.example.com:465\"\n"
    "from = \"언론 모니터 <press@example.com>\"\nto = [\"desk@example.com\"]\n";
constexpr const char* kHook = "[[receiver]]\nid = \"ops\"\nkind = \"webhook\"\nurl = \"https://hooks.example.com/press\"\n";

TEST(ReceiverTable, AWebhookIsRead) {
  Folder folder;
  folder.write("s", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  const Checked checked = read_in(folder, std::string(kHook) + "secret = { file = \"s\" }\nallow_private = [\"10.1.2.3/32\"]\nlanguage = \"en\"\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Receiver& receiver = checked.settings->receivers.at(0);
  EXPECT_EQ(receiver.url, "https://hooks.example.com/press");
  EXPECT_EQ(receiver.allow_private, Lines{"10.1.2.3/32"});
  EXPECT_EQ(receiver.language, model::Language::kEnglish);
}

TEST(ReceiverTable, AMailboxIsRead) {
  Folder folder;
  folder.write("p", "pass\n");
  const Checked checked = read_in(folder, std::string(kMail) + "user = \"press\"\npassword = { file = \"p\" }\n");
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  const model::Receiver& receiver = checked.settings->receivers.at(0);
  EXPECT_EQ(receiver.smtp, "smtps://mail.example.com:465");
  EXPECT_EQ(receiver.password.reveal(), "pass");
  EXPECT_EQ(receiver.from, "언론 모니터 <press@example.com>");
  EXPECT_EQ(receiver.to, Lines{"desk@example.com"});
  EXPECT_FALSE(receiver.tls_none);
}

TEST(ReceiverTable, SpeaksTheDaemonsLanguageUnlessItHasItsOwn) {
  const Checked checked = read_text("[daemon]\nlanguage = \"en\"\n" + std::string(kMail));
  ASSERT_TRUE(checked.settings);
  EXPECT_EQ(checked.settings->receivers.at(0).language, model::Language::kEnglish);
}

TEST(ReceiverTable, AKindIsWebhookOrEmail) {
  EXPECT_EQ(faults("[[receiver]]\nid = \"r\"\nkind = \"slack\"\nchannel = \"#press\"\n"),
            Lines{"bylined.toml:3:8: receiver[0].kind: 'slack' is not a kind of receiver (write \"webhook\" or \"email\")"});
  EXPECT_TRUE(contains(faults("[[receiver]]\nid = \"r\"\n"), "receiver[0].kind: is missing"));
}

TEST(ReceiverTable, AFaultyAddressIsNamedUpToItsHostForTheRestMayBeAKey) {
  const auto fault = [](const std::string& url) {
    const Lines all = faults("[[receiver]]\nid = \"ops\"\nkind = \"webhook\"\nurl = '" + url + "'\nsecret = { file = \"s\" }\n");
    for (const std::string& line : all) EXPECT_EQ(line.find("CANARY"), std::string::npos) << line;
    return all;
  };
  EXPECT_TRUE(contains(fault("http://h.example/CANARY tok"), "receiver[0].url: URL 'http://h.example' has a blank, a control character or a backslash"));
  EXPECT_TRUE(contains(fault("http://h.example?k=CANARY tok"), "URL 'http://h.example' has a blank"));
  EXPECT_TRUE(contains(fault("http://h.example\\CANARY"), "URL 'http://h.example' has a blank"));
  EXPECT_TRUE(contains(fault("ftp://h.example/CANARY"), "URL 'ftp://h.example' is neither http nor https"));
  EXPECT_TRUE(contains(fault("http://h.example:99999/CANARY"), "URL 'http://h.example:99999' is not an absolute URL"));
  EXPECT_TRUE(contains(fault("CANARY"), "receiver[0].url: the URL is not an absolute URL"));
  EXPECT_TRUE(contains(fault("/CANARY?to=http://h.example"), "receiver[0].url: the URL is not an absolute URL"));
  fault("http://press:CANARY@h.example/");
  fault("http://press:CANARY@h.example/a b");
}

TEST(ReceiverTable, AKeyOfTheOtherKindIsNamedAsSuch) {
  EXPECT_TRUE(contains(faults(std::string(kHook) + "to = [\"a@example.com\"]\n"), "receiver[0].to: belongs to receivers of the kind email"));
  EXPECT_TRUE(contains(faults(std::string(kMail) + "url = \"https://example.com/\"\n"), "receiver[0].url: belongs to receivers of the kind webhook"));
}

TEST(ReceiverTable, AnAddressThatCannotBeSentToIsRefusedBeforeTheStart) {
  const auto to = [](const std::string& local) { return faults("[[receiver]]\nid = \"desk\"\nkind = \"email\"\nsmtp = \"smtps://mail.example.com\"\n"
      "from = \"press@example.com\"\nto = [\"" + local + "@example.com\"]\n"); };
  EXPECT_EQ(to(std::string(64, 'a')), Lines());
  EXPECT_TRUE(contains(to(std::string(65, 'a')), "receiver[0].to"));
  EXPECT_TRUE(contains(to("a..b"), "receiver[0].to"));
}

TEST(ReceiverTable, WithoutAnIdIsOneFaultAndNotUnusedBesides) {
  const Checked checked = read_text("[[receiver]]\nkind = \"webhook\"\nurl = \"https://hooks.example.com/press\"\n");
  for (const Complaint& complaint : checked.complaints) EXPECT_FALSE(complaint.file.empty()) << complaint.reason;
}

TEST(ReceiverTable, WhatAMailNeedsIsAskedFor) {
  const Lines lines = faults("[[receiver]]\nid = \"r\"\nkind = \"email\"\n");
  for (const char* key : {"smtp", "from", "to"}) EXPECT_TRUE(contains(lines, "receiver[0]." + std::string(key) + ": is missing")) << key;
  EXPECT_EQ(lines.size(), 3u);
}

TEST(ReceiverTable, WhatIsWrongInAMailIsRefusedAtItsPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {"tls = \"maybe\"", "receiver[0].tls: 'maybe' is not known here"},
      {"tls = \"none\"", "receiver[0].tls: smtps:// is TLS from the first byte"},
      {"user = \"press\"", "receiver[0]: user and password go together"},
      {"password = { file = \"p\" }", "receiver[0]: user and password go together"},
  };
  Folder folder;
  folder.write("p", "pass");
  for (const auto& [line, fault] : wrong) {
    const Lines lines = faults(read_in(folder, std::string(kMail) + line + "\n"));
    EXPECT_TRUE(contains(lines, fault)) << line << testing::PrintToString(lines);
  }
}

TEST(ReceiverTable, AddressesMustBeAddresses) {
  const std::string head = "[[receiver]]\nid = \"r\"\nkind = \"email\"\nsmtp = \"smtp://mail.example.com\"\n";
  EXPECT_TRUE(contains(faults(head + "from = \"press\"\nto = [\"a@example.com\"]\n"), "bylined.toml:5:8: receiver[0].from:"));
  EXPECT_TRUE(contains(faults(head + "from = \"p@example.com\"\nto = [\"a@example.com\", \"b\"]\n"), "bylined.toml:6:24: receiver[0].to[1]:"));
  EXPECT_TRUE(contains(faults(head + "from = \"p@example.com\"\n"
      "to = [\"a@example.com\", \"A <a@example.com>\"]\n"), "'a@example.com' stands here twice"));
  EXPECT_TRUE(contains(faults(head + "from = \"p@example.com\"\nto = []\n"), "receiver[0].to: is empty"));
  EXPECT_TRUE(contains(faults(head + "from = \"p@example.com\\r\\nBcc: x@example.com\"\n"
      "to = [\"a@example.com\"]\n"), "receiver[0].from: holds a control character"));
}

TEST(ReceiverTable, ALoginIsNotSentInTheClear) {
  Folder folder;
  folder.write("p", "pass");
  const std::string open = "[[receiver]]\nid = \"r\"\nkind = \"email\"\nsmtp = \"smtp://127.0.0.1:25\"\ntls = \"none\"\n"
                           "from = \"p@example.com\"\nto = [\"a@example.com\"]\n";
  const Checked plain = read_in(folder, open);
  ASSERT_TRUE(plain.settings) << testing::PrintToString(faults(plain));
  EXPECT_TRUE(plain.settings->receivers.at(0).tls_none);
  const Lines lines = faults(read_in(folder, open + "user = \"u\"\npassword = { file = \"p\" }\n"));
  EXPECT_TRUE(contains(lines, "receiver[0].password: a login is not sent without TLS"));
}

TEST(ReceiverTable, AMailServerIsAHostAndAPort) {
  const std::string head = "[[receiver]]\nid = \"r\"\nkind = \"email\"\nfrom = \"p@example.com\"\nto = [\"a@example.com\"]\n";
  for (const char* bad : {"mail.example.com", "https://mail.example.com", "smtp://", "smtp://a:b", "smtp://mail.example.com/x"}) {
    EXPECT_TRUE(contains(faults(head + "smtp = \"" + bad + "\"\n"), "receiver[0].smtp: mail server")) << bad;
  }
  const Lines lines = faults(head + "smtp = \"smtp://u:hunter2@mail.example.com\"\n");
  EXPECT_TRUE(contains(lines, "receiver[0].smtp: a user name or password does not stand in a URL"));
  EXPECT_FALSE(contains(lines, "hunter2"));
}

TEST(ReceiverTable, AWebhookIsAlwaysSigned) { EXPECT_TRUE(contains(faults(kHook), "receiver[0].secret: is missing")); }

TEST(ReceiverTable, ASecretThatIsNoneIsRefused) {
  Folder folder;
  folder.write("s", "hunter2");
  EXPECT_TRUE(contains(faults(read_in(folder, std::string(kHook) + "secret = { file = \"s\" }\n")), "receiver[0].secret:"));
}

}  // namespace
}  // namespace bylined::settings
