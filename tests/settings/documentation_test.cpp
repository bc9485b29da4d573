// SPDX-License-Identifier: Apache-2.0
// docs/configuration.md and the reader know the same keys.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

std::string contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct Row {
  std::string section;  // "[fetch]", "[[source]]", or empty for the keys of a recipe
  std::string key;
};

// The first cells of the page's tables of keys.
std::vector<Row> documented() {
  std::vector<Row> rows;
  const std::regex heading("### `(\\[.*\\])`"), cell("\\| `([a-z_.]+)` \\|.*");
  std::istringstream lines(contents(std::string(BYLINED_SOURCE_DIR) + "/docs/configuration.md"));
  std::string section;
  std::smatch found;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) section.clear();
    if (std::regex_match(line, found, heading)) section = found[1];
    if (std::regex_match(line, found, cell)) rows.push_back({section, found[1]});
  }
  return rows;
}

// Every key that the reader asks a table for, wherever it stands.
std::set<std::string> asked() {
  std::set<std::string> keys;
  const std::regex call("\\b(?:find|need|text|texts|truth|whole|duration|size|table|word)\\(\"([a-z_]+)\""), host("read_hosts\\(\\w+, \"([a-z_]+)\"");
  for (const auto& entry : std::filesystem::directory_iterator(std::string(BYLINED_SOURCE_DIR) + "/daemon/settings")) {
    const std::string code = contents(entry.path());
    for (const std::regex& pattern : {call, host}) {
      for (std::sregex_iterator at(code.begin(), code.end(), pattern), end; at != end; ++at) keys.insert((*at)[1]);
    }
  }
  return keys;
}

// A date is the wrong type for every key, but a known key complains of its value only.
TEST(ConfigurationPage, KnowsNoKeyThatTheReaderDoesNot) {
  int tried = 0;
  for (const Row& row : documented()) {
    if (row.section.empty()) continue;
    for (const char* kind : {"", "kind = \"webhook\"\n", "kind = \"email\"\n"}) {
      if (row.key == "kind" || row.key.starts_with("tokens.") || (row.section != "[[receiver]]") != (*kind == '\0')) continue;
      ++tried;
      EXPECT_FALSE(contains(faults(row.section + "\n" + kind + row.key + " = 2025-02-04\n"),
          row.key + ": is not a known key")) << row.section << row.key;
    }
  }
  EXPECT_GT(tried, 50);
}

TEST(ConfigurationPage, HasEveryKeyThatTheReaderAsksFor) {
  std::set<std::string> known = {"daemon", "store", "http", "fetch", "file", "credential", "per_host", "concurrency", "interval"};
  for (const Row& row : documented()) known.insert(row.key.substr(row.key.rfind('.') + 1));
  const std::set<std::string> keys = asked();
  EXPECT_GT(keys.size(), 40u);
  for (const std::string& key : keys) EXPECT_TRUE(known.contains(key)) << key;
}

TEST(ConfigurationPage, NamesWhatIsRefusedAsNotSupported) {
  const std::string page = contents(std::string(BYLINED_SOURCE_DIR) + "/docs/configuration.md");
  for (const char* key : {"`receiver.policy`", "PostgreSQL"}) EXPECT_NE(page.find(key), std::string::npos) << key;
}

}  // namespace
}  // namespace bylined::settings
