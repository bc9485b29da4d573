// SPDX-License-Identifier: Apache-2.0
#include "tests/learn/boosted.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace bylined::learn {
namespace {

using article::kTreeLeaves;
using article::Tree;

constexpr std::size_t kMostBins = 48;  // that a feature's values are sorted into
constexpr double kLeastGain = 1e-9;

struct Slope {
  double first = 0, second = 0;  // of the loss
  void add(const Slope& other) { first += other.first, second += other.second; }
};

struct Split {
  std::size_t feature = 0;
  std::size_t bin = 0;  // rows of higher bins go up
  double gain = 0;
};

struct Bin {
  Slope slope;
  std::size_t rows = 0;
  void add(const Bin& other) { slope.add(other.slope), rows += other.rows; }
};

// The end of a branch while its tree grows.
struct Leaf {
  std::vector<std::uint32_t> rows;
  Split split;                    // the best there is
  std::int8_t* link = nullptr;    // what leads here
};

class Chance {
 public:
  double next() {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_ = 88172645463325252ull;
};

// Between the values that part the rows about evenly.
std::vector<float> limits_of(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  std::vector<float> limits;
  const std::size_t step = std::max<std::size_t>(1, values.size() / kMostBins);
  std::size_t last = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const bool differs = values[i] > values[i - 1];
    if (!differs || (i - last < step && values[i - 1] != values.front() && values[i] != values.back())) continue;
    if (limits.size() + 1 >= 2 * kMostBins) break;
    limits.push_back((values[i] + values[i - 1]) / 2);
    last = i;
  }
  return limits;
}

class Grower {
 public:
  Grower(std::vector<const Row*> rows, const Growth& growth) : rows_(std::move(rows)), growth_(growth) {
    const std::size_t width = rows_.front()->features.size();
    for (std::size_t f = 0; f < width; ++f) {
      std::vector<float> values;
      for (const Row* row : rows_) values.push_back(row->features[f]);
      limits_.push_back(limits_of(values));
      std::vector<std::uint8_t>& bins = bins_.emplace_back();
      for (const float value : values) bins.push_back(static_cast<std::uint8_t>(std::upper_bound(limits_[f].begin(), limits_[f].end(), value) - limits_[f].begin()));
    }
    for (const Row* row : rows_) average_ += row->weight / static_cast<double>(rows_.size());
    scores_.assign(rows_.size(), 0);
    slopes_.resize(rows_.size());
  }

  Tree next() {
    take_slopes();
    features_.clear();
    for (std::size_t f = 0; f < limits_.size(); ++f) {
      if (!limits_[f].empty() && chance_.next() < growth_.feature_share) features_.push_back(f);
    }
    Tree tree;
    std::vector<Leaf> leaves(1);
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      if (slopes_[i].second > 0) leaves[0].rows.push_back(i);
    }
    leaves[0].split = best_split(leaves[0].rows);
    for (std::size_t n = 0; n + 1 < kTreeLeaves; ++n) {
      const auto best = std::max_element(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.split.gain < b.split.gain; });
      if (best->split.gain < kLeastGain) break;
      ask(tree, static_cast<std::int8_t>(n), leaves, static_cast<std::size_t>(best - leaves.begin()));
    }
    fill_leaves(tree, leaves);
    return tree;
  }

 private:
  void take_slopes() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const double chance = 1 / (1 + std::exp(-scores_[i]));
      const double weight = chance_.next() < growth_.row_share ? rows_[i]->weight / average_ : 0;
      slopes_[i] = {weight * (chance - rows_[i]->value), weight * chance * (1 - chance)};
    }
  }

  double worth(const Slope& slope) const { return slope.first * slope.first / (slope.second + growth_.penalty); }

  Split best_split(const std::vector<std::uint32_t>& rows) const {
    Split best;
    for (const std::size_t f : features_) {
      std::vector<Bin> bins(limits_[f].size() + 1);
      for (const std::uint32_t i : rows) bins[bins_[f][i]].add({slopes_[i], 1});
      Bin all, below;
      for (const Bin& bin : bins) all.add(bin);
      for (std::size_t b = 0; b + 1 < bins.size(); ++b) {
        below.add(bins[b]);
        if (below.rows < growth_.least_rows || all.rows - below.rows < growth_.least_rows) continue;
        const Slope above{all.slope.first - below.slope.first, all.slope.second - below.slope.second};
        const double gain = worth(below.slope) + worth(above) - worth(all.slope);
        if (gain > best.gain) best = {f, b, gain};
      }
    }
    return best;
  }

  // Question n of the tree parts the leaf in two.
  void ask(Tree& tree, std::int8_t n, std::vector<Leaf>& leaves, std::size_t which) {
    article::Question& question = tree.questions[static_cast<std::size_t>(n)];
    const Split split = leaves[which].split;
    question.feature = static_cast<std::uint16_t>(split.feature);
    question.limit = limits_[split.feature][split.bin];
    if (leaves[which].link != nullptr) *leaves[which].link = n;
    Leaf below, above;
    for (const std::uint32_t i : leaves[which].rows) (bins_[split.feature][i] > split.bin ? above : below).rows.push_back(i);
    below.link = &question.below;
    above.link = &question.above;
    for (Leaf* const leaf : {&below, &above}) leaf->split = best_split(leaf->rows);
    leaves[which] = std::move(below);
    leaves.push_back(std::move(above));
  }

  void fill_leaves(Tree& tree, const std::vector<Leaf>& leaves) {
    for (std::size_t n = 0; n < leaves.size(); ++n) {
      Slope sum;
      for (const std::uint32_t i : leaves[n].rows) sum.add(slopes_[i]);
      tree.leaves[n] = static_cast<float>(-growth_.rate * sum.first / (sum.second + growth_.penalty));
      if (leaves[n].link != nullptr) *leaves[n].link = static_cast<std::int8_t>(~static_cast<int>(n));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) scores_[i] += article::sum_of({&tree, 1}, rows_[i]->features);
  }

  const std::vector<const Row*> rows_;
  const Growth& growth_;
  std::vector<std::vector<float>> limits_;       // by feature
  std::vector<std::vector<std::uint8_t>> bins_;  // by feature, then by row
  std::vector<double> scores_;
  std::vector<Slope> slopes_;
  std::vector<std::size_t> features_;  // that the growing tree may ask for
  double average_ = 0;
  Chance chance_;
};

}  // namespace

std::vector<Tree> grow(const std::vector<Row>& rows, int left_out, const Growth& growth) {
  std::vector<const Row*> chosen;
  for (const Row& row : rows) {
    if (row.fold != left_out && row.weight > 0) chosen.push_back(&row);
  }
  Grower grower(std::move(chosen), growth);
  std::vector<Tree> trees;
  for (int i = 0; i < growth.trees; ++i) trees.push_back(grower.next());
  return trees;
}

}  // namespace bylined::learn
