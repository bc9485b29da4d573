// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/outline.h"

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

std::uint32_t kind_of(Tag tag) {
  switch (tag) {
#define SECTION(name) case Tag::k##name: return 1u << static_cast<unsigned>(Kind::k##name);
    ARTICLE_SECTIONS(SECTION)
#undef SECTION
    default: return 0;
  }
}

bool is_image(Node node) {
  const Tag tag = node.tag();
  return tag == Tag::kImg || tag == Tag::kPicture || tag == Tag::kVideo || tag == Tag::kIframe || node.name() == "amp-img";
}

}  // namespace

Outline::Outline(const markup::Document& document, const std::vector<Block>& blocks) : places_(document.size(), -1) {
  MarkReader reader;
  elements_.reserve(document.elements().size());
  for (const Node node : document.elements()) {
    const int parent = node.parent() ? place_of(node.parent()) : -1;
    const Marks own = reader.read(node);
    Element element{node, parent, parent < 0 ? 1 : at(parent).depth + 1, 0, own, own, kind_of(node.tag()), is_image(node)};
    if (parent >= 0) {
      element.under.add(at(parent).under);
      element.kinds |= at(parent).kinds;
    }
    places_[node.index()] = static_cast<int>(elements_.size());
    elements_.push_back(element);
  }
  for (const Block& block : blocks) elements_[static_cast<std::size_t>(place_of(block.holder))].letters += block.letters;
  for (std::size_t i = elements_.size(); i-- > 1;) {
    Element& parent = elements_[static_cast<std::size_t>(elements_[i].parent)];
    parent.letters += elements_[i].letters;
    parent.holds_image = parent.holds_image || elements_[i].holds_image;
  }
}

void Outline::forget_marks() {
  constexpr Marks kHidden(Mark::kNotDisplayed);
  for (Element& element : elements_) {
    element.own = element.own.has_one_of(kHidden) ? kHidden : Marks();
    element.under = element.under.has_one_of(kHidden) ? kHidden : Marks();
  }
}

int Outline::above(int place) const {
  const int parent = at(place).parent;
  return parent < 0 ? place : parent;
}

}  // namespace bylined::article
