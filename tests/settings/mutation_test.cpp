// SPDX-License-Identifier: Apache-2.0
// A configuration damaged at random is read or refused with a place, and never anything else.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

// The same sequence for the same seed, everywhere.
struct Dice {
  std::uint64_t state;
  std::size_t below(std::size_t bound) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % bound;
  }
};

std::string example() {
  std::ostringstream text;
  text << std::ifstream(std::string(BYLINED_SOURCE_DIR) + "/config/bylined.toml").rdbuf();
  return text.str();
}

std::string damaged(std::string text, Dice& dice) {
  const std::size_t at = dice.below(text.size()), length = std::min<std::size_t>(1 + dice.below(40), text.size() - at);
  switch (dice.below(5)) {
    case 0: return text.erase(at, length);
    case 1: return text.insert(at, text.substr(dice.below(text.size()), length));
    case 2: text[at] = static_cast<char>(dice.below(256)); return text;
    case 3: return text.substr(0, at);
    default: return text.insert(at, "\"='[]{}#\n"[dice.below(9)], 1);
  }
}

TEST(Mutation, EveryDamagedFileIsReadOrRefusedAtAPlaceInIt) {
  const std::string good = example();
  ASSERT_GT(good.size(), 1000u);
  Folder folder;
  Dice dice{20250204};
  int refused = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string text = damaged(good, dice);
    const Checked checked = read_in(folder, text);
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    refused += !checked.settings;
    EXPECT_EQ(checked.settings != nullptr, faults(checked).empty()) << i;
    for (const Complaint& complaint : checked.complaints) {
      EXPECT_FALSE(complaint.reason.empty() || complaint.file.empty()) << i;
      EXPECT_LE(complaint.line, lines) << i;
      EXPECT_TRUE(!complaint.fatal || (complaint.line > 0 && complaint.column > 0)) << i << ": " << bylined::settings::text(complaint);
    }
  }
  EXPECT_GT(refused, 40);
  EXPECT_LT(refused, 200);
}

}  // namespace
}  // namespace bylined::settings
