// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>

#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

using model::Rule;

// An entity and words may be written alike.
std::string need_of(const Rule& rule) { return (rule.kind == Rule::Kind::kEntity ? "e" : "w") + rule.text; }

// One of these must have been found; none where the rule can hold without anything found.
using Needs = std::optional<std::set<std::string>>;

Needs needs_of(const Rule& rule) {
  switch (rule.kind) {
    case Rule::Kind::kEntity:
    case Rule::Kind::kWords: return std::set<std::string>{need_of(rule)};
    case Rule::Kind::kCount:
    case Rule::Kind::kWhere: return needs_of(rule.parts.front());
    case Rule::Kind::kAll:
    case Rule::Kind::kNear: {
      Needs least;
      for (const Rule& part : rule.parts) {
        Needs needs = needs_of(part);
        if (needs && (!least || needs->size() < least->size())) least = std::move(needs);
      }
      return least;
    }
    case Rule::Kind::kAny: {
      std::set<std::string> all;
      for (const Rule& part : rule.parts) {
        const Needs needs = needs_of(part);
        if (!needs) return std::nullopt;
        all.insert(needs->begin(), needs->end());
      }
      return all;
    }
    case Rule::Kind::kNot:
    case Rule::Kind::kPattern:
    case Rule::Kind::kField: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Filter::Filter(const std::vector<const Rule*>& rules) {
  for (std::size_t number = 0; number < rules.size(); ++number) {
    const Needs needs = rules[number] == nullptr ? std::nullopt : needs_of(*rules[number]);
    if (!needs) always_.push_back(number);
    else for (const std::string& need : *needs) by_need_[need].push_back(number);
  }
}

std::vector<std::size_t> Filter::candidates(const Subject& subject) const {
  std::vector<std::size_t> numbers = always_;
  std::set<const std::string*> met;  // of the needs: most of what is found is none
  std::string need;
  const auto look = [&](const std::vector<model::Mention>& mentions, char kind) {
    for (const model::Mention& mention : mentions) {
      need.assign(1, kind).append(mention.entity.value);
      const auto filed = by_need_.find(need);
      if (filed == by_need_.end() || !met.insert(&filed->first).second) continue;
      numbers.insert(numbers.end(), filed->second.begin(), filed->second.end());
    }
  };
  look(subject.mentions, 'e');
  look(subject.facts.previous_mentions, 'e');
  look(subject.now.words, 'w');
  look(subject.before.words, 'w');
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace bylined::rule
