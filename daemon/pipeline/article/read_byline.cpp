// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/read_byline.h"

#include <algorithm>
#include <array>

#include "pipeline/article/letters.h"
#include "pipeline/article/names.h"

namespace bylined::article {
namespace {

constexpr int kLongest = 120;   // letters of a byline
constexpr int kBefore = 5;      // blocks from the headline
constexpr int kBehind = 12;
constexpr int kMostOpen = 60;   // blocks that are looked at where no headline is printed

constexpr Marks kBeside(Mark::kComment, Mark::kRelated, Mark::kSidebar, Mark::kFooter, Mark::kNavigation, Mark::kAdvert);

bool begins_with_by(std::string_view line) {
  constexpr std::array<std::string_view, 8> kWords{"by", "von", "par", "por", "di", "door", "af", "av"};
  const auto words = words_of(line, 2);
  return words.size() == 2 && std::find(kWords.begin(), kWords.end(), words.front()) != kWords.end();
}

// "By Jane Doe | 4 May 2020": the first part.
std::string_view first_part(std::string_view line) {
  for (const std::string_view bar : {"\n", " | ", " • ", " · ", " – ", " — "}) line = line.substr(0, line.find(bar));
  return line;
}

}  // namespace

void read_byline(const Printed& printed, Evidence& evidence) {
  const auto& [blocks, outline, headline] = printed;
  const int first = headline < 0 ? 0 : std::max(0, headline - kBefore);
  const int last = std::min(static_cast<int>(blocks.size()), headline < 0 ? kMostOpen : headline + kBehind + 1);
  double best = 0;
  std::vector<std::string> names;
  for (int i = first; i < last; ++i) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    const Element& element = outline.at(outline.place_of(block.holder));
    if (i == headline || block.letters > kLongest || element.under.has_one_of(kBeside)) continue;
    const bool says_by = begins_with_by(block.text);
    const bool called = element.own.has(Mark::kByline) || outline.at(outline.above(outline.place_of(block.holder))).own.has(Mark::kByline);
    const double trust = (says_by ? 0.4 : 0) + (called ? 0.35 : 0);
    if (trust <= best) continue;
    auto found = person_names(first_part(block.text));
    if (found.empty()) continue;
    best = trust;
    names = std::move(found);
  }
  if (best > 0) evidence.add(Field::kAuthors, std::move(names), "printed byline", best);
}

}  // namespace bylined::article
