// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

constexpr const char* kGood = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::string webhook(const std::string& secret) {
  return "[[receiver]]\nid = \"r\"\nkind = \"webhook\"\nurl = \"https://example.com/\"\nsecret = " + secret + "\n";
}

Checked read_secret_of(const std::string& bytes, mode_t mode = 0600) {
  Folder folder;
  folder.write("s", bytes, mode);
  return read_in(folder, webhook("{ file = \"s\" }"));
}

TEST(SecretFile, OneTrailingLineFeedIsNotPartOfIt) {
  for (const char* end : {"", "\n"}) {
    const Checked checked = read_secret_of(std::string(kGood) + end);
    ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
    EXPECT_EQ(checked.settings->receivers.at(0).secrets.at(0).reveal(), kGood);
  }
}

TEST(SecretFile, EmptyOrBrokenOverLinesIsRefused) {
  EXPECT_TRUE(contains(faults(read_secret_of("")), "bylined.toml:5:10: receiver[0].secret: the secret in "));
  EXPECT_TRUE(contains(faults(read_secret_of("\n")), "is empty"));
  for (const std::string& bytes : {std::string("a\r\n"), std::string("a\nb"), std::string("a\n\n"), std::string("a\0b", 3)}) {
    EXPECT_TRUE(contains(faults(read_secret_of(bytes)), "holds a line break or a zero byte")) << bytes;
  }
}

TEST(SecretFile, OthersMayNotWriteItAndShouldNotReadIt) {
  EXPECT_TRUE(contains(faults(read_secret_of(kGood, 0602)), "every user of this machine may write "));
  const Checked readable = read_secret_of(kGood, 0644);
  EXPECT_TRUE(readable.settings);
  EXPECT_TRUE(contains(warnings(readable), "every user of this machine may read "));
  EXPECT_FALSE(contains(warnings(read_secret_of(kGood, 0640)), "may read"));
}

TEST(SecretFile, IsReadUpToItsLimit) {
  Folder folder;
  folder.write("s", std::string(16384, 'x'));
  EXPECT_FALSE(contains(faults(read_in(folder, webhook("{ file = \"s\" }"))), "is larger than"));
  folder.write("s", std::string(16385, 'x'));
  EXPECT_TRUE(contains(faults(read_in(folder, webhook("{ file = \"s\" }"))), "is larger than 16KiB"));
}

TEST(SecretFile, WhatIsMissingIsNamed) {
  EXPECT_TRUE(contains(faults(webhook("{ file = \"none\" }")), "/none does not exist"));
}

TEST(SecretFile, APlainStringIsRefusedAndNeverPrinted) {
  const auto lines = faults(webhook("\"" + std::string(kGood) + "\""));
  EXPECT_TRUE(contains(lines, "receiver[0].secret: a secret does not stand in the configuration"));
  EXPECT_FALSE(contains(lines, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}

TEST(SecretFile, ItsBytesAreNeverPrintedEvenWhenTheyAreWrong) {
  EXPECT_FALSE(contains(faults(read_secret_of("hunter2")), "hunter2"));
}

TEST(SecretFile, FileAndCredentialAreOneChoice) {
  for (const char* wrong : {"{}", "{ file = \"a\", credential = \"b\" }"}) {
    EXPECT_TRUE(contains(faults(webhook(wrong)), "wants either a file or a credential")) << wrong;
  }
  EXPECT_TRUE(contains(faults(webhook("{ files = \"a\" }")), "(did you mean \"file\"?)"));
}

TEST(Credential, IsReadFromSystemdsFolder) {
  Folder folder;
  folder.write("credentials/hook", kGood);
  environment_of_test() = {{"CREDENTIALS_DIRECTORY", folder.at("credentials")}};
  const Checked checked = read_in(folder, webhook("{ credential = \"hook\" }"));
  const auto path = faults(read_in(folder, webhook("{ credential = \"../hook\" }")));
  environment_of_test().clear();
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_EQ(checked.settings->receivers.at(0).secrets.at(0).reveal(), kGood);
  EXPECT_TRUE(contains(path, "a credential is a name, not a path"));
}

TEST(Credential, WithoutSystemdSaysWhatToDo) {
  EXPECT_TRUE(contains(faults(webhook("{ credential = \"hook\" }")), "(start it as a service with LoadCredential=hook:PATH, or use a file)"));
}

TEST(Credential, IsNoFaultWhereAPersonChecksOutsideTheService) {
  Folder folder;
  const Checked checked = read(folder.write("bylined.toml", webhook("{ credential = \"hook\" }")), environment, Secrets::kCheck);
  EXPECT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_TRUE(contains(warnings(checked), "receiver[0].secret.credential: cannot be checked here"));
}

TEST(Secrets, AreLeftAloneByProgramsThatOnlyLookForTheDaemon) {
  Folder folder;
  const Checked checked = read(folder.write("bylined.toml", webhook("{ credential = \"hook\" }")), environment, Secrets::kSkip);
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_TRUE(checked.settings->receivers.at(0).secrets.empty());
}

TEST(Secrets, TwoMayBeInUseWhileRotatingAndNoMore) {
  Folder folder;
  folder.write("a", kGood);
  folder.write("b", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX");
  const Checked two = read_in(folder, webhook("[{ file = \"a\" }, { file = \"b\" }]"));
  ASSERT_TRUE(two.settings) << testing::PrintToString(faults(two));
  EXPECT_EQ(two.settings->receivers.at(0).secrets.size(), 2u);
  EXPECT_TRUE(contains(faults(read_in(folder, webhook("[{ file = \"a\" }, { file = \"b\" }, { file = \"a\" }]"))), "at most 2 are taken"));
  EXPECT_TRUE(contains(faults(read_in(folder, webhook("[]"))), "is empty"));
}

}  // namespace
}  // namespace bylined::settings
