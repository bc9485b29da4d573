// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reading.h"

#include "base/digest.h"
#include "base/log.h"
#include "pipeline/bounds.h"
#include "pipeline/schedule/schedule.h"

namespace bylined::pipeline {
namespace {

constexpr Millis kListedLate{3 * 3'600'000};  // an article may be listed so long after the time that it prints

// Of a source that has listed nothing yet: what is printed since then is news. None where it was never read.
std::optional<Instant> watched_since(const store::ClaimedSource& claimed) {
  switch (claimed.state) {
    case model::SourceState::kSuspect: return claimed.state_since;  // its recipe matched nothing: the list may have been there
    case model::SourceState::kOk: return claimed.state_since - kListedLate;
    default: break;
  }
  if (!claimed.last_complete) return std::nullopt;
  return *claimed.last_complete - kListedLate;  // it fails since then
}

}  // namespace

void judge_dates(Reading& reading, const store::ClaimedSource& claimed) {
  const bool suspect = claimed.state == model::SourceState::kSuspect;
  const auto doubt = diff::doubt_of_dates(reading.listing, reading.changes, Habit::parse(claimed.habit).dates, suspect);
  reading.usual_dates = diff::usual_dates(reading.listing);
  if (!doubt) return;
  reading.dates_doubted = true;
  diff::forget_dates(reading.changes);
  if (!reading.suspicion) reading.suspicion = *doubt;
}

void put_aside(Reading& reading, const std::vector<diff::Seen>& titled, const store::ClaimedSource& claimed) {
  auto moved = diff::take_moved(reading.changes, reading.listing.items, titled);
  if (!moved.empty()) log::info("listing.moved", {{"source", claimed.id.value}, {"items", moved.size()}});
  add_new(reading.aged, std::move(moved));
  add_new(reading.aged, diff::take_moved_undated(reading.changes, reading.listing.items, titled));
  if (reading.listing.cut_at > 0) add_new(reading.aged, diff::take_slid(reading.changes, reading.listing));
}

void judge_first_items(Reading& reading, const store::ClaimedSource& claimed) {
  const auto since = watched_since(claimed);
  if (!since) return;
  reading.told_apart = true;
  add_new(reading.aged, diff::take_older(reading.changes, *since));
}

void judge_news(Reading& reading, const store::ClaimedSource& claimed, Instant now) {
  diff::Usual usual;
  usual.items = claimed.usual_items;
  usual.complete = claimed.last_complete.value_or(now);
  const schedule::Rhythm rhythm = schedule::Rhythm::parse(claimed.rhythm);
  usual.expected = rhythm.known(now) ? rhythm.expected(usual.complete, now) : -1;
  usual.newest = rhythm.last();
  const auto doubt = diff::doubt_of_news(reading.listing, reading.changes, usual, reading.suspicion.has_value());
  if (!doubt) return;
  reading.strange = reading.suspicion ? *reading.suspicion + ", and " + *doubt : *doubt;
  reading.changes.oldest_is_fresh = false;  // no known ground is overleaf
  add_new(reading.aged, diff::take_older(reading.changes, diff::news_since(reading.changes, usual, kListedLate)));
}

void put_old_aside(Reading& reading, const store::ClaimedSource& claimed, Instant now, Metrics& metrics) {
  if (!claimed.has_baseline || reading.dates_doubted) return;
  auto old = diff::take_years_old(reading.changes, std::min(claimed.last_complete.value_or(now), now));
  if (old.empty()) return;
  log::info("listing.old", {{"source", claimed.id.value}, {"items", old.size()}, {"first", old.front().url}});
  metrics.count("bylined_items_old_total", {}, static_cast<double>(old.size()));
  add_new(reading.aged, std::move(old));
}

std::string manner_of(const model::Source& source) {
  if (!source.recipe) return std::string();
  const model::Recipe& by = *source.recipe;
  return "+" + id_from({by.item, by.link, by.title, by.summary, by.time, by.byline, by.next_page, by.journalist, by.outlet});
}

void keep_within_bounds(model::Listing& listing, const model::Source& source, Metrics& metrics) {
  const Bounded met = keep_within(listing);
  if (met.addresses > 0) {
    log::warn("listing.addresses_left_out", {{"source", source.id.value}, {"items", met.addresses}});
    metrics.count("bylined_addresses_left_out_total", {}, static_cast<double>(met.addresses));
  }
  if (met.texts > 0) {
    log::warn("listing.texts_cut", {{"source", source.id.value}, {"texts", met.texts}});
    metrics.count("bylined_texts_cut_total", {}, static_cast<double>(met.texts));
  }
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
  if (reading.listing.addresses_shared > 0) {
    log::warn("feed.addresses_shared", {{"source", source.id.value}, {"entries", reading.listing.addresses_shared}});
    metrics.count("bylined_addresses_shared_total", {}, static_cast<double>(reading.listing.addresses_shared));
  }
}

void judge_place(Reading& reading, const Habit& habit) {
  const std::string& here = reading.listing.block;
  if (reading.suspicion || here.empty() || habit.blocks.empty() || habit.has(here)) return;
  if (reading.changes.fresh.size() * 2 <= reading.listing.items.size()) return;
  reading.suspicion = "no list where it stood (" + habit.blocks.front() + "), but another at " + here;
}

}  // namespace bylined::pipeline
