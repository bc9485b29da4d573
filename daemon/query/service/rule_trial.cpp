// SPDX-License-Identifier: Apache-2.0
#include "query/service/rule_trial.h"

#include <algorithm>

#include "model/entity.h"
#include "pipeline/article/article.h"
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"

namespace bylined::query {
namespace {

Status check_known(const model::Rule& rule, const std::vector<model::Entity>& entities) {
  for (const model::EntityId& id : rule::named_entities(rule)) {
    const bool known = std::any_of(entities.begin(), entities.end(), [&id](const model::Entity& one) { return one.id == id; });
    if (!known) return Error(ErrorKind::kNotFound, "there is no entity " + quoted(id.value) + " (add a [[entity]] with this id)");
  }
  return Status();
}

Result<std::vector<model::Mention>> find(const std::vector<model::Entity>& entities, const model::Content& content) {
  if (entities.empty()) return std::vector<model::Mention>();
  const auto names = match::compile(entities);
  if (!names) return names.error();
  return match::find_mentions(**names, content.title, content.body).mentions;
}

// Where the rule's own words stand.
Result<std::vector<model::Mention>> find_words(const model::Rule& rule, const model::Content& content) {
  std::vector<model::Entity> words;
  for (const std::string& one : rule::words_in(rule)) words.push_back(rule::entity_of_words(one));
  return find(words, content);
}

json::object as_json(const rule::Outcome& outcome) {
  json::object object{{"clause", outcome.clause}, {"holds", outcome.holds}};
  if (!outcome.why.empty()) object["why"] = outcome.why;
  json::array parts;
  for (const rule::Outcome& part : outcome.parts) parts.push_back(as_json(part));
  if (!parts.empty()) object["parts"] = std::move(parts);
  return object;
}

}  // namespace

Result<json::object> try_rule(const settings::Settings& settings, std::string_view query, const model::Page& page) {
  const auto rule = settings::parse_query(query);
  if (!rule) return rule.error();
  if (const Status known = check_known(*rule, settings.entities); !known) return known.error();
  model::ArticleFacts facts;
  auto content = article::extract(page);
  if (!content) return content.error();
  facts.version.content = *std::move(content);
  facts.article.url = page.url;
  const auto mentions = find(settings.entities, facts.version.content);
  const auto places = find_words(*rule, facts.version.content);
  if (!mentions || !places) return (mentions ? places : mentions).error();
  json::object answer{{"title", facts.version.content.title}, {"rule", rule::print(*rule)}};
  answer["outcome"] = as_json(rule::evaluate(*rule, {facts, *mentions, *places}));
  return answer;
}

Result<json::value> judge_version(const model::Watch& watch, const store::ArticleDetail& article, int number) {
  const auto index = static_cast<std::size_t>(number - 1);
  if (!watch.rule || number < 1 || index >= article.versions.size()) return json::value(nullptr);
  model::ArticleFacts facts;
  facts.article = article.article;
  facts.version = article.versions[index];
  const auto places = find_words(*watch.rule, facts.version.content);
  if (!places) return places.error();
  const rule::Outcome outcome = rule::evaluate(*watch.rule, {facts, article.mentions[index], *places});
  return json::value(json::object{{"watch", watch.id.value}, {"rule", rule::print(*watch.rule)}, {"outcome", as_json(outcome)}});
}

}  // namespace bylined::query
