// SPDX-License-Identifier: Apache-2.0
#include "query/service/known.h"

#include <algorithm>

#include "base/text/nearest.h"
#include "pipeline/rule/rule.h"
#include "query/service/params.h"

namespace bylined::query {
namespace {

using Ids = std::vector<std::string_view>;

template <class T>
Ids ids_of(const std::vector<T>& all) {
  Ids ids;
  for (const T& one : all) ids.push_back(one.id.value);
  return ids;
}

template <class T>
Result<bool> any(const Result<store::Slice<T>>& slice) {
  if (!slice) return slice.error();
  return !slice->items.empty();
}

Result<bool> entity_recorded(store::Reader& reader, const std::string& id) {
  store::ArticleFilter filter;
  filter.entities = {model::EntityId{id}};
  filter.limit = 1;
  return any(reader.articles(filter));
}

Result<bool> watch_recorded(store::Reader& reader, const std::string& id) {
  store::AlertFilter filter;
  filter.watch = model::WatchId{id};
  filter.limit = 1;
  return any(reader.alerts(filter));
}

Result<bool> source_recorded(store::Reader& reader, const std::string& id) {
  const auto sources = reader.sources();
  if (!sources) return sources.error();
  return std::any_of(sources->begin(), sources->end(), [&id](const store::SourceStatus& one) { return one.id.value == id; });
}

Result<bool> receiver_recorded(store::Reader& reader, const std::string& id) {
  store::DeliveryFilter filter;
  filter.receiver = model::ReceiverId{id};
  filter.limit = 1;
  return any(reader.deliveries(filter));
}

// The parameter's name is the noun.
struct Noun {
  std::string_view name;
  Ids (*configured)(const settings::Settings& settings);
  Result<bool> (*recorded)(store::Reader& reader, const std::string& id);
};
constexpr Noun kNouns[] = {{"entity", [](const settings::Settings& settings) { return ids_of(settings.entities); }, entity_recorded},
                           {"watch", [](const settings::Settings& settings) { return ids_of(settings.watches); }, watch_recorded},
                           {"source", [](const settings::Settings& settings) { return ids_of(settings.sources); }, source_recorded},
                           {"receiver", [](const settings::Settings& settings) { return ids_of(settings.receivers); }, receiver_recorded}};

Status check_one(const Sight& sight, const Noun& noun, const std::string& id, const Params& params) {
  const Ids configured = sight.settings ? noun.configured(*sight.settings) : Ids();
  if (std::find(configured.begin(), configured.end(), id) != configured.end()) return Status();
  const auto recorded = noun.recorded(sight.reader, id);
  if (!recorded) return recorded.error();
  if (*recorded) return Status();
  std::string text = "there is no " + std::string(noun.name) + " " + quoted(id) + " in the configuration, and nothing of it is stored";
  const std::string near = text::did_you_mean(id, configured);
  if (!near.empty()) text += "; " + near;
  const std::string query = noun.name == "entity" ? text_param(params, "query") : std::string();
  return rule::column_of(query, model::EntityId{id}) ? rule::fault_at(query, model::EntityId{id}, text) : Error(ErrorKind::kInvalid, text);
}

// A faulty query is its route's to refuse.
std::vector<std::string> ids_in(const Params& params, std::string_view noun) {
  std::vector<std::string> ids;
  if (const std::string one = text_param(params, noun); !one.empty()) ids.push_back(one);
  const std::string query = noun == "entity" ? text_param(params, "query") : std::string();
  const auto rule = query.empty() ? Result<model::Rule>(model::Rule()) : rule::parse(query);
  if (query.empty() || !rule) return ids;
  for (const model::EntityId& entity : rule::named_entities(*rule)) ids.push_back(entity.value);
  return ids;
}

}  // namespace

Status check_known(const Sight& sight, const Params& params) {
  for (const Noun& noun : kNouns) {
    for (const std::string& id : ids_in(params, noun.name)) {
      const Status known = check_one(sight, noun, id, params);
      if (!known) return known;
    }
  }
  return Status();
}

}  // namespace bylined::query
