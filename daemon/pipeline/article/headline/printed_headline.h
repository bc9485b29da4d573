// SPDX-License-Identifier: Apache-2.0
// The headline as it stands in print on pages that have it in no <h1>: the line that is most of a title, and where the
// titles name nothing but the outlet, the line that its class or its place above the day tells.
#pragma once

#include <vector>

#include "pipeline/article/body/outline.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// Cuts the titles to the line that they hold, and takes weight from those that only name the outlet.
void read_printed_headline(const std::vector<Block>& blocks, const Outline& outline, Evidence& evidence);

}  // namespace bylined::article
