// SPDX-License-Identifier: Apache-2.0
// Texts of which the page shows the beginning and folds the rest behind a button. Judges nothing else.
#pragma once

#include <vector>

#include "pipeline/article/body/outline.h"

namespace bylined::article {

// For each block, whether it goes on, hidden, in an element whose own paragraphs are of the text (`in_text`) and are seen, and
// beside which a button opens the rest.
std::vector<bool> in_folds(const std::vector<Block>& blocks, const Outline& outline, const std::vector<bool>& in_text);

}  // namespace bylined::article
