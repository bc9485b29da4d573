// SPDX-License-Identifier: Apache-2.0
// The rule language: text to tree, tree to text, and whether a version of an article meets it, clause by clause.
// Pure; finds no names and words itself (mentions are given) and never decides whom to tell. Grammar: docs/rules.md.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/alert.h"
#include "model/rule.h"

namespace bylined::rule {

struct Limits {
  std::size_t bytes = 8'192;  // of a rule
  int depth = 32;             // of its brackets
  int clauses = 1'000;
};

// kInvalid with the column, counted in characters, and what to write.
Result<model::Rule> parse(std::string_view text, const Limits& limits = {});
// The column that such an error names.
std::optional<int> fault_column(const Error& error);
// Parses to the same tree again.
std::string print(const model::Rule& rule);

// Why it can never hold, as far as that shows on its face; empty where it may.
std::string never_holds(const model::Rule& rule);

// Entities whose mention can make the rule hold: those under NOT are left out of `asked` but not of `named`.
std::vector<model::EntityId> asked_entities(const model::Rule& rule);
std::vector<model::EntityId> named_entities(const model::Rule& rule);
// Where a query first names the entity, its column counted in characters; none where it does not.
std::optional<int> column_of(std::string_view query, const model::EntityId& entity);
// kInvalid at that place: "column 5 of the query: reason".
Error fault_at(std::string_view query, const model::EntityId& entity, const std::string& reason);
// Words and phrases that must be looked for in a text before it can be judged.
std::vector<std::string> words_in(const model::Rule& rule);

// Expressions that must be looked for in a text before it can be judged.
std::vector<text::Pattern> patterns_in(const model::Rule& rule);

struct Match {
  model::Field field = model::Field::kBody;
  std::size_t start = 0, end = 0;  // code points
};
// By expression. At most kMostMatches of each in one text.
using Matches = std::map<std::string, std::vector<Match>, std::less<>>;
inline constexpr std::size_t kMostMatches = 1'000;
Matches find_matches(const std::vector<text::Pattern>& patterns, const model::Content& content);

// What was looked for in a text on the rules' behalf.
struct Looked {
  std::vector<model::Mention> words;  // whose entity is a text of words_in()
  Matches matches;
  std::size_t dropped = 0;  // places of words beyond those that are kept
};

// What is judged. `before` is of facts.previous, wanted only where asks_before() says so.
struct Subject {
  const model::ArticleFacts& facts;
  const std::vector<model::Mention>& mentions;
  const Looked& now;
  const Looked& before;
  const std::vector<std::string>& tags;  // of the source
};
// Does the rule look at what stood in the version before?
bool asks_before(const model::Rule& rule);

struct Outcome {
  bool holds = false;
  std::string clause;  // as printed
  std::string why;     // "3 times", "14 words apart"; empty where the clause says it all
  std::vector<Outcome> parts;
};

// Judges any number of rules on one subject, which must outlive it. Each clause costs time linear in text and mentions
// (NEAR sorts them).
class Judge {
 public:
  explicit Judge(const Subject& subject);
  ~Judge();
  bool holds(const model::Rule& rule);
  Outcome explain(const model::Rule& rule);
  // Entities that the rule asks for and that are mentioned as it asks: surely and now, or, where a clause says else (an
  // uncertain one, a credit, one that an edit added or took away), so. Sorted.
  std::vector<model::EntityId> met(const model::Rule& rule);

 private:
  class Texts;
  std::unique_ptr<Texts> texts_;
};

// Which of many rules can hold at all where such mentions and words were found: each is filed under what it cannot hold
// without. What has no such thing is always among them.
class Filter {
 public:
  Filter() = default;
  explicit Filter(const std::vector<const model::Rule*>& rules);  // null: holds with anything
  // Numbers of rules, rising.
  std::vector<std::size_t> candidates(const Subject& subject) const;

 private:
  std::unordered_map<std::string, std::vector<std::size_t>> by_need_;
  std::vector<std::size_t> always_;
};

}  // namespace bylined::rule
