// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

using model::Rule;

// How tightly a clause holds together; what is looser than its place wants stands in brackets.
int tightness(const Rule& rule) {
  switch (rule.kind) {
    case Rule::Kind::kAny: return 0;
    case Rule::Kind::kAll: return 1;
    case Rule::Kind::kNot: return 2;
    case Rule::Kind::kNear: return 3;
    case Rule::Kind::kCount: return 4;
    case Rule::Kind::kWhere: return 5;
    default: return 6;
  }
}

bool is_plain(const std::string& word) {
  if (word.find_first_of(" \t\r\n()\":") != std::string::npos) return false;
  std::string big(word);
  std::transform(big.begin(), big.end(), big.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (big == "AND" || big == "OR" || big == "NOT") return false;
  const auto begins = [&word](std::string_view with) { return word.starts_with(with); };
  const std::string_view meant[] = {"/", "NEAR/", "ONEAR/", "count>=", "first<=", "confidence>=", "how="};
  return std::none_of(std::begin(meant), std::end(meant), begins);
}

// Expressions are written between strokes.
std::string stroked(const std::string& expression) {
  std::string text = "/";
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] == '/') text += '\\';
    text += expression[i];
    if (expression[i] == '\\' && i + 1 < expression.size()) text += expression[++i];
  }
  return text + "/";
}

std::string where_text(const Rule& rule) {
  switch (rule.where) {
    case Rule::Where::kFirst: return "first<=" + std::to_string(rule.number) + "%";
    case Rule::Where::kConfidence: return "confidence>=" + std::string(rule.number >= 100 ? "1" : rule.number >= 10 ? "0." : "0.0") + (rule.number >= 100 ? "" : std::to_string(rule.number));
    case Rule::Where::kHow: return "how=" + rule.text;
    case Rule::Where::kAdded: return "in:added";
    case Rule::Where::kRemoved: return "in:removed";
  }
  return {};
}

std::string reach_text(const Rule& rule) {
  if (rule.reach == Rule::Reach::kSentence) return "s";
  return rule.reach == Rule::Reach::kParagraph ? "p" : std::to_string(rule.number);
}

std::string written(const std::string& text) { return is_plain(text) ? text : "\"" + text + "\""; }

std::string printed(const Rule& rule, int least) {
  const auto part = [&](std::size_t i, int wanted) { return printed(rule.parts[i], wanted); };
  std::string text;
  switch (rule.kind) {
    case Rule::Kind::kAll:
    case Rule::Kind::kAny:
      for (std::size_t i = 0; i < rule.parts.size(); ++i) {
        if (i > 0) text += rule.kind == Rule::Kind::kAll ? " AND " : " OR ";
        text += part(i, tightness(rule) + 1);
      }
      break;
    case Rule::Kind::kNot: text = "NOT " + part(0, 2); break;
    case Rule::Kind::kNear: text = part(0, 4) + (rule.ordered ? " ONEAR/" : " NEAR/") + reach_text(rule) + " " + part(1, 4); break;
    case Rule::Kind::kCount: text = part(0, 5) + " count>=" + std::to_string(rule.number); break;
    case Rule::Kind::kWhere: text = part(0, 5) + " " + where_text(rule); break;
    case Rule::Kind::kPattern: text = (rule.field.empty() ? "" : rule.field + ":") + stroked(rule.pattern.expression()); break;
    case Rule::Kind::kEntity: text = (rule.field.empty() ? "" : rule.field + ":") + "entity:" + rule.text; break;
    case Rule::Kind::kWords:
    case Rule::Kind::kField: text = (rule.field.empty() ? "" : rule.field + ":") + written(rule.text); break;
  }
  return tightness(rule) < least ? "(" + text + ")" : text;
}

void collect(const Rule& rule, bool with_negated, std::vector<model::EntityId>& found) {
  if (rule.kind == Rule::Kind::kNot && !with_negated) return;
  if (rule.kind == Rule::Kind::kEntity) {
    const model::EntityId id{rule.text};
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  }
  for (const Rule& part : rule.parts) collect(part, with_negated, found);
}

void collect_words(const Rule& rule, std::vector<std::string>& found) {
  if (rule.kind == Rule::Kind::kWords && std::find(found.begin(), found.end(), rule.text) == found.end()) found.push_back(rule.text);
  for (const Rule& part : rule.parts) collect_words(part, found);
}

}  // namespace

std::string print(const Rule& rule) { return printed(rule, 0); }

std::vector<model::EntityId> asked_entities(const Rule& rule) {
  std::vector<model::EntityId> found;
  collect(rule, false, found);
  return found;
}

std::vector<model::EntityId> named_entities(const Rule& rule) {
  std::vector<model::EntityId> found;
  collect(rule, true, found);
  return found;
}

std::vector<std::string> words_in(const Rule& rule) {
  std::vector<std::string> found;
  collect_words(rule, found);
  return found;
}

std::vector<text::Pattern> patterns_in(const Rule& rule) {
  std::vector<text::Pattern> found;
  if (rule.kind == Rule::Kind::kPattern) found.push_back(rule.pattern);
  for (const Rule& part : rule.parts) {
    for (text::Pattern& one : patterns_in(part)) found.push_back(std::move(one));
  }
  return found;
}

bool asks_before(const Rule& rule) {
  if (rule.kind == Rule::Kind::kWhere && rule.where == Rule::Where::kRemoved) return true;
  return std::any_of(rule.parts.begin(), rule.parts.end(), asks_before);
}

}  // namespace bylined::rule
