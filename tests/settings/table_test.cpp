// SPDX-License-Identifier: Apache-2.0
#include "settings/table.h"

#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;

// The one fault of `[fetch]` with this line, without its place.
std::string fault_of(const std::string& line) {
  const Lines lines = faults("[fetch]\n" + line + "\n");
  return lines.size() == 1 ? lines[0].substr(lines[0].find(": ") + 2) : testing::PrintToString(lines);
}

TEST(Table, AWrongTypeSaysWhatWasFound) {
  EXPECT_EQ(fault_of("concurrency = \"32\""), "fetch.concurrency: wants a whole number, found a string");
  EXPECT_EQ(fault_of("concurrency = 3.5"), "fetch.concurrency: wants a whole number, found a decimal number");
  EXPECT_EQ(fault_of("per_host = 2"), "fetch.per_host: wants a table, found a whole number");
  EXPECT_EQ(fault_of("ports = 80"), "fetch.ports: wants a list, found a whole number");
  EXPECT_EQ(fault_of("contact = true"), "fetch.contact: wants a string, found true or false");
  EXPECT_EQ(fault_of("timeout = 2025-02-04"), "fetch.timeout: wants a duration as a string, such as \"90s\" or \"15m\", found a date");
  EXPECT_EQ(fault_of("max_body = 8388608"), "fetch.max_body: wants a size as a string, such as \"8MiB\", found a whole number");
}

TEST(Table, NumbersAreTakenFromTheLeastToTheMost) {
  EXPECT_EQ(fault_of("concurrency = 0"), "fetch.concurrency: 0 is out of range (choose 1 to 1024)");
  EXPECT_EQ(fault_of("concurrency = 1025"), "fetch.concurrency: 1025 is out of range (choose 1 to 1024)");
  EXPECT_EQ(fault_of("concurrency = 1"), "{}");
  EXPECT_EQ(fault_of("concurrency = 1024"), "{}");
}

TEST(Table, DurationsAreTakenFromTheShortestToTheLongest) {
  EXPECT_EQ(fault_of("timeout = \"999ms\""), "fetch.timeout: '999ms' is out of range (choose 1s to 10m)");
  EXPECT_EQ(fault_of("timeout = \"601s\""), "fetch.timeout: '601s' is out of range (choose 1s to 10m)");
  EXPECT_EQ(fault_of("timeout = \"1s\""), "{}");
  EXPECT_EQ(fault_of("timeout = \"10m\""), "{}");
  for (const char* wrong : {"90", "5 m", "-1s", "1y", "s"}) {
    EXPECT_NE(fault_of("timeout = \"" + std::string(wrong) + "\"").find("is not a duration"), std::string::npos) << wrong;
  }
}

TEST(Table, SizesAreTakenFromTheLeastToTheMost) {
  EXPECT_EQ(fault_of("max_body = \"1023B\""), "fetch.max_body: '1023B' is out of range (choose 1KiB to 64MiB)");
  EXPECT_EQ(fault_of("max_body = \"65537KiB\""), "fetch.max_body: '65537KiB' is out of range (choose 1KiB to 64MiB)");
  EXPECT_EQ(fault_of("max_body = \"1KiB\""), "{}");
  EXPECT_EQ(fault_of("max_body = \"64MiB\""), "{}");
  for (const char* wrong : {"8MB", "8", "MiB", "8 MiB", "-8MiB", "99999999999999999999MiB", "9999999999999GiB"}) {
    EXPECT_NE(fault_of("max_body = \"" + std::string(wrong) + "\"").find("is not a size"), std::string::npos) << wrong;
  }
}

TEST(Table, TextsHaveLettersOnOneLine) {
  EXPECT_EQ(fault_of("contact = \" \""), "fetch.contact: is empty (write a value, or leave the key out)");
  EXPECT_EQ(fault_of("contact = \"a@b\\r\\nBcc: c@d\""), "fetch.contact: holds a control character (write it on one line, without tabs)");
  EXPECT_NE(fault_of("proxy = \"http://" + std::string(4090, 'x') + "/\"").find("is longer than 4096 bytes"), std::string::npos);
}

TEST(Table, KeysInPathsAreWrittenAsTomlWantsThem) {
  EXPECT_EQ(fault_of("\"a b\" = 1"), "fetch.'a b': is not a known key");
}

TEST(Table, AListOfTablesIsNotATable) {
  EXPECT_EQ(faults("[source]\nid = \"a\"\n"), Lines{"bylined.toml:1:1: source: wants a list of tables (write [[source]])"});
  EXPECT_EQ(faults("source = [1]\n"), Lines{"bylined.toml:1:11: source[0]: wants a table, found a whole number"});
}

TEST(Size, IsWrittenInTheLargestUnitThatIsExact) {
  EXPECT_EQ(size_text(8u << 20), "8MiB");
  EXPECT_EQ(size_text(1536), "1536B");
  EXPECT_EQ(size_text(3u << 10), "3KiB");
}

}  // namespace
}  // namespace bylined::settings
