// SPDX-License-Identifier: Apache-2.0
// What one visit gathers from a source: its own page, the older pages behind it, and the further pages it names.
// Private to pipeline/*.cpp.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "model/listing.h"
#include "model/source.h"
#include "pipeline/diff/diff.h"
#include "pipeline/fetch/fetch.h"
#include "pipeline/habit.h"
#include "store/store.h"

namespace bylined::pipeline {

struct Reading {
  model::Listing listing;       // of the page, and of what was turned or followed
  diff::Changes changes;
  int items = 0;                // of the page alone
  std::optional<std::string> suspicion;  // why the page is not to be trusted
  bool dates_doubted = false;   // and nothing may be dated by it
  std::string usual_dates;      // how its dates read
  std::string gap;              // why pages were not turned to the end; empty where they were
  std::optional<Instant> ground;  // what was seen first after this is no known ground: a gap may lie behind it; none: all is
  std::vector<model::ListedItem> aged;   // unknown, and no news
  bool told_apart = false;      // at the first items ever: `aged` are the baseline, and what else is fresh is news
  std::string strange;          // why most of it is no news, if it ever was
  // of the further pages
  std::vector<model::Part> parts;        // as they are known from now on
  std::vector<std::string> parts_gone;
  std::string part_trouble;     // why one of them could not be read
  std::set<std::string> unfinished;      // those that name others which are still to be asked
  bool more_parts = false;      // some wait for the next visit
  bool whole = true;            // everything that the source lists was seen

  bool says_nothing() const {
    return changes.fresh.empty() && changes.retitled.empty() && aged.empty() && parts.empty() && parts_gone.empty() && part_trouble.empty();
  }
};

inline std::vector<model::ArticleIdentity> identities_of(const std::vector<model::ListedItem>& items) {
  std::vector<model::ArticleIdentity> identities;
  identities.reserve(items.size());
  for (const model::ListedItem& item : items) identities.push_back(item.identity);
  return identities;
}

// Those of `more` that `items` has not yet.
inline void add_new(std::vector<model::ListedItem>& items, std::vector<model::ListedItem> more) {
  std::set<model::ArticleIdentity> there;
  for (const model::ListedItem& item : items) there.insert(item.identity);
  for (model::ListedItem& item : more) {
    if (there.insert(item.identity).second) items.push_back(std::move(item));
  }
}

// How a page is read, where its kind alone does not say it; it ends the page's hash, so that by another recipe it is another page.
std::string manner_of(const model::Source& source);

// Dates that are not to be trusted are none: what was known of an article stays, and what is new goes by its own page.
void judge_dates(Reading& reading, const store::ClaimedSource& claimed);

// A list that stands elsewhere than before is another one, if we know little of it.
void judge_place(Reading& reading, const Habit& habit);

// What only has another address than before, or slid to where it is seen, is no news. `titled`: what is known under the titles of the new items.
void put_aside(Reading& reading, const std::vector<diff::Seen>& titled, const store::ClaimedSource& claimed);
// What a source lists that has listed nothing until now: news is what is printed since we look at it, or not long before.
void judge_first_items(Reading& reading, const store::ClaimedSource& claimed);
// Is it another list than before? Then news is what is printed after the last good look.
void judge_news(Reading& reading, const store::ClaimedSource& claimed, Instant now);

// What was put on the list years after it was published is no news, but of dates that are not trusted; logs and counts it.
void put_old_aside(Reading& reading, const store::ClaimedSource& claimed, Instant now, Metrics& metrics);

// Cuts what is too long on a listing, where it is taken over; logs and counts it.
void keep_within_bounds(model::Listing& listing, const model::Source& source, Metrics& metrics);

// Logs and counts what was not read of the source.
void tell_limits(const Reading& reading, const model::Source& source, Metrics& metrics);

}  // namespace bylined::pipeline
