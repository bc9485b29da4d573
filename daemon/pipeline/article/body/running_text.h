// SPDX-License-Identifier: Apache-2.0
// Which blocks of a page are the running text of its article. Each block is looked at alone, then beside its neighbours'
// results, and beside them again when these have been mended by theirs. What is seen is judged by sums of weights
// (weights.inc) and at last by trees of questions too (grove.inc), all fitted to marked pages; where the one errs the other
// often does not. Knows no outlet.
#pragma once

#include <string>
#include <vector>

#include "base/markup/html.h"
#include "pipeline/article/body/features.h"

namespace bylined::article {

// Log-odds above which a block is of the text: a little doubt leaves it out.
inline constexpr float kInText = 0.25f;

// Of the two judgements: the trees see more, the weights generalise better.
inline constexpr float kGroveShare = 0.8f;
inline float together(float weights, float grove) { return (1 - kGroveShare) * weights + kGroveShare * grove; }

// Log-odds of each block that it is of the text.
std::vector<float> weighed(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);
// Which blocks are known to be no text whatever they score (barred.h).
std::vector<bool> barred(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);
// The blocks that are likely enough, without what is known to be no text whatever it looks like; in order.
std::vector<std::string> chosen(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints, const std::vector<float>& scores);
// Paragraphs in order; where no block is more likely in than out, the likeliest that is a sentence. Empty where the page
// has none.
std::vector<std::string> running_text(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);

}  // namespace bylined::article
