// SPDX-License-Identifier: Apache-2.0
#include "query/service/selection.h"

#include <algorithm>

#include "pipeline/rule/rule.h"
#include "query/service/rule_trial.h"

namespace bylined::query {
namespace {

// What the store can narrow down to.
bool is_entities_only(const model::Rule& rule) {
  if (rule.kind == model::Rule::Kind::kAny) return std::all_of(rule.parts.begin(), rule.parts.end(), is_entities_only);
  return rule.kind == model::Rule::Kind::kEntity && rule.field.empty();
}

}  // namespace

Result<Selection> selection_of(const Params& params) {
  Selection selection;
  const std::string one = text_param(params, "entity"), query = text_param(params, "query");
  if (!one.empty()) selection.entities.push_back(model::EntityId{one});
  if (query.empty()) return selection;
  auto rule = rule::parse(query);
  if (!rule) return rule.error().within("query");
  if (is_entities_only(*rule) && one.empty()) selection.entities = rule::asked_entities(*rule);
  auto words = pipeline::compile_words({&*rule});
  if (!words) return words.error().within("query");
  selection.words = *std::move(words);
  selection.rule = *std::move(rule);
  return selection;
}

Result<bool> holds(const Sight& sight, const Selection& selection, const model::ArticleId& id, int version) {
  const auto article = sight.reader.article(id);
  if (!article) return article.error();
  return judge_selected(sight.settings, *selection.rule, selection.words, *article, version);
}

}  // namespace bylined::query
