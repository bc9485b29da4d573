// SPDX-License-Identifier: Apache-2.0
#include "base/text/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace bylined::text {
namespace {

constexpr std::size_t kLongestWord = 60;

// Optimal string alignment.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known) {
  // "evry" is "every", but "port" is not "robots".
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  std::string best;
  if (wrong.size() > kLongestWord) return best;
  for (const std::string_view one : known) {
    const std::size_t far = one.size() > 2 * kLongestWord ? least : distance(wrong, one);
    if (far >= least) continue;
    least = far;
    best = one;
  }
  return best;
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known) {
  const std::string near = nearest(wrong, known);
  return near.empty() ? near : "did you mean \"" + near + "\"?";
}

}  // namespace bylined::text
