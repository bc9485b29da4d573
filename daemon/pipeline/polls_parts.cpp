// SPDX-License-Identifier: Apache-2.0
// The part of a visit that goes to the further pages of a source.
#include <algorithm>
#include <deque>

#include "pipeline/listing/listing.h"
#include "pipeline/polls.h"

namespace bylined::pipeline {
namespace {

constexpr int kNotFound = 404, kGone = 410;

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

bool lists(const std::vector<model::ListedItem>& items, const model::ListedItem& item) {
  return std::any_of(items.begin(), items.end(), [&item](const model::ListedItem& one) { return one.identity == item.identity; });
}

struct Look {
  bool first = false;   // nobody knows what was on the page before
  bool is_new = false;  // the page itself was not named before
  Instant now;
};

// News goes where news goes; what was there before we looked is aged.
void take_in(Reading& reading, model::Listing listing, diff::Changes changes, const Look& look) {
  for (model::ListedItem& item : changes.fresh) {
    if (lists(reading.changes.fresh, item) || lists(reading.aged, item)) continue;
    const auto printed = item.printed ? std::optional<Instant>(item.printed->at) : std::nullopt;
    const bool news = !look.first || schedule::is_news(printed, look.is_new, look.now);
    (news ? reading.changes.fresh : reading.aged).push_back(std::move(item));
  }
  for (model::ListedItem& item : changes.retitled) {
    if (!lists(reading.changes.retitled, item)) reading.changes.retitled.push_back(std::move(item));
  }
  if (reading.listing.outlet.empty()) reading.listing.outlet = std::move(listing.outlet);
  reading.listing.left_out += listing.left_out;
}

}  // namespace

// Does a part stand in the place of the page that names it?
bool Polls::represented(const std::vector<model::Part>& known) {
  return std::any_of(known.begin(), known.end(), [](const model::Part& part) { return part.named.instead && part.asked_at; });
}

bool Polls::stands_in(const store::ClaimedSource& claimed, const std::vector<model::Part>& known) const {
  const auto looked = page_at_.find(claimed.id);
  return represented(known) && looked != page_at_.end() && desk_.ports.clock.steady() - looked->second < desk_.options.full_fetch;
}

// The page itself is as it was, or is not looked at today: what it named before is.
Task<void> Polls::visit_parts(store::ClaimedSource claimed, model::Source source, fetch::Fetched fetched, std::vector<model::Part> known) {
  fetched.validators = claimed.validators;
  fetched.body_hash = claimed.body_hash;
  Reading reading;
  reading.items = claimed.usual_items;
  reading.listing.parts = named_before(known, source.url);
  reading = co_await follow(claimed, source, std::move(known), std::move(reading));
  if (reading.says_nothing()) co_await unchanged(std::move(claimed), std::move(fetched));
  else co_await settle(std::move(claimed), std::move(source), std::move(fetched), std::move(reading));
}

Task<Reading> Polls::follow(store::ClaimedSource claimed, model::Source source, std::vector<model::Part> known, Reading reading) {
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
  plan(std::move(reading.listing.parts), source.url, 1);
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
  co_return reading;
}

// An index keeps no validators: it is small, and what it names is looked at with it.
Task<Reading> Polls::ask_part(store::ClaimedSource claimed, model::Source source, std::vector<model::Part> known, model::Part part, Reading reading) {
  const model::Part* const before = find(known, part.named.url);
  const bool first = !part.asked_at.has_value(), is_new = before == nullptr;
  fetch::Request request;
  request.url = part.named.url;
  request.robots = source.robots;
  request.validators = part.validators;
  auto fetched = co_await ask_patiently(std::move(request));
  const Instant now = desk_.ports.clock.now();
  const bool nobody = fetched.status == kNotFound || fetched.status == kGone;
  if (!fetched.complete() && !nobody) {
    reading.part_trouble = part.named.url + ": " + fetched.reason;
    co_return reading;
  }
  part.asked_at = now;
  if (nobody || fetched.not_modified || fetched.body_hash == part.body_hash) {
    if (is_new || before->named != part.named || first) reading.parts.push_back(std::move(part));
    co_return reading;
  }
  part.validators = std::move(fetched.validators);
  part.body_hash = std::move(fetched.body_hash);
  source.kind = part.named.kind;
  auto listing = co_await desk_.ports.cpu.run(&listing::read_listing, source, std::move(fetched.page));
  if (!listing) {
    reading.part_trouble = part.named.url + ": " + listing.error().text();
    co_return reading;
  }
  auto changes = co_await compare(source.id, listing->items);
  if (!changes) co_return reading;
  if (!changes->fresh.empty()) part.fresh_at = now;
  if (!listing->parts.empty()) {
    part.validators = model::Validators();
    part.body_hash.clear();
  }
  reading.listing.parts = std::move(listing->parts);
  const Look look{first && claimed.has_baseline, is_new, now};
  take_in(reading, std::move(*listing), std::move(*changes), look);
  reading.parts.push_back(std::move(part));
  co_return reading;
}

}  // namespace bylined::pipeline
