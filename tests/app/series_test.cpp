// SPDX-License-Identifier: Apache-2.0
#include "app/series.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace bylined::app {
namespace {

using Names = std::set<std::string>;

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Names names_in(const std::string& text) {
  static const std::regex kName("\"(bylined_[a-z_]+)\"");
  Names names;
  for (std::sregex_iterator one(text.begin(), text.end(), kName), end; one != end; ++one) names.insert((*one)[1]);
  return names;
}

Names names_in_tables() { return names_in(text_of(BYLINED_SOURCE_DIR "/daemon/app/series.inc")); }

TEST(Series, AreZeroBeforeAnythingHappens) {
  Metrics metrics;
  declare_series(metrics);
  const std::string text = metrics.text();
  EXPECT_NE(text.find("bylined_alerts_total 0\n"), std::string::npos);
  EXPECT_NE(text.find("bylined_http_limits_total{limit=\"body\"} 0\n"), std::string::npos);
  EXPECT_NE(text.find("# HELP bylined_queue "), std::string::npos);
  EXPECT_NE(text.find("bylined_build_info{version=\"" BYLINED_VERSION "\"} 1\n"), std::string::npos);
  EXPECT_EQ(metrics.value("bylined_storage_writable"), 1);
}

TEST(Series, AreDeclaredWhereverTheyAreCounted) {
  Names counted;
  for (const auto& file : std::filesystem::recursive_directory_iterator(BYLINED_SOURCE_DIR "/daemon")) {
    if (file.path().extension() == ".cpp") counted.merge(names_in(text_of(file.path())));
  }
  EXPECT_EQ(counted, names_in_tables());
}

TEST(Series, StandInTheDocumentation) {
  const std::string page = text_of(BYLINED_SOURCE_DIR "/docs/operations.md");
  for (const std::string& name : names_in_tables()) EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
}

TEST(Limits, AreSilentUntilTheyAreMet) {
  Metrics metrics;
  declare_series(metrics);
  EXPECT_TRUE(limits_met(metrics).empty());
  metrics.count("bylined_http_limits_total", "limit=\"body\"", 2);
  const auto met = limits_met(metrics);
  ASSERT_EQ(met.size(), 1u);
  EXPECT_EQ(met[0].at("count").as_int64(), 2);
  EXPECT_NE(met[0].at("remedy").as_string().find("fetch.max_body"), std::string::npos);
}

TEST(Limits, AreAmongTheDeclaredSeries) {
  Metrics metrics;
  declare_series(metrics);
  const std::string text = metrics.text();
  static const std::regex kLimit(R"re(LIMIT\("([a-z_]+)", "((?:[^"\\]|\\.)*)")re");
  const std::string table = text_of(BYLINED_SOURCE_DIR "/daemon/app/limits.inc");
  for (std::sregex_iterator one(table.begin(), table.end(), kLimit), end; one != end; ++one) {
    std::string labels = std::regex_replace((*one)[2].str(), std::regex(R"(\\")"), "\"");
    const std::string line = (*one)[1].str() + (labels.empty() ? "" : "{" + labels + "}") + " 0\n";
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace bylined::app
