// SPDX-License-Identifier: Apache-2.0
// A page as a row of blocks: runs of text that stand as one paragraph, heading, list item or cell, with what can
// be counted in them. Judges nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/markup/html.h"

namespace bylined::article {

struct Block {
  markup::Node holder;      // the block-level element the text stands in
  markup::Node within;      // the innermost element that holds all of it; the holder, or a link or <em> in it
  std::string text;         // blanks squeezed, single line breaks kept
  int letters = 0;          // code points that are no blanks
  int words = 0;            // by blanks; a wide script counts two letters as one word
  int link_letters = 0;
  int inner_link_letters = 0;  // of those, in links to places on the same page
  int bold_letters = 0;
  int slanted_letters = 0;
  int sentences = 0;        // full stops, question and exclamation marks of any script
  int commas = 0;
  bool opens_with_link = false;
  std::uint64_t seams = 0;  // bit i: before byte i digits of two elements meet, which are printed apart
};

inline constexpr std::size_t kMostBlocks = 20'000;  // of a page; what comes behind is not looked at

std::vector<Block> blocks_of(const markup::Document& document);
// The text with blanks at its seams: "2026.11.08 09:15" of two <span>.
std::string parted_text(const Block& block);

}  // namespace bylined::article
