// SPDX-License-Identifier: Apache-2.0
// An index of a sorted, constant list by the consonant and vowel that its texts begin with. Most places that
// are looked at begin like nothing in the list, and a search by halves takes its time to find that out.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "pipeline/match/letters.h"

namespace bylined::match {

class FirstSyllables {
 public:
  // `first_letter(one)`: what an element's text begins with. The list rises by it.
  template <class List, class FirstLetter>
  constexpr FirstSyllables(const List& list, FirstLetter first_letter) {
    for (const auto& one : list) ++starts_[group_of(first_letter(one)) + 1];
    for (std::size_t group = 1; group < starts_.size(); ++group) starts_[group] = static_cast<std::uint16_t>(starts_[group] + starts_[group - 1]);
  }

  // The part of the list that holds all texts with this first letter, and few others.
  template <class List>
  constexpr auto part(const List& list, char32_t first_letter) const {
    const std::size_t group = group_of(first_letter);
    return std::span(list).subspan(starts_[group], starts_[group + 1U] - starts_[group]);
  }

 private:
  static constexpr std::size_t kFinals = 28;
  static constexpr std::size_t kSyllables = (0xD7A3 - 0xAC00 + 1) / kFinals;

  // Rises with the letter: 0 before the syllables, the last one behind them.
  static constexpr std::size_t group_of(char32_t c) {
    if (is_hangul(c)) return (c - 0xAC00) / kFinals + 1;
    return c < 0xAC00 ? 0 : kSyllables + 1;
  }

  std::array<std::uint16_t, kSyllables + 3> starts_{};  // of each group, and the end of the last one
};

}  // namespace bylined::match
