// SPDX-License-Identifier: Apache-2.0
// Rows for a terminal: columns as wide as what stands in them, the last one takes what is left. Foreign
// text is made harmless on the way.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "query/service/service.h"

namespace bylined::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // `columns` 0: no terminal, nothing is cut.
  void print(std::ostream& out, std::size_t columns) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

// Columns of the terminal at standard output; 0 where there is none.
std::size_t terminal_columns();

// A member as a line of text: numbers as they are, lists joined by ", ", absent and null as "".
std::string shown_at(const query::json::value& object, std::string_view member);
// "02-04 18:30" of an RFC 3339 time as it is written; the text itself where it is none.
std::string short_time(const std::string& text);

}  // namespace bylined::cli
