// SPDX-License-Identifier: Apache-2.0
// Where a slice of a list ends: the time and the row of its last entry, written so that nobody can build on
// its form, and checked when it comes back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/reader.h"
#include "store/sqlite/database.h"

namespace bylined::store {

// An entry's place in a list that is sorted by time, then row, newest first.
struct Place {
  Instant at;
  std::int64_t row = 0;

  auto operator<=>(const Place&) const = default;
};

// What a slice may hold: from `since` on, older than `before`, at most `limit` entries and one more that
// tells whether there is a next slice.
struct Span {
  Instant since = Instant::min();
  Place before{Instant::max(), 0};
  int limit = 0;
};

// Rows of a time and a row number.
void add_places(std::vector<Place>& places, Rows rows);

std::string cursor_text(std::string_view list, const Place& place);
Result<Place> cursor_from_text(std::string_view list, std::string_view text);

template <class Filter>
Result<Span> span_of(std::string_view list, const Filter& filter, std::optional<Instant> since) {
  if (filter.limit < 1 || filter.limit > kSliceMax) {
    return Error(ErrorKind::kInvalid, "a limit of " + std::to_string(filter.limit) + " is not between 1 and " + std::to_string(kSliceMax));
  }
  Span span;
  span.limit = filter.limit + 1;
  if (since) span.since = *since;
  if (filter.cursor) {
    const auto place = cursor_from_text(list, *filter.cursor);
    if (!place) return place.error();
    span.before = *place;
  }
  return span;
}

// Sorts, takes doubles out, cuts to the slice, and gives the cursor of the next one.
std::optional<std::string> cut(std::string_view list, std::vector<Place>& places, int limit);

}  // namespace bylined::store
