// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

std::string sources(int count, const std::string& every) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += "[[source]]\nid = \"s" + number + "\"\nurl = \"https://example.com/" + number + "\"\nevery = \"" + every + "\"\n";
  }
  return text;
}
constexpr const char* kReceiver = "[[receiver]]\nid = \"ops\"\nkind = \"webhook\"\nurl = \"https://example.com/\"\n"
                                  "secret = { file = \"ops.secret\" }\n";

TEST(Whole, SourcesBeyondAHostsPaceAreWarnedOf) {
  // At one request in two seconds a host takes thirty polls a minute.
  EXPECT_FALSE(contains(warnings(read_text(sources(30, "1m"))), "times as often"));
  EXPECT_TRUE(contains(warnings(read_text(sources(31, "1m"))),
      "31 sources ask https://example.com about 2 times as often as fetch.per_host.interval allows (make their `every` longer)"));
  EXPECT_FALSE(contains(warnings(read_text("[fetch]\nper_host = { interval = \"0s\" }\n" + sources(31, "1m"))), "times as often"));
}

TEST(Whole, AReceiverThatNobodyUsesIsWarnedOf) {
  const Checked checked = read_text(std::string(kReceiver) + "[[watch]]\nid = \"w\"\n");
  EXPECT_TRUE(checked.settings);
  EXPECT_TRUE(contains(warnings(checked), "bylined.toml:2:6: receiver[0].id: no watch uses this receiver"));
  EXPECT_FALSE(contains(warnings(read_text(std::string(kReceiver) + "[[watch]]\nid = \"w\"\nreceivers = [\"ops\"]\n")), "no watch uses"));
}

TEST(Whole, AWatchThatTellsNobodyIsWarnedOf) {
  EXPECT_TRUE(contains(warnings(read_text(std::string(kReceiver) + "[[watch]]\nid = \"w\"\n")), "watch[0].id: this watch names no receiver"));
  EXPECT_TRUE(contains(warnings(read_text("[[watch]]\nid = \"w\"\n")), "there is no [[receiver]]: alerts are recorded, nobody is told"));
  EXPECT_TRUE(contains(warnings(read_text("")), "there is no [[watch]]: nothing will be alerted"));
  EXPECT_TRUE(contains(warnings(read_text("")), "there is no [[source]]: nothing is watched"));
}

std::string source_with(const std::string& keys) { return "[[source]]\nid = \"s\"\n" + keys; }

// Each was complained of once, at its table; whatever else is to be said waits until it has an id.
TEST(Whole, WhatHasNoIdIsComplainedOfAtItsTableAlone) {
  const std::string twice = "names = [\"한빛전자\"]\nkind = \"organisation\"\n";
  const Checked checked = read_text("[[entity]]\nid = \"hanbit\"\n" + twice + "[[entity]]\n" + twice + "[[watch]]\nquery = \"a AND NOT a\"\n" +
                                    "[[receiver]]\nkind = \"webhook\"\nurl = \"https://10.0.0.1/\"\nsecret = { file = \"ops.secret\" }\n" +
                                    "[[source]]\nurl = \"http://10.0.0.1/feed.xml\"\n");
  EXPECT_FALSE(checked.settings);
  int missing = 0;
  for (const Complaint& complaint : checked.complaints) {
    EXPECT_FALSE(complaint.file.empty()) << text(complaint);
    missing += complaint.fatal && complaint.key.ends_with(".id") ? 1 : 0;
  }
  EXPECT_EQ(missing, 4);
}

TEST(Whole, ASourceThatTheGuardWillNeverAskIsWarnedOf) {
  const std::string port = source_with("url = \"https://example.com:8443/feed.xml\"\n"), inside = source_with("url = \"http://10.0.0.1/feed.xml\"\n");
  EXPECT_TRUE(contains(warnings(read_text(port)), "port 8443 of its url is not among fetch.ports"));
  EXPECT_FALSE(contains(warnings(read_text("[fetch]\nports = [443, 8443]\n" + port)), "fetch.ports"));
  EXPECT_TRUE(contains(warnings(read_text(inside)), "10.0.0.1 is a private address"));
  EXPECT_FALSE(contains(warnings(read_text("[fetch]\nallow_private = [\"10.0.0.0/8\"]\n" + inside)), "is a private address"));
  EXPECT_FALSE(contains(warnings(read_text("[fetch]\nconnect_to = { \"10.0.0.1:80\" = \"127.0.0.1:8080\" }\n" + inside)), "is a private address"));
}

TEST(Whole, AKindThatReadsOneSiteIsWarnedOfOtherAddresses) {
  EXPECT_TRUE(contains(warnings(read_text(source_with("kind = \"naver_journalist\"\nurl = \"https://example.com/journalist/1/2\"\n"))),
                       "naver_journalist does not read such an address"));
  EXPECT_FALSE(contains(warnings(read_text(source_with("kind = \"naver_journalist\"\nurl = \"https://media.naver.com/journalist/277/72385\"\n"))), "such an address"));
  EXPECT_FALSE(contains(warnings(read_text(source_with("kind = \"feed\"\nurl = \"https://example.com/rss\"\n"))), "such an address"));
}

TEST(Whole, AReceiverInsideIsWarnedOfUnlessItIsAllowed) {
  const std::string inside = "[[receiver]]\nid = \"ops\"\nkind = \"webhook\"\nurl = \"https://10.1.2.3/hook\"\nsecret = { file = \"ops.secret\" }\n";
  EXPECT_TRUE(contains(warnings(read_text(inside)), "10.1.2.3 is a private address"));
  EXPECT_FALSE(contains(warnings(read_text(inside + "allow_private = [\"10.1.2.3/32\"]\n")), "is a private address"));
}

}  // namespace
}  // namespace bylined::settings
