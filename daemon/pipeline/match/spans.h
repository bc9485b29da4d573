// SPDX-License-Identifier: Apache-2.0
// All of matching but the writing out: from the folded fields of an article to the places that count, with
// their certainty. The order of the steps is here and nowhere else.
#pragma once

#include <array>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

// What is known of the article besides its text.
struct Around {
  std::string_view day, section;
};
// Per field, in order of place. Fills what the steps share into `fields`.
std::array<std::vector<Span>, 2> find_spans(const Names& names, Fields& fields, const Around& around);

}  // namespace bylined::match
