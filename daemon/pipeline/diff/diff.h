// SPDX-License-Identifier: Apache-2.0
// What is new on a listing, against what is stored. Pure. Fewer items than usual is a suspicion,
// never a deletion.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/listing.h"

namespace bylined::diff {

struct Seen {
  model::ArticleIdentity identity;
  std::string title;
};

struct Changes {
  std::vector<model::ListedItem> fresh;
  std::vector<model::ListedItem> retitled;
  bool oldest_is_fresh = false;  // the page ends on unknown ground: turn it

  // A first page may mix lists (the latest and the most viewed), so that an old item is known although
  // the latest ones go on overleaf. Several new items at once are reason enough to look.
  bool worth_turning() const { return oldest_is_fresh || fresh.size() >= 3; }
};
Changes compare(const std::vector<model::ListedItem>& listed, const std::vector<Seen>& known);

// Why this listing is not to be trusted, given how many items the last good one had; none where it is.
std::optional<std::string> suspicion(const model::Listing& listing, int usual_items);

}  // namespace bylined::diff
