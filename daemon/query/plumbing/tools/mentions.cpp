// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include "pipeline/match/match.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

using Entities = std::vector<model::Entity>;

Result<std::vector<std::string>> texts_of(const json::object& object, std::string_view member) {
  std::vector<std::string> texts;
  const json::value* const value = object.if_contains(member);
  if (value == nullptr || value->is_null()) return texts;
  if (!value->is_array()) return Error(ErrorKind::kInvalid, std::string(member) + " is no list");
  for (const json::value& one : value->as_array()) {
    if (!one.is_string()) return Error(ErrorKind::kInvalid, std::string(member) + " holds something that is no text");
    texts.emplace_back(one.as_string());
  }
  return texts;
}

Result<model::Entity> entity_of(const json::value& value) {
  if (!value.is_object()) return Error(ErrorKind::kInvalid, "an entity is no JSON object");
  const json::object& object = value.as_object();
  model::Entity entity;
  entity.id = {text_of(object, "id")};
  const std::string kind = text_of(object, "kind");
  const auto known = model::entity_kind_from_name(kind);
  if (!known && !kind.empty()) return Error(ErrorKind::kInvalid, "entity " + quoted(entity.id.value) + " is of no kind we know: " + quoted(kind));
  entity.kind = known.value_or(model::EntityKind::kOther);
  for (auto [member, list] : {std::pair("names", &entity.names), std::pair("titles", &entity.titles), std::pair("context_any", &entity.context_any),
                              std::pair("context_none", &entity.context_none)}) {
    auto texts = texts_of(object, member);
    if (!texts) return texts.error().within("entity " + quoted(entity.id.value));
    *list = std::move(*texts);
  }
  const auto of = texts_of(object, "of");
  if (!of) return of.error().within("entity " + quoted(entity.id.value));
  for (const std::string& id : *of) entity.of.push_back({id});
  return entity;
}

// A file of entities, one JSON object a line.
Result<Entities> read_entities(const std::string& path) {
  Entities entities;
  if (path.empty()) return entities;
  auto bytes = read_file({{"file", path}});
  if (!bytes) return bytes.error();
  std::istringstream lines(std::move(*bytes));
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string place = quoted(path) + " line " + std::to_string(number);
    const auto value = markup::parse_json(line);
    if (!value) return value.error().within(place);
    auto entity = entity_of(*value);
    if (!entity) return entity.error().within(place);
    entities.push_back(std::move(*entity));
  }
  return entities;
}

json::object as_json(const model::Mention& mention) {
  json::object object;
  object["entity"] = mention.entity.value;
  object["field"] = mention.field == model::Field::kTitle ? "title" : "text";
  object["start"] = mention.start;
  object["end"] = mention.end;
  object["how"] = model::how_name(mention.how);
  object["confidence"] = mention.confidence;
  return object;
}

json::object found_in(const match::Names& names, std::string_view title, std::string_view text) {
  const match::Found found = match::find_mentions(names, {title, text});
  json::array mentions;
  for (const model::Mention& mention : found.mentions) mentions.push_back(as_json(mention));
  json::object reply;
  reply["mentions"] = std::move(mentions);
  if (found.dropped > 0) reply["dropped"] = found.dropped;
  return reply;
}

Result<std::string> body_of(const json::object& request) {
  if (!request.contains("file")) return text_of(request, "text");
  return read_file(request);
}

// The request's own entities stand beside those that hold for all.
Result<match::NamesPtr> names_for(const json::object& request, const Entities& shared, const match::NamesPtr& compiled) {
  const json::value* const own = request.if_contains("entities");
  if (own == nullptr || own->is_null()) return compiled;
  Entities all = shared;
  if (own->is_string()) {
    auto read = read_entities(text_of(request, "entities"));
    if (!read) return read.error();
    all.insert(all.end(), read->begin(), read->end());
    return match::compile(all);
  }
  if (!own->is_array()) return Error(ErrorKind::kInvalid, "entities is no list");
  for (const json::value& one : own->as_array()) {
    auto entity = entity_of(one);
    if (!entity) return entity.error();
    all.push_back(std::move(*entity));
  }
  return match::compile(all);
}

Result<Answerer> prepare(const json::object& shared) {
  auto entities = read_entities(text_of(shared, "entities"));
  if (!entities) return entities.error();
  auto compiled = match::compile(*entities);
  if (!compiled) return compiled.error();
  return Answerer([entities = *entities, compiled = *compiled](const json::object& request) -> Result<json::object> {
    const auto names = names_for(request, entities, compiled);
    if (!names) return names.error();
    const auto text = body_of(request);
    if (!text) return text.error();
    return found_in(**names, text_of(request, "title"), *text);
  });
}

}  // namespace

extern const Tool mentions_tool;
const Tool mentions_tool{"mentions", "where the entities of FILE are mentioned in a text", {"--entities", "--title"}, {}, {"file"}, prepare, nullptr};

}  // namespace bylined::plumbing
