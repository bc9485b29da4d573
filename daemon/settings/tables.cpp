// SPDX-License-Identifier: Apache-2.0
// [[entity]] and [[watch]].
#include <algorithm>

#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kNamesMost = 200;

std::vector<std::string> values(std::vector<Placed<std::string>> placed) {
  std::vector<std::string> values;
  for (auto& one : placed) values.push_back(std::move(one.value));
  return values;
}

std::vector<std::string> read_names(Table& table, Reading& reading) {
  std::vector<std::string> names;
  const auto value = table.need("names", "write at least one name; the first is shown");
  if (!value) return names;
  for (auto& name : value->texts(kNamesMost)) {
    if (name.value.size() > 300) reading.complaints.refuse(name.place, "is longer than 300 bytes");
    if (std::find(names.begin(), names.end(), name.value) != names.end()) reading.complaints.warn(name.place, quoted(name.value) + " stands here twice");
    else names.push_back(std::move(name.value));
  }
  if (value->is_empty_list()) value->refuse("is empty", "write at least one name; the first is shown");
  return names;
}

model::EntityKind read_entity_kind(Table& table) {
  const auto value = table.find("kind");
  const auto name = value ? value->text() : std::nullopt;
  if (!name) return model::EntityKind::kOther;
  const auto kind = model::entity_kind_from_name(*name);
  if (!kind) value->refuse(quoted(*name) + " is not a kind of entity", "write person, organisation, product, place or other");
  return kind.value_or(model::EntityKind::kOther);
}

void read_query(Table& table, model::Watch& watch, Reading& reading) {
  const auto value = table.find("query");
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  watch.query = *text;
  auto entities = parse_query(*text);
  if (!entities) {
    value->refuse(entities.error().text());
    return;
  }
  for (const model::EntityId& id : *entities) reading.references.push_back({Noun::kEntity, {id.value, value->place()}});
  watch.entities = std::move(*entities);
}

model::Severity read_severity(Table& table) {
  const auto value = table.find("severity");
  const auto name = value ? value->text() : std::nullopt;
  if (!name) return model::Severity::kNormal;
  const auto severity = model::severity_from_name(*name);
  if (!severity) value->refuse(quoted(*name) + " is not a severity", "write low, normal, high or critical");
  return severity.value_or(model::Severity::kNormal);
}

}  // namespace

std::string_view noun_name(Noun noun) {
  switch (noun) {
    case Noun::kSource: return "source";
    case Noun::kEntity: return "entity";
    case Noun::kWatch: return "watch";
    case Noun::kReceiver: return "receiver";
  }
  return {};
}

std::string read_id(Table& table, Noun noun, Reading& reading) {
  const auto value = table.need("id", "give it a name of your own that stays the same");
  const auto id = value ? value->text() : std::nullopt;
  if (!id) return {};
  const Status good = check_id(*id);
  if (!good) value->refuse(good.error().text());
  const auto [first, fresh] = reading.ids[noun].emplace(*id, value->place());
  if (!fresh) {
    const Place& place = first->second;
    value->refuse("the id " + quoted(*id) + " is taken by " + place.file + ":" + std::to_string(place.line), "give one of them another id");
  }
  return *id;
}

void read_entity(Table table, Reading& reading) {
  model::Entity entity;
  entity.id.value = read_id(table, Noun::kEntity, reading);
  entity.kind = read_entity_kind(table);
  entity.names = read_names(table, reading);
  entity.titles = values(table.texts("titles", kNamesMost));
  for (auto& of : table.texts("of", kNamesMost)) {
    entity.of.push_back({of.value});
    reading.references.push_back({Noun::kEntity, std::move(of)});
  }
  entity.context_any = values(table.texts("context_any", kNamesMost));
  entity.context_none = values(table.texts("context_none", kNamesMost));
  table.finish();
  reading.settings.entities.push_back(std::move(entity));
}

void read_watch(Table table, Reading& reading) {
  model::Watch watch;
  watch.id.value = read_id(table, Noun::kWatch, reading);
  read_query(table, watch, reading);
  watch.severity = read_severity(table);
  for (auto& receiver : table.texts("receivers", 100)) {
    watch.receivers.push_back({receiver.value});
    reading.references.push_back({Noun::kReceiver, std::move(receiver)});
  }
  table.finish();
  reading.settings.watches.push_back(std::move(watch));
}

}  // namespace bylined::settings
