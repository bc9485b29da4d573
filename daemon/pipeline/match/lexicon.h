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
// One of the thirty that nearly everybody has: 김현 is a person in full, 하율 is a given name.
bool has_common_surname(std::u32string_view name);
bool writes_surname(char32_t hanja, std::u32string_view surname);

// A noun at the start of `run` that may be glued on the name of such an entity: its length, or 0.
// `short_name`: a surname and one syllable, behind which most of them read as the last syllable of a given name.
std::size_t tail_length(std::u32string_view run, model::EntityKind kind, bool short_name);
// A noun of events or relations at the start of `run`: its length, or 0. The longest one.
std::size_t glued_length(std::u32string_view run);

// A word that a model's number may go on with, at the start of `run`: its length, or 0.
std::size_t model_length(std::u32string_view run);

// Number of the group with this name whose affiliates are listed, from 1; 0 for none.
std::uint8_t group_number(std::u32string_view letters);
// `word` (with its endings) is the second word of an affiliate's name.
bool names_affiliate(std::uint8_t group, std::u32string_view word);

// A word of the list that begins like a name and goes on like an ending.
bool is_listed_word(std::u32string_view word);

// A word that texts are full of.
bool is_common_word(std::u32string_view word);

// A name that is a word as well. `other` and `own` are comma separated strings that stand near by.
struct Homograph {
  std::u32string_view name;
  std::u32string_view other;
  std::u32string_view own;
};
std::span<const Homograph> homographs();
// Number of the homograph with these letters, from 1; 0 for none.
std::uint8_t homograph_number(std::u32string_view letters);

}  // namespace bylined::match
