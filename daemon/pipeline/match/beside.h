// SPDX-License-Identifier: Apache-2.0
// What is glued to a name and is no letter of it: Latin letters that part two names (vs, x), and a number with what
// it counts. Looks at letters only.
#pragma once

#include <cstddef>
#include <string_view>

namespace bylined::match {

// 강도윤|vs백하빈, 한빛전자|x나루전자, 강도윤|v.s.백하빈: Latin letters at `end` that only part a name in Hangul from another one.
bool parts_names(std::u32string_view text, std::size_t end);
// 강도윤vs|백하빈, 한빛전자vs|NK하이텍: the same before `begin`.
bool is_parted_off(std::u32string_view text, std::size_t begin);

// 한빛전자|3분기, 한빛전자|10조원: a number at `end` that counts something. 24, 2차 and 25명동점 number what is called so:
// there the name is another one's beginning.
bool is_count(std::u32string_view text, std::size_t end);

}  // namespace bylined::match
