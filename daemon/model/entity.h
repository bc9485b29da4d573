// SPDX-License-Identifier: Apache-2.0
// Who or what is tracked, who asked for it, and where it was mentioned.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/rule.h"

namespace bylined::model {

enum class EntityKind { kPerson, kOrganisation, kProduct, kPlace, kOther };
std::string_view kind_name(EntityKind kind);
std::optional<EntityKind> entity_kind_from_name(std::string_view name);

// A name of another time, found in articles published within [from, until); days "2023-05-01", an end may be empty.
struct FormerName {
  std::string name;
  std::string from, until;

  bool operator==(const FormerName&) const = default;
};

struct Entity {
  EntityId id;
  EntityKind kind = EntityKind::kOther;
  std::vector<std::string> names;  // the first is shown
  std::vector<std::string> hanja;
  std::vector<std::string> romanised;
  std::vector<std::string> tickers;
  std::vector<FormerName> former;
  std::vector<std::string> titles;
  std::vector<EntityId> of;
  std::vector<std::string> context_any;
  std::vector<std::string> context_none;

  bool operator==(const Entity&) const = default;
};

// All that it is called, the shown name first.
std::vector<std::string> all_names(const Entity& entity);

enum class Severity { kLow, kNormal, kHigh, kCritical };
std::string_view severity_name(Severity severity);
std::optional<Severity> severity_from_name(std::string_view name);

struct Watch {
  WatchId id;
  std::string query;               // as written; empty means every tracked entity
  std::optional<Rule> rule;        // the query as a tree
  std::vector<EntityId> entities;  // what the query asks for: whose mention can make it hold
  Severity severity = Severity::kNormal;
  std::vector<ReceiverId> receivers;

  bool operator==(const Watch&) const = default;
};

enum class How { kName, kAlias, kVariant, kShortForm, kCredit };
std::string_view how_name(How how);
std::optional<How> how_from_name(std::string_view name);

enum class Field { kTitle, kBody };
std::string_view field_name(Field field);  // "title" or "body"

inline constexpr double kSure = 0.5;

// Offsets count Unicode code points of the version's title or body as stored.
struct Mention {
  EntityId entity;
  How how = How::kName;
  double confidence = 1;  // below kSure is uncertain: kept and shown, no alert by itself
  Field field = Field::kBody;
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text;      // what stands there
  std::string sentence;  // the sentence around it, at most 300 code points

  bool sure() const { return confidence >= kSure && how != How::kCredit; }
  bool operator==(const Mention&) const = default;
};

}  // namespace bylined::model
