// SPDX-License-Identifier: Apache-2.0
// What a listing says: whether it is to be believed, what of it is news, and what it tells of its source's rhythm.
#include <memory>
#include <set>

#include "pipeline/polls.h"

namespace bylined::pipeline {
namespace {

constexpr std::size_t kSeveral = 5;
constexpr Millis kRemembered{28LL * 24 * 3'600'000};  // older articles on a first listing say nothing of now

}  // namespace

// What of it is to be believed, and what of it is news.
Task<Result<Reading>> Polls::judge(ClaimPtr claimed, SourcePtr source, Reading reading) {
  judge_dates(reading, *claimed);
  if (!claimed->has_baseline) {
    if (source->baseline && reading.listing.parts.empty()) judge_first_items(reading, *claimed);
    co_return reading;
  }
  judge_place(reading, Habit::parse(claimed->habit));
  const auto titled = co_await titled_alike(source->id, reading.changes.fresh);
  if (!titled) co_return titled.error();
  put_aside(reading, *titled, *claimed);
  judge_news(reading, *claimed, desk_.ports.clock.now());
  co_return reading;
}

// An article at another address than before has the title that it had. Of one without a date a title alone says nothing, of
// several they do.
Task<Result<std::vector<diff::Seen>>> Polls::titled_alike(model::SourceId source, std::vector<model::ListedItem> items) {
  std::set<std::string> keys;
  for (const model::ListedItem& item : items) {
    if (item.printed || items.size() >= kSeveral) keys.insert(model::title_key(item.title));
  }
  keys.erase(std::string());
  std::vector<diff::Seen> titled;
  if (keys.empty()) co_return titled;
  const std::vector<std::string> titles(keys.begin(), keys.end());
  const auto known = co_await desk_.record<&store::Store::titled_items>(source, titles);
  if (!known) co_return known.error();
  for (const store::KnownItem& one : *known) titled.push_back(diff::Seen(one.identity, one.title, one.printed));
  co_return titled;
}

// What the source's rhythm is from now on; empty where nothing was learnt. An article came when its listing says so,
// if it says so to the minute; else now, unless it was there before we looked. `fresh_for` is none where no page came.
std::string Polls::learn(const store::ClaimedSource& claimed, const std::vector<model::ListedItem>& fresh, std::optional<Millis> fresh_for) const {
  const Instant now = desk_.ports.clock.now();
  std::vector<Instant> arrivals;
  for (const model::ListedItem& item : fresh) {
    const bool told = item.printed && item.printed->precision <= model::Precision::kMinute && item.printed->at <= now;
    if (told && item.printed->at > now - kRemembered) arrivals.push_back(item.printed->at);
    else if (!told && claimed.has_baseline) arrivals.push_back(now);
  }
  schedule::Rhythm rhythm = schedule::Rhythm::parse(claimed.rhythm);
  if (arrivals.empty() && rhythm.fresh_for() == fresh_for.value_or(rhythm.fresh_for())) return {};
  rhythm.learn(arrivals, now);
  if (fresh_for) rhythm.stays_fresh(*fresh_for);
  return rhythm.text();
}

std::string Polls::silence(const store::ClaimedSource& claimed) const {
  if (claimed.rhythm.empty()) return {};
  return schedule::Rhythm::parse(claimed.rhythm).silence(desk_.ports.clock.now());
}

// A page with several lists is read where it was read before.
Task<Result<model::Listing>> Polls::settle_place(ClaimPtr claimed, model::Listing listing) {
  if (!claimed->has_baseline || listing.other_blocks.empty()) co_return listing;
  if (!keep_place(listing, Habit::parse(claimed->habit))) {
    std::vector<model::ArticleIdentity> identities = identities_of(listing.items);
    for (const model::Block& block : listing.other_blocks) {
      for (model::ArticleIdentity& one : identities_of(block.items)) identities.push_back(std::move(one));
    }
    const auto items = co_await desk_.record<&store::Store::known_items>(claimed->id, identities);
    if (!items) co_return items.error();
    std::set<model::ArticleIdentity> known;
    for (const store::KnownItem& one : *items) known.insert(one.identity);
    keep_known(listing, known);
  }
  listing.other_blocks.clear();
  co_return listing;
}

}  // namespace bylined::pipeline
