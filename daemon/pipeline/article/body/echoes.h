// SPDX-License-Identifier: Apache-2.0
// What a page says twice: in another block, as a pull quote does, or as the name of an image, as captions and cards do.
// Judges nothing.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "pipeline/article/body/outline.h"

namespace bylined::article {

// Each three words that follow one another, of the first `most` words.
std::vector<std::uint64_t> shingles_of(std::string_view text, std::size_t most);

class Echoes {
 public:
  Echoes(const std::vector<Block>& blocks, const Outline& outline);

  // Which part of the block's three words other blocks have too: 0 to 1. By a hash, so now and then too much.
  float said_elsewhere(std::size_t block) const;
  // Whether it is, or begins as, the name of an image on the page.
  bool names_image(std::string_view squashed) const;

 private:
  static constexpr std::uint32_t kSayings = 1u << 18;  // that are told apart

  void find_image_names(const Outline& outline);
  void count_sayings(const std::vector<Block>& blocks);

  std::unordered_set<std::uint64_t> names_;          // of images
  std::vector<std::vector<std::uint32_t>> sayings_;  // each block, by a hash
  std::vector<std::uint8_t> times_said_ = std::vector<std::uint8_t>(kSayings);  // up to twice
};

}  // namespace bylined::article
