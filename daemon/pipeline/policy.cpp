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

// The words of the version before are looked for here, inside the store's transaction, since only here it is known: an edit
// under a rule that asks for them is rare.
std::vector<model::NewAlert> decide(const Policy& policy, const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions,
                                    const std::vector<model::Mention>& words, Instant now) {
  const bool looks_back = policy.asks_before && facts.previous;
  const std::vector<model::Mention> words_before = looks_back ? find_words(policy.words, facts.previous->content) : std::vector<model::Mention>();
  const auto source = policy.sources.find(facts.article.source);
  const std::vector<std::string> tags = source == policy.sources.end() ? std::vector<std::string>() : source->second.tags;
  const rule::Subject subject{facts, mentions, words, words_before, tags};
  rule::Judge judge(subject);
  alert::Ruling ruling;
  ruling.candidates = policy.filter.candidates(subject);
  ruling.holds = [&judge](const model::Watch& watch) { return !watch.rule || judge.holds(*watch.rule); };
  ruling.met_as_asked = [&judge](const model::Watch& watch) { return watch.rule ? judge.met_as_asked(*watch.rule) : std::vector<model::EntityId>(); };
  return alert::decide(policy.routing, facts, mentions, ruling, now);
}

}  // namespace bylined::pipeline
