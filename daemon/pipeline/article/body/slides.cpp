// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/slides.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace bylined::article {
namespace {

constexpr std::size_t kFewestSlides = 3;
constexpr std::size_t kMostSlides = 999;

// A block's own count, and of how many.
struct Count {
  int number = 0;
  int of = 0;
};

// Reads a number of at most three digits, and moves on behind it and the blanks around.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 4), number);
  if (error != std::errc() || number < 1 || number > static_cast<int>(kMostSlides)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return number;
}

// "3/50" or "3 / 50", with or without words behind; "3/5/2025" is none.
std::optional<Count> slide_count(std::string_view text) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
  const auto number = take_number(text);
  if (!number || !text.starts_with('/')) return std::nullopt;
  text.remove_prefix(1);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const auto of = take_number(text);
  const bool ends = text.empty() || (text.front() != '/' && text.front() != '.');
  if (!of || *number > *of || !ends) return std::nullopt;
  return Count{*number, *of};
}

// The places above one, itself first.
std::vector<int> way_up(const Outline& outline, int place) {
  std::vector<int> way{place};
  while (outline.above(way.back()) != way.back()) way.push_back(outline.above(way.back()));
  return way;
}

// Of two places the elements right below the one that holds both.
std::pair<int, int> parted(const Outline& outline, int one, int other) {
  const std::vector<int> first = way_up(outline, one), second = way_up(outline, other);
  std::size_t a = first.size() - 1, b = second.size() - 1;
  while (a > 0 && b > 0 && first[a] == second[b]) --a, --b;
  return {first[a], second[b]};
}

// The counted blocks of one total are slides where they part into elements that hold more than their count.
void add_slides(const std::vector<int>& places, const Outline& outline, std::set<int>& slides) {
  std::set<int> found;
  for (std::size_t i = 1; i < places.size(); ++i) {
    const auto [one, other] = parted(outline, places[i - 1], places[i]);
    if (one == places[i - 1] || other == places[i] || one == other) continue;
    found.insert({one, other});
  }
  if (found.size() >= kFewestSlides) slides.merge(found);
}

}  // namespace

std::vector<bool> in_slides(const std::vector<Block>& blocks, const Outline& outline) {
  std::map<int, std::vector<int>> counted;  // places of the blocks by the total they name
  for (const Block& block : blocks) {
    const auto count = slide_count(block.text);
    if (count && static_cast<std::size_t>(count->of) >= kFewestSlides) counted[count->of].push_back(outline.place_of(block.holder));
  }
  std::set<int> slides;
  for (const auto& [total, places] : counted) {
    if (places.size() >= kFewestSlides && places.size() <= kMostSlides) add_slides(places, outline, slides);
  }
  std::vector<bool> inside(blocks.size());
  if (slides.empty()) return inside;
  std::vector<bool> below(outline.elements().size());  // what stands above an element comes before it
  for (std::size_t i = 0; i < below.size(); ++i) {
    const int place = static_cast<int>(i), above = outline.above(place);
    below[i] = slides.contains(place) || (above != place && below[static_cast<std::size_t>(above)]);
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) inside[i] = below[static_cast<std::size_t>(outline.place_of(blocks[i].holder))];
  return inside;
}

}  // namespace bylined::article
