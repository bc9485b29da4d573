// SPDX-License-Identifier: Apache-2.0
// Whether a place where the letters of a name stand is a word of its own: what touches it on the left and
// on the right. Looks at letters only; knows neither other names nor the rest of the text.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/entity.h"

namespace bylined::match {

// What of a name decides how it may be written on.
struct Subject {
  model::EntityKind kind = model::EntityKind::kOther;
  std::size_t letters = 0;
  bool hangul = false;         // nothing but Hangul
  bool korean_person = false;  // surname and given name
};

// Whether a name can stand there at all, whatever it is a name of: quick, and never wrong in saying no.
bool may_start_word(std::u32string_view text, std::size_t begin, std::size_t end);

// 0: it is no word of its own there. Else how sure we are that it is, judged by that side alone.
double left_side(std::u32string_view text, std::size_t begin, std::size_t end, const Subject& subject);
double right_side(std::u32string_view text, std::size_t begin, std::size_t end, const Subject& subject);

// The letters of one script from `at` on, at most a word's worth.
std::u32string_view hangul_run(std::u32string_view text, std::size_t at);

}  // namespace bylined::match
