// SPDX-License-Identifier: Apache-2.0
// Who is tracked, as it is in force, and how they are met in what is stored; the watches that ask for them.
#include <algorithm>

#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"
#include "query/service/params.h"
#include "query/service/rule_trial.h"
#include "query/service/shapes.h"
#include "settings/entity_exchange.h"

namespace bylined::query {
namespace {

json::object shape_of(const model::Entity& entity) {
  const auto line = markup::parse_json(settings::entities_as_json({entity}));
  return line && line->is_object() ? line->get_object() : json::object();
}

json::object shape_of(const model::Watch& watch) {
  json::array receivers;
  for (const model::ReceiverId& id : watch.receivers) receivers.emplace_back(id.value);
  return {{"id", watch.id.value}, {"query", watch.query}, {"rule", watch.rule ? rule::print(*watch.rule) : "every entity"}, {"severity", model::severity_name(watch.severity)},
          {"receivers", std::move(receivers)}};
}

json::array versions_of(const std::vector<store::StoredDefinition>& stored) {
  json::array versions;
  for (const store::StoredDefinition& one : stored) {
    json::object version = when(one);
    const auto text = markup::parse_json(one.definition.text);
    version["text"] = text ? *text : json::value(nullptr);
    versions.emplace_back(std::move(version));
  }
  return versions;
}

json::object shape_of(const store::EntityUse& use, const std::vector<std::string>& names, const store::NameUse& letters) {
  json::array forms, met;
  for (const store::EntityUse::Form& form : use.forms) {
    forms.emplace_back(json::object{{"text", form.text}, {"how", model::how_name(form.how)}, {"mentions", form.mentions}, {"sure", form.sure}});
  }
  for (std::size_t i = 0; i < names.size(); ++i) met.emplace_back(json::object{{"name", names[i]}, {"articles", letters.texts[i]}, {"of", letters.looked_at}});
  return {{"articles", use.articles}, {"first", time_or_null(use.first)}, {"last", time_or_null(use.last)}, {"forms", std::move(forms)}, {"names", std::move(met)}};
}

// What is doubtful about its names among all others.
json::array warnings_of(const std::vector<model::Entity>& all, const model::EntityId& id) {
  json::array warnings;
  for (const match::Doubt& one : match::doubtful_names(all).list) {
    if (one.entity == id) warnings.emplace_back("name '" + one.name + "' " + one.reason);
  }
  return warnings;
}

Result<json::value> entities(const Sight& sight, const std::string&, const Params& params) {
  const auto slice = page_of(sight.settings ? sight.settings->entities : std::vector<model::Entity>(), params, [](const model::Entity& one) { return one.id.value; });
  if (!slice) return slice.error();
  return json::value(list_of(*slice, [](const model::Entity& one) { return shape_of(one); }));
}

Result<json::value> entity(const Sight& sight, const std::string& id, const Params&) {
  const std::vector<model::Entity> none;
  const std::vector<model::Entity>& all = sight.settings ? sight.settings->entities : none;
  const auto configured = std::find_if(all.begin(), all.end(), [&id](const model::Entity& one) { return one.id.value == id; });
  const auto stored = sight.reader.definitions(model::DefinitionKind::kEntity, id);
  if (!stored) return stored.error();
  if (configured == all.end() && stored->empty()) return Error(ErrorKind::kNotFound, "no entity " + quoted(id));
  json::object out = configured == all.end() ? json::object{{"id", id}} : shape_of(*configured);
  out["configured"] = configured != all.end();
  const auto use = sight.reader.entity_use(model::EntityId{id});
  if (!use) return use.error();
  const std::vector<std::string> names = configured == all.end() ? std::vector<std::string>() : model::all_names(*configured);
  const auto letters = sight.reader.name_use(names);
  if (!letters) return letters.error();
  out["use"] = shape_of(*use, names, *letters);
  out["warnings"] = warnings_of(all, model::EntityId{id});
  json::array watches;
  for (const model::Watch& watch : sight.settings ? sight.settings->watches : std::vector<model::Watch>()) {
    const bool asks = !watch.rule || std::find(watch.entities.begin(), watch.entities.end(), model::EntityId{id}) != watch.entities.end();
    if (asks) watches.emplace_back(watch.id.value);
  }
  out["watches"] = std::move(watches);
  out["versions"] = versions_of(*stored);
  return json::value(std::move(out));
}

Result<json::value> watches(const Sight& sight, const std::string&, const Params& params) {
  const auto slice = page_of(sight.settings ? sight.settings->watches : std::vector<model::Watch>(), params, [](const model::Watch& one) { return one.id.value; });
  if (!slice) return slice.error();
  return json::value(list_of(*slice, [](const model::Watch& one) { return shape_of(one); }));
}

Result<json::value> watch(const Sight& sight, const std::string& id, const Params&) {
  const std::vector<model::Watch> none;
  const std::vector<model::Watch>& all = sight.settings ? sight.settings->watches : none;
  const auto configured = std::find_if(all.begin(), all.end(), [&id](const model::Watch& one) { return one.id.value == id; });
  const auto stored = sight.reader.definitions(model::DefinitionKind::kWatch, id);
  if (!stored) return stored.error();
  if (configured == all.end() && stored->empty()) return Error(ErrorKind::kNotFound, "there is no watch " + quoted(id));
  json::object out = configured == all.end() ? json::object{{"id", id}} : shape_of(*configured);
  out["configured"] = configured != all.end();
  out["versions"] = versions_of(*stored);
  return json::value(std::move(out));
}

}  // namespace

extern const Route entities_route, entity_route, watches_route, watch_route;
const Route entities_route{"entities", {"limit", "cursor"}, "who is tracked", entities};
const Route entity_route{"entities/{id}", {}, "one entity: how it is met in what is stored, its warnings, its versions", entity};
const Route watches_route{"watches", {"limit", "cursor"}, "watches, and whom they tell", watches};
const Route watch_route{"watches/{id}", {}, "one watch, its rule as it is understood, its versions", watch};

}  // namespace bylined::query
