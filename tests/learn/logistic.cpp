// SPDX-License-Identifier: Apache-2.0
#include "tests/learn/logistic.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bylined::learn {
namespace {

constexpr std::size_t kBatch = 256;
constexpr double kNothing = 1e-6;      // a feature that never differs
constexpr double kLeastSpread = 0.1;   // a rare one must not weigh much

struct Scale {
  std::vector<double> mean, spread;
  double average = 0;  // weight of a row
};

Scale scale_of(const std::vector<const Row*>& rows) {
  const std::size_t width = rows.front()->features.size();
  Scale scale{std::vector<double>(width), std::vector<double>(width)};
  double whole = 0;
  for (const Row* row : rows) {
    whole += row->weight;
    for (std::size_t f = 0; f < width; ++f) scale.mean[f] += static_cast<double>(row->weight) * row->features[f];
  }
  scale.average = whole / static_cast<double>(rows.size());
  for (double& mean : scale.mean) mean /= whole;
  for (const Row* row : rows) {
    for (std::size_t f = 0; f < width; ++f) scale.spread[f] += row->weight * std::pow(row->features[f] - scale.mean[f], 2);
  }
  for (double& spread : scale.spread) {
    spread = std::sqrt(spread / whole);
    if (spread > kNothing) spread = std::max(spread, kLeastSpread);
  }
  return scale;
}

class Adam {
 public:
  explicit Adam(std::size_t width) : weights(width), first_(width), second_(width) {}

  void step(const std::vector<double>& slope, double rate) {
    ++steps_;
    const double fix_first = 1 - std::pow(0.9, steps_), fix_second = 1 - std::pow(0.999, steps_);
    for (std::size_t f = 0; f < weights.size(); ++f) {
      first_[f] = 0.9 * first_[f] + 0.1 * slope[f];
      second_[f] = 0.999 * second_[f] + 0.001 * slope[f] * slope[f];
      weights[f] -= rate * (first_[f] / fix_first) / (std::sqrt(second_[f] / fix_second) + 1e-8);
    }
  }

  std::vector<double> weights;  // the bias last

 private:
  std::vector<double> first_, second_;
  int steps_ = 0;
};

double scaled(const Scale& scale, float value, std::size_t f) { return scale.spread[f] > kNothing ? (value - scale.mean[f]) / scale.spread[f] : 0; }

std::vector<Row> scaled(const Scale& scale, const std::vector<const Row*>& rows) {
  std::vector<Row> all;
  for (const Row* row : rows) {
    Row& one = all.emplace_back(*row);
    for (std::size_t f = 0; f < one.features.size(); ++f) one.features[f] = static_cast<float>(scaled(scale, one.features[f], f));
    one.weight = static_cast<float>(row->weight / scale.average);
  }
  return all;
}

class Fitting {
 public:
  Fitting(std::size_t width, double penalty) : penalty_(penalty), adam_(width + 1) {}

  void step(std::span<const Row* const> batch, double rate) {
    const std::size_t width = adam_.weights.size() - 1;
    std::vector<double> slope(width + 1);
    for (const Row* row : batch) {
      double sum = adam_.weights[width];
      for (std::size_t f = 0; f < width; ++f) sum += adam_.weights[f] * row->features[f];
      const double error = (1 / (1 + std::exp(-sum)) - row->value) * row->weight / kBatch;
      for (std::size_t f = 0; f < width; ++f) slope[f] += error * row->features[f];
      slope[width] += error;
    }
    for (std::size_t f = 0; f < width; ++f) slope[f] += penalty_ * adam_.weights[f];
    adam_.step(slope, rate);
  }

  // In the features' own measure.
  Model model(const Scale& scale) const {
    Model model;
    double bias = adam_.weights.back();
    for (std::size_t f = 0; f < scale.mean.size(); ++f) {
      const double weight = scale.spread[f] > kNothing ? adam_.weights[f] / scale.spread[f] : 0;
      model.weights.push_back(static_cast<float>(weight));
      bias -= weight * scale.mean[f];
    }
    model.bias = static_cast<float>(bias);
    return model;
  }

 private:
  const double penalty_;
  Adam adam_;
};

}  // namespace

float Model::score(std::span<const float> features) const {
  float sum = bias;
  for (std::size_t f = 0; f < features.size(); ++f) sum += weights[f] * features[f];
  return sum;
}

Model fit(const std::vector<Row>& rows, int left_out, double penalty, int rounds) {
  std::vector<const Row*> chosen;
  for (const Row& row : rows) {
    if (row.fold != left_out && row.weight > 0) chosen.push_back(&row);
  }
  const Scale scale = scale_of(chosen);
  const std::vector<Row> rows_in_scale = scaled(scale, chosen);
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = &rows_in_scale[i];
  Fitting fitting(scale.mean.size(), penalty);
  std::uint64_t chance = 88172645463325252ull;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = chosen.size(); i > 1; --i) {
      chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
      std::swap(chosen[i - 1], chosen[chance % i]);
    }
    const double rate = 0.02 * (1 - static_cast<double>(round) / rounds);
    for (std::size_t start = 0; start < chosen.size(); start += kBatch) {
      fitting.step(std::span(chosen).subspan(start, std::min(kBatch, chosen.size() - start)), rate);
    }
  }
  return fitting.model(scale);
}

}  // namespace bylined::learn
