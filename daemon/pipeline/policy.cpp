// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy.h"

#include <set>
#include <string>

#include "pipeline/rule/rule.h"

namespace bylined::pipeline {

Result<match::NamesPtr> compile_words(const std::vector<model::Watch>& watches) {
  std::set<std::string> all;
  for (const model::Watch& watch : watches) {
    if (!watch.rule) continue;
    for (std::string& words : rule::words_in(*watch.rule)) all.insert(std::move(words));
  }
  std::vector<model::Entity> entities;
  for (const std::string& words : all) entities.push_back(rule::entity_of_words(words));
  return entities.empty() ? match::NamesPtr() : match::compile(entities);
}

}  // namespace bylined::pipeline
