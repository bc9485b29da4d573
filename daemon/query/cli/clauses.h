// SPDX-License-Identifier: Apache-2.0
// A rule's outcome as a tree for people: what held, what did not, and by how much. Prints; judges nothing.
#pragma once

#include <iosfwd>

#include "query/service/service.h"

namespace bylined::cli {

// `outcome` as query/service/rule_trial.h gives it.
void show_clauses(std::ostream& out, const query::json::object& outcome);

}  // namespace bylined::cli
