// SPDX-License-Identifier: Apache-2.0
// Months and weekdays by the three letters that mail and HTTP write, in lower case. Private to base/text/date*.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace bylined::text {

inline constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
inline constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// Which of the names the word begins with, in any case, from 1.
template <std::size_t n>
std::optional<int> place_in(const std::array<std::string_view, n>& names, std::string_view word) {
  const auto same = [](char a, char b) { return a == (b | 0x20); };
  for (std::size_t i = 0; i < n; ++i) {
    const bool begins = word.size() >= names[i].size() && std::equal(names[i].begin(), names[i].end(), word.begin(), same);
    if (begins) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

}  // namespace bylined::text
