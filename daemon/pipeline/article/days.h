// SPDX-License-Identifier: Apache-2.0
// Days that stand in running text, in addresses and in scripts: numeric or with the month's name in two dozen languages.
// Pure; reads no times of day (text::read_date does).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

struct FoundDay {
  std::string text;       // "2025-02-04"
  std::size_t start = 0;  // where it is printed
};

// In order, at most `most`, of years from 1995 to 2035. `month_first`: what "1/2/2020" means; dots always
// have the day first. Two digits of a year are read only between dots or slashes.
std::vector<FoundDay> days_in(std::string_view text, bool month_first, std::size_t most);
// The day in an address's path: "/2025/02/04/", "/2025-02-04-", "/20250204". Empty where there is none.
std::string day_in_path(std::string_view url);

}  // namespace bylined::article
