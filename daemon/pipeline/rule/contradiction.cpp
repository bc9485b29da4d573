// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

using model::Rule;

// An article has one of each.
constexpr std::string_view kSingle[] = {"source", "lang", "event", "read"};

void flatten(const Rule& rule, std::vector<const Rule*>& clauses) {
  if (rule.kind != Rule::Kind::kAll) {
    clauses.push_back(&rule);
    return;
  }
  for (const Rule& part : rule.parts) flatten(part, clauses);
}

bool asks_for_edit(const Rule& rule) {
  if (rule.kind == Rule::Kind::kNot) return false;
  const bool edit = rule.kind == Rule::Kind::kWhere && (rule.where == Rule::Where::kAdded || rule.where == Rule::Where::kRemoved);
  return edit || (rule.kind != Rule::Kind::kAny && std::any_of(rule.parts.begin(), rule.parts.end(), asks_for_edit));
}

// What is said of one place, one behind the other.
std::string contradiction_of_place(const Rule& rule) {
  bool added = false, removed = false;
  std::set<std::string> hows;
  for (const Rule* one = &rule; one->kind == Rule::Kind::kWhere; one = &one->parts.front()) {
    added = added || one->where == Rule::Where::kAdded;
    removed = removed || one->where == Rule::Where::kRemoved;
    if (one->where == Rule::Where::kHow) hows.insert(one->text);
  }
  if (added && removed) return "nothing is added and removed at once";
  return hows.size() > 1 ? "a mention is found in one way, not as " + quoted(*hows.begin()) + " and as " + quoted(*hows.rbegin()) : std::string();
}

std::string contradiction(const std::vector<const Rule*>& clauses) {
  std::set<std::string> wanted, unwanted;
  std::map<std::string, std::string> values;
  bool first_version = false, edit = false;
  for (const Rule* const clause : clauses) {
    if (clause->kind == Rule::Kind::kNot) unwanted.insert(print(clause->parts.front()));
    else wanted.insert(print(*clause));
    edit = edit || asks_for_edit(*clause);
    if (clause->kind != Rule::Kind::kField) continue;
    first_version = first_version || (clause->field == "event" && clause->text == "new");
    if (std::find(std::begin(kSingle), std::end(kSingle), clause->field) == std::end(kSingle)) continue;
    const auto [value, fresh] = values.emplace(clause->field, clause->text);
    const bool covers = clause->field == "lang" && (value->second.starts_with(clause->text + "-") || clause->text.starts_with(value->second + "-"));
    if (!fresh && !covers && value->second != clause->text) return "an article has one " + clause->field + ", not " + quoted(value->second) + " and " + quoted(clause->text);
  }
  for (const std::string& one : wanted) {
    if (unwanted.contains(one)) return quoted(one) + " is asked for and ruled out";
  }
  return first_version && edit ? "the first version of an article is no edit" : std::string();
}

}  // namespace

std::string never_holds(const Rule& rule) {
  if (const std::string reason = contradiction_of_place(rule); !reason.empty()) return reason;
  std::vector<std::string> reasons;
  for (const Rule& part : rule.parts) reasons.push_back(rule.kind == Rule::Kind::kNot ? std::string() : never_holds(part));
  const auto is_reason = [](const std::string& reason) { return !reason.empty(); };
  const auto first = std::find_if(reasons.begin(), reasons.end(), is_reason);
  if (rule.kind == Rule::Kind::kAny) return std::all_of(reasons.begin(), reasons.end(), is_reason) ? reasons.front() : std::string();
  if (first != reasons.end()) return *first;
  if (rule.kind != Rule::Kind::kAll) return {};
  std::vector<const Rule*> clauses;
  flatten(rule, clauses);
  return contradiction(clauses);
}

}  // namespace bylined::rule
