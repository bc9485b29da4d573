// SPDX-License-Identifier: Apache-2.0
#include "model/entity.h"

#include <array>

namespace bylined::model {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"person", "organisation", "product", "place", "other"};
constexpr std::array<std::string_view, 4> kSeverities{"low", "normal", "high", "critical"};
constexpr std::array<std::string_view, 5> kHows{"name", "alias", "variant", "short_form", "credit"};

template <class E, std::size_t N>
std::optional<E> from_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view kind_name(EntityKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<EntityKind> entity_kind_from_name(std::string_view name) { return from_name<EntityKind>(kKinds, name); }

std::vector<std::string> all_names(const Entity& entity) {
  std::vector<std::string> all = entity.names;
  for (const std::vector<std::string>* const list : {&entity.hanja, &entity.romanised, &entity.tickers}) all.insert(all.end(), list->begin(), list->end());
  for (const FormerName& one : entity.former) all.push_back(one.name);
  return all;
}

std::string_view severity_name(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }
std::optional<Severity> severity_from_name(std::string_view name) { return from_name<Severity>(kSeverities, name); }
std::string_view how_name(How how) { return kHows[static_cast<std::size_t>(how)]; }
std::optional<How> how_from_name(std::string_view name) { return from_name<How>(kHows, name); }
std::string_view field_name(Field field) { return field == Field::kTitle ? "title" : "body"; }

}  // namespace bylined::model
