// SPDX-License-Identifier: Apache-2.0
#include "settings/entity_exchange.h"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include "base/markup/csv.h"
#include "base/markup/json.h"
#include "base/text/decode.h"
#include "model/definition.h"
#include "model/stamp.h"
#include "settings/checks.h"

namespace bylined::settings {
namespace {

namespace json = markup::json;

constexpr std::string_view kParting = " | ";
constexpr std::size_t kMostValues = 200;  // of one key
constexpr std::size_t kLongestValue = 300;     // bytes of one value

// The keys whose values are lists of texts.
struct List {
  std::string_view key;
  std::vector<std::string> model::Entity::*member;
};
constexpr List kLists[] = {{"names", &model::Entity::names},   {"hanja", &model::Entity::hanja},
                           {"romanised", &model::Entity::romanised}, {"tickers", &model::Entity::tickers},
                           {"titles", &model::Entity::titles}, {"context_any", &model::Entity::context_any},
                           {"context_none", &model::Entity::context_none}};
constexpr std::string_view kKeys[] = {"id", "kind", "names", "hanja", "romanised", "tickers", "former", "titles", "of", "context_any", "context_none"};

Error wrong(const std::string& where, const std::string& why) { return Error(ErrorKind::kInvalid, where + ": " + why); }

// "현대중공업지주@2018-03-30..2022-03-28", an end may be left out.
Result<model::FormerName> former_from(const std::string& text) {
  const std::size_t at = text.rfind('@');
  const std::size_t dots = at == std::string::npos ? at : text.find("..", at);
  if (dots == std::string::npos || at == 0) return Error(ErrorKind::kInvalid, quoted(text) + " is no former name: write name@2018-03-30..2022-03-28, an end may be left out");
  return model::FormerName{text.substr(0, at), text.substr(at + 1, dots - at - 1), text.substr(dots + 2)};
}

std::string former_text(const model::FormerName& former) { return former.name + "@" + former.from + ".." + former.until; }

// What both forms must keep to.
Status check(const model::Entity& entity, std::set<std::string>& ids) {
  if (const Status good = check_id(entity.id.value); !good) return good.error().within("id");
  if (!ids.insert(entity.id.value).second) return wrong("id", quoted(entity.id.value) + " stands here twice");
  if (entity.names.empty()) return wrong("names", "at least one is needed; the first is shown");
  for (const List& list : kLists) {
    const auto& values = entity.*list.member;
    if (values.size() > kMostValues) return wrong(std::string(list.key), "more than " + std::to_string(kMostValues) + " values");
    for (const std::string& value : values) {
      if (value.empty()) return wrong(std::string(list.key), "an empty value");
      if (value.size() > kLongestValue) return wrong(std::string(list.key), "a value of more than " + std::to_string(kLongestValue) + " bytes");
      if (std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; })) return wrong(std::string(list.key), "a control character");
    }
  }
  for (const model::EntityId& id : entity.of) {
    if (const Status good = check_id(id.value); !good) return good.error().within("of");
  }
  for (const model::FormerName& one : entity.former) {
    const bool days = (one.from.empty() || model::is_day(one.from)) && (one.until.empty() || model::is_day(one.until)) && !(one.from.empty() && one.until.empty());
    const bool named = !one.name.empty() && one.name.size() <= kLongestValue && std::none_of(one.name.begin(), one.name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (!named || !days || (!one.until.empty() && one.from >= one.until)) return wrong("former", quoted(former_text(one)) + " wants a name and two days, the first before the second; one may be left out");
  }
  return Status();
}

// ---- CSV -------------------------------------------------------------------------------------------------

// A bar within a value is written twice.
std::vector<std::string> parted(const std::string& cell) {
  std::vector<std::string> values(1);
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const bool bar = cell[at] == '|', twice = bar && at + 1 < cell.size() && cell[at + 1] == '|';
    if (bar && !twice) {
      values.emplace_back();
      continue;
    }
    values.back() += cell[at];
    if (twice) ++at;
  }
  for (std::string& value : values) {
    value.erase(0, value.find_first_not_of(' '));
    value.erase(value.find_last_not_of(' ') + 1);
  }
  std::erase(values, "");
  return values;
}

std::string joined(const std::vector<std::string>& values) {
  std::string cell;
  for (const std::string& value : values) {
    if (!cell.empty()) cell += kParting;
    for (const char c : value) cell += c == '|' ? "||" : std::string(1, c);
  }
  return cell;
}

Status set_cell(model::Entity& entity, const std::string& key, std::string cell) {
  cell = markup::without_guard(std::move(cell));
  if (key == "id") {
    entity.id.value = std::move(cell);
  } else if (key == "kind") {
    const auto kind = cell.empty() ? std::optional(model::EntityKind::kOther) : model::entity_kind_from_name(cell);
    if (!kind) return wrong(key, quoted(cell) + " is not a kind of entity (write person, organisation, product, place or other)");
    entity.kind = *kind;
  } else if (key == "of") {
    for (std::string& id : parted(cell)) entity.of.push_back({std::move(id)});
  } else if (key == "former") {
    for (const std::string& one : parted(cell)) {
      auto former = former_from(one);
      if (!former) return former.error().within(key);
      entity.former.push_back(*std::move(former));
    }
  } else {
    const auto list = std::find_if(std::begin(kLists), std::end(kLists), [&key](const List& one) { return one.key == key; });
    entity.*list->member = parted(cell);
  }
  return Status();
}

// ---- JSON ------------------------------------------------------------------------------------------------

bool is_former(const json::value& value) {
  if (!value.is_object()) return false;
  const auto& object = value.get_object();
  return std::all_of(object.begin(), object.end(), [](const auto& member) {
    return member.value().is_string() && (member.key() == "name" || member.key() == "from" || member.key() == "until");
  });
}

Result<model::Entity> entity_of(const json::object& object) {
  for (const auto& member : object) {
    const std::string key(member.key());
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) return wrong(key, "is not a known key");
    const bool is_text = key == "id" || key == "kind";
    if (is_text ? !member.value().is_string() : !member.value().is_array()) return wrong(key, is_text ? "wants a text" : "wants a list");
    if (is_text) continue;
    for (const json::value& one : member.value().get_array()) {
      if (key == "former" ? !is_former(one) : !one.is_string()) return wrong(key, key == "former" ? "wants objects of the texts name, from and until" : "wants texts");
    }
  }
  const std::string kind(markup::text_at(object, "kind"));
  if (!kind.empty() && !model::entity_kind_from_name(kind)) return wrong("kind", quoted(kind) + " is not a kind of entity (write person, organisation, product, place or other)");
  const auto entity = model::entity_from({model::DefinitionKind::kEntity, std::string(markup::text_at(object, "id")), markup::to_text(object), ""});
  if (!entity) return wrong("the object", "cannot be read");
  return *entity;
}

Result<std::vector<json::object>> objects_of(std::string_view text) {
  std::vector<json::object> objects;
  const auto add = [&objects](json::value value, const std::string& where) -> Status {
    if (!value.is_object()) return wrong(where, "is no JSON object");
    objects.push_back(std::move(value.get_object()));
    return Status();
  };
  auto whole = markup::parse_json(text);
  if (whole && whole->is_object()) return std::vector<json::object>{std::move(whole->get_object())};
  if (whole && whole->is_array()) {
    for (json::value& one : whole->get_array()) {
      if (const Status added = add(std::move(one), "entry " + std::to_string(objects.size() + 1)); !added) return added.error();
    }
    return objects;
  }
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto value = markup::parse_json(line);
    const std::string where = "line " + std::to_string(number);
    if (!value) return value.error().within(where);
    if (const Status added = add(std::move(*value), where); !added) return added.error();
  }
  return objects;
}

json::object object_of(const model::Entity& entity) {
  json::object object{{"id", entity.id.value}};
  const auto rest = markup::parse_json(model::definition_text(entity));
  for (const auto& member : rest->get_object()) object[member.key()] = member.value();
  return object;
}

}  // namespace

Result<std::vector<model::Entity>> entities_from_csv(std::string_view bytes) {
  const std::string text = text::decode(bytes, "").text;
  auto rows = markup::parse_csv(text);
  if (!rows) return rows.error();

  std::size_t first = 0;
  while (first < rows->size() && (*rows)[first].empty()) ++first;
  if (first == rows->size()) return Error(ErrorKind::kInvalid, "no heading row: write id,kind,names first");
  const markup::CsvRow heading = (*rows)[first];
  for (const std::string& key : heading) {
    if (std::count(heading.begin(), heading.end(), key) > 1) return wrong("row " + std::to_string(first + 1), quoted(key) + " stands there twice");
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) return wrong("row " + std::to_string(first + 1), quoted(key) + " is not a known key (there are: " + joined({std::begin(kKeys), std::end(kKeys)}) + ")");
  }
  std::vector<model::Entity> entities;
  std::set<std::string> ids;
  for (std::size_t row = first + 1; row < rows->size(); ++row) {
    const std::string where = "row " + std::to_string(row + 1);
    markup::CsvRow& cells = (*rows)[row];
    if (cells.empty()) continue;
    if (cells.size() > heading.size()) return wrong(where, "has more cells than the heading");
    model::Entity& entity = entities.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (const Status set = set_cell(entity, heading[i], std::move(cells[i])); !set) return set.error().within(where);
    }
    if (const Status good = check(entity, ids); !good) return good.error().within(where);
  }
  return entities;
}

Result<std::vector<model::Entity>> entities_from_json(std::string_view text) {
  if (!text::valid_utf8(text)) return Error(ErrorKind::kInvalid, "is not UTF-8, as JSON must be");
  const auto objects = objects_of(text);
  if (!objects) return objects.error();
  std::vector<model::Entity> entities;
  std::set<std::string> ids;
  for (const json::object& object : *objects) {
    const std::string where = "entity " + std::to_string(entities.size() + 1);
    auto entity = entity_of(object);
    if (!entity) return entity.error().within(where);
    if (const Status good = check(*entity, ids); !good) return good.error().within(where);
    entities.push_back(*std::move(entity));
  }
  return entities;
}

std::string entities_as_csv(const std::vector<model::Entity>& entities) {
  std::string text = "\xEF\xBB\xBF" + markup::csv_line({std::begin(kKeys), std::end(kKeys)});
  for (const model::Entity& entity : entities) {
    markup::CsvRow row;
    for (const std::string_view key : kKeys) {
      const auto list = std::find_if(std::begin(kLists), std::end(kLists), [key](const List& one) { return one.key == key; });
      std::vector<std::string> values;
      if (key == "id") values = {entity.id.value};
      else if (key == "kind") values = {std::string(model::kind_name(entity.kind))};
      else if (key == "of") std::transform(entity.of.begin(), entity.of.end(), std::back_inserter(values), [](const model::EntityId& id) { return id.value; });
      else if (key == "former") std::transform(entity.former.begin(), entity.former.end(), std::back_inserter(values), former_text);
      else values = entity.*list->member;
      row.push_back(joined(values));
    }
    text += markup::csv_line(row);
  }
  return text;
}

std::string entities_as_json(const std::vector<model::Entity>& entities) {
  std::string text;
  for (const model::Entity& entity : entities) text += markup::to_text(object_of(entity)) + "\n";
  return text;
}

std::string entities_as_toml(const std::vector<model::Entity>& entities) {
  const auto array_of = [](const std::vector<std::string>& values) {
    toml::array list;
    for (const std::string& value : values) list.push_back(value);
    return list;
  };
  std::ostringstream text;
  for (const model::Entity& entity : entities) {
    const auto line = [&text](std::string_view key, const toml::node& value) { text << key << " = " << toml::node_view<const toml::node>(value) << "\n"; };
    text << "[[entity]]\n";
    line("id", toml::value<std::string>(entity.id.value));
    line("kind", toml::value<std::string>(std::string(model::kind_name(entity.kind))));
    for (const List& list : kLists) {
      if (!(entity.*list.member).empty()) line(list.key, array_of(entity.*list.member));
    }
    toml::array former;
    for (const model::FormerName& one : entity.former) {
      toml::table table;
      table.insert("name", one.name);
      if (!one.from.empty()) table.insert("from", one.from);
      if (!one.until.empty()) table.insert("until", one.until);
      table.is_inline(true);
      former.push_back(std::move(table));
    }
    if (!former.empty()) line("former", former);
    std::vector<std::string> of;
    for (const model::EntityId& id : entity.of) of.push_back(id.value);
    if (!of.empty()) line("of", array_of(of));
    text << "\n";
  }
  return text.str();
}

}  // namespace bylined::settings
