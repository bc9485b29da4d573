// SPDX-License-Identifier: Apache-2.0
// Goes through one field once: which names hold where, and the titles, last words and context strings that
// later steps need. Judges each place by the letters around it; knows nothing of the rest of the article.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

// Fills the field's names (longest wins), titles and last words; adds to `contexts` the numbers of the
// context strings that stand in it.
struct NamesOfDay {
  const Names& names;
  std::string_view day;  // empty: names of all times
};
void find_names(const NamesOfDay& of_day, FieldText& field, std::vector<std::uint32_t>& contexts);

}  // namespace bylined::match
