// SPDX-License-Identifier: Apache-2.0
// The closed lists that matching rests on: surnames, titles, nouns that are glued on names. Data lies in
// the .inc files beside it, written for this project. Constant; knows no entity.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/entity.h"

namespace bylined::match {

// A title as folded texts have it. Two titles with the same `sense` call the same person.
struct Title {
  std::u32string_view text;
  std::u32string_view sense;  // 대표 for 대표이사, ceo, 최고경영자
  std::u32string_view last;   // what it is shortened to: 회장 for 명예회장; empty where nothing
  bool of_organisations = false;
  bool listed_by_entity = false;  // not in our list: it introduces nobody else
};

std::span<const Title> titles();
// The longest title that `word` begins with, ends with.
const Title* title_at_start(std::u32string_view word);
const Title* title_at_end(std::u32string_view word);

// Letters of the surname that a Korean full name of two to four syllables begins with; 0 for none.
std::size_t surname_length(std::u32string_view name);
bool writes_surname(char32_t hanja, std::u32string_view surname);

// A noun at the start of `run` that may be glued on the name of such an entity: its length, or 0.
std::size_t tail_length(std::u32string_view run, model::EntityKind kind);

}  // namespace bylined::match
