// SPDX-License-Identifier: Apache-2.0
#include "tests/learn/cases.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <unordered_set>

#include "base/markup/json.h"
#include "pipeline/article/letters.h"

namespace bylined::learn {
namespace {

namespace json = markup::json;

constexpr std::size_t kRun = 4;  // words
constexpr float kPieceWeight = 0.05f;  // of a page whose whole text is known: 1
constexpr std::size_t kAllWords = 1'000'000;

using Runs = std::map<std::vector<std::string>, int>;

std::string member(const json::object& line, std::string_view name) {
  const json::value* const value = line.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> members(const json::object& line, std::string_view name) {
  std::vector<std::string> all;
  const json::value* const value = line.if_contains(name);
  if (value == nullptr || !value->is_array()) return all;
  for (const json::value& one : value->as_array()) {
    if (one.is_string()) all.emplace_back(one.as_string());
  }
  return all;
}

Runs runs_of(const std::string& text) {
  Runs runs;
  const auto words = article::words_of(text, kAllWords);
  for (std::size_t i = 0; i + std::min(kRun, words.size()) <= words.size() && i < words.size(); ++i) {
    ++runs[std::vector<std::string>(words.begin() + static_cast<long>(i), words.begin() + static_cast<long>(std::min(words.size(), i + kRun)))];
  }
  return runs;
}

// Every letter of the text, and where its lines begin: short blocks must be a line of their own.
struct Gold {
  explicit Gold(const std::string& text) : runs(runs_of(text)) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      lines.insert(article::squashed(text.substr(at, end - at)));
      at = end + 1;
    }
  }
  Runs runs;
  std::unordered_set<std::string> lines;
};

Label label_in(const Gold& gold, const article::Block& block) {
  Label label;
  label.weight = static_cast<float>(20 + std::min(block.letters, 300));
  const Runs runs = runs_of(block.text);
  int all = 0, found = 0;
  for (const auto& [run, count] : runs) {
    all += count;
    if (gold.runs.contains(run)) found += count;
  }
  const auto words = article::words_of(block.text, kRun);
  if (words.size() < kRun || all == 0) {
    label.value = gold.lines.contains(article::squashed(block.text)) ? 1.0f : 0.0f;
    return label;
  }
  const float share = static_cast<float>(found) / static_cast<float>(all);
  label.value = share > 0.5f ? 1.0f : 0.0f;
  label.weight *= std::abs(share - 0.5f) * 2;
  return label;
}

bool same_piece(const std::string& block, const std::string& piece) {
  if (piece.empty() || block.empty()) return false;
  return block.find(piece) != std::string::npos || (block.size() >= 12 && piece.find(block) != std::string::npos);
}

// Readability's own pages have its output for a text, captions and all.
float suite_weight(const std::string& suite) { return suite == "reader-pages" ? 0.5f : 1.0f; }

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  for (std::string text; std::getline(file, text);) {
    const auto parsed = markup::parse_json(text);
    if (!parsed || !parsed->is_object()) continue;
    const json::object& line = parsed->as_object();
    cases.push_back({member(line, "suite"), member(line, "group"), member(line, "url"), member(line, "html"), member(line, "text"), members(line, "with"), members(line, "without")});
  }
  return cases;
}

std::vector<Label> labels_of(const Case& one, const std::vector<article::Block>& blocks) {
  std::vector<Label> labels(blocks.size());
  if (!one.text.empty()) {
    const Gold gold(one.text);
    float whole = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) whole += (labels[i] = label_in(gold, blocks[i])).weight;
    for (Label& label : labels) label.weight *= suite_weight(one.suite) / std::max(1.0f, whole);
    return labels;
  }
  float marked = 0;
  std::vector<std::string> with, without;
  for (const std::string& piece : one.with) with.push_back(article::squashed(piece));
  for (const std::string& piece : one.without) without.push_back(article::squashed(piece));
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string block = article::squashed(blocks[i].text);
    const auto says = [&](const std::vector<std::string>& pieces) { return std::any_of(pieces.begin(), pieces.end(), [&](const std::string& piece) { return same_piece(block, piece); }); };
    const bool in = says(with), out = says(without);
    if (in != out) labels[i] = {in ? 1.0f : 0.0f, kPieceWeight};
    marked += in != out ? 1 : 0;
  }
  // A piece that stands in many cells of a table is one piece.
  const float share = std::min(1.0f, static_cast<float>(with.size() + without.size()) / std::max(1.0f, marked));
  for (Label& label : labels) label.weight *= share;
  return labels;
}

Overlap overlap(const std::string& chosen, const std::string& right) {
  const Runs mine = runs_of(chosen), theirs = runs_of(right);
  double both = 0, all_mine = 0, all_theirs = 0;
  for (const auto& [run, count] : mine) {
    all_mine += count;
    const auto found = theirs.find(run);
    if (found != theirs.end()) both += std::min(count, found->second);
  }
  for (const auto& [run, count] : theirs) all_theirs += count;
  return {all_mine > 0 ? both / all_mine : 0, all_theirs > 0 ? both / all_theirs : 1};
}

}  // namespace bylined::learn
