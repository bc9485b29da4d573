// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/running_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>

#include "pipeline/article/body/barred.h"
#include "pipeline/article/body/folds.h"
#include "pipeline/article/body/grove.h"
#include "pipeline/article/body/slides.h"

namespace bylined::article {
namespace {

constexpr auto kFirstWeights = std::to_array<float>({
#define FIRST_BIAS(weight)
#define FIRST(weight) static_cast<float>(weight),
#define SECOND_BIAS(weight)
#define SECOND(weight)
#include "pipeline/article/body/weights.inc"
#undef FIRST
#undef SECOND
});
constexpr auto kSecondWeights = std::to_array<float>({
#define FIRST(weight)
#define SECOND(weight) static_cast<float>(weight),
#include "pipeline/article/body/weights.inc"
#undef FIRST
#undef SECOND
#undef FIRST_BIAS
#undef SECOND_BIAS
});
#define FIRST(weight)
#define SECOND(weight)
#define FIRST_BIAS(weight) constexpr float kFirstBias = static_cast<float>(weight);
#define SECOND_BIAS(weight) constexpr float kSecondBias = static_cast<float>(weight);
#include "pipeline/article/body/weights.inc"
#undef FIRST
#undef SECOND
#undef FIRST_BIAS
#undef SECOND_BIAS

constexpr auto kQuestions = std::to_array<Question>({
#define QUESTION(feature, below, above, limit) {feature, below, above, static_cast<float>(limit)},
#define LEAF(value)
#include "pipeline/article/body/grove.inc"
#undef QUESTION
#undef LEAF
});
constexpr auto kLeaves = std::to_array<float>({
#define QUESTION(feature, below, above, limit)
#define LEAF(value) static_cast<float>(value),
#include "pipeline/article/body/grove.inc"
#undef QUESTION
#undef LEAF
});
constexpr std::size_t kTrees = kLeaves.size() / kTreeLeaves;

constexpr std::array<Tree, kTrees> grove() {
  std::array<Tree, kTrees> trees{};
  for (std::size_t i = 0; i < kTrees; ++i) {
    for (std::size_t n = 0; n + 1 < kTreeLeaves; ++n) trees[i].questions[n] = kQuestions[i * (kTreeLeaves - 1) + n];
    for (std::size_t n = 0; n < kTreeLeaves; ++n) trees[i].leaves[n] = kLeaves[i * kTreeLeaves + n];
  }
  return trees;
}
constexpr std::array<Tree, kTrees> kGrove = grove();
constexpr bool asks_what_is_seen() {
  return std::all_of(kQuestions.begin(), kQuestions.end(), [](const Question& question) { return question.feature < kAllFeatures; });
}
static_assert(asks_what_is_seen(), "grove.inc is of other features: run tests/learn/run");

static_assert(kFirstWeights.size() == kFirstFeatures, "weights.inc is of other features: run tests/learn/run");
static_assert(kSecondWeights.size() == kContexts + kFirstFeatures, "weights.inc is of other features: run tests/learn/run");

constexpr float kSure = 3;        // log-odds of the weights that the trees practically never turn: they cost the more
constexpr int kLeastLetters = 4;  // of a text that is all there is
constexpr std::size_t kFewestLinks = 5;  // paragraphs that are nothing but links, and make a list of them
constexpr int kEnoughSeen = 200;  // letters of an article

float dot(std::span<const float> weights, std::span<const float> features) {
  return std::inner_product(weights.begin(), weights.end(), features.begin(), 0.0f);
}

// The publisher's address, its number in a register: on every page of a site.
bool is_imprint(const Block& block, const Outline& outline) {
  constexpr std::uint32_t kFooter = 1u << static_cast<std::uint32_t>(Kind::kFooter);
  const Element& holder = outline.at(outline.place_of(block.holder));
  return (holder.kinds & kFooter) != 0 || holder.under.has(Mark::kFooter);
}

// A page on which nothing looks like running text may still say one thing.
std::vector<std::string> likeliest(const std::vector<Block>& blocks, const Outline& outline, const std::vector<float>& scores) {
  int best = -1;
  for (int i = 0; i < static_cast<int>(blocks.size()); ++i) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    if (block.letters < kLeastLetters || block.link_letters * 2 > block.letters || is_imprint(block, outline)) continue;
    if (best < 0 || scores[static_cast<std::size_t>(i)] > scores[static_cast<std::size_t>(best)]) best = i;
  }
  if (best < 0) return {};
  return {blocks[static_cast<std::size_t>(best)].text};
}

// What the page's markup hides is not read, unless a button opens it as the rest of the text, or that is most of it: pages
// hide articles until a script shows them.
void leave_out_unseen(std::vector<const Block*>& likely, const std::vector<bool>& folded, const std::vector<Block>& blocks, const Outline& outline) {
  const auto is_hidden = [&](const Block* block) {
    return outline.at(outline.place_of(block->holder)).under.has(Mark::kNotDisplayed) && !folded[static_cast<std::size_t>(block - blocks.data())];
  };
  int seen = 0, hidden = 0;
  for (const Block* const block : likely) (is_hidden(block) ? hidden : seen) += block->letters;
  if (seen >= kEnoughSeen && 2 * seen >= hidden) std::erase_if(likely, is_hidden);
}

// Legends of a slide show, unless there is hardly anything else.
void leave_out_slides(std::vector<const Block*>& likely, const std::vector<Block>& blocks, const Outline& outline) {
  const std::vector<bool> inside = in_slides(blocks, outline);
  const auto is_inside = [&](const Block* block) { return inside[static_cast<std::size_t>(block - blocks.data())]; };
  int outside = 0;
  for (const Block* const block : likely) outside += is_inside(block) ? 0 : block->letters;
  if (outside >= kEnoughSeen) std::erase_if(likely, is_inside);
}

// A section, a list of headlines: each is another page's, and names whom that one is about.
bool is_list_of_links(std::size_t paragraphs, int letters, int link_letters) { return paragraphs >= kFewestLinks && link_letters * 20 > letters * 19; }

}  // namespace

std::vector<float> weighed(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints) {
  const Kinship kinship(blocks, outline);
  const std::vector<FirstLook> first = first_looks(blocks, outline, kinship, hints);
  std::vector<float> scores;
  for (const FirstLook& look : first) scores.push_back(kFirstBias + dot(kFirstWeights, look));
  const std::vector<SecondLook> second = second_looks(blocks, outline, kinship, scores);
  const std::span<const float> weights(kSecondWeights);
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = kSecondBias + dot(weights.first(kContexts), second[i]) + dot(weights.subspan(kContexts), first[i]);
  const std::vector<SecondLook> third = second_looks(blocks, outline, kinship, scores);
  std::array<float, kAllFeatures> all;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (std::abs(scores[i]) > kSure) continue;
    std::copy(third[i].begin(), third[i].end(), std::copy(first[i].begin(), first[i].end(), std::copy(second[i].begin(), second[i].end(), all.begin())));
    scores[i] = together(scores[i], sum_of(kGrove, all));
  }
  return scores;
}

std::vector<bool> barred(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints) {
  const Bars bars(blocks, outline, hints);
  std::vector<bool> all;
  for (std::size_t i = 0; i < blocks.size(); ++i) all.push_back(bars.holds(i));
  return all;
}

std::vector<std::string> chosen(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints, const std::vector<float>& scores) {
  const Bars bars(blocks, outline, hints);
  std::vector<std::string> paragraphs;
  int letters = 0, link_letters = 0;
  std::vector<bool> in_text;
  for (std::size_t i = 0; i < blocks.size(); ++i) in_text.push_back(scores[i] > kInText && !bars.holds(i));
  const std::vector<bool> folded = in_folds(blocks, outline, in_text);
  std::vector<const Block*> likely;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (in_text[i] || (folded[i] && !bars.holds(i))) likely.push_back(&blocks[i]);
  }
  leave_out_unseen(likely, folded, blocks, outline);
  leave_out_slides(likely, blocks, outline);
  for (const Block* const block : likely) {
    paragraphs.push_back(block->text);
    letters += block->letters;
    link_letters += block->link_letters;
  }
  if (is_list_of_links(paragraphs.size(), letters, link_letters)) return {};
  return letters < kLeastLetters ? likeliest(blocks, outline, scores) : paragraphs;
}

std::vector<std::string> running_text(const std::vector<Block>& blocks, const Outline& outline, const Hints& hints) {
  return chosen(blocks, outline, hints, weighed(blocks, outline, hints));
}

}  // namespace bylined::article
