// SPDX-License-Identifier: Apache-2.0
// What is known to be no running text whatever it looks like: notices, buttons' words, the headline, captions, links in menus,
// boxes of related articles and what asks readers to subscribe. Judges by single, certain signs; what only tends to be no text
// is weighed elsewhere. Knows no outlet.
#pragma once

#include <string>
#include <vector>

#include "pipeline/article/body/features.h"

namespace bylined::article {

class Bars {
 public:
  Bars(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints);

  bool holds(std::size_t block) const;

 private:
  void find_boxes();
  void find_lists();
  bool is_in_box(const Block& block) const { return in_box_[static_cast<std::size_t>(outline_.place_of(block.holder))]; }

  const std::vector<Block>& blocks_;
  const Outline& outline_;
  std::vector<std::string> titles_;
  std::vector<bool> in_box_;   // each element: of related articles
  std::vector<bool> in_list_;  // each block: the same, without an element of their own
};

}  // namespace bylined::article
