// SPDX-License-Identifier: Apache-2.0
#include "pipeline/diff/diff.h"

#include <algorithm>
#include <map>

namespace bylined::diff {
namespace {

constexpr int kUsualEnough = 5;   // a list this short may well shrink to one
constexpr int kFewestFifth = 5;   // fewer than a fifth of the usual is a suspicion (reliability invariant I-16)

// The oldest item: the last one of a page that goes from new to old, or by printed time where the
// page mixes lists.
bool oldest_is_unknown(const std::vector<model::ListedItem>& listed, const std::map<model::ArticleIdentity, const Seen*>& known) {
  if (listed.empty()) return false;
  const model::ListedItem* oldest = &listed.back();
  for (const model::ListedItem& item : listed) {
    if (!item.printed) return !known.contains(listed.back().identity);
    if (item.printed->at < oldest->printed.value_or(*item.printed).at) oldest = &item;
  }
  return !known.contains(oldest->identity);
}

}  // namespace

Changes compare(const std::vector<model::ListedItem>& listed, const std::vector<Seen>& known) {
  std::map<model::ArticleIdentity, const Seen*> seen;
  for (const Seen& one : known) seen.emplace(one.identity, &one);
  Changes changes;
  for (const model::ListedItem& item : listed) {
    const auto before = seen.find(item.identity);
    if (before == seen.end()) {
      changes.fresh.push_back(item);
    } else if (!item.title.empty() && item.title != before->second->title) {
      changes.retitled.push_back(item);
    }
  }
  changes.oldest_is_fresh = oldest_is_unknown(listed, seen);
  return changes;
}

std::optional<std::string> suspicion(const model::Listing& listing, int usual_items) {
  const int items = static_cast<int>(listing.items.size());
  if (usual_items == 0) return std::nullopt;
  if (items == 0) return "no items where there were " + std::to_string(usual_items);
  if (usual_items >= kUsualEnough && items * kFewestFifth < usual_items) {
    return "only " + std::to_string(items) + " items where there were " + std::to_string(usual_items);
  }
  return std::nullopt;
}

}  // namespace bylined::diff
