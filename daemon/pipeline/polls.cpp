// SPDX-License-Identifier: Apache-2.0
#include "pipeline/polls.h"

#include <cassert>
#include <memory>

#include "model/byline.h"
#include "pipeline/listing/listing.h"

namespace bylined::pipeline {
namespace {

constexpr Millis kSeoul{9 * 3'600'000};
constexpr int kStrangeLooks = 2;  // failed visits after which a listing is taken of which nearly nothing is known

model::SourceState state_after(fetch::Obstacle obstacle) {
  switch (obstacle) {
    case fetch::Obstacle::kRobots: return model::SourceState::kRefusedByRobots;
    case fetch::Obstacle::kRobotsUnreachable: return model::SourceState::kRobotsUnreachable;
    default: return model::SourceState::kFailing;
  }
}

// Silence is remarkable, but what it answers can be trusted as ever.
bool troubled(const store::ClaimedSource& claimed) {
  return claimed.failures > 0 || (!model::is_well(claimed.state) && claimed.state != model::SourceState::kQuiet);
}

// None where its calls are not counted.
const listing::Service* service_of(const model::Source& source) {
  const listing::Adapter* const adapter = listing::find_adapter(source.kind);
  return adapter == nullptr ? nullptr : adapter->service;
}

fetch::Request request_for(const model::Source& source, model::Validators validators) {
  fetch::Request request;
  request.url = source.url;
  request.robots = source.robots;
  request.wanted.listing = true;
  request.validators = std::move(validators);
  return request;
}

// Ten thousand sources weigh much: they are handed on as one list, and the store still sees a list.
struct AllSources {
  Sources::List list;
  operator const std::vector<model::Source>&() const { return *list; }
};

// Runs on a page lane.
Result<model::Listing> read_listing(const std::shared_ptr<const model::Source>& source, const model::Page& page) { return listing::read_listing(*source, page); }

// Counts a page that is being read or recorded.
class InHand {
 public:
  explicit InHand(int& count) : count_(count) { ++count_; }
  ~InHand() { --count_; }
  InHand(const InHand&) = delete;
  InHand& operator=(const InHand&) = delete;

 private:
  int& count_;
};

// A visit, under way as long as this lives. When it ends its source may be due, and sooner than all others.
class Visit {
 public:
  Visit(Agenda& agenda, Bell& polls, model::SourceId id) : agenda_(agenda), polls_(polls), id_(std::move(id)) {}
  ~Visit() {
    agenda_.visited(id_);
    polls_.ring();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  Agenda& agenda_;
  Bell& polls_;
  const model::SourceId id_;
};

}  // namespace

Task<Status> Polls::bring_in(PolicyPtr policy) {
  // The store judges due times: it has to know them all first.
  auto held = agenda_.let_go();
  if (!held.empty()) {
    const Status known = co_await desk_.record<&store::Store::hold_polls>(std::move(held));
    if (!known) co_return known;
  }
  const AllSources all(policy->sources.list());
  const Instant now = desk_.ports.clock.now();
  const std::function<Instant(std::size_t)> first_due = [all, now](std::size_t index) {
    return schedule::first_due(index, all.list->size(), all.list->at(index).every, now);
  };
  const Status synced = co_await desk_.record<&store::Store::sync_sources>(all, first_due, now);
  if (!synced) co_return synced;
  auto planned = co_await desk_.record<&store::Store::planned_sources>();
  if (!planned) co_return planned.error();
  // What a dead process held is placed once: its claim ends here, so that no later reload puts it off again.
  std::vector<store::HeldPoll> orphaned;
  for (store::PlannedSource& one : *planned) {
    if (!one.held || agenda_.visits(one.facts.id)) continue;
    one.facts.due = resumed(one.facts);
    orphaned.push_back(store::HeldPoll{one.facts.id, one.claim, std::nullopt, one.facts.due, true});
  }
  if (!orphaned.empty()) {
    const Status placed = co_await desk_.record<&store::Store::hold_polls>(std::move(orphaned));
    if (!placed) co_return placed;
  }
  agenda_.plan(*planned);
  co_return Status();
}

Task<void> Polls::settle() { return tell_store(agenda_.unknown_to_store()); }

Task<void> Polls::let_go() { return tell_store(agenda_.let_go()); }

Task<void> Polls::tell_store(std::vector<store::HeldPoll> held) {
  if (held.empty()) co_return;
  ++desk_.writes;
  const Status known = co_await desk_.ports.store.call<&store::Store::hold_polls>(std::move(held));
  if (!known) log::debug("polls.not_settled", {{"reason", known.error().text()}});
}

Task<void> Polls::run() {
  while (!desk_.stopping()) {
    desk_.round();
    co_await mind_the_clock();
    const Millis pause = co_await claim();
    co_await keep_hosts();
    co_await desk_.ports.clock.sleep(desk_.options.claim_pause);
    co_await desk_.ports.clock.wait(bell_, pause - desk_.options.claim_pause);
  }
}

Task<void> Polls::mind_the_clock() {
  const Millis back = wall_.set_back(desk_.ports.clock);
  if (back == Millis(0)) co_return;
  log::warn("clock.set_back", {{"seconds", std::chrono::duration_cast<std::chrono::seconds>(back).count()}});
  const Status brought = co_await bring_in(desk_.policy);
  if (!brought) log::warn("clock.due_times_not_mended", {{"reason", brought.error().text()}});
}

// How many visits may begin now. A few at a time: those that begin together need their memory together. While nothing can be
// written, unchanged pages are asked for nevertheless.
std::size_t Polls::room() const {
  const Options& options = desk_.options;
  if (in_hand_ >= options.pages_in_hand && desk_.storage.writable) return 0;
  return static_cast<std::size_t>(std::clamp(options.visits - static_cast<int>(agenda_.visits()), 0, options.begun_at_once));
}

// Hands out due sources, and says how long to wait before the next look; the bell may end that wait, but for its first claim_pause.
Task<Millis> Polls::claim() {
  const Options& options = desk_.options;
  if (room() == 0) co_return options.claim_pause;
  auto due = agenda_.due(desk_.ports.clock.now(), options.horizon, room());
  due = ask_held(std::move(due));
  if (!due.empty()) {
    const bool claimed = co_await ask_others(std::move(due));
    if (!claimed) co_return options.idle;
  }
  const auto next = agenda_.next();
  if (!next) co_return options.idle;
  co_return std::clamp<Millis>(*next - desk_.ports.clock.now(), options.claim_pause, options.idle);
}

// Those whose claim is held need no word from the store. Returns the others.
std::vector<model::SourceId> Polls::ask_held(std::vector<model::SourceId> due) {
  const Instant now = desk_.ports.clock.now();
  std::vector<model::SourceId> others;
  for (model::SourceId& id : due) {
    auto held = agenda_.take(id, now);
    if (!held) {
      others.push_back(std::move(id));
      continue;
    }
    agenda_.move(id, next_held(*held));
    begin(std::move(*held));
  }
  return others;
}

Task<bool> Polls::ask_others(std::vector<model::SourceId> due) {
  store::DueSources wanted;
  wanted.now = desk_.ports.clock.now();
  wanted.horizon = desk_.options.horizon;
  wanted.limit = static_cast<int>(due.size());
  wanted.lease = desk_.lease();
  wanted.among = std::move(due);
  auto claimed = co_await desk_.record<&store::Store::claim_due_sources>(wanted, next_due());
  if (!claimed) co_return false;
  // What the store does not give is not asked for each second.
  for (const model::SourceId& id : wanted.among) agenda_.move(id, wanted.now + desk_.options.idle);
  for (store::ClaimedSource& source : *claimed) {
    agenda_.claimed(source, wanted.now);
    begin(std::move(source));
  }
  co_return true;
}

void Polls::begin(store::ClaimedSource claimed) {
  desk_.ports.supervisor.spawn("poll", visit(std::make_shared<const store::ClaimedSource>(std::move(claimed))));
}

Task<void> Polls::visit(ClaimPtr claimed) {
  const Visit here(agenda_, bell_, claimed->id);
  const SourcePtr source = desk_.policy->sources.find(claimed->id);
  if (!source) co_return;  // retired by a reload meanwhile
  std::vector<model::Part> known;
  if (claimed->parts > 0) {
    auto stored = co_await desk_.record<&store::Store::source_parts>(claimed->id);
    if (!stored) co_return;
    known = std::move(*stored);
  }
  if (stands_in(*claimed, known) && !troubled(*claimed)) {
    co_await visit_parts(claimed, source, fetch::Fetched(), std::move(known));
    co_return;
  }
  const Steady now = desk_.ports.clock.steady();
  const std::string manner = manner_of(*source);
  const bool stale = now - agenda_.whole_at(claimed->id).value_or(started_) >= desk_.options.full_fetch || !claimed->body_hash.ends_with(manner);
  const bool conditional = !stale && !troubled(*claimed) && !gone_cold(*claimed, known);
  fetch::Request request = request_for(*source, conditional ? claimed->validators : model::Validators());
  fetch::Fetched fetched = co_await ask(source, std::move(request));
  if (!fetched.body_hash.empty()) fetched.body_hash += manner;
  if (fetched.complete() && !fetched.not_modified && !conditional) agenda_.fetched_whole(claimed->id, now);
  if (fetched.complete() && !known.empty()) page_at_[claimed->id] = desk_.ports.clock.steady();
  co_await take_up(claimed, source, std::move(fetched), std::move(known));
}

// A function of its own: most of a visit's life is a wait for its host's turn, and what follows needs much room.
Task<void> Polls::take_up(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known) {
  if (!fetched.complete()) {
    const model::SourceState state = state_after(fetched.obstacle);
    const std::string reason = fetched.reason;
    return fail(claimed, source, state, reason, std::move(fetched));
  }
  const bool same = fetched.not_modified || (fetched.body_hash == claimed->body_hash && !gone_cold(*claimed, known));
  if (!same) return read(claimed, source, std::move(fetched), std::move(known));
  fetched.put_down();
  if (known.empty()) return unchanged(claimed, std::move(fetched));
  return visit_parts(claimed, source, std::move(fetched), std::move(known));
}

Task<fetch::Fetched> Polls::ask(SourcePtr source, fetch::Request request) {
  if (service_of(*source) == nullptr) return ask_patiently(std::move(request));
  return ask_service(source, std::move(request));
}

// A host that wants a short pause gets it here; the visit then goes on.
Task<fetch::Fetched> Polls::ask_patiently(fetch::Request request) {
  const Steady patient_until = desk_.ports.clock.steady() + desk_.options.patience;
  for (;;) {
    fetch::Fetched fetched = co_await desk_.ports.fetcher.fetch(request);
    const Millis wait = fetched.not_before - desk_.ports.clock.now();
    const bool worth = fetched.obstacle == fetch::Obstacle::kPatience && desk_.ports.clock.steady() + wait < patient_until;
    if (!worth || desk_.stopping()) co_return fetched;
    co_await desk_.ports.clock.sleep(std::max(wait, Millis(100)));
  }
}

// Where calls are counted, each is noted before it goes out: a crash between the two costs one, never a call too many.
Task<fetch::Fetched> Polls::ask_service(SourcePtr source, fetch::Request request) {
  const listing::Service& service = *service_of(*source);
  request.keys = service.keys(*source);
  const std::string quota = std::string(service.quota) + ":" + source->client_id;
  const std::string day = rfc3339(desk_.ports.clock.now() + kSeoul).substr(0, 10);
  const auto spent = co_await desk_.ports.store.call<&store::Store::spend>(quota, day, service.calls_a_day);
  if (spent) co_return co_await ask_patiently(std::move(request));
  fetch::Fetched refused;
  refused.obstacle = fetch::Obstacle::kPolicy;
  refused.reason = spent.error().text() + "; poll less often, or watch fewer questions with this key";
  desk_.ports.metrics.count("bylined_quota_refusals_total");
  co_return refused;
}

Task<void> Polls::read(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known) {
  std::optional<InHand> here(std::in_place, in_hand_);
  Lane& lane = desk_.ports.pages.for_bytes(fetched.page.bytes.size());
  auto listing = co_await lane.run(&read_listing, source, std::move(fetched.page));
  fetched.put_down();
  if (!listing) {
    const std::string reason = listing.error().text();
    co_await fail(claimed, source, model::SourceState::kSuspect, reason, std::move(fetched));
    co_return;
  }
  listing = co_await settle_place(claimed, std::move(*listing));
  if (!listing) co_return;
  keep_within_bounds(*listing, *source, desk_.ports.metrics);  // of the block that is read, whichever it is
  Reading reading;
  reading.parts = take_page_back(*claimed, known);
  reading.suspicion = diff::suspicion(*listing, claimed->usual_items);
  reading.items = static_cast<int>(listing->items.size());
  if (reading.suspicion && listing->items.empty()) {
    const std::string reason = *reading.suspicion + (listing->remarks.empty() ? "" : ": " + listing->remarks.front());
    co_await fail(claimed, source, model::SourceState::kSuspect, reason, std::move(fetched));
    co_return;
  }
  if (represented(known)) listing->items.clear();  // what the page lists beside its feed is no news
  if (claimed->failures > 0) reading.ground = claimed->last_complete;
  auto changes = co_await compare(source->id, listing->items, reading.ground);
  here.reset();  // further pages wait for their host
  if (!changes) co_return;
  reading.listing = std::move(*listing);
  reading.changes = std::move(*changes);
  if (!reading.parts.empty()) add_new(reading.aged, std::exchange(reading.changes.fresh, {}));  // nobody looked at it when it came
  auto judged = co_await judge(claimed, source, std::move(reading));
  if (!judged) co_return;
  reading = std::move(*judged);
  if (!reading.strange.empty() && claimed->failures < kStrangeLooks) {
    const std::string reason = reading.strange;
    co_await fail(claimed, source, model::SourceState::kSuspect, reason, std::move(fetched));
    co_return;
  }
  if (claimed->has_baseline && reading.strange.empty() && reading.changes.worth_turning()) reading = co_await turn_pages(source, std::move(reading));
  if (!reading.gap.empty() && claimed->failures < desk_.options.page_failures) {
    co_await record_gap(claimed, source, std::move(fetched), std::move(reading));
    co_return;
  }
  if (!reading.listing.parts.empty() || !known.empty()) reading = co_await follow(claimed, source, std::move(known), std::move(reading));
  co_await record(claimed, source, std::move(fetched), std::move(reading));
}

Task<Result<diff::Changes>> Polls::compare(model::SourceId source, std::vector<model::ListedItem> items, std::optional<Instant> ground) {
  const auto identities = identities_of(items);
  const auto known = co_await desk_.record<&store::Store::known_items>(source, identities);
  if (!known) co_return known.error();
  std::vector<diff::Seen> seen;
  for (const store::KnownItem& one : *known) seen.push_back(diff::Seen(one.identity, one.title, one.printed, !ground || one.first_seen <= *ground));
  co_return diff::compare(items, seen);
}

Task<void> Polls::record(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, Reading reading) {
  const InHand here(in_hand_);
  tell_limits(reading, *source, desk_.ports.metrics);
  put_old_aside(reading, *claimed, desk_.ports.clock.now(), desk_.ports.metrics);
  store::ListingRecord record;
  record.claim = claimed->claim;
  record.source = claimed->id;
  record.fresh = std::move(reading.changes.fresh);
  record.retitled = std::move(reading.changes.retitled);
  record.read_fresh = claimed->has_baseline || !source->baseline || reading.told_apart;
  record.aged = std::move(reading.aged);
  record.parts = std::move(reading.parts);
  record.parts_gone = std::move(reading.parts_gone);
  record.waits = !claimed->has_baseline && reading.items == 0 && record.parts.empty();
  if (!reading.more_parts && !record.waits) {  // else the page names what is still to be asked: it is read again, whole
    record.body_hash = std::move(fetched.body_hash);
    // What was cut on its way has the validators of the whole: it would never be seen again.
    if (!reading.listing.damaged) record.validators = std::move(fetched.validators);
  }
  record.http_status = fetched.status;
  record.items = reading.items;
  Habit habit = Habit::parse(claimed->habit);
  habit.learn(reading.usual_dates, reading.listing.block);
  record.habit = habit.text();
  record.outlet = std::move(reading.listing.outlet);
  if (!model::names_a_desk(reading.listing.journalist)) record.journalist = std::move(reading.listing.journalist);
  record.at = desk_.ports.clock.now();
  record.last_complete = claimed->last_complete;
  record.due = agenda_.due_of(claimed->id);
  std::vector<model::ListedItem> arrived = record.fresh;
  if (reading.told_apart) add_new(arrived, record.aged);
  record.rhythm = learn(*claimed, arrived, fetched.not_modified ? std::nullopt : std::optional(fetched.fresh_for));
  if (record.fresh.empty()) record.quiet = silence(*claimed);
  const auto suspicion = reading.part_trouble.empty() ? reading.suspicion : reading.part_trouble;
  if (suspicion) {
    record.suspicion = *suspicion;  // what is missing from it has not vanished
  } else if (reading.whole) {
    record.listed = identities_of(reading.listing.items);
  }
  const std::size_t found = record.fresh.size() + record.retitled.size();
  const std::size_t aged = record.aged.size();
  const bool to_read = record.read_fresh;
  const std::string quiet = record.quiet;
  const auto recorded = co_await desk_.record<&store::Store::record_listing>(std::move(record));
  if (!recorded) co_return;
  if (suspicion) note_state(*claimed, model::SourceState::kSuspect, *suspicion);
  else note_state(*claimed, quiet.empty() ? model::SourceState::kOk : model::SourceState::kQuiet, quiet);
  desk_.ports.metrics.count("bylined_items_found_total", {}, static_cast<double>(found));
  if (aged > 0) log::info("listing.aged", {{"source", claimed->id.value}, {"items", aged}});
  if (found == 0) co_return;
  log::info(to_read ? "listing.changed" : "listing.baseline", {{"source", claimed->id.value}, {"items", found}});
  if (to_read) reads_.ring();
}

// What was seen of a list before one of its pages failed is news all the same. The visit counts as failed, so that the next one
// turns the pages again; it comes no later than it would have.
Task<void> Polls::record_gap(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, Reading reading) {
  const InHand here(in_hand_);
  const Instant now = desk_.ports.clock.now();
  const Instant next_try = schedule::next_try(source->every, claimed->failures + 1, now, desk_.ports.random, desk_.options.schedule);
  const Instant due = std::max(std::min(next_try, agenda_.due_of(claimed->id).value_or(next_try)), fetched.not_before);
  const std::string gap = reading.gap;
  put_old_aside(reading, *claimed, now, desk_.ports.metrics);
  store::ListingRecord record;
  record.claim = claimed->claim;
  record.source = claimed->id;
  record.rhythm = learn(*claimed, reading.changes.fresh, std::nullopt);
  record.fresh = std::move(reading.changes.fresh);
  record.retitled = std::move(reading.changes.retitled);
  record.aged = std::move(reading.aged);
  record.gap = gap;
  record.http_status = fetched.status;
  record.at = now;
  record.last_complete = claimed->last_complete;
  record.due = due;
  const std::size_t found = record.fresh.size() + record.retitled.size();
  desk_.ports.metrics.count("bylined_poll_failures_total", "state=\"failing\"");
  const auto recorded = co_await desk_.record<&store::Store::record_listing>(std::move(record));
  if (!recorded) co_return;
  agenda_.move(claimed->id, due);
  note_state(*claimed, model::SourceState::kFailing, gap);
  desk_.ports.metrics.count("bylined_items_found_total", {}, static_cast<double>(found));
  if (found > 0) reads_.ring();
}

// Some servers name the same page anew now and then: asked for by its old name they would send it whole for ever.
void Polls::hold(const store::ClaimedSource& claimed, const fetch::Fetched& fetched) {
  if (fetched.not_modified || fetched.validators == claimed.validators) return agenda_.hold(claimed);
  store::ClaimedSource renamed = claimed;
  renamed.validators = fetched.validators;
  agenda_.hold(renamed);
}

// The everyday case costs nothing. Only where the source was in trouble is its recovery written, and once where its
// silence becomes remarkable.
Task<void> Polls::unchanged(ClaimPtr claimed, fetch::Fetched fetched) {
  desk_.ports.metrics.count("bylined_polls_unchanged_total");
  const std::string quiet = silence(*claimed);
  const bool grew_quiet = !quiet.empty() && claimed->state == model::SourceState::kOk;
  if (!troubled(*claimed) && !grew_quiet) {
    if (claimed->has_baseline && claimed->parts == 0) hold(*claimed, fetched);
    co_return;
  }
  store::ListingRecord record;
  record.claim = claimed->claim;
  record.source = claimed->id;
  record.read_fresh = true;
  record.validators = fetched.not_modified ? claimed->validators : fetched.validators;
  record.body_hash = claimed->body_hash;
  record.http_status = fetched.status;
  record.items = claimed->usual_items;
  record.quiet = quiet;
  record.at = desk_.ports.clock.now();
  record.last_complete = claimed->last_complete;
  record.due = agenda_.due_of(claimed->id);
  const auto recorded = co_await desk_.record<&store::Store::record_listing>(std::move(record));
  if (recorded) note_state(*claimed, quiet.empty() ? model::SourceState::kOk : model::SourceState::kQuiet, quiet);
}

Task<void> Polls::fail(ClaimPtr claimed, SourcePtr source, model::SourceState state, std::string reason, fetch::Fetched fetched) {
  const Instant now = desk_.ports.clock.now();
  store::PollFailure failure;
  failure.claim = claimed->claim;
  failure.source = claimed->id;
  failure.state = state;
  failure.reason = reason;
  failure.http_status = fetched.status;
  failure.at = now;
  failure.last_complete = claimed->last_complete;
  const bool held = state == model::SourceState::kRobotsUnreachable && fetched.not_before > now;  // for another page's failure: nobody was asked
  const Instant own = schedule::next_try(source->every, claimed->failures + 1, now, desk_.ports.random, desk_.options.schedule);
  failure.next_due = held ? schedule::soon_after(fetched.not_before, desk_.ports.random) : std::max(own, fetched.not_before);
  const Instant next = failure.next_due;
  desk_.ports.metrics.count("bylined_poll_failures_total", "state=\"" + std::string(model::state_name(state)) + "\"");
  const auto recorded = co_await desk_.record<&store::Store::record_poll_failure>(std::move(failure));
  if (!recorded) co_return;
  agenda_.move(claimed->id, next);
  note_state(*claimed, state, reason);
}

// A state is told when it begins and when it ends.
void Polls::note_state(const store::ClaimedSource& claimed, model::SourceState now, const std::string& reason) {
  if (now == claimed.state) return;
  if (now == model::SourceState::kOk) {
    if (!model::is_well(claimed.state)) log::info("source.recovered", {{"source", claimed.id.value}, {"was", model::state_name(claimed.state)}});
    return;
  }
  if (!model::is_well(claimed.state)) {
    log::info("source.still_degraded", {{"source", claimed.id.value}, {"was", model::state_name(claimed.state)}, {"state", model::state_name(now)}, {"reason", reason}});
    return;
  }
  log::warn("source.degraded", {{"source", claimed.id.value}, {"state", model::state_name(now)}, {"reason", reason}});
}

// Courtesies that changed (a host's pause, its robots.txt) are stored so that they outlive us.
Task<void> Polls::keep_hosts() {
  auto hosts = desk_.ports.fetcher.take_changed();
  if (hosts.empty()) co_return;
  const auto recorded = co_await desk_.record<&store::Store::record_hosts>(std::move(hosts));
  if (!recorded) log::warn("hosts.not_stored", {{"reason", recorded.error().text()}});
}

}  // namespace bylined::pipeline
