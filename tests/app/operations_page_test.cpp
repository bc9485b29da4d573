// SPDX-License-Identifier: Apache-2.0
// The operations page names the tests that show what it promises: they must be there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace bylined::app {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// "Suite.Case" of GoogleTest, "Class.test_case" of Python, and the names of test files.
std::set<std::string> tests_that_exist() {
  static const std::regex kCase(R"(TEST(?:_F|_P)?\((\w+), (\w+)\))"), kMethod(R"(class (\w+)\(Case\)|def (test_\w+)\()");
  std::set<std::string> names;
  for (const auto& file : fs::recursive_directory_iterator(BYLINED_SOURCE_DIR "/tests")) {
    names.insert(file.path().filename());
    names.insert(file.path().lexically_relative(BYLINED_SOURCE_DIR));
    const bool python = file.path().extension() == ".py";
    if (!python && file.path().extension() != ".cpp") continue;
    const std::string text = read(file.path());
    for (std::sregex_iterator one(text.begin(), text.end(), kCase), end; one != end; ++one) {
      names.insert((*one)[1].str() + "." + (*one)[2].str());
      names.insert((*one)[1].str() + ".*");
    }
    std::string group;  // a method's class stands before it
    for (std::sregex_iterator one(text.begin(), text.end(), kMethod), end; python && one != end; ++one) {
      if ((*one)[1].matched) group = (*one)[1];
      else names.insert(group + "." + (*one)[2].str());
    }
  }
  return names;
}

TEST(OperationsPage, NamesTestsThatExist) {
  const std::set<std::string> there = tests_that_exist();
  const std::string page = read(BYLINED_SOURCE_DIR "/docs/operations.md");
  static const std::regex kNamed(R"(`((?:[A-Z]\w+\.(?:[A-Z*]|test_)\w*)|\w+_test\.(?:py|cpp)|tests/[\w/.]+)`)");
  int named = 0;
  for (std::sregex_iterator one(page.begin(), page.end(), kNamed), end; one != end; ++one, ++named) {
    EXPECT_TRUE(there.contains((*one)[1])) << (*one)[1];
  }
  EXPECT_GT(named, 30);
}

}  // namespace
}  // namespace bylined::app
