// SPDX-License-Identifier: Apache-2.0
// How many columns of a terminal a text takes: Hangul and hanja take two, combining marks none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bylined::text {

std::size_t columns(std::string_view utf8);
// Cut to `most` columns, the last a "…" where it was cut, then filled with blanks to exactly `most`.
std::string fitted(std::string_view utf8, std::size_t most);

}  // namespace bylined::text
