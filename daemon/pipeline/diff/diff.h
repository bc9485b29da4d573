// SPDX-License-Identifier: Apache-2.0
// What is new on a listing, against what is stored. Pure. Fewer items than usual is a suspicion, and so is one date
// where there were many; never a deletion.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/listing.h"

namespace bylined::diff {

struct Seen {
  model::ArticleIdentity identity;
  std::string title;
  std::optional<model::Stamp> printed;
  bool settled = true;  // seen when the list was last looked at whole: known ground
};

struct Changes {
  std::vector<model::ListedItem> fresh;
  std::vector<model::ListedItem> retitled;
  std::vector<std::optional<model::Stamp>> retitled_before;  // the dates under which these were known
  int same_date = 0, other_date = 0;  // known items by whether they are dated as before
  int unsettled = 0;             // known items that are no known ground
  bool oldest_is_fresh = false;  // the page ends on unknown ground: turn it

  // A first page may mix lists (the latest and the most viewed), so that an old item is known although
  // the latest ones go on overleaf. Several new items at once are reason enough to look.
  bool worth_turning() const { return oldest_is_fresh || fresh.size() + static_cast<std::size_t>(unsettled) >= 3; }
};
// What is new is `touched` only where that can be believed of this list, if it was years ago: the date is no other item's, and the
// list has dates of later years.
Changes compare(const std::vector<model::ListedItem>& listed, const std::vector<Seen>& known);

// Of a list that is cut in its middle: takes out of `changes.fresh` what stands beside the cut, where it was not seen before.
std::vector<model::ListedItem> take_slid(Changes& changes, const model::Listing& listing);
// Leaves in `changes.fresh` what is printed after `since`, as exactly as it is printed; returns the rest.
std::vector<model::ListedItem> take_older(Changes& changes, Instant since);
// Takes out of `changes.fresh` what was published and changed last years before `looked`, when the list was seen whole: it was
// put on the list since then, and is no news. Stays what compare() doubts, and what has a date that programs print for none: of
// before the web, of a first of January.
std::vector<model::ListedItem> take_years_old(Changes& changes, Instant looked);
// Takes out of `changes.fresh` the articles that are known and listed no more, and now have another address: of the same
// title and the same date. All of a list moves at once: none where they are not several, and most of what is new.
// `titled` are known ones of such titles.
std::vector<model::ListedItem> take_moved(Changes& changes, const std::vector<model::ListedItem>& listed, const std::vector<Seen>& titled);
// The same of a list without dates: only where five or more, and most of what is new, have the titles of articles that are gone.
std::vector<model::ListedItem> take_moved_undated(Changes& changes, const std::vector<model::ListedItem>& listed, const std::vector<Seen>& titled);

// What a listing was like, and what may have come since then.
struct Usual {
  int items = 0;
  Instant complete;     // when it was last seen
  double expected = 0;  // articles since then, by its rhythm; less than none: not known
  Instant newest{};     // when its newest article came; the epoch where that is not known
};
// Why this is not the list that it was: nearly all of it is unknown, was printed before we last looked, or has no date, and is
// more than may have come since then. `suspicion`: the page is not trusted anyway; then it is enough that most is unknown.
std::optional<std::string> doubt_of_news(const model::Listing& listing, const Changes& changes, const Usual& usual, bool suspicion);

// Since when what is printed is news on a list that is doubted: since it was last seen, but for what is listed `late`. Where no more
// than three were printed in between, since its newest article came: a server may have shown an old list for hours, or have said
// that nothing had changed. More than that may be another list.
Instant news_since(const Changes& changes, const Usual& usual, Millis late);

// Why this listing is not to be trusted, given how many items the last good one had; none where it is.
std::optional<std::string> suspicion(const model::Listing& listing, int usual_items);

// How the dates of a good listing read, for ClaimedSource::habit; empty where too few are there to say.
std::string usual_dates(const model::Listing& listing);
// Why the dates of this listing are not to be trusted, given how those of the last good one read: the selector misses,
// or meets one date for all. `suspect`: that was so before.
std::optional<std::string> doubt_of_dates(const model::Listing& listing, const Changes& changes, const std::string& usual, bool suspect);
// Leaves new items without a date and known ones with the one that they had.
void forget_dates(Changes& changes);

}  // namespace bylined::diff
