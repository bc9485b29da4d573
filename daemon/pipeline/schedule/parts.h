// SPDX-License-Identifier: Apache-2.0
// Which of the further pages that a source's page names are asked in one visit: the sitemaps of an index, the feed of
// a front page. Pure. Never asks all of a long index, and forgets none that changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/listing.h"

namespace bylined::schedule {

struct PartLimits {
  std::size_t kept = 1'000;             // of one source; those that changed last
  std::size_t asked = 8;                // in one visit
  int depth = 3;                        // indexes of indexes
  Millis warm{7LL * 24 * 3'600'000};    // one that does not say when it changed is asked so long after its last news
  Millis turn{600'000};                 // and each of the others in turn, one in so long
};

struct PartsPlan {
  std::vector<model::Part> ask;     // the most promising first; `named` as it is named now
  std::vector<model::Part> noted;   // new ones that are history: known from now on, asked when they change
  std::vector<std::string> gone;    // known and named no more
  bool more = false;                // some that are due must wait for the next visit
};

// What a page names now.
struct Naming {
  std::vector<model::NamedPart> named;
  std::string parent;  // the page
  int depth = 1;       // of what it names: 1 on the source's own page
};
// `known` is what is stored.
// Does it say no more than the day on which it changed? Then it may have changed since, under the same word: it is asked again,
// the one first whose last asking is the longest ago, until it was asked once when that day was over everywhere.
bool is_of_a_day(const model::NamedPart& part);
PartsPlan plan_parts(Naming naming, const std::vector<model::Part>& known, Instant now, const PartLimits& limits);

// A feed that has listed nothing new for so long (`fresh_at`: when it last did) stands for no page that lists something itself.
bool is_cold(const std::optional<Instant>& fresh_at, Instant now);
// Of what is printed on its items, but for what lies ahead; none where nothing is.
std::optional<Instant> newest_of(const model::Listing& listing, Instant now);

// What is new on a part that was never asked: news is what is printed within two days, or, where it prints no times,
// everything on a part that itself is new. The rest was there before and is no news.
bool is_news(const std::optional<Instant>& printed, bool part_is_new, Instant now);

}  // namespace bylined::schedule
