// SPDX-License-Identifier: Apache-2.0
#include "settings/table.h"

#include <algorithm>
#include <charconv>

#include <toml++/toml.h>

#include "base/text/nearest.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kTextMost = 4096;  // bytes of one string

std::string_view name_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::none: break;
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "a string";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a decimal number";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    case toml::node_type::date_time: return "a date and time";
  }
  return "nothing";
}

// A key as TOML would want it: plain, or in quotes.
std::string written(std::string_view key) {
  const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return plain ? std::string(key) : quoted(key);
}

std::string join(const std::string& path, std::string_view key) {
  return path.empty() ? written(key) : path + "." + written(key);
}

Place place_at(const toml::source_region& region, const Place& parent, std::string key) {
  return {parent.file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column), std::move(key)};
}

std::optional<std::size_t> parse_size(std::string_view text) {
  std::size_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  constexpr std::pair<std::string_view, int> kUnits[] = {{"B", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
  for (const auto& [name, shift] : kUnits) {
    if (unit == name && number <= (std::size_t{1} << 40)) return number << shift;
  }
  return std::nullopt;
}

}  // namespace

std::string size_text(std::size_t bytes) {
  if (bytes % (1u << 20) == 0) return std::to_string(bytes >> 20) + "MiB";
  if (bytes % (1u << 10) == 0) return std::to_string(bytes >> 10) + "KiB";
  return std::to_string(bytes) + "B";
}

bool Value::is_list() const { return node_->is_array(); }
bool Value::is_empty_list() const { return is_list() && node_->as_array()->empty(); }
bool Value::is_table() const { return node_->is_table(); }

void Value::wrong_type(std::string_view wanted) const {
  refuse("wants " + std::string(wanted) + ", found " + std::string(name_of(node_->type())));
}

std::optional<std::string> Value::text() const { return text_for("a string"); }

std::optional<std::string> Value::text_for(std::string_view wanted) const {
  const auto* text = node_->as_string();
  if (!text) {
    wrong_type(wanted);
    return std::nullopt;
  }
  const std::string& value = text->get();
  const bool controls = std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (value.find_first_not_of(' ') == std::string::npos) refuse("is empty", "write a value, or leave the key out");
  else if (controls) refuse("holds a control character", "write it on one line, without tabs");
  else if (value.size() > kTextMost) refuse("is longer than " + std::to_string(kTextMost) + " bytes");
  else return value;
  return std::nullopt;
}

std::optional<bool> Value::truth() const {
  if (const auto* value = node_->as_boolean()) return value->get();
  wrong_type("true or false");
  return std::nullopt;
}

std::optional<int> Value::whole(int least, int most) const {
  const auto* value = node_->as_integer();
  if (!value) wrong_type("a whole number");
  else if (value->get() < least || value->get() > most) {
    refuse(std::to_string(value->get()) + " is out of range", "choose " + std::to_string(least) + " to " + std::to_string(most));
  } else return static_cast<int>(value->get());
  return std::nullopt;
}

std::optional<Millis> Value::duration(Millis least, Millis most) const {
  const auto written_text = text_for("a duration as a string, such as \"90s\" or \"15m\"");
  if (!written_text) return std::nullopt;
  const auto length = parse_duration(*written_text);
  if (!length) refuse(length.error().text());
  else if (*length < least || *length > most) {
    refuse(quoted(*written_text) + " is out of range", "choose " + duration_text(least) + " to " + duration_text(most));
  } else return *length;
  return std::nullopt;
}

std::optional<std::size_t> Value::size(std::size_t least, std::size_t most) const {
  const auto written_text = text_for("a size as a string, such as \"8MiB\"");
  if (!written_text) return std::nullopt;
  const auto bytes = parse_size(*written_text);
  if (!bytes) refuse(quoted(*written_text) + " is not a size", "write a whole number and B, KiB, MiB or GiB, such as \"8MiB\"");
  else if (*bytes < least || *bytes > most) {
    refuse(quoted(*written_text) + " is out of range", "choose " + size_text(least) + " to " + size_text(most));
  } else return bytes;
  return std::nullopt;
}

std::optional<Table> Value::table() const {
  if (const auto* table = node_->as_table()) return Table(*table, place_, *complaints_);
  wrong_type("a table");
  return std::nullopt;
}

std::vector<Value> Value::list(std::size_t most) const {
  std::vector<Value> values;
  const auto* array = node_->as_array();
  if (!array) {
    wrong_type("a list");
    return values;
  }
  if (array->size() > most) refuse("has " + std::to_string(array->size()) + " entries", "at most " + std::to_string(most) + " are taken");
  for (std::size_t i = 0; i < std::min(array->size(), most); ++i) {
    const toml::node& node = *array->get(i);
    values.emplace_back(node, place_at(node.source(), place_, place_.key + "[" + std::to_string(i) + "]"), *complaints_);
  }
  return values;
}

std::vector<Placed<std::string>> Value::texts(std::size_t most) const {
  std::vector<Placed<std::string>> texts;
  for (const Value& value : list(most)) {
    if (auto text = value.text()) texts.push_back({std::move(*text), value.place()});
  }
  return texts;
}

std::optional<Value> Table::find(const std::string& key) {
  asked_.insert(key);
  const toml::node* node = table_->get(key);
  if (!node) return std::nullopt;
  return Value(*node, place_at(node->source(), place_, join(place_.key, key)), *complaints_);
}

std::optional<Value> Table::need(const std::string& key, std::string remedy) {
  auto value = find(key);
  if (!value) {
    Place place = place_;
    place.key = join(place_.key, key);
    complaints_->refuse(place, "is missing", std::move(remedy));
  }
  return value;
}

std::optional<std::string> Table::text(const std::string& key) {
  const auto value = find(key);
  return value ? value->text() : std::nullopt;
}

std::optional<bool> Table::truth(const std::string& key) {
  const auto value = find(key);
  return value ? value->truth() : std::nullopt;
}

std::optional<int> Table::whole(const std::string& key, int least, int most) {
  const auto value = find(key);
  return value ? value->whole(least, most) : std::nullopt;
}

std::optional<Millis> Table::duration(const std::string& key, Millis least, Millis most) {
  const auto value = find(key);
  return value ? value->duration(least, most) : std::nullopt;
}

std::optional<std::size_t> Table::size(const std::string& key, std::size_t least, std::size_t most) {
  const auto value = find(key);
  return value ? value->size(least, most) : std::nullopt;
}

std::optional<Table> Table::table(const std::string& key) {
  const auto value = find(key);
  return value ? value->table() : std::nullopt;
}

std::vector<Placed<std::string>> Table::texts(const std::string& key, std::size_t most) {
  const auto value = find(key);
  return value ? value->texts(most) : std::vector<Placed<std::string>>();
}

std::vector<Table> Table::tables(const std::string& key, std::size_t most) {
  std::vector<Table> tables;
  const auto value = find(key);
  if (!value) return tables;
  if (!value->is_list()) {
    value->refuse("wants a list of tables", place_.key.empty() ? "write [[" + key + "]]" : "write " + key + " = [{ … }]");
    return tables;
  }
  for (const Value& one : value->list(most)) {
    if (auto table = one.table()) tables.push_back(std::move(*table));
  }
  return tables;
}

std::vector<std::pair<std::string, Value>> Table::entries() {
  std::vector<std::pair<std::string, Value>> entries;
  for (const auto& [key, node] : *table_) {
    asked_.insert(std::string(key.str()));
    entries.emplace_back(std::string(key.str()), Value(node, place_of(key), *complaints_));
  }
  return entries;
}

Place Table::place_of(const toml::key& key) const { return place_at(key.source(), place_, join(place_.key, key.str())); }

void Table::not_yet(const std::string& key, std::string remedy) {
  if (const auto value = find(key)) value->refuse("is not supported yet", std::move(remedy));
}

void Table::misplaced(const std::vector<std::string>& keys, const std::string& reason) {
  for (const std::string& key : keys) {
    if (const auto value = find(key)) value->refuse(reason, "leave it out");
  }
}

void Table::finish() {
  std::vector<std::string_view> free;
  for (const std::string& key : asked_) {
    if (!table_->contains(key)) free.push_back(key);
  }
  for (const auto& [key, node] : *table_) {
    if (asked_.contains(std::string(key.str()))) continue;
    complaints_->refuse(place_of(key), "is not a known key", text::did_you_mean(key.str(), free));
  }
}

}  // namespace bylined::settings
