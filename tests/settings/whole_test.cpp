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

}  // namespace
}  // namespace bylined::settings
