// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "pipeline/article/body/features.h"

namespace bylined::article {
namespace {

constexpr float kMost = 6;           // log-odds beyond are not believed
constexpr float kEdge = -4;          // what stands before the first and behind the last block
constexpr int kWeightLimit = 400;    // letters of a block that count
constexpr double kBadShare = 0.15;   // how much of a bad part counts against what holds it
constexpr double kCommentShare = 0.2;    // how much of a good comment counts where there is an article
constexpr double kArticleWorth = 600;    // letters times log-odds
constexpr float kStrong = 1;
constexpr int kStrongLetters = 60;
constexpr int kFar = 50;

struct Sum {
  double score = 0;   // letters times log-odds
  double letters = 0;
  double good = 0;    // of the positive ones
};

class SecondLooker {
 public:
  SecondLooker(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const std::vector<float>& scores)
      : blocks_(blocks), outline_(outline), kinship_(kinship), sums_(outline.elements().size()), of_kin_(kinship_.groups()) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      places_.push_back(outline.place_of(blocks[i].holder));
      scores_.push_back(std::clamp(scores[i], -kMost, kMost));
      weights_.push_back(std::min(blocks[i].letters, kWeightLimit));
      add(sums_[place(i)], i);
      alike_of_.push_back(&alike_[alike_key(i)]);
      add(*alike_of_.back(), i);
      add(of_kin_[kinship_.group_of(i)], i);
      good_ += good(i);
      if (!is_comment(i)) good_beside_comments_ += good(i);
    }
    find_sections();
    find_core();
    for (std::size_t e = sums_.size(); e-- > 1;) {
      Sum& parent = sums_[static_cast<std::size_t>(outline.elements()[e].parent)];
      parent.score += sums_[e].score;
      parent.letters += sums_[e].letters;
      parent.good += sums_[e].good;
    }
    find_strong();
  }

  std::vector<SecondLook> run() {
    std::vector<SecondLook> looks(blocks_.size());
    double passed = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      look_around(i, looks[i]);
      look_up(i, looks[i]);
      look_at_core(i, looks[i]);
      set(looks[i], Context::kGoodBefore, passed / good_total());
      set(looks[i], Context::kBehindAll, passed / good_total() > 0.995 ? 1 : 0);
      set(looks[i], Context::kBeforeAll, passed <= 0 ? 1 : 0);
      look_at_strong(i, looks[i]);
      look_at_section(i, looks[i]);
      passed += good(i);
    }
    return looks;
  }

 private:
  static void set(SecondLook& look, Context context, double value) { look[static_cast<std::size_t>(context)] = static_cast<float>(value); }

  std::size_t place(std::size_t i) const { return static_cast<std::size_t>(places_[i]); }
  double good(std::size_t i) const { return std::max(0.0f, scores_[i]) * static_cast<float>(weights_[i]); }
  bool is_comment(std::size_t i) const { return outline_.at(places_[i]).under.has(Mark::kComment); }
  double good_total() const { return good_ > 0 ? good_ : 1; }

  void add(Sum& sum, std::size_t i) const {
    sum.score += static_cast<double>(scores_[i]) * weights_[i];
    sum.letters += weights_[i];
    sum.good += good(i);
  }

  // Children of one parent with the same element and class are alike.
  std::tuple<int, int, std::size_t> alike_key(std::size_t i) const {
    const Element& element = outline_.at(places_[i]);
    return {element.parent, static_cast<int>(element.node.tag()), std::hash<std::string_view>()(element.node.attribute("class"))};
  }

  double mean_of_others(const Sum& sum, std::size_t i) const {
    const double letters = sum.letters - weights_[i];
    return letters > 0 ? (sum.score - static_cast<double>(scores_[i]) * weights_[i]) / letters : 0;
  }

  // 1 where the page has an article's worth of good text outside its comments; a forum has none.
  double beside_comments() const { return std::min(1.0, good_beside_comments_ / kArticleWorth); }

  // The core is the element whose parts are worth most together; bad parts count a little against it.
  void find_core() {
    std::vector<double> worth(sums_.size());
    const double discount = (kCommentShare - 1) * beside_comments();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (is_comment(i)) worth[place(i)] += discount * good(i);
    }
    for (std::size_t e = sums_.size(); e-- > 0;) {
      worth[e] += sums_[e].score;
      const int parent = outline_.elements()[e].parent;
      if (parent >= 0) worth[static_cast<std::size_t>(parent)] += worth[e] > 0 ? worth[e] : kBadShare * worth[e];
    }
    const auto best = std::max_element(worth.begin(), worth.end(), [](double a, double b) { return a + 1e-9 < b; });
    core_ = static_cast<int>(best - worth.begin());
    above_core_.assign(sums_.size(), false);
    for (int e = core_; e >= 0; e = outline_.at(e).parent) above_core_[static_cast<std::size_t>(e)] = true;
  }

  void find_strong() {
    int last = -1;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      since_.push_back(last < 0 ? kFar : static_cast<int>(i) - last);
      if (is_strong(i)) last = static_cast<int>(i);
    }
    until_.assign(blocks_.size(), kFar);
    last = -1;
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      if (is_strong(i)) last = static_cast<int>(i);
      if (last >= 0) until_[i] = last - static_cast<int>(i);
    }
  }

  bool is_strong(std::size_t i) const { return scores_[i] > kStrong && weights_[i] > kStrongLetters; }

  float score_at(std::size_t i, int offset) const {
    const int other = static_cast<int>(i) + offset;
    return other < 0 || other >= static_cast<int>(scores_.size()) ? kEdge : scores_[static_cast<std::size_t>(other)];
  }

  double mean_around(std::size_t i, std::size_t reach) const {
    double score = 0;
    double letters = 0;
    for (std::size_t n = i - std::min(i, reach); n < std::min(blocks_.size(), i + reach + 1); ++n) {
      score += static_cast<double>(scores_[n]) * weights_[n];
      letters += weights_[n];
    }
    return score / std::max(1.0, letters);
  }

  void look_around(std::size_t i, SecondLook& look) const {
    set(look, Context::kOwn, scores_[i]);
    set(look, Context::kBefore3, score_at(i, -3));
    set(look, Context::kBefore2, score_at(i, -2));
    set(look, Context::kBefore1, score_at(i, -1));
    set(look, Context::kBehind1, score_at(i, 1));
    set(look, Context::kBehind2, score_at(i, 2));
    set(look, Context::kBehind3, score_at(i, 3));
    set(look, Context::kAround3, mean_around(i, 3));
    set(look, Context::kAround8, mean_around(i, 8));
  }

  void look_up(std::size_t i, SecondLook& look) const {
    int at = places_[i];
    for (std::size_t level = 0; level < 5; ++level, at = outline_.above(at)) {
      const Sum& sum = sums_[static_cast<std::size_t>(at)];
      look[static_cast<std::size_t>(Context::kHolder) + 2 * level] = static_cast<float>(mean_of_others(sum, i));
      look[static_cast<std::size_t>(Context::kHolderShare) + 2 * level] = static_cast<float>(sum.good / good_total());
    }
    const Sum& alike = *alike_of_[i];
    set(look, Context::kAlike, mean_of_others(alike, i));
    set(look, Context::kHasAlike, alike.letters > weights_[i] ? 1 : 0);
    const Sum& kin = of_kin_[kinship_.group_of(i)];
    set(look, Context::kKin, mean_of_others(kin, i));
    set(look, Context::kKinShare, kin.good / good_total());
  }

  void look_at_core(std::size_t i, SecondLook& look) const {
    int levels = 0;
    int at = places_[i];
    for (; !above_core_[static_cast<std::size_t>(at)]; at = outline_.at(at).parent) ++levels;
    const bool inside = at == core_;
    set(look, Context::kInCore, inside ? 1 : 0);
    set(look, Context::kLevelsFromCore, levels);
    set(look, Context::kLevelsOutside, inside ? 0 : levels);
    set(look, Context::kCommentBesides, is_comment(i) ? beside_comments() : 0);
  }

  void look_at_strong(std::size_t i, SecondLook& look) const {
    const int since = since_[i];
    const int until = until_[i];
    set(look, Context::kStrongBefore, std::log1p(since));
    set(look, Context::kStrongBehind, std::log1p(until));
    set(look, Context::kBetween, since < kFar && until < kFar ? 1 : 0);
    set(look, Context::kCloselyBetween, since < 4 && until < 4 ? 1 : 0);
  }

  bool is_heading(std::size_t i) const {
    const markup::Tag tag = outline_.at(places_[i]).node.tag();
    return tag >= markup::Tag::kH1 && tag <= markup::Tag::kH6;
  }

  // From heading to heading; a heading is no part of the section that it opens.
  void find_sections() {
    sections_.emplace_back();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (is_heading(i)) sections_.emplace_back();
      else add(sections_.back(), i);
      section_of_.push_back(sections_.size() - 1);
    }
    next_text_.assign(blocks_.size(), blocks_.size());
    for (std::size_t i = blocks_.size() - 1; i-- > 0;) next_text_[i] = is_heading(i + 1) ? next_text_[i + 1] : i + 1;
  }

  void look_at_section(std::size_t i, SecondLook& look) const {
    const std::size_t own = section_of_[i];
    const Sum& section = sections_[own];
    const auto mean = [](const Sum& sum) { return sum.letters > 0 ? sum.score / sum.letters : 0; };
    set(look, Context::kSection, is_heading(i) ? mean(section) : mean_of_others(section, i));
    set(look, Context::kSectionBehind, own + 1 < sections_.size() ? mean(sections_[own + 1]) : kEdge);
    set(look, Context::kTextBehind, next_text_[i] < blocks_.size() ? scores_[next_text_[i]] : kEdge);
  }

  const std::vector<Block>& blocks_;
  const Outline& outline_;
  const Kinship& kinship_;
  std::vector<int> places_;
  std::vector<float> scores_;
  std::vector<int> weights_;
  std::vector<Sum> sums_;  // of all below an element
  std::vector<Sum> of_kin_;
  std::map<std::tuple<int, int, std::size_t>, Sum> alike_;
  std::vector<Sum*> alike_of_;  // each block
  std::vector<bool> above_core_;
  std::vector<Sum> sections_;
  std::vector<std::size_t> section_of_, next_text_;  // each block
  std::vector<int> since_, until_;
  double good_ = 0;
  double good_beside_comments_ = 0;
  int core_ = 0;
};

}  // namespace

std::string_view second_name(std::size_t feature) {
  static constexpr std::array<std::string_view, kContexts> kNames{
#define FEATURE(context, name) name,
#include "pipeline/article/body/context.inc"
#undef FEATURE
  };
  return kNames[feature];
}

std::vector<SecondLook> second_looks(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const std::vector<float>& scores) {
  if (blocks.empty()) return {};
  return SecondLooker(blocks, outline, kinship, scores).run();
}

}  // namespace bylined::article
