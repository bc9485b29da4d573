// SPDX-License-Identifier: Apache-2.0
// The part of a visit that goes to the further pages of a source.
#include <algorithm>
#include <deque>
#include <utility>

#include "base/log.h"
#include "pipeline/listing/listing.h"
#include "pipeline/polls.h"

namespace bylined::pipeline {
namespace {

constexpr int kNotModified = 304, kNotFound = 404, kGone = 410;

const model::Part* find(const std::vector<model::Part>& parts, const std::string& url) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&url](const model::Part& part) { return part.named.url == url; });
  return found == parts.end() ? nullptr : &*found;
}

// What is known of a page that was not read anew names the same as before.
std::vector<model::NamedPart> named_before(const std::vector<model::Part>& known, const std::string& parent) {
  std::vector<model::NamedPart> named;
  for (const model::Part& part : known) {
    if (part.parent == parent) named.push_back(part.named);
  }
  return named;
}

// Due at the next visit, however long ago it changed. Where it could not be read when we first looked at the source, what
// it lists once it can be was there before, unless it prints otherwise.
model::Part still_to_read(model::Part part) {
  part.named.changed.clear();
  return part;
}

// An index is asked again, whether it changes or not, until all that it names was.
void come_back_to_unfinished(const std::vector<model::Part>& known, Reading& reading) {
  for (const std::string& parent : reading.unfinished) {
    const auto is_it = [&parent](const model::Part& part) { return part.named.url == parent; };
    const auto noted = std::find_if(reading.parts.begin(), reading.parts.end(), is_it);
    const auto stored = std::find_if(known.begin(), known.end(), is_it);
    if (noted != reading.parts.end()) *noted = still_to_read(std::move(*noted));
    else if (stored != known.end()) reading.parts.push_back(still_to_read(*stored));
  }
}

bool has_stood(const model::Part& part) { return part.named.instead && part.asked_at; }

// When it last listed something new: as it prints that where it is a feed, since it may have stood still for years.
std::optional<Instant> freshest(const model::Part& part, const model::Listing& listing, const diff::Changes& changes, Instant now) {
  const auto newest = part.named.instead ? schedule::newest_of(listing, now) : std::nullopt;
  if (newest) return std::max(part.fresh_at, newest);
  return changes.fresh.empty() ? part.fresh_at : now;
}

// Named as standing for its page, but did it, and does it? Once it has, it is the page's own reading that ends that.
bool stands_for_page(const model::Part& part, const model::Part* before, bool page_has_a_list, Instant now) {
  if (!part.named.instead || (before != nullptr && has_stood(*before))) return part.named.instead;
  return !page_has_a_list || !schedule::is_cold(part.fresh_at, now);
}

struct Look {
  bool first = false;   // nobody knows what was on the page before
  bool is_new = false;  // the page itself was not named before
  Instant now;
};

// News goes where news goes; what was there before we looked is aged.
void take_in(Reading& reading, model::Listing listing, diff::Changes changes, const Look& look) {
  std::vector<model::ListedItem> news, aged;
  for (model::ListedItem& item : changes.fresh) {
    const auto printed = item.printed ? std::optional<Instant>(item.printed->at) : std::nullopt;
    const bool is_news = !look.first || schedule::is_news(printed, look.is_new, look.now);
    (is_news ? news : aged).push_back(std::move(item));
  }
  add_new(reading.changes.fresh, std::move(news));
  add_new(reading.aged, std::move(aged));
  add_new(reading.changes.retitled, std::move(changes.retitled));
  if (reading.listing.outlet.empty()) reading.listing.outlet = std::move(listing.outlet);
  reading.listing.left_out += listing.left_out;
  reading.listing.channels_left_out += listing.channels_left_out;
  reading.listing.addresses_shared += listing.addresses_shared;
}

}  // namespace

// Does a part stand in the place of the page that names it?
bool Polls::represented(const std::vector<model::Part>& known) { return std::any_of(known.begin(), known.end(), has_stood); }

// Does one stand for a page with a list of its own, and lists nothing new any more?
bool Polls::gone_cold(const store::ClaimedSource& claimed, const std::vector<model::Part>& known) const {
  const Instant now = desk_.ports.clock.now();
  return claimed.usual_items > 0 && std::any_of(known.begin(), known.end(), [now](const model::Part& part) { return has_stood(part) && schedule::is_cold(part.fresh_at, now); });
}

// Then the page is read itself from now on. Returns those that stood for it.
std::vector<model::Part> Polls::take_page_back(const store::ClaimedSource& claimed, std::vector<model::Part>& known) const {
  std::vector<model::Part> cold;
  if (!gone_cold(claimed, known)) return cold;
  for (model::Part& part : known) {
    if (!has_stood(part)) continue;
    part.named.instead = false;
    cold.push_back(part);
    log::info("feed.cold", {{"source", claimed.id.value}, {"url", part.named.url}});
  }
  return cold;
}

bool Polls::stands_in(const store::ClaimedSource& claimed, const std::vector<model::Part>& known) const {
  const auto looked = page_at_.find(claimed.id);
  return represented(known) && !gone_cold(claimed, known) && looked != page_at_.end() && desk_.ports.clock.steady() - looked->second < desk_.options.full_fetch;
}

// The page itself is as it was, or is not looked at today: what it named before is.
Task<void> Polls::visit_parts(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known) {
  fetched.status = kNotModified;
  fetched.not_modified = true;
  fetched.validators = claimed->validators;
  fetched.body_hash = claimed->body_hash;
  Reading reading;
  reading.items = claimed->usual_items;
  reading.listing.parts = named_before(known, source->url);
  reading = co_await follow(claimed, source, std::move(known), std::move(reading));
  if (reading.says_nothing()) co_await unchanged(claimed, std::move(fetched));
  else co_await record(claimed, source, std::move(fetched), std::move(reading));
}

Task<Reading> Polls::follow(ClaimPtr claimed, SourcePtr source, std::vector<model::Part> known, Reading reading) {
  reading.whole = false;
  const schedule::PartLimits& limits = desk_.options.parts;
  std::deque<model::Part> queue;
  const auto plan = [&](std::vector<model::NamedPart> named, const std::string& parent, int depth) {
    schedule::PartsPlan planned = schedule::plan_parts({std::move(named), parent, depth}, known, desk_.ports.clock.now(), limits);
    std::move(planned.ask.begin(), planned.ask.end(), std::back_inserter(queue));
    std::move(planned.noted.begin(), planned.noted.end(), std::back_inserter(reading.parts));
    std::move(planned.gone.begin(), planned.gone.end(), std::back_inserter(reading.parts_gone));
    reading.more_parts = reading.more_parts || planned.more;
  };
  plan(std::move(reading.listing.parts), source->url, 1);
  for (std::size_t asked = 0; !queue.empty() && asked < limits.asked; ++asked) {
    model::Part part = std::move(queue.front());
    queue.pop_front();
    const std::string url = part.named.url;
    const int depth = part.depth;
    reading.listing.parts.clear();
    reading = co_await ask_part(claimed, source, known, std::move(part), std::move(reading));
    if (!reading.listing.parts.empty()) plan(std::move(reading.listing.parts), url, depth + 1);
  }
  reading.more_parts = reading.more_parts || !queue.empty();
  for (model::Part& part : queue) {
    reading.unfinished.insert(part.parent);
    if (!claimed->has_baseline) reading.parts.push_back(still_to_read(std::move(part)));
  }
  come_back_to_unfinished(known, reading);
  co_return reading;
}

// An index keeps no validators: it is small, and what it names is looked at with it.
Task<Reading> Polls::ask_part(ClaimPtr claimed, SourcePtr source, std::vector<model::Part> known, model::Part part, Reading reading) {
  const model::Part* const before = find(known, part.named.url);
  const bool first = !part.asked_at.has_value(), is_new = before == nullptr;
  const auto put_off = [&](std::string trouble) {
    if (!trouble.empty()) {
      reading.part_trouble = part.named.url + ": " + trouble;
      reading.unfinished.insert(part.parent);
    }
    if (is_new && !claimed->has_baseline) reading.parts.push_back(still_to_read(std::move(part)));
  };
  fetch::Request request;
  request.url = part.named.url;
  request.robots = source->robots;
  request.wanted.listing = true;
  request.validators = part.validators;
  auto fetched = co_await ask_patiently(std::move(request));
  const Instant now = desk_.ports.clock.now();
  if (!fetched.complete()) {
    const bool nobody = fetched.status == kNotFound || fetched.status == kGone;
    put_off(nobody ? std::string() : fetched.reason);
    co_return reading;
  }
  if (fetched.not_modified || fetched.body_hash == part.body_hash) {
    part.asked_at = now;
    part.named.instead = stands_for_page(part, before, reading.items > 0, now);
    if (is_new || before->named != part.named || first || schedule::is_of_a_day(part.named)) reading.parts.push_back(std::move(part));
    co_return reading;
  }
  model::Source as_named = *source;
  as_named.kind = part.named.kind;
  Lane& lane = desk_.ports.pages.for_bytes(fetched.page.bytes.size());
  auto listing = co_await lane.run(&listing::read_listing, std::move(as_named), std::move(fetched.page));
  if (!listing) {
    put_off(listing.error().text());
    co_return reading;
  }
  keep_within_bounds(*listing, *source, desk_.ports.metrics);
  auto changes = co_await compare(source->id, listing->items, std::nullopt);
  if (!changes) {
    put_off(changes.error().text());
    co_return reading;
  }
  part.asked_at = now;
  part.fresh_at = freshest(part, *listing, *changes, now);
  part.named.instead = stands_for_page(part, before, reading.items > 0, now);
  const bool names_others = !listing->parts.empty();
  part.validators = names_others ? model::Validators() : std::move(fetched.validators);
  part.body_hash = names_others ? std::string() : std::move(fetched.body_hash);
  reading.listing.parts = std::move(listing->parts);
  const Look look{first && claimed->has_baseline, is_new, now};
  take_in(reading, std::move(*listing), std::move(*changes), look);
  reading.parts.push_back(std::move(part));
  co_return reading;
}

}  // namespace bylined::pipeline
