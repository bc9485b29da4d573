// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy.h"

#include <algorithm>
#include <numeric>

namespace bylined::pipeline {

Sources::Sources(List list) : list_(std::move(list)), by_id_(list_->size()) {
  std::iota(by_id_.begin(), by_id_.end(), 0u);
  std::sort(by_id_.begin(), by_id_.end(), [this](std::uint32_t one, std::uint32_t other) { return (*list_)[one].id < (*list_)[other].id; });
}

std::shared_ptr<const model::Source> Sources::find(const model::SourceId& id) const {
  const auto earlier = [this](std::uint32_t place, const model::SourceId& wanted) { return (*list_)[place].id < wanted; };
  const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), id, earlier);
  if (found == by_id_.end() || (*list_)[*found].id != id) return nullptr;
  return std::shared_ptr<const model::Source>(list_, &(*list_)[*found]);
}

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
  return found ? found->tags : std::vector<std::string>();
}

// The version before is looked through here, inside the store's transaction, since only here it is known: an edit under a
// rule that asks for it is rare.
std::vector<model::NewAlert> decide(const Policy& policy, const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions,
                                    const rule::Looked& looked, Instant now) {
  const rule::Looked before = policy.asks_before && facts.previous ? look_for(policy.words, facts.previous->content) : rule::Looked();
  const std::vector<std::string> tags = tags_of(policy, facts.article.source);
  const rule::Subject subject{facts, mentions, looked, before, tags};
  alert::Ruling ruling;
  ruling.candidates = policy.filter.candidates(subject);
  if (ruling.candidates.empty()) return {};  // as of most articles
  rule::Judge judge(subject);
  ruling.holds = [&judge](const model::Watch& watch) { return !watch.rule || judge.holds(*watch.rule); };
  ruling.met = [&judge](const model::Watch& watch) { return judge.met(*watch.rule); };
  return alert::decide(policy.routing, facts, mentions, ruling, now);
}

}  // namespace bylined::pipeline
