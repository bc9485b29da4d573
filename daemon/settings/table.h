// SPDX-License-Identifier: Apache-2.0
// A typed way through a parsed TOML file: every value knows its place, a value of another type
// complains by itself, and a table knows which of its keys nobody asked for. Knows no key by name.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/impl/forward_declarations.h>

#include "base/time.h"
#include "settings/complaints.h"

namespace bylined::settings {

class Table;

// "8MiB": the shortest exact writing of a size.
std::string size_text(std::size_t bytes);

// One value. Refers to the document and the complaints, which outlive it.
class Value {
 public:
  Value(const toml::node& node, Place place, Complaints& complaints) : node_(&node), place_(std::move(place)), complaints_(&complaints) {}

  const Place& place() const { return place_; }
  bool is_list() const;
  bool is_empty_list() const;
  bool is_table() const;

  // Each complains and gives nothing where the value is another or out of its range.
  std::optional<std::string> text() const;  // not empty, no control characters
  std::optional<bool> truth() const;
  std::optional<int> whole(int least, int most) const;
  std::optional<Millis> duration(Millis least, Millis most) const;
  std::optional<std::size_t> size(std::size_t least, std::size_t most) const;
  std::optional<Table> table() const;
  std::vector<Value> list(std::size_t most) const;
  std::vector<Placed<std::string>> texts(std::size_t most) const;

  void refuse(std::string reason, std::string remedy = {}) const { complaints_->refuse(place_, std::move(reason), std::move(remedy)); }
  void warn(std::string reason, std::string remedy = {}) const { complaints_->warn(place_, std::move(reason), std::move(remedy)); }

 private:
  void wrong_type(std::string_view wanted) const;
  std::optional<std::string> text_for(std::string_view wanted) const;

  const toml::node* node_;
  Place place_;
  Complaints* complaints_;
};

// A table that notes which keys were asked for; call `finish` last, it refuses the others.
class Table {
 public:
  Table(const toml::table& table, Place place, Complaints& complaints) : table_(&table), place_(std::move(place)), complaints_(&complaints) {}

  const Place& place() const { return place_; }
  Complaints& complaints() const { return *complaints_; }

  std::optional<Value> find(const std::string& key);
  // As `find`, and complains where the key is missing.
  std::optional<Value> need(const std::string& key, std::string remedy);

  std::optional<std::string> text(const std::string& key);
  std::optional<bool> truth(const std::string& key);
  std::optional<int> whole(const std::string& key, int least, int most);
  std::optional<Millis> duration(const std::string& key, Millis least, Millis most);
  std::optional<std::size_t> size(const std::string& key, std::size_t least, std::size_t most);
  std::optional<Table> table(const std::string& key);
  std::vector<Placed<std::string>> texts(const std::string& key, std::size_t most);
  // One of a closed set of words: where `from_name` knows it not, it "is not `what`".
  template <class T>
  std::optional<T> word(const std::string& key, std::optional<T> (*from_name)(std::string_view), const std::string& what, const std::string& remedy) {
    const auto value = find(key);
    const auto name = value ? value->text() : std::nullopt;
    if (!name) return std::nullopt;
    const std::optional<T> known = from_name(*name);
    if (!known) value->refuse(quoted(*name) + " is not " + what, remedy);
    return known;
  }
  // The tables of [[key]].
  std::vector<Table> tables(const std::string& key, std::size_t most);
  // Every key as it stands, for tables whose keys are free.
  std::vector<std::pair<std::string, Value>> entries();

  // A key of the contract that has no effect yet: refused, never ignored.
  void not_yet(const std::string& key, std::string remedy = "leave it out");
  // Keys that belong to another kind of this table.
  void misplaced(const std::vector<std::string>& keys, const std::string& reason);
  // Other keys than those asked for are faults.
  void finish();

  void refuse(std::string reason, std::string remedy = {}) const { complaints_->refuse(place_, std::move(reason), std::move(remedy)); }
  void warn(std::string reason, std::string remedy = {}) const { complaints_->warn(place_, std::move(reason), std::move(remedy)); }

 private:
  Place place_of(const toml::key& key) const;

  const toml::table* table_;
  Place place_;
  Complaints* complaints_;
  std::set<std::string> asked_;
};

}  // namespace bylined::settings
