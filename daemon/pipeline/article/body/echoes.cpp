// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/echoes.h"

#include <algorithm>
#include <functional>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr int kShingle = 3;
constexpr std::size_t kLeastNamed = 10;  // bytes of an image's name that tell it
constexpr std::size_t kNamedBytes = 40;  // of it that are compared
constexpr std::size_t kWordsSaid = 150;  // of a block that others may say too
constexpr int kLeastSaid = 5;            // words

}  // namespace

std::vector<std::uint64_t> shingles_of(std::string_view text, std::size_t most) {
  const WordRow words(text, most);
  std::vector<std::uint64_t> hashes, shingles;
  for (std::size_t i = 0; i < words.size(); ++i) hashes.push_back(std::hash<std::string_view>()(words.from_to(i, i)));
  for (std::size_t i = 0; i + kShingle <= hashes.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t n = i; n < i + kShingle; ++n) hash = hash * kHashPrime + hashes[n];
    shingles.push_back(hash);
  }
  return shingles;
}

Echoes::Echoes(const std::vector<Block>& blocks, const Outline& outline) {
  find_image_names(outline);
  count_sayings(blocks);
}

void Echoes::find_image_names(const Outline& outline) {
  for (const Element& element : outline.elements()) {
    if (element.node.tag() != markup::Tag::kImg) continue;
    for (const char* const attribute : {"alt", "title"}) {
      const std::string name = squashed(element.node.attribute(attribute).substr(0, 2 * kNamedBytes));
      if (name.size() >= kLeastNamed) names_.insert(std::hash<std::string_view>()(std::string_view(name).substr(0, kNamedBytes)));
    }
  }
}

// Each three words of the page, counted once a block.
void Echoes::count_sayings(const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (block.words < kLeastSaid) {
      sayings_.emplace_back();
      continue;
    }
    std::vector<std::uint32_t> own;
    for (const std::uint64_t shingle : shingles_of(block.text, kWordsSaid)) own.push_back(static_cast<std::uint32_t>(shingle >> 20) % kSayings);
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const std::uint32_t saying : own) times_said_[saying] = static_cast<std::uint8_t>(std::min(times_said_[saying] + 1, 2));
    sayings_.push_back(std::move(own));
  }
}

float Echoes::said_elsewhere(std::size_t block) const {
  const std::vector<std::uint32_t>& own = sayings_[block];
  const auto twice = std::count_if(own.begin(), own.end(), [&](std::uint32_t saying) { return times_said_[saying] > 1; });
  return static_cast<float>(twice) / static_cast<float>(std::max<std::size_t>(1, own.size()));
}

bool Echoes::names_image(std::string_view squashed) const {
  const std::string_view said = squashed.substr(0, kNamedBytes);
  return said.size() >= kLeastNamed && names_.contains(std::hash<std::string_view>()(said));
}

}  // namespace bylined::article
