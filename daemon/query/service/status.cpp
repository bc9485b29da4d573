// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "query/service/params.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

Result<json::value> sources(const Sight& sight, const std::string&, const Params& params) {
  auto found = sight.reader.sources();
  if (!found) return found.error();
  const auto slice = page_of(std::move(*found), params, [](const store::SourceStatus& one) { return one.id.value; });
  if (!slice) return slice.error();
  return json::value(list_of(*slice, [&sight](const store::SourceStatus& one) { return shape(one, sight.now); }));
}

// One source with what befell it, newest first.
Result<json::value> source(const Sight& sight, const std::string& id, const Params&) {
  constexpr int kEventsShown = 100;
  const auto all = sight.reader.sources();
  if (!all) return all.error();
  const auto found = std::find_if(all->begin(), all->end(), [&id](const store::SourceStatus& one) { return one.id.value == id; });
  if (found == all->end()) return Error(ErrorKind::kNotFound, "no source " + quoted(id));
  const auto events = sight.reader.source_events(found->id, kEventsShown);
  if (!events) return events.error();
  json::object out = shape(*found, sight.now);
  json::array shown;
  for (const store::SourceEvent& event : *events) shown.emplace_back(shape(event));
  out["events"] = std::move(shown);
  return json::value(std::move(out));
}

// What a person has to look at, and what to do about it.
json::array troubles(const json::object& facts, const std::vector<store::SourceStatus>& sources, const std::vector<store::ReceiverHealth>& receivers,
                     const store::Counts& counts) {
  json::array all;
  const auto add = [&all](std::string what, std::string reason, std::string remedy) {
    all.emplace_back(json::object{{"what", std::move(what)}, {"reason", std::move(reason)}, {"remedy", std::move(remedy)}});
  };
  if (facts.empty()) add("no daemon answers", "while none runs nothing is watched and nobody is told", "systemctl status bylined; systemctl start bylined");
  if (const json::value* storage = facts.if_contains("storage"); storage != nullptr && !storage->at("writable").as_bool()) {
    add("the database cannot be written", std::string(storage->at("reason").as_string()), "free space, or end what locks it: what was found is kept until then, and nothing is lost");
  }
  if (const json::value* reload = facts.if_contains("reload_error"); reload != nullptr && reload->is_string()) {
    add("the last reload was refused, what was read before is in force", std::string(reload->as_string()), "byline config check, then reload again");
  }
  if (const json::value* audit = facts.if_contains("audit"); audit != nullptr && !audit->at("findings").as_array().empty()) {
    const json::array& findings = audit->at("findings").as_array();
    add("the audit of " + std::string(audit->at("at").as_string()) + " found " + std::to_string(findings.size()) + " faults in the database", std::string(findings.front().as_string()),
        "byline db audit; stop the daemon and byline db restore FILE");
  }
  for (const store::SourceStatus& source : sources) {
    if (source.retired || model::is_well(source.state)) continue;
    std::string remedy = "byline source test " + source.url;
    if (source.state == model::SourceState::kRefusedByRobots) remedy = "watch the outlet's own feed instead, or set robots = { ignore = \"why you may\", hosts = [\"…\"] }";
    add("source " + source.id.value + " is " + std::string(model::state_name(source.state)), source.reason, std::move(remedy));
  }
  for (const store::ReceiverHealth& receiver : receivers) {
    if (receiver.state == "ok" && receiver.failures > 0) {
      add("receiver " + receiver.receiver.value + " did not take the last " + std::to_string(receiver.failures) + " tries", receiver.reason, "it is asked again on its own; byline delivery list --receiver " + receiver.receiver.value);
    }
    if (receiver.state == "ok") continue;
    const std::string again = "it is asked again at " + rfc3339(receiver.retry_at) + ", or at once when its settings are mended and reloaded; ";
    add("receiver " + receiver.receiver.value + " is " + receiver.state, receiver.reason, again + "byline delivery list --receiver " + receiver.receiver.value);
  }
  if (counts.deliveries_dead > 0) add(std::to_string(counts.deliveries_dead) + " deliveries are dead", "their receivers did not take them, or are not configured any more", "byline delivery list --state dead; byline delivery replay ID");
  if (counts.reads_given_up > 0) add(std::to_string(counts.reads_given_up) + " articles could not be read", "their headlines were matched instead", "byline why URL");
  return all;
}

// Sources that list more than is read at once, as long as they are configured.
void add_crowded(const json::object& facts, const std::vector<store::SourceStatus>& sources, json::array& troubles) {
  const json::value* const crowded = facts.if_contains("crowded");
  if (crowded == nullptr) return;
  for (const json::value& one : crowded->as_array()) {
    const std::string id(one.at("source").as_string());
    const auto is_it = [&id](const store::SourceStatus& source) { return source.id.value == id && !source.retired; };
    if (std::none_of(sources.begin(), sources.end(), is_it)) continue;
    troubles.emplace_back(json::object{{"what", "source " + id + " lists more than can be read at once"},
                                       {"reason", std::to_string(one.at("headlines").as_int64()) + " headlines were told before their texts were read, the last in this hour"},
                                       {"remedy", "byline source show " + id + "; poll it less often, watch a part of it, or take it out: others are not held up"}});
  }
}

// What waits for receivers that are not configured: a slip in an id, as a rule.
Status add_waiting(const Sight& sight, json::array& troubles) {
  if (!sight.settings) return Status();
  std::vector<model::ReceiverId> configured;
  for (const model::Receiver& receiver : sight.settings->receivers) configured.push_back(receiver.id);
  const auto waiting = sight.reader.waiting_for_others(configured);
  if (!waiting) return waiting.error();
  for (const auto& [receiver, rows] : *waiting) {
    troubles.emplace_back(json::object{{"what", std::to_string(rows) + " deliveries wait for receiver " + receiver.value},
                                       {"reason", "no receiver of this name is configured"},
                                       {"remedy", "configure it again and reload: they go out then; else they are dead five days after they were made"}});
  }
  return Status();
}

Result<json::value> status(const Sight& sight, const std::string&, const Params&) {
  const auto counts = sight.reader.counts();
  if (!counts) return counts.error();
  const auto all_sources = sight.reader.sources();
  if (!all_sources) return all_sources.error();
  const auto receivers = sight.reader.receivers();
  if (!receivers) return receivers.error();
  json::object out;
  out["running"] = !sight.facts.empty();
  out["daemon"] = sight.facts.empty() ? json::value(nullptr) : json::value(sight.facts);
  out["counts"] = shape(*counts, sight.now);
  json::object states;
  for (const store::SourceStatus& source : *all_sources) {
    json::value& number = states[source.retired ? "retired" : model::state_name(source.state)];
    number = number.is_null() ? 1 : number.as_int64() + 1;
  }
  out["sources"] = std::move(states);
  json::array health;
  for (const store::ReceiverHealth& receiver : *receivers) health.emplace_back(shape(receiver));
  out["receivers"] = std::move(health);
  json::array all = troubles(sight.facts, *all_sources, *receivers, *counts);
  add_crowded(sight.facts, *all_sources, all);
  if (const Status added = add_waiting(sight, all); !added) return added.error();
  out["troubles"] = std::move(all);
  return json::value(std::move(out));
}

}  // namespace

extern const Route sources_route, source_route, status_route;
const Route sources_route{"sources", {"limit", "cursor"}, "sources and how they are", sources};
const Route source_route{"sources/{id}", {}, "one source, and what befell it", source};
const Route status_route{"status", {}, "how everything is, and what to do", status};

}  // namespace bylined::query
