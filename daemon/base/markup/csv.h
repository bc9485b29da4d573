// SPDX-License-Identifier: Apache-2.0
// Comma-separated values (RFC 4180, libcsv), as Excel writes and reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bylined::markup {

using CsvRow = std::vector<std::string>;

struct CsvLimits {
  std::size_t rows = 100'000;
  std::size_t cell = 64u << 10;  // bytes
};

// A BOM is skipped, an empty line is a row without cells; blanks around an unquoted cell go. kInvalid with the row, counted from 1.
Result<std::vector<CsvRow>> parse_csv(std::string_view text, const CsvLimits& limits = {});
// One row with its line end. A cell that a spreadsheet would take for a formula, or that begins with an
// apostrophe, gets one in front.
std::string csv_line(const CsvRow& row);
// The cell without that apostrophe.
std::string without_guard(std::string cell);

}  // namespace bylined::markup
