// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reading.h"

#include "base/log.h"

namespace bylined::pipeline {

void judge_dates(Reading& reading, const store::ClaimedSource& claimed) {
  const bool suspect = claimed.state == model::SourceState::kSuspect;
  const auto doubt = diff::doubt_of_dates(reading.listing, reading.changes, claimed.usual_dates, suspect);
  reading.usual_dates = diff::usual_dates(reading.listing);
  if (!doubt) return;
  reading.dates_doubted = true;
  diff::forget_dates(reading.changes);
  if (!reading.suspicion) reading.suspicion = *doubt;
}

void tell_limits(const Reading& reading, const model::Source& source, Metrics& metrics) {
  if (!reading.gap.empty()) {
    log::warn("listing.gap", {{"source", source.id.value}, {"reason", reading.gap}});
    metrics.count("bylined_listing_gaps_total");
  }
  if (reading.listing.page_cut) {
    log::warn("page.cut", {{"url", source.url}, {"source", source.id.value}});
    metrics.count("bylined_pages_cut_total");
  }
  if (reading.listing.left_out > 0) {
    log::warn("listing.cut", {{"source", source.id.value}, {"left_out", reading.listing.left_out}, {"remedy", "watch its feed or its sections"}});
    metrics.count("bylined_items_left_out_total", {}, static_cast<double>(reading.listing.left_out));
  }
  if (reading.listing.channels_left_out > 0) {
    log::warn("feed.channels_left_out", {{"source", source.id.value}, {"channels", reading.listing.channels_left_out}});
    metrics.count("bylined_channels_left_out_total", {}, static_cast<double>(reading.listing.channels_left_out));
  }
}

}  // namespace bylined::pipeline
