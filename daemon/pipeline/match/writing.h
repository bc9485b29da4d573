// SPDX-License-Identifier: Apache-2.0
// From a name as listed to the ways in which texts write it. Pure; knows neither texts nor the trie.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/entity.h"

namespace bylined::match {

constexpr std::size_t kLongestName = 200;  // letters

// Where a name is parted. Masks count letters without separators; letters from 32 on are strict.
struct Parts {
  std::uint32_t own = 0;    // bit k: the name is parted before its letter k
  std::uint32_t loose = 0;  // bit k: a text may part it there, though the name does not

  auto operator<=>(const Parts&) const = default;
};

// A name without its separators, and where a text may part it.
struct Spelling {
  std::u32string letters;  // folded
  Parts parts;
};

Spelling spelling_of(std::string_view name);

// 에스케이하이닉스 for SK하이닉스: each run of two to four capitals as Koreans read it aloud, where the
// whole is three syllables or more. More than one where a letter has two readings.
std::vector<std::u32string> spelled_aloud(std::string_view name);

// The last word of a foreign person's name (folded letters); empty for Korean persons and single words.
std::u32string last_word_of(std::string_view name);

}  // namespace bylined::match
