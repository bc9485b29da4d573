// SPDX-License-Identifier: Apache-2.0
// Which blocks of a page are the running text of its article. Each block is looked at twice: alone, then beside its
// neighbours' first results. What is seen is judged twice too: by a sum of weights (weights.inc) and by trees of questions
// (grove.inc), both fitted to marked pages; where the one errs the other often does not. Knows no outlet.
#pragma once

#include <string>
#include <vector>

#include "base/markup/html.h"
#include "pipeline/article/features.h"

namespace bylined::article {

// Log-odds above which a block is of the text: a little doubt leaves it out.
inline constexpr float kInText = 0.25f;

// Of the two judgements of the second look; the trees see more and generalise less.
inline constexpr float kGroveShare = 0.45f;
inline float together(float weights, float grove) { return (1 - kGroveShare) * weights + kGroveShare * grove; }

// Log-odds of each block that it is of the text.
std::vector<float> weighed(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);
// Paragraphs in order; where no block is more likely in than out, the likeliest that is a sentence. Empty where the page
// has none.
std::vector<std::string> running_text(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);

}  // namespace bylined::article
