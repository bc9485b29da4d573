// SPDX-License-Identifier: Apache-2.0
// Days that stand in running text, in addresses and in scripts: numeric or with the month's name in two dozen languages.
// Pure; reads no times of day (text::read_date does).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

struct FoundDay {
  std::string text;                // "2025-02-04"
  std::size_t start = 0, end = 0;  // where it is printed
  bool short_year = false;         // the year first, in two digits
};

// How a page writes days of which only its habit tells what is what.
struct DayOrder {
  bool month_first = false;  // "1/2/2020" is in January
  bool year_first = false;   // "26.11.08" is in 2026, as the press of East Asia prints it; elsewhere in 2008
};

// In order, at most `most`, of years from 1995 to 2035. Dots before four digits of a year always have the day first. Two digits
// of a year are read only between dots or slashes, or, where they come first, hyphens.
std::vector<FoundDay> days_in(std::string_view text, DayOrder order, std::size_t most);
// The text from the day on, which stands in full: "2026-11-08 09:15" of "입력 26.11.08 09:15".
std::string spelt_out(std::string_view text, const FoundDay& day);
// The day in an address's path: "/2025/02/04/", "/2025-02-04-", "/20250204". Empty where there is none.
std::string day_in_path(std::string_view url);

}  // namespace bylined::article
