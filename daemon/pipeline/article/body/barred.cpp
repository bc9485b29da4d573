// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/barred.h"

#include <algorithm>
#include <string_view>

#include "pipeline/article/body/tails.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr int kLongestHeadline = 400;
constexpr int kLongestFurniture = 60;
constexpr int kLongestLabel = 16;
constexpr int kMostLettersOfCall = 100;
constexpr int kLongestCaption = 300;
constexpr int kLongestDay = 22;  // letters of "20 November, 2019 05:47"
constexpr int kDigitsOfADay = 5;
constexpr int kLongestMonth = 9;  // letters of "September"
constexpr int kLevelsToFrame = 3;  // from a caption to what holds its picture

#define FURNITURE(line) line,
#define LABEL(line)
#define CALL(words)
constexpr auto kFurniture = std::to_array<std::string_view>({
#include "pipeline/article/body/furniture.inc"
});
#undef FURNITURE
#undef LABEL
#define FURNITURE(line)
#define LABEL(line) line,
constexpr auto kLabels = std::to_array<std::string_view>({
#include "pipeline/article/body/furniture.inc"
});
#undef FURNITURE
#undef LABEL
#undef CALL

template <std::size_t n>
bool stands_in(const std::array<std::string_view, n>& lines, const std::string& bare) {
  return std::find(lines.begin(), lines.end(), bare) != lines.end();
}

// "2025년 2월 4일 오전 9시 입력", "20 November, 2019 05:47"; not "2025년 2월 4일 윤가람 방문".
bool is_day_alone(const Block& block, const std::string& bare) {
  constexpr std::string_view kOfDays = "년월일시분초오전후요화수목금토입력수정승인등록최종기사작성게재";
  int digits = 0, others = 0;
  for (std::size_t at = 0; at < bare.size();) {
    const Letter letter = letter_at(std::string_view(bare).substr(at));
    const std::string_view bytes = std::string_view(bare).substr(at, letter.bytes);
    at += letter.bytes;
    if (is_digit(letter.code)) ++digits;
    else if (letter.code >= 0xAC00 && letter.code <= 0xD7A3 && kOfDays.find(bytes) == std::string_view::npos) return false;
    else if (letter.code < 0xAC00 && ++others > kLongestMonth) return false;
  }
  return digits >= kDigitsOfADay && block.letters <= kLongestDay && !days_in(block.text, {.month_first = true}, 1).empty();
}

// A line of the page's own: a button's words, or a day and hour with nothing else.
bool is_furniture(const Block& block) {
  if (block.letters > kLongestFurniture) return false;
  const std::string bare = squashed(block.text);
  return stands_in(kFurniture, bare) || stands_in(kLabels, bare) || is_day_alone(block, bare);
}

// The headline is a field of its own: names in it would count twice.
bool is_headline(const Block& block, const std::vector<std::string>& titles) {
  const std::string text = block.letters <= kLongestHeadline ? squashed(block.text) : std::string();
  return !text.empty() && std::find(titles.begin(), titles.end(), text) != titles.end();
}

bool calls_itself_caption(const Element& element) {
  const std::string_view name = element.node.attribute("class");
  return element.own.has(Mark::kCaption) && (name.find("caption") != std::string_view::npos || name.find("Caption") != std::string_view::npos);
}

bool holds_image_above(const Outline& outline, int place) {
  for (int level = 0; level < kLevelsToFrame; ++level, place = outline.above(place)) {
    if (outline.at(place).holds_image) return true;
  }
  return false;
}

// Says what a picture shows, often of another day: never a sentence of the text, however much it reads like one.
bool is_caption(const Block& block, const Outline& outline) {
  constexpr std::uint32_t kCaption = 1u << static_cast<std::uint32_t>(Kind::kFigcaption);
  const int place = outline.place_of(block.holder);
  if ((outline.at(place).kinds & kCaption) != 0) return true;
  const bool called = calls_itself_caption(outline.at(place)) || calls_itself_caption(outline.at(outline.above(place)));
  return called && block.letters <= kLongestCaption && holds_image_above(outline, place);
}

bool is_link(const Block& block) { return 10 * block.link_letters > 9 * block.letters && block.inner_link_letters == 0; }

// A link in a menu, or in a box that calls itself related: on a page with little else it would pass for text.
bool leads_away(const Block& block, const Outline& outline) {
  constexpr std::uint32_t kMenu = 1u << static_cast<std::uint32_t>(Kind::kNav);
  constexpr Marks kElsewhere(Mark::kRelated, Mark::kNavigation);
  if (!is_link(block)) return false;
  const int place = outline.place_of(block.holder), above = outline.above(place);
  const Element& holder = outline.at(place);
  return (holder.kinds & kMenu) != 0 || holder.own.has_one_of(kElsewhere) || outline.at(above).own.has_one_of(kElsewhere) || outline.at(outline.above(above)).own.has(Mark::kNavigation);
}

// "☞ 나래금융 실적 발표": a hand or an arrow before nothing but a link.
bool points_away(const Block& block) {
  constexpr std::string_view kHands = "☞☛▶▷►▸▹→➡⇒»›";
  if (block.link_letters == 0 || block.link_letters + 2 < block.letters || block.inner_link_letters > 0) return false;
  const Letter first = letter_at(block.text);
  return first.code >= 0x80 && kHands.find(std::string_view(block.text).substr(0, first.bytes)) != std::string_view::npos;
}

// What a list of other articles is headed with.
bool is_label(const Block& block) { return block.letters <= kLongestLabel && block.link_letters == 0 && stands_in(kLabels, squashed(block.text)); }

}  // namespace

Bars::Bars(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints)
    : blocks_(blocks), outline_(outline), in_box_(outline.elements().size()), in_list_(blocks.size()) {
  for (const std::string& title : hints.titles) titles_.push_back(squashed(title));
  find_boxes();
  find_lists();
}

// An element that calls itself related and is made of links, with its heading.
void Bars::find_boxes() {
  std::vector<int> links(in_box_.size());  // letters below each element
  for (const Block& block : blocks_) links[static_cast<std::size_t>(outline_.place_of(block.holder))] += block.link_letters - block.inner_link_letters;
  for (std::size_t e = links.size(); e-- > 1;) links[static_cast<std::size_t>(outline_.elements()[e].parent)] += links[e];
  for (std::size_t e = 0; e < in_box_.size(); ++e) {
    const Element& element = outline_.elements()[e];
    const bool is_box = element.own.has(Mark::kRelated) && 10 * links[e] >= 7 * element.letters;
    in_box_[e] = is_box || (element.parent >= 0 && in_box_[static_cast<std::size_t>(element.parent)]);
  }
}

// Links behind "[관련기사]".
void Bars::find_lists() {
  bool listed = false;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const bool link = is_link(blocks_[i]);
    in_list_[i] = listed && link;
    listed = in_list_[i] || (!link && i + 1 < blocks_.size() && is_link(blocks_[i + 1]) && is_label(blocks_[i]));
  }
}

bool Bars::holds(std::size_t i) const {
  const Block& block = blocks_[i];
  if (in_list_[i] || is_in_box(block) || is_rights_notice(block.text) || is_furniture(block) || (block.letters <= kMostLettersOfCall && is_call(block.text))) return true;
  return is_headline(block, titles_) || is_caption(block, outline_) || leads_away(block, outline_) || points_away(block);
}

}  // namespace bylined::article
