// SPDX-License-Identifier: Apache-2.0
// Kin are the blocks of a page that one template printed, wherever they stand: the same element and classes, in the same
// above. A card's line has kin in every card of the page, a paragraph in every other paragraph. Judges nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/article/body/outline.h"

namespace bylined::article {

// A sentence or more, and not a link: the text of some article, if not of this one.
inline bool is_prose(const Block& block) { return block.letters >= 60 && block.sentences >= 1 && 2 * block.link_letters <= block.letters; }

// Begins with a link and goes on without it: a teaser does, "Headline Its first words …", a paragraph seldom.
inline bool goes_on_from_link(const Block& block) { return block.opens_with_link && 10 * block.link_letters <= 9 * block.letters; }

// The element and its classes, without the numbers in them.
std::uint64_t look_of(markup::Node element);

struct Kin {
  int count = 0;
  int letters = 0;
  int link_letters = 0;
  int prose_letters = 0;
  int ends = 0;   // blocks that end a sentence
  int depth = 0;
  int teasers = 0;       // blocks that go on from a link
  int first_prose = -1;  // blocks; -1: none
  int last_prose = -1;
};

class Kinship {
 public:
  Kinship(const std::vector<Block>& blocks, const Outline& outline);

  std::size_t group_of(std::size_t block) const { return group_of_[block]; }
  const Kin& kin_of(std::size_t block) const { return groups_[group_of_[block]]; }
  std::size_t groups() const { return groups_.size(); }
  // Those with most of the page's running text.
  const Kin& main_kin() const { return groups_[main_]; }

 private:
  std::vector<Kin> groups_;  // never empty
  std::vector<std::size_t> group_of_;
  std::size_t main_ = 0;
};

}  // namespace bylined::article
