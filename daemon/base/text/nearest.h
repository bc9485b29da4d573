// SPDX-License-Identifier: Apache-2.0
// What a misspelt word was meant to be. Judges letters, not meanings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::text {

// The nearest of `known`: at most a third of the bytes, and one at least, may be left out, added, wrong or swapped with
// their neighbour. Empty where none is so near, and for a word of more than 60 bytes.
std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known);
// `did you mean "every"?`, or empty.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known);

}  // namespace bylined::text
