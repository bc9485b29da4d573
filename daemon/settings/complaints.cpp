// SPDX-License-Identifier: Apache-2.0
#include "settings/complaints.h"

#include <algorithm>
#include <numeric>

namespace bylined::settings {
namespace {

// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
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

std::size_t position(const std::vector<std::string>& files, const std::string& file) {
  return static_cast<std::size_t>(std::find(files.begin(), files.end(), file) - files.begin());
}

}  // namespace

std::string line_of(const Place& place) { return place.file + ":" + std::to_string(place.line); }

void Complaints::refuse(const Place& place, std::string reason, std::string remedy) {
  add(true, place, std::move(reason), std::move(remedy));
}

void Complaints::warn(const Place& place, std::string reason, std::string remedy) {
  add(false, place, std::move(reason), std::move(remedy));
}

void Complaints::add(bool fatal, const Place& place, std::string reason, std::string remedy) {
  // Each kind has its own room, so that warnings never push a fault out.
  std::size_t& count = fatal ? faults_ : warnings_;
  if (++count > limit_) {
    ++dropped_;
    return;
  }
  if (position(files_, place.file) == files_.size()) files_.push_back(place.file);
  list_.push_back({fatal, place.file, place.line, place.column, place.key, std::move(reason), std::move(remedy)});
}

std::vector<Complaint> Complaints::take() {
  std::stable_sort(list_.begin(), list_.end(), [this](const Complaint& a, const Complaint& b) {
    const std::size_t left = position(files_, a.file), right = position(files_, b.file);
    return std::tie(left, a.line, a.column) < std::tie(right, b.line, b.column);
  });
  if (dropped_ > 0) {
    list_.push_back({any_fatal(), list_.back().file, 0, 0, {}, "and " + std::to_string(dropped_) + " more", "mend these first"});
  }
  return std::move(list_);
}

std::string suggestion(std::string_view wrong, const std::vector<std::string>& known) {
  // A third of the letters may be wrong: "evry" is "every", but "port" is not "robots".
  std::size_t nearest = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  std::string best;
  if (wrong.size() > 60) return best;
  for (const std::string& one : known) {
    const std::size_t far = distance(wrong, one);
    if (far >= nearest) continue;
    nearest = far;
    best = one;
  }
  return best.empty() ? best : "did you mean \"" + best + "\"?";
}

}  // namespace bylined::settings
