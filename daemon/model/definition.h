// SPDX-License-Identifier: Apache-2.0
// An entity, a watch or a source's tags as they were configured, as text that is kept for ever: what an old alert was decided by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/entity.h"
#include "model/source.h"

namespace bylined::model {

enum class DefinitionKind { kEntity, kWatch, kSource };
std::string_view definition_kind_name(DefinitionKind kind);  // "entity", "watch", "source"

struct Definition {
  DefinitionKind kind = DefinitionKind::kEntity;
  std::string id;
  std::string text;   // JSON, the same for the same thing
  std::string place;  // "entities.d/names.toml:12"
};

struct StoredDefinition {
  Definition definition;
  int number = 0;                 // from 1, of this id
  Instant loaded;
  std::optional<Instant> ended;   // when another took its place, or it was taken out
};

std::string definition_text(const Entity& entity);
std::string definition_text(const Watch& watch);
std::string definition_text(const Source& source);  // its tags: no rule asks for more of it that may change
// Of a text made above. A watch comes without its tree: pipeline/rule reads its query.
std::optional<Entity> entity_from(const Definition& definition);
std::optional<Watch> watch_from(const Definition& definition);
std::optional<std::vector<std::string>> tags_from(const Definition& definition);

}  // namespace bylined::model
