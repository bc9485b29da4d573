// SPDX-License-Identifier: Apache-2.0
// The elements of one page in document order, all of them and by tag, so that a selector that names a tag need
// not look at the others. Holds places, never owns nodes; 20 bytes an element.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/markup/html.h"

namespace bylined::markup {

class ElementIndex {
 public:
  // `nodes` is above the index of every node below `root`.
  ElementIndex(Node root, std::uint32_t nodes);

  std::span<const Node> all() const { return order_; }
  std::span<const Node> of(Tag tag) const;
  bool before(Node one, Node other) const { return position_[one.index()] < position_[other.index()]; }

 private:
  std::vector<Node> order_;
  std::vector<std::uint32_t> position_;  // by Node::index()
  std::vector<Node> by_tag_;
  std::vector<std::uint32_t> starts_;    // of each tag in by_tag_, and the end
};

}  // namespace bylined::markup
