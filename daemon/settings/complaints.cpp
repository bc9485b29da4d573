// SPDX-License-Identifier: Apache-2.0
#include "settings/complaints.h"

#include <algorithm>
#include <tuple>

namespace bylined::settings {
namespace {

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

void Complaints::doubt(const Place& place, const std::string& name, const std::string& reason) {
  add(false, place, "name '" + name + "' " + reason, {}, name);
}

void Complaints::add(bool fatal, const Place& place, std::string reason, std::string remedy, std::string name) {
  // Each kind has its own room, so that warnings never push a fault out.
  std::size_t& count = fatal ? faults_ : warnings_;
  if (++count > limit_) {
    ++dropped_;
    return;
  }
  if (position(files_, place.file) == files_.size()) files_.push_back(place.file);
  list_.push_back({fatal, place.file, place.line, place.column, place.key, std::move(reason), std::move(remedy), std::move(name)});
}

std::vector<Complaint> Complaints::take() {
  std::stable_sort(list_.begin(), list_.end(), [this](const Complaint& a, const Complaint& b) {
    const std::size_t left = position(files_, a.file), right = position(files_, b.file);
    return std::tie(left, a.line, a.column) < std::tie(right, b.line, b.column);
  });
  if (dropped_ > 0) {
    list_.push_back({any_fatal(), list_.back().file, 0, 0, {}, "and " + std::to_string(dropped_) + " more", "mend these first", {}});
  }
  return std::move(list_);
}

}  // namespace bylined::settings
