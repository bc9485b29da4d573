// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kNamesMost = 200;
constexpr std::size_t kNameMost = 300;  // bytes

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
    if (name.value.size() > kNameMost) reading.complaints.refuse(name.place, "is longer than " + std::to_string(kNameMost) + " bytes");
    const bool twice = std::find(names.begin(), names.end(), name.value) != names.end();
    if (twice) reading.complaints.warn(name.place, quoted(name.value) + " stands here twice");
    else names.push_back(std::move(name.value));
  }
  if (value->is_empty_list()) value->refuse("is empty", "write at least one name; the first is shown");
  return names;
}

}  // namespace

void read_entity(Table table, Reading& reading) {
  model::Entity entity;
  entity.id.value = read_id(table, Noun::kEntity, reading);
  entity.kind = table.word("kind", model::entity_kind_from_name, "a kind of entity", "write person, organisation, product, place or other")
                    .value_or(model::EntityKind::kOther);
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

}  // namespace bylined::settings
