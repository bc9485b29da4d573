// SPDX-License-Identifier: Apache-2.0
// Marked pages: what people, or programs, hold to be the text of each, turned into a mark a block.
#pragma once

#include <string>
#include <vector>

#include "pipeline/article/body/blocks.h"

namespace bylined::learn {

struct Case {
  std::string suite;
  std::string group;  // pages of one group are never on both sides of a cross-validation
  std::string url;
  std::string html;   // UTF-8
  std::string text;   // the whole text; empty where only pieces are known
  std::vector<std::string> with, without;
};

// One JSON document a line, as tests/learn/run writes them.
std::vector<Case> read_cases(const std::string& path);

struct Label {
  float value = 0;   // 1: the block is of the text
  float weight = 0;  // 0: nobody says
};

std::vector<Label> labels_of(const Case& one, const std::vector<article::Block>& blocks);

// Shares of the chosen text that are right, and of the right text that is chosen, by runs of four words.
struct Overlap {
  double precision = 0, recall = 0;
};
Overlap overlap(const std::string& chosen, const std::string& right);

}  // namespace bylined::learn
