// SPDX-License-Identifier: Apache-2.0
// A slide show is a row of elements that count themselves: "1/50", "2/50". Its legends belong to pictures, often of other days, and
// not to the article they stand in. Judges nothing else.
#pragma once

#include <vector>

#include "pipeline/article/body/outline.h"

namespace bylined::article {

// For each block, whether it stands in a numbered slide. A number that is only a heading among paragraphs makes no slide.
std::vector<bool> in_slides(const std::vector<Block>& blocks, const Outline& outline);

}  // namespace bylined::article
