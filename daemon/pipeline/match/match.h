// SPDX-License-Identifier: Apache-2.0
// Where tracked names are mentioned in a text, in Korean and English. Compiled once, constant, replaced
// whole on reload. Pure: the same text and entities give the same mentions. Never decides whom to tell.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/entity.h"

namespace bylined::match {

class Names;  // compiled entities
using NamesPtr = std::shared_ptr<const Names>;

// kLongest: where names lie over each other the longest is meant. kAll: each is looked for as if it were alone.
enum class Overlap { kLongest, kAll };
// kInvalid: an entity without a usable name.
Result<NamesPtr> compile(const std::vector<model::Entity>& entities, Overlap overlap = Overlap::kLongest);

struct Text {
  std::string_view title, body;
  std::string_view section = {};  // of the outlet: a context, in which nobody is mentioned
  std::string_view day = {};  // of publication, "2025-02-04"; empty: not known, and names of all times count
};

// In order of field (title first) and place; at most `limit`, the rest is counted.
struct Found {
  std::vector<model::Mention> mentions;
  std::size_t dropped = 0;
};
Found find_mentions(const Names& names, const Text& text, std::size_t limit = 10'000);

// What an operator should know of a name: an everyday word, a single letter, listed by two entities, or within another.
struct Doubt {
  model::EntityId entity;
  std::string name;
  std::string reason;  // "is an everyday word: …"
};
struct Doubts {
  std::vector<Doubt> list;   // in the order of entities and names; at most a thousand
  std::size_t left_out = 0;
};
Doubts doubtful_names(const std::vector<model::Entity>& entities);

}  // namespace bylined::match
