// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy.h"

#include <algorithm>

#include "pipeline/words.h"

namespace bylined::pipeline {

Status compile_rules(Policy& policy) {
  std::vector<const model::Rule*> rules;
  for (const model::Watch& watch : policy.routing.watches) rules.push_back(watch.rule ? &*watch.rule : nullptr);
  auto words = compile_words(rules);
  if (!words) return words.error();
  policy.words = *std::move(words);
  policy.filter = rule::Filter(rules);
  policy.asks_before = std::any_of(rules.begin(), rules.end(), [](const model::Rule* rule) { return rule != nullptr && rule::asks_before(*rule); });
  return Status();
}

}  // namespace bylined::pipeline
