// SPDX-License-Identifier: Apache-2.0
// What stands elsewhere in the article, weighed for and against names that hold by their letters: context
// strings, words of another meaning near by, namesakes told apart by affiliation. Finds no new names.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

// Takes away or lowers names of `fields`. `contexts`: numbers of the context strings in the article, sorted.
void weigh_context(const Names& names, Fields& fields, const std::vector<std::uint32_t>& contexts);

}  // namespace bylined::match
