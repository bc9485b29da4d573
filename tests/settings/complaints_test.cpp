// SPDX-License-Identifier: Apache-2.0
#include "settings/complaints.h"

#include <gtest/gtest.h>

namespace bylined::settings {
namespace {

TEST(Complaint, ReadsFromThePlaceToTheRemedy) {
  Complaint complaint{true, "/etc/b.toml", 3, 7, "source[2].every", "is wrong", "write \"15m\"", ""};
  EXPECT_EQ(text(complaint), "/etc/b.toml:3:7: source[2].every: is wrong (write \"15m\")");
  complaint.remedy.clear();
  complaint.key.clear();
  complaint.line = 0;
  EXPECT_EQ(text(complaint), "/etc/b.toml: is wrong");
}

TEST(Complaints, ComeFileByFileInTheOrderOfTheirLines) {
  Complaints complaints;
  complaints.refuse({"b", 9, 1, "k"}, "third");
  complaints.refuse({"a", 1, 1, "k"}, "fourth");
  complaints.warn({"b", 2, 5, "k"}, "second");
  complaints.refuse({"b", 2, 1, "k"}, "first");
  std::string order;
  for (const Complaint& complaint : complaints.take()) order += complaint.reason + " ";
  EXPECT_EQ(order, "first second third fourth ");
}

TEST(Complaints, WarningsNeverPushAFaultOut) {
  Complaints complaints(2);
  for (int i = 0; i < 3; ++i) complaints.warn({"a", 1, 1, "k"}, "warning");
  complaints.refuse({"a", 1, 1, "k"}, "fault");
  const auto list = complaints.take();
  ASSERT_EQ(list.size(), 4u);
  EXPECT_EQ(list[2].reason, "fault");
  EXPECT_EQ(list[3].reason, "and 1 more");
}

TEST(Complaints, AWarningIsNotFatal) {
  Complaints complaints;
  complaints.warn({}, "look");
  EXPECT_FALSE(complaints.any_fatal());
  complaints.refuse({}, "stop");
  EXPECT_TRUE(complaints.any_fatal());
}

}  // namespace
}  // namespace bylined::settings
