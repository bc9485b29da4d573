// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/kin.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kLongestClass = 100;  // bytes that are looked at
constexpr int kLevels = 3;                  // the element and what it stands in

class Looks {
 public:
  explicit Looks(const Outline& outline) : outline_(outline), known_(outline.elements().size()) {}

  std::uint64_t of(int place) {
    std::uint64_t hash = 0;
    for (int level = 0; level < kLevels && place >= 0; ++level, place = outline_.at(place).parent) hash = hash * kHashPrime + own(place);
    return hash;
  }

 private:
  std::uint64_t own(int place) {
    std::uint64_t& known = known_[static_cast<std::size_t>(place)];
    if (known == 0) known = look_of(outline_.at(place).node);
    return known;
  }

  const Outline& outline_;
  std::vector<std::uint64_t> known_;  // 0: not looked at
};

}  // namespace

// Numbers in a class count things ("item-3"): they part no kin.
std::uint64_t look_of(markup::Node element) {
  std::uint64_t hash = static_cast<std::uint64_t>(element.tag()) + 1;
  for (const char c : element.attribute("class").substr(0, kLongestClass)) {
    if (c < '0' || c > '9') hash = (hash ^ static_cast<unsigned char>(c)) * kHashPrime;
  }
  return hash;
}

Kinship::Kinship(const std::vector<Block>& blocks, const Outline& outline) {
  Looks looks(outline);
  std::unordered_map<std::uint64_t, std::size_t> by_look;
  group_of_.reserve(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const int place = outline.place_of(block.holder);
    const auto [known, fresh] = by_look.try_emplace(looks.of(place), groups_.size());
    if (fresh) groups_.push_back({0, 0, 0, 0, 0, outline.at(place).depth});
    group_of_.push_back(known->second);
    Kin& kin = groups_[known->second];
    ++kin.count;
    kin.letters += block.letters;
    kin.link_letters += block.link_letters;
    if (goes_on_from_link(block)) ++kin.teasers;
    if (is_prose(block)) {
      kin.prose_letters += block.letters;
      kin.last_prose = static_cast<int>(i);
      if (kin.first_prose < 0) kin.first_prose = kin.last_prose;
    }
    if (is_sentence_end(last_letter(block.text))) ++kin.ends;
  }
  if (groups_.empty()) groups_.emplace_back();
  const auto most = std::max_element(groups_.begin(), groups_.end(), [](const Kin& a, const Kin& b) { return a.prose_letters < b.prose_letters; });
  main_ = static_cast<std::size_t>(most - groups_.begin());
}

}  // namespace bylined::article
