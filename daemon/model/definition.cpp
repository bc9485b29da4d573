// SPDX-License-Identifier: Apache-2.0
#include "model/definition.h"

#include "base/markup/json.h"

namespace bylined::model {
namespace {

namespace json = markup::json;

json::array texts(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }

template <class Id>
json::array ids(const std::vector<Id>& list) {
  json::array all;
  for (const Id& id : list) all.emplace_back(id.value);
  return all;
}

std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
  std::vector<std::string> all;
  const json::value* const list = object.if_contains(key);
  if (list == nullptr || !list->is_array()) return all;
  for (const json::value& one : list->get_array()) {
    if (one.is_string()) all.emplace_back(one.get_string());
  }
  return all;
}

template <class Id>
std::vector<Id> ids_at(const json::object& object, std::string_view key) {
  std::vector<Id> all;
  for (std::string& id : texts_at(object, key)) all.push_back(Id{std::move(id)});
  return all;
}

std::optional<json::object> object_of(const Definition& definition) {
  auto read = markup::parse_json(definition.text);
  if (!read || !read->is_object()) return std::nullopt;
  return std::move(read->get_object());
}

}  // namespace

std::string_view definition_kind_name(DefinitionKind kind) {
  switch (kind) {
    case DefinitionKind::kEntity: return "entity";
    case DefinitionKind::kWatch: return "watch";
    case DefinitionKind::kSource: return "source";
  }
  return "";
}

std::string definition_text(const Entity& entity) {
  json::object object{{"kind", kind_name(entity.kind)}, {"names", texts(entity.names)}};
  const auto add = [&object](std::string_view key, json::array list) {
    if (!list.empty()) object[key] = std::move(list);
  };
  add("hanja", texts(entity.hanja));
  add("romanised", texts(entity.romanised));
  add("tickers", texts(entity.tickers));
  json::array former;
  for (const FormerName& one : entity.former) former.emplace_back(json::object{{"name", one.name}, {"from", one.from}, {"until", one.until}});
  add("former", std::move(former));
  add("titles", texts(entity.titles));
  add("of", ids(entity.of));
  add("context_any", texts(entity.context_any));
  add("context_none", texts(entity.context_none));
  return markup::to_text(object);
}

std::string definition_text(const Watch& watch) {
  return markup::to_text(json::object{{"query", watch.query}, {"severity", severity_name(watch.severity)}, {"receivers", ids(watch.receivers)}});
}

std::string definition_text(const Source& source) { return markup::to_text(json::object{{"tags", texts(source.tags)}}); }

std::optional<Entity> entity_from(const Definition& definition) {
  const auto object = object_of(definition);
  if (!object) return std::nullopt;
  Entity entity;
  entity.id.value = definition.id;
  entity.kind = entity_kind_from_name(markup::text_at(*object, "kind")).value_or(EntityKind::kOther);
  entity.names = texts_at(*object, "names");
  entity.hanja = texts_at(*object, "hanja");
  entity.romanised = texts_at(*object, "romanised");
  entity.tickers = texts_at(*object, "tickers");
  const json::value* const former = object->if_contains("former");
  if (former != nullptr && former->is_array()) {
    for (const json::value& one : former->get_array()) {
      const auto at = [&one](std::string_view key) { return std::string(markup::text_at(one, key)); };
      entity.former.push_back({at("name"), at("from"), at("until")});
    }
  }
  entity.titles = texts_at(*object, "titles");
  entity.of = ids_at<EntityId>(*object, "of");
  entity.context_any = texts_at(*object, "context_any");
  entity.context_none = texts_at(*object, "context_none");
  return entity;
}

std::optional<Watch> watch_from(const Definition& definition) {
  const auto object = object_of(definition);
  if (!object) return std::nullopt;
  Watch watch;
  watch.id.value = definition.id;
  watch.query = markup::text_at(*object, "query");
  watch.severity = severity_from_name(markup::text_at(*object, "severity")).value_or(Severity::kNormal);
  watch.receivers = ids_at<ReceiverId>(*object, "receivers");
  return watch;
}

std::optional<std::vector<std::string>> tags_from(const Definition& definition) {
  const auto object = object_of(definition);
  if (!object) return std::nullopt;
  return texts_at(*object, "tags");
}

}  // namespace bylined::model
