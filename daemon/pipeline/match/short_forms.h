// SPDX-License-Identifier: Apache-2.0
// Who is meant by 이 회장 and 올트먼: short forms that refer back to a full name. Adds no full names; what
// two persons share is kept as uncertain.
#pragma once

#include <array>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

// Per field, in order of place. They may overlap names: those win.
std::array<std::vector<Span>, 2> short_forms(const Names& names, const Fields& fields);

}  // namespace bylined::match
