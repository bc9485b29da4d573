// SPDX-License-Identifier: Apache-2.0
#include "query/cli/caret.h"

#include <algorithm>
#include <fstream>

#include "base/text/fold.h"
#include "base/text/shown.h"
#include "base/text/width.h"
#include "pipeline/rule/rule.h"

namespace bylined::cli {
namespace {

constexpr std::size_t kBefore = 60, kBehind = 40;  // characters shown around the place

}  // namespace

std::string with_caret(std::string_view line, int column) {
  const std::u32string text = text::to_utf32(line);
  const std::size_t at = std::min(static_cast<std::size_t>(std::max(column, 1) - 1), text.size());
  const std::size_t first = at > kBefore ? at - kBefore : 0, last = std::min(text.size(), at + kBehind);
  const auto shown = [&](std::size_t from, std::size_t to) { return text::shown(text::to_utf8(std::u32string_view(text).substr(from, to - from))); };
  const std::string before = shown(first, at);
  return "  " + before + shown(at, last) + "\n  " + std::string(text::columns(before), ' ') + "^\n";
}

std::string caret_of(const settings::Complaint& complaint) {
  if (complaint.line <= 0) return {};
  std::ifstream file(complaint.file);
  std::string line;
  for (int number = 0; number < complaint.line; ++number) {
    if (!std::getline(file, line)) return {};
  }
  return with_caret(line, complaint.column);
}

std::string caret_of(std::string_view query, const Error& error) {
  const auto column = rule::fault_column(error);
  return column ? with_caret(query, *column) : std::string();
}

}  // namespace bylined::cli
