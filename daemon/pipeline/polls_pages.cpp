// SPDX-License-Identifier: Apache-2.0
// The part of a visit that goes to the older pages of a list.
#include "base/log.h"
#include "pipeline/listing/listing.h"
#include "pipeline/polls.h"

namespace bylined::pipeline {

// Nothing may fall between two polls: pages are turned until one ends on an item that we know.
Task<Reading> Polls::turn_pages(SourcePtr source, Reading reading) {
  bool more = true;
  for (int page = 1; more && reading.listing.next_page; ++page) {
    if (page >= desk_.options.pages) {
      log::warn("listing.page_limit", {{"source", source->id.value}, {"pages", page}, {"remedy", "poll more often"}});
      desk_.ports.metrics.count("bylined_page_limits_total");
      break;
    }
    fetch::Request request;
    request.url = *reading.listing.next_page;
    request.robots = source->robots;
    request.wanted.listing = true;
    auto fetched = co_await ask(source, std::move(request));
    if (!fetched.complete()) {
      reading.gap = "page " + std::to_string(page + 1) + ": " + fetched.reason;
      break;
    }
    Lane& lane = desk_.ports.pages.for_bytes(fetched.page.bytes.size());
    auto listing = co_await lane.run(&listing::read_listing, *source, std::move(fetched.page));
    if (!listing) {
      reading.gap = "page " + std::to_string(page + 1) + ": " + listing.error().text();
      break;
    }
    keep_within_bounds(*listing, *source, desk_.ports.metrics);
    auto changes = co_await compare(source->id, listing->items, reading.ground);
    if (!changes) {
      reading.gap = changes.error().text();
      break;
    }
    if (reading.dates_doubted) diff::forget_dates(*changes);
    more = changes->oldest_is_fresh && !listing->items.empty();
    add_new(reading.changes.fresh, std::move(changes->fresh));
    add_new(reading.changes.retitled, std::move(changes->retitled));
    add_new(reading.listing.items, std::move(listing->items));
    reading.listing.next_page = std::move(listing->next_page);
  }
  co_return reading;
}

}  // namespace bylined::pipeline
