// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/stamp.h"
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

std::vector<std::string> further_names(Table& table, const std::string& key, Reading& reading) {
  std::vector<std::string> names;
  for (auto& name : table.texts(key, kNamesMost)) {
    if (name.value.size() > kNameMost) reading.complaints.refuse(name.place, "is longer than " + std::to_string(kNameMost) + " bytes");
    names.push_back(std::move(name.value));
  }
  return names;
}

// A day or nothing.
std::string read_day(Table& table, const std::string& key) {
  const auto value = table.find(key);
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return {};
  if (!model::is_day(*text)) value->refuse("is no day", "write it as \"2023-05-01\"");
  return *text;
}

void read_former(Table& table, model::Entity& entity, Reading& reading) {
  for (Table& one : table.tables("former", kNamesMost)) {
    model::FormerName former;
    const auto name = one.need("name", "write the name of that time");
    former.name = name ? name->text().value_or(std::string()) : std::string();
    if (former.name.size() > kNameMost) reading.complaints.refuse(name->place(), "is longer than " + std::to_string(kNameMost) + " bytes");
    former.from = read_day(one, "from");
    former.until = read_day(one, "until");
    if (former.from.empty() && former.until.empty()) reading.complaints.refuse(one.place(), "says neither from nor until", "write the day on which the name ended, or began: { name = \"…\", until = \"2023-05-01\" }");
    if (!former.until.empty() && former.from >= former.until) reading.complaints.refuse(one.place(), "ends before it begins");
    one.finish();
    entity.former.push_back(std::move(former));
  }
}

}  // namespace

void read_entity(Table table, Reading& reading) {
  model::Entity entity;
  entity.id.value = read_id(table, Noun::kEntity, reading);
  entity.kind = table.word("kind", model::entity_kind_from_name, "a kind of entity", "write person, organisation, product, place or other")
                    .value_or(model::EntityKind::kOther);
  entity.names = read_names(table, reading);
  for (const auto& [key, list] : {std::pair("hanja", &entity.hanja), std::pair("romanised", &entity.romanised), std::pair("tickers", &entity.tickers)}) {
    *list = further_names(table, key, reading);
  }
  read_former(table, entity, reading);
  entity.titles = values(table.texts("titles", kNamesMost));
  for (auto& of : table.texts("of", kNamesMost)) {
    entity.of.push_back({of.value});
    reading.references.push_back({Noun::kEntity, std::move(of)});
  }
  entity.context_any = values(table.texts("context_any", kNamesMost));
  entity.context_none = values(table.texts("context_none", kNamesMost));
  table.finish();
  reading.settings.definitions.push_back({model::DefinitionKind::kEntity, entity.id.value, model::definition_text(entity), line_of(table.place())});
  reading.settings.entities.push_back(std::move(entity));
}

}  // namespace bylined::settings
