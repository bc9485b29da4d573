// SPDX-License-Identifier: Apache-2.0
#include "pipeline/words.h"

#include <algorithm>
#include <set>

namespace bylined::pipeline {

Result<WordsPtr> compile_words(const std::vector<const model::Rule*>& rules) {
  std::set<std::string> all;
  auto words = std::make_shared<Words>();
  for (const model::Rule* const one : rules) {
    if (one == nullptr) continue;
    for (std::string& each : rule::words_in(*one)) all.insert(std::move(each));
    for (text::Pattern& each : rule::patterns_in(*one)) words->patterns.push_back(std::move(each));
  }
  std::vector<model::Entity> entities;
  for (const std::string& each : all) {
    model::Entity& entity = entities.emplace_back();
    entity.id.value = each;
    entity.names = {each};
  }
  if (!entities.empty()) {
    auto names = match::compile(entities, match::Overlap::kAll);
    if (!names) return names.error();
    words->names = *std::move(names);
  }
  return WordsPtr(std::move(words));
}

match::Found find_names(const match::Names& names, const model::Content& content) {
  const std::string day = content.published ? model::day_of(*content.published) : std::string();
  return match::find_mentions(names, {content.title, content.body, content.section, day});
}

bool put_listed_words(const match::Names& names, const match::Found& found, const model::ListedItem& item, model::Content& content) {
  std::set<model::EntityId> known;
  for (const model::Mention& mention : found.mentions) {
    if (mention.sure()) known.insert(mention.entity);
  }
  const auto name_more = [&](const std::string& title, const std::string& body) {
    model::Content listed;
    listed.title = title;
    listed.body = body;
    listed.published = content.published;
    const match::Found there = find_names(names, listed);
    return std::any_of(there.mentions.begin(), there.mentions.end(), [&](const model::Mention& mention) { return mention.sure() && !known.contains(mention.entity); });
  };
  if (!name_more(item.title, item.summary)) return false;
  if (!item.title.empty()) content.title = item.title;
  if (name_more({}, item.summary)) content.body = item.summary + (content.body.empty() ? "" : "\n\n") + content.body;
  return true;
}

rule::Looked look_for(const WordsPtr& words, const model::Content& content) {
  rule::Looked looked;
  if (words == nullptr) return looked;
  if (words->names != nullptr) {
    auto found = match::find_mentions(*words->names, {content.title, content.body}, kMostWordPlaces);
    looked.words = std::move(found.mentions);
    looked.dropped = found.dropped;
  }
  looked.matches = rule::find_matches(words->patterns, content);
  return looked;
}

}  // namespace bylined::pipeline
