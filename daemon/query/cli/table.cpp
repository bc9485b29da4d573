// SPDX-License-Identifier: Apache-2.0
#include "query/cli/table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "base/text/shown.h"
#include "base/text/width.h"

namespace bylined::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kWidest = 60;  // of any column but the last
constexpr std::size_t kLeastLast = 20;

// "0.9", where JSON may write 9E-1.
std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  cells.resize(headings_.size());
  for (std::string& cell : cells) cell = text::shown(cell);
  rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out, std::size_t columns) const {
  std::vector<std::size_t> widths(headings_.size());
  const auto measure = [&widths](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) widths[i] = std::max(widths[i], std::min(text::columns(cells[i]), kWidest));
  };
  measure(headings_);
  for (const auto& row : rows_) measure(row);
  std::size_t used = 0;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) used += widths[i] + kGap;
  const std::size_t last = columns == 0 ? 0 : std::max(columns > used ? columns - used : 0, kLeastLast);
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) out << text::fitted(cells[i], widths[i]) << std::string(kGap, ' ');
    const std::string& end = cells.back();
    out << (last == 0 || text::columns(end) <= last ? end : text::fitted(end, last)) << "\n";
  };
  line(headings_);
  for (const auto& row : rows_) line(row);
}

std::size_t terminal_columns() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string shown_at(const query::json::value& object, std::string_view member) {
  const query::json::value* const value = object.as_object().if_contains(member);
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return std::string(value->as_string());
  if (value->is_double()) return decimal(value->as_double());
  if (!value->is_array()) return query::json::serialize(*value);
  std::string joined;
  for (const query::json::value& one : value->as_array()) {
    if (!joined.empty()) joined += ", ";
    joined += one.is_string() ? std::string(one.as_string()) : query::json::serialize(one);
  }
  return joined;
}

std::string short_time(const std::string& text) { return text.size() >= 16 && text[10] == 'T' ? text.substr(5, 5) + " " + text.substr(11, 5) : text; }

}  // namespace bylined::cli
