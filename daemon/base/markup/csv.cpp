// SPDX-License-Identifier: Apache-2.0
#include "base/markup/csv.h"

#include <csv.h>

#include <algorithm>

namespace bylined::markup {
namespace {

constexpr std::string_view kFormula = "=+-@\t\r";

struct Reading {
  const CsvLimits& limits;
  std::vector<CsvRow> rows{};
  CsvRow row{};
  std::string fault{};
  int ended_by = 0;
};

void fail(Reading& reading, const std::string& why) {
  if (reading.fault.empty()) reading.fault = "row " + std::to_string(reading.rows.size() + 1) + " " + why;
}

void take_cell(void* bytes, std::size_t size, void* to) {
  Reading& reading = *static_cast<Reading*>(to);
  reading.ended_by = 0;
  if (size > reading.limits.cell) fail(reading, "has a cell of more than " + std::to_string(reading.limits.cell) + " bytes");
  if (!reading.fault.empty()) return;
  reading.row.emplace_back(size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size));
}

// `by` is the character that ends it. An empty line is a row without cells, so that rows count as a spreadsheet counts them.
void end_row(int by, void* to) {
  Reading& reading = *static_cast<Reading*>(to);
  const bool second = by == '\n' && reading.ended_by == '\r' && reading.row.empty();
  reading.ended_by = by;
  if (second) return;
  if (reading.rows.size() >= reading.limits.rows) fail(reading, "is one more than " + std::to_string(reading.limits.rows));
  if (reading.fault.empty()) reading.rows.push_back(std::move(reading.row));
  reading.row.clear();
}

class Parser {
 public:
  Parser() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL); }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_{};
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text, const CsvLimits& limits) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Parser parser;
  Reading reading{limits};
  const bool read = csv_parse(parser.get(), text.data(), text.size(), take_cell, end_row, &reading) == text.size() &&
                    csv_fini(parser.get(), take_cell, end_row, &reading) == 0;
  if (!read) fail(reading, "has a quote that is not closed, or one within an unquoted cell");
  if (!reading.fault.empty()) return Error(ErrorKind::kInvalid, reading.fault);
  return std::move(reading.rows);
}

std::string csv_line(const CsvRow& row) {
  std::string line;
  for (const std::string& cell : row) {
    if (!line.empty() || &cell != &row.front()) line += ',';
    const bool guarded = !cell.empty() && (cell.front() == '\'' || kFormula.find(cell.front()) != std::string_view::npos);
    const std::string whole = (guarded ? "'" : "") + cell;
    std::string quoted(csv_write(nullptr, 0, whole.data(), whole.size()), '\0');
    csv_write(quoted.data(), quoted.size(), whole.data(), whole.size());
    line += quoted;
  }
  return line + "\r\n";
}

std::string without_guard(std::string cell) {
  const bool guarded = cell.size() > 1 && cell[0] == '\'' && (cell[1] == '\'' || kFormula.find(cell[1]) != std::string_view::npos);
  return guarded ? cell.substr(1) : cell;
}

}  // namespace bylined::markup
