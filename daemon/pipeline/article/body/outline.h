// SPDX-License-Identifier: Apache-2.0
// The elements of a page in document order with what stands above and below each: marks, kinds of section, amount
// of text. Judges nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "base/markup/html.h"
#include "pipeline/article/body/blocks.h"
#include "pipeline/article/body/marks.h"

namespace bylined::article {

// Kinds of element that say what their content is, whatever their class.
#define ARTICLE_SECTIONS(SECTION)                                                                                                \
  SECTION(Nav) SECTION(Aside) SECTION(Footer) SECTION(Header) SECTION(Form) SECTION(Figure) SECTION(Figcaption) SECTION(Table)   \
  SECTION(Ul) SECTION(Ol) SECTION(Article) SECTION(Main) SECTION(Section) SECTION(Details) SECTION(Blockquote) SECTION(Address)  \
  SECTION(A) SECTION(Li) SECTION(Dl) SECTION(Thead) SECTION(Tfoot)

enum class Kind : std::uint8_t {
#define SECTION(name) k##name,
  ARTICLE_SECTIONS(SECTION)
#undef SECTION
  kCount,
};
inline constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::kCount);

struct Element {
  markup::Node node;
  int parent = -1;          // its place in the outline
  int depth = 0;
  int letters = 0;          // of all text below
  Marks own;
  Marks under;              // own and of all above
  std::uint32_t kinds = 0;  // bit i: it is, or stands in, Kind i
  bool holds_image = false;
};

class Outline {
 public:
  Outline(const markup::Document& document, const std::vector<Block>& blocks);

  // From here on as if classes, ids and roles said nothing, which is so where they are generated; what is hidden stays known.
  // For fitting: who also learns from pages seen like this leans less on the words of the outlets that were learned from.
  void forget_marks();

  const std::vector<Element>& elements() const { return elements_; }
  const Element& at(int place) const { return elements_[static_cast<std::size_t>(place)]; }
  int place_of(markup::Node node) const { return places_[node.index()]; }
  // The parent's place; the place itself at the top.
  int above(int place) const;

 private:
  std::vector<Element> elements_;
  std::vector<int> places_;  // by node index
};

// A page as its readers see it. Holds nothing itself.
struct Printed {
  const std::vector<Block>& blocks;
  const Outline& outline;
  int headline = -1;  // the block of the printed headline; -1: nowhere
};

}  // namespace bylined::article
