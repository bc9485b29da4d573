// SPDX-License-Identifier: Apache-2.0
// The rule language: text to tree, tree to text, and whether a version of an article meets it, clause by clause.
// Pure; finds no names itself (mentions are given) and never decides whom to tell. Grammar: docs/rules.md.
#pragma once

#include <string>
#include <string_view>
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
// Parses to the same tree again.
std::string print(const model::Rule& rule);

// Entities whose mention can make the rule hold: those under NOT are left out of `asked` but not of `named`.
std::vector<model::EntityId> asked_entities(const model::Rule& rule);
std::vector<model::EntityId> named_entities(const model::Rule& rule);
// Words and phrases that must be looked for in a text before it can be judged.
std::vector<std::string> words_in(const model::Rule& rule);
// As something that can be found as names are: its id is the text itself.
model::Entity entity_of_words(const std::string& words);

// What is judged. `words` are mentions whose entity is a text of words_in().
struct Subject {
  const model::ArticleFacts& facts;
  const std::vector<model::Mention>& mentions;
  const std::vector<model::Mention>& words;
};

struct Outcome {
  bool holds = false;
  std::string clause;  // as printed
  std::string why;     // "3 times", "14 words apart"; empty where the clause says it all
  std::vector<Outcome> parts;
};

// Linear in the mentions, but for NEAR: in the pairs it joins, at most kMostPairs.
inline constexpr std::size_t kMostPairs = 100'000;
Outcome evaluate(const model::Rule& rule, const Subject& subject);

}  // namespace bylined::rule
