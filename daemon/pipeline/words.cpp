// SPDX-License-Identifier: Apache-2.0
#include "pipeline/words.h"

#include <set>

#include "pipeline/rule/rule.h"

namespace bylined::pipeline {

Result<match::NamesPtr> compile_words(const std::vector<const model::Rule*>& rules) {
  std::set<std::string> all;
  for (const model::Rule* const one : rules) {
    if (one == nullptr) continue;
    for (std::string& words : rule::words_in(*one)) all.insert(std::move(words));
  }
  std::vector<model::Entity> entities;
  for (const std::string& words : all) {
    model::Entity& entity = entities.emplace_back();
    entity.id.value = words;
    entity.names = {words};
  }
  return entities.empty() ? match::NamesPtr() : match::compile(entities);
}

match::Found find_names(const match::Names& names, const model::Content& content) {
  const std::string day = content.published ? model::day_of(*content.published) : std::string();
  return match::find_mentions(names, {content.title, content.body, content.section, day});
}

std::vector<model::Mention> find_words(const match::NamesPtr& words, const model::Content& content) {
  return words == nullptr ? std::vector<model::Mention>() : match::find_mentions(*words, {content.title, content.body}).mentions;
}

}  // namespace bylined::pipeline
