// SPDX-License-Identifier: Apache-2.0
// The particles, the copula and its endings that may stand behind a Korean noun, as an automaton that
// knows which form follows a vowel and which a consonant. A closed grammar, no dictionary.
#pragma once

#include <string_view>

#include "pipeline/match/letters.h"

namespace bylined::match {

// Whether all of `run` (Hangul) can stand behind a noun that ends so. Not for the empty run.
bool is_ending(std::u32string_view run, Final before);

// Whether `word` ends in a case particle or in a predicate's ending, so that a noun phrase ends with it.
bool closes_phrase(std::u32string_view word);

}  // namespace bylined::match
