// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/units.h"

#include <unordered_map>

#include "pipeline/article/body/kin.h"
#include "pipeline/article/letters.h"

namespace bylined::article {

Units::Units(const std::vector<Block>& blocks, const Outline& outline)
    : outline_(outline), row_of_(outline.elements().size(), -1), unit_of_(outline.elements().size(), -1) {
  if (blocks.empty()) return;
  std::unordered_map<std::uint64_t, int> known;
  for (std::size_t e = 1; e < row_of_.size(); ++e) {
    const Element& element = outline.elements()[e];
    if (element.letters == 0) continue;
    const auto [row, fresh] = known.try_emplace(look_of(element.node) * kHashPrime + static_cast<std::uint64_t>(element.parent), static_cast<int>(rows_.size()));
    if (fresh) rows_.emplace_back();
    row_of_[e] = row->second;
    UnitRow& units = rows_[static_cast<std::size_t>(row->second)];
    ++units.count;
    units.letters += element.letters;
    units.images += element.holds_image ? 1 : 0;
  }
  for (std::size_t e = 1; e < row_of_.size(); ++e) {
    const int above = unit_of_[static_cast<std::size_t>(outline.elements()[e].parent)];
    unit_of_[e] = is_longer(static_cast<int>(e), above) ? static_cast<int>(e) : above;
  }
}

bool Units::is_longer(int unit, int other) const {
  if (row_of_[static_cast<std::size_t>(unit)] < 0) return false;
  const int count = row_of(unit).count;
  return count >= kLeast && (other < 0 || count > row_of(other).count);
}

int Units::unit_above(int place) const { return unit_of_[static_cast<std::size_t>(outline_.above(place))]; }

}  // namespace bylined::article
