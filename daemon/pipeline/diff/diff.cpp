// SPDX-License-Identifier: Apache-2.0
#include "pipeline/diff/diff.h"

#include <algorithm>
#include <map>

#include "base/error.h"

namespace bylined::diff {
namespace {

constexpr int kUsualEnough = 5;   // a list this short may well shrink to one
constexpr int kShared = 3;        // items of one listing that share a title: then it is none
constexpr int kFewestFifth = 5;   // fewer than a fifth of the usual is a suspicion (reliability invariant I-16)

using Titles = std::map<std::string_view, int>;

Titles titles_of(const std::vector<model::ListedItem>& listed) {
  Titles titles;
  for (const model::ListedItem& item : listed) {
    if (!item.title.empty()) ++titles[item.title];
  }
  return titles;
}

// A headline is one article's: what several items are called ("더보기") was not read from the headline.
bool is_headline(const std::string& title, const Titles& titles) {
  const auto found = titles.find(title);
  return found != titles.end() && found->second < kShared;
}

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
  const Titles titles = titles_of(listed);
  Changes changes;
  for (const model::ListedItem& item : listed) {
    const auto before = seen.find(item.identity);
    if (before == seen.end()) {
      changes.fresh.push_back(item);
    } else if (item.title != before->second->title && is_headline(item.title, titles)) {
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
  const std::string where_there_were = " where there were " + std::to_string(usual_items);
  if (usual_items >= kUsualEnough && items * kFewestFifth < usual_items) return "only " + std::to_string(items) + " items" + where_there_were;
  if (items * 2 < usual_items && listing.skipped >= std::max(items, kUsualEnough)) {
    return "only " + std::to_string(items) + " items" + where_there_were + ", and " + std::to_string(listing.skipped) + " entries without a title or a link";
  }
  for (const auto& [title, count] : titles_of(listing.items)) {
    if (count >= kUsualEnough && count * 2 > items) return std::to_string(count) + " of " + std::to_string(items) + " items have one title: " + quoted(title);
  }
  return std::nullopt;
}

}  // namespace bylined::diff
