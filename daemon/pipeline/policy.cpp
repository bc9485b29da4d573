// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy.h"

#include <algorithm>

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

std::vector<std::string> tags_of(const Policy& policy, const model::SourceId& source) {
  const auto found = policy.sources.find(source);
  return found == policy.sources.end() ? std::vector<std::string>() : found->second.tags;
}

// The version before is looked through here, inside the store's transaction, since only here it is known: an edit under a
// rule that asks for it is rare.
std::vector<model::NewAlert> decide(const Policy& policy, const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions,
                                    const rule::Looked& looked, Instant now) {
  const rule::Looked before = policy.asks_before && facts.previous ? look_for(policy.words, facts.previous->content) : rule::Looked();
  const std::vector<std::string> tags = tags_of(policy, facts.article.source);
  const rule::Subject subject{facts, mentions, looked, before, tags};
  rule::Judge judge(subject);
  alert::Ruling ruling;
  ruling.candidates = policy.filter.candidates(subject);
  ruling.holds = [&judge](const model::Watch& watch) { return !watch.rule || judge.holds(*watch.rule); };
  ruling.met = [&judge](const model::Watch& watch) { return judge.met(*watch.rule); };
  return alert::decide(policy.routing, facts, mentions, ruling, now);
}

}  // namespace bylined::pipeline
