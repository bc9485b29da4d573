// SPDX-License-Identifier: Apache-2.0
// Foreign text made fit for a person's eye: what is shown cannot steer a terminal, turn the writing
// direction of what stands around it, or pile marks over other lines. Never used on text that is compared.
#pragma once

#include <string>
#include <string_view>

namespace bylined::text {

// One line: controls, line ends and runs of blanks become one blank; writing-direction controls and
// invisible characters vanish; a letter keeps at most four combining marks, and what is no letter none; bad
// bytes become U+FFFD.
std::string shown(std::string_view foreign);

// At most `most` code points, the last a "…" where it was cut: at the edge of a character as people see
// it (a grapheme cluster), unless a single one is longer than that.
std::string cut(std::string_view text, std::size_t most);

}  // namespace bylined::text
