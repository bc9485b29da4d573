// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_index.h"

namespace bylined::markup {

ElementIndex::ElementIndex(Node root, std::uint32_t nodes) : position_(nodes), starts_(std::size_t{kTagCount} + 1) {
  order_.reserve(nodes);
  for (Node node = root; node; node = node.next_below(root)) {
    if (!node.is_element()) continue;
    position_[node.index()] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(node);
    ++starts_[static_cast<std::size_t>(node.tag()) + 1];
  }
  for (std::size_t tag = 1; tag < starts_.size(); ++tag) starts_[tag] += starts_[tag - 1];
  by_tag_.resize(order_.size());
  std::vector<std::uint32_t> next = starts_;
  for (const Node node : order_) by_tag_[next[static_cast<std::size_t>(node.tag())]++] = node;
}

std::span<const Node> ElementIndex::of(Tag tag) const {
  const auto at = static_cast<std::size_t>(tag);
  return std::span(by_tag_).subspan(starts_[at], starts_[at + 1] - starts_[at]);
}

}  // namespace bylined::markup
