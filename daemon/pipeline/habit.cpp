// SPDX-License-Identifier: Apache-2.0
#include "pipeline/habit.h"

#include <algorithm>

namespace bylined::pipeline {
namespace {

constexpr std::size_t kMostBlocks = 3;  // of one source

void put_in_front(model::Listing& listing, model::Block& other) {
  std::swap(listing.block, other.where);
  std::swap(listing.items, other.items);
}

std::size_t known_of(const std::vector<model::ListedItem>& items, const std::set<model::ArticleIdentity>& known) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&known](const model::ListedItem& item) { return known.contains(item.identity); }));
}

}  // namespace

Habit Habit::parse(std::string_view usual) {
  Habit habit;
  std::size_t end = std::min(usual.find('\n'), usual.size());
  habit.dates = usual.substr(0, end);
  while (end < usual.size()) {
    usual.remove_prefix(end + 1);
    end = std::min(usual.find('\n'), usual.size());
    habit.blocks.emplace_back(usual.substr(0, end));
  }
  return habit;
}

std::string Habit::text() const {
  std::string text = dates;
  for (const std::string& block : blocks) text += "\n" + block;
  return text;
}

bool Habit::has(const std::string& block) const { return std::find(blocks.begin(), blocks.end(), block) != blocks.end(); }

// The first stays, however long others stood in for it: it comes back.
void Habit::learn(const std::string& how_dates_read, const std::string& block) {
  if (!how_dates_read.empty()) dates = how_dates_read;
  if (block.empty() || has(block)) return;
  if (blocks.size() == kMostBlocks) blocks.pop_back();
  blocks.push_back(block);
}

bool keep_place(model::Listing& listing, const Habit& habit) {
  for (const std::string& block : habit.blocks) {
    if (listing.block == block) return true;
    const auto is_it = [&block](const model::Block& one) { return one.where == block; };
    const auto found = std::find_if(listing.other_blocks.begin(), listing.other_blocks.end(), is_it);
    if (found == listing.other_blocks.end()) continue;
    put_in_front(listing, *found);
    return true;
  }
  return false;
}

void keep_known(model::Listing& listing, const std::set<model::ArticleIdentity>& known) {
  std::size_t most = known_of(listing.items, known);
  model::Block* best = nullptr;
  for (model::Block& block : listing.other_blocks) {
    const std::size_t here = known_of(block.items, known);
    if (here <= most) continue;
    most = here;
    best = &block;
  }
  if (best != nullptr) put_in_front(listing, *best);
}

}  // namespace bylined::pipeline
