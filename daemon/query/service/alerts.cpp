// SPDX-License-Identifier: Apache-2.0
#include "model/alert_json.h"
#include "query/service/params.h"
#include "query/service/rule_trial.h"
#include "query/service/selection.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

Result<json::value> list_alerts(const Sight& sight, const std::string&, const Params& params) {
  store::AlertFilter filter;
  const auto selection = narrow(filter, sight, params);
  if (!selection) return selection.error();
  filter.watch = maybe_param<model::WatchId>(params, "watch");
  const auto slice = [&sight](const store::AlertFilter& of) { return sight.reader.alerts(of); };
  const auto judge = [&](const model::Alert& alert) { return holds(sight, *selection, alert.article.id, alert.version.number); };
  const auto found = selection->rule ? select<model::Alert, store::AlertFilter>(filter, slice, judge) : slice(filter);
  if (!found) return found.error();
  return json::value(list_of(*found, [](const model::Alert& alert) { return model::to_json(alert); }));
}

Result<json::value> one_alert(const Sight& sight, const std::string& id, const Params&) {
  const auto found = sight.reader.alert(model::AlertId{id});
  if (!found) return found.error();
  return json::value(model::to_json(*found));
}

// Why it was raised: what was found where, and what the watch asks for.
Result<json::value> explain(const Sight& sight, const std::string& id, const Params&) {
  const auto found = sight.reader.alert(model::AlertId{id});
  if (!found) return found.error();
  json::object out;
  out["alert"] = id;
  out["key"] = found->key;
  out["watch"] = found->watch.value;
  out["article"] = found->article.id.value;
  out["version"] = found->version.number;
  out["read"] = model::read_name(found->version.read);
  json::array entities;
  for (const model::EntityId& entity : found->entities) {
    json::array mentions;
    bool sure = false;
    for (const model::Mention& mention : found->mentions) {
      if (mention.entity != entity) continue;
      sure = sure || mention.sure();
      mentions.emplace_back(shape(mention));
    }
    const bool gone = mentions.empty();  // it stood in the version before
    json::object because{{"entity", entity.value}, {"new", true}, {"sure", sure}, {"mentions", std::move(mentions)}};
    if (gone) because["gone"] = true;
    const auto stored = sight.reader.definition_at(model::DefinitionKind::kEntity, entity.value, found->version.load);
    if (!stored) return stored.error();
    if (*stored) because["stored"] = when(**stored);
    entities.emplace_back(std::move(because));
  }
  out["because"] = std::move(entities);
  const auto article = sight.reader.article(found->article.id);
  if (!article) return article.error();
  auto rule = judge_as_then(sight, found->watch, *article, found->version.number);
  if (!rule) return rule.error();
  out["rule"] = std::move(*rule);
  store::DeliveryFilter told;
  told.alert = found->id;
  told.limit = kListMost;
  const auto deliveries = sight.reader.deliveries(told);
  if (!deliveries) return deliveries.error();
  out["told"] = list_of(*deliveries, [](const model::Delivery& delivery) { return shape(delivery); })["items"];
  return json::value(std::move(out));
}

}  // namespace

extern const Route alerts_route, alert_route, explain_route;
const Route alerts_route{"alerts", {"since", "entity", "query", "watch", "source", "limit", "cursor"}, "alerts, newest first", list_alerts};
const Route alert_route{"alerts/{id}", {}, "one alert", one_alert};
const Route explain_route{"alerts/{id}/explain", {}, "why an alert was raised, and who was told", explain};

}  // namespace bylined::query
