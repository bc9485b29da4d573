// SPDX-License-Identifier: Apache-2.0
#include "query/service/rule_trial.h"

#include <algorithm>

#include "base/text/nearest.h"
#include "model/entity.h"
#include "pipeline/article/article.h"
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"
#include "query/service/shapes.h"

namespace bylined::query {

Result<model::Rule> rule_of(std::string_view query, const std::vector<model::Entity>& entities) {
  auto rule = settings::parse_query(query);
  if (!rule) return rule;
  std::vector<std::string_view> known;
  for (const model::Entity& one : entities) known.push_back(one.id.value);
  for (const model::EntityId& id : rule::named_entities(*rule)) {
    if (std::find(known.begin(), known.end(), id.value) != known.end()) continue;
    const std::string near = text::did_you_mean(id.value, known);
    return rule::fault_at(query, id, "there is no entity " + quoted(id.value) + " (" + (near.empty() ? "add a [[entity]] with this id" : near) + ")");
  }
  return rule;
}

namespace {

// All that a rule is judged on. Stays where it is made: Subject looks into it.
struct Tried {
  model::ArticleFacts facts;
  std::vector<model::Mention> mentions;
  rule::Looked now, before;
  std::vector<std::string> tags;

  rule::Subject subject() const { return {facts, mentions, now, before, tags}; }
  void look(const pipeline::WordsPtr& words) {
    now = pipeline::look_for(words, facts.version.content);
    if (facts.previous) before = pipeline::look_for(words, facts.previous->content);
  }
};

Status look_for_words(const model::Rule& rule, Tried& trial) {
  const auto words = pipeline::compile_words({&rule});
  if (!words) return words.error();
  trial.look(*words);
  return Status();
}

std::vector<std::string> tags_of(const settings::SettingsPtr& settings, const model::SourceId& id) {
  if (!settings) return {};
  const auto& all = settings->sources;
  const auto found = std::find_if(all.begin(), all.end(), [&id](const model::Source& one) { return one.id == id; });
  return found == all.end() ? std::vector<std::string>() : found->tags;
}

// Under that load. A source without tags is not kept.
Result<std::vector<std::string>> tags_then(store::Reader& reader, const model::SourceId& id, std::int64_t load) {
  const auto stored = reader.definition_at(model::DefinitionKind::kSource, id.value, load);
  if (!stored) return stored.error();
  if (!*stored) return std::vector<std::string>();
  auto tags = model::tags_from((*stored)->definition);
  if (!tags) return Error(ErrorKind::kCorrupt, "version " + std::to_string((*stored)->number) + " of source " + quoted(id.value) + " cannot be read");
  return *std::move(tags);
}

// A stored version, from 1, with the one before.
Result<Tried> trial_of(std::vector<std::string> tags, const store::ArticleDetail& article, int number) {
  const auto index = static_cast<std::size_t>(number - 1);
  if (number < 1 || index >= article.versions.size()) return Error(ErrorKind::kNotFound, "article " + quoted(article.article.id.value) + " has no version " + std::to_string(number));
  Tried trial;
  trial.facts.article = article.article;
  trial.facts.version = article.versions[index];
  trial.mentions = article.mentions[index];
  trial.tags = std::move(tags);
  if (index > 0) {
    trial.facts.previous = article.versions[index - 1];
    trial.facts.previous_mentions = article.mentions[index - 1];
  }
  return trial;
}

Result<model::Watch> as_configured(const settings::SettingsPtr& settings, const model::WatchId& id) {
  const std::vector<model::Watch> none;
  const std::vector<model::Watch>& all = settings ? settings->watches : none;
  const auto found = std::find_if(all.begin(), all.end(), [&id](const model::Watch& one) { return one.id == id; });
  if (found == all.end()) return Error(ErrorKind::kNotFound, "there is no watch " + quoted(id.value));
  return *found;
}

json::object as_json(const rule::Outcome& outcome) {
  json::object object{{"clause", outcome.clause}, {"holds", outcome.holds}};
  if (!outcome.why.empty()) object["why"] = outcome.why;
  json::array parts;
  for (const rule::Outcome& part : outcome.parts) parts.push_back(as_json(part));
  if (!parts.empty()) object["parts"] = std::move(parts);
  return object;
}

Result<json::value> judged(const model::Watch& watch, Result<Tried> trial) {
  if (!trial) return trial.error();
  if (const Status looked = look_for_words(*watch.rule, *trial); !looked) return looked.error();
  const rule::Subject subject = trial->subject();
  json::object outcome = as_json(rule::Judge(subject).explain(*watch.rule));
  return json::value(json::object{{"watch", watch.id.value}, {"rule", rule::print(*watch.rule)}, {"outcome", std::move(outcome)}});
}

}  // namespace

Result<json::object> try_rule(const settings::Settings& settings, std::string_view query, const model::Page& page) {
  const auto rule = rule_of(query, settings.entities);
  if (!rule) return rule.error();
  Tried trial;
  trial.facts.version.number = 1;
  auto content = article::extract(page);
  if (!content) return content.error();
  trial.facts.version.content = *std::move(content);
  trial.facts.article.url = page.url;
  trial.facts.article.first_seen = page.fetched_at;
  if (!settings.entities.empty()) {
    const auto names = match::compile(settings.entities);
    if (!names) return names.error();
    trial.mentions = pipeline::find_names(**names, trial.facts.version.content).mentions;
  }
  if (const Status looked = look_for_words(*rule, trial); !looked) return looked.error();
  json::object answer{{"title", trial.facts.version.content.title}, {"rule", rule::print(*rule)}};
  const rule::Subject subject = trial.subject();
  answer["outcome"] = as_json(rule::Judge(subject).explain(*rule));
  return answer;
}

Result<json::object> find_in(const settings::Settings& settings, const model::EntityId& only, const model::Page& page) {
  const auto is_it = [&only](const model::Entity& one) { return one.id == only; };
  if (!only.value.empty() && std::none_of(settings.entities.begin(), settings.entities.end(), is_it)) return Error(ErrorKind::kNotFound, "there is no entity " + quoted(only.value));
  const auto content = article::extract(page);
  if (!content) return content.error();
  const auto names = match::compile(settings.entities);
  if (!names) return names.error();
  json::array mentions;
  for (const model::Mention& one : pipeline::find_names(**names, *content).mentions) {
    if (only.value.empty() || one.entity == only) mentions.emplace_back(shape(one));
  }
  return json::object{{"title", content->title}, {"mentions", std::move(mentions)}};
}

Result<bool> judge_selected(const settings::SettingsPtr& settings, const model::Rule& rule, const pipeline::WordsPtr& words, const store::ArticleDetail& article, int number) {
  auto trial = trial_of(tags_of(settings, article.article.source), article, number);
  if (!trial) return trial.error();
  trial->look(words);
  const rule::Subject subject = trial->subject();
  return rule::Judge(subject).holds(rule);
}

Result<json::value> judge_version(const settings::SettingsPtr& settings, const model::Watch& watch, const store::ArticleDetail& article, int number) {
  if (!watch.rule || number < 1 || static_cast<std::size_t>(number) > article.versions.size()) return json::value(nullptr);
  return judged(watch, trial_of(tags_of(settings, article.article.source), article, number));
}

Result<model::Watch> watch_of(const store::StoredDefinition& stored) {
  auto watch = model::watch_from(stored.definition);
  if (!watch) return Error(ErrorKind::kCorrupt, "version " + std::to_string(stored.number) + " of watch " + quoted(stored.definition.id) + " cannot be read");
  if (watch->query.empty()) return *std::move(watch);
  auto rule = settings::parse_query(watch->query);
  if (!rule) return rule.error().within("version " + std::to_string(stored.number) + " of watch " + quoted(stored.definition.id));
  watch->entities = rule::asked_entities(*rule);
  watch->rule = *std::move(rule);
  return *std::move(watch);
}

json::object when(const store::StoredDefinition& stored) {
  return {{"version", stored.number}, {"loaded", rfc3339(stored.loaded)}, {"ended", stored.ended ? json::value(rfc3339(*stored.ended)) : json::value(nullptr)}, {"place", stored.definition.place}};
}

Result<json::value> judge_as_then(const Sight& sight, const model::WatchId& id, const store::ArticleDetail& article, int number) {
  const std::int64_t load = article.versions.at(static_cast<std::size_t>(number - 1)).load;
  const auto stored = sight.reader.definition_at(model::DefinitionKind::kWatch, id.value, load);
  if (!stored) return stored.error();
  const auto watch = *stored ? watch_of(**stored) : as_configured(sight.settings, id);
  if (!watch) return watch.error().kind() == ErrorKind::kNotFound ? Result<json::value>(json::value(nullptr)) : Result<json::value>(watch.error());
  json::object out{{"watch", id.value}, {"rule", "every entity"}, {"outcome", nullptr}};
  if (watch->rule) {
    auto tags = *stored ? tags_then(sight.reader, article.article.source, load) : Result<std::vector<std::string>>(tags_of(sight.settings, article.article.source));
    if (!tags) return tags.error();
    auto outcome = judged(*watch, trial_of(*std::move(tags), article, number));
    if (!outcome) return outcome.error();
    out = std::move(outcome->get_object());
  }
  out["as_of"] = *stored ? "then" : "now";
  if (*stored) out["stored"] = when(**stored);
  return json::value(std::move(out));
}

}  // namespace bylined::query
