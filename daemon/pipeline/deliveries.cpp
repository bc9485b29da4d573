// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliveries.h"

namespace bylined::pipeline {
namespace {

constexpr Millis kTrusted = std::chrono::hours(24);  // a wall clock that was set less than that ago ends no row
constexpr Millis kRetiring = std::chrono::hours(1);
constexpr int kHastened = 100'000;  // rows that a receiver's return makes due at once; the rest keep their plan

// A delivery that is being attempted, as long as this lives.
class Attempted {
 public:
  Attempted(std::set<model::DeliveryId>& all, model::DeliveryId id) : all_(all), id_(std::move(id)) { all_.insert(id_); }
  ~Attempted() { all_.erase(id_); }
  Attempted(const Attempted&) = delete;
  Attempted& operator=(const Attempted&) = delete;

 private:
  std::set<model::DeliveryId>& all_;
  const model::DeliveryId id_;
};

std::string excerpt(std::string text) {
  constexpr std::size_t kLimit = 500;
  if (text.size() > kLimit) text.resize(kLimit);
  return text;
}

}  // namespace

Deliveries::Queue& Deliveries::queue(const model::ReceiverId& id) {
  std::unique_ptr<Queue>& one = queues_[id];
  if (!one) {
    one = std::make_unique<Queue>(desk_.ports.clock);
    one->health.receiver = id;
  }
  return *one;
}

void Deliveries::load(std::vector<model::ReceiverHealth> health) {
  for (model::ReceiverHealth& one : health) queue(one.receiver).health = one;
}

void Deliveries::start() {
  for (auto& [id, one] : queues_) {
    if (desk_.policy->receivers.contains(id)) continue;
    one->health = model::ReceiverHealth();  // as in the store, see retire()
    one->health.receiver = id;
  }
  for (const auto& [id, receiver] : desk_.policy->receivers) {
    meet(receiver);
    Queue& one = queue(id);
    if (std::exchange(one.served, true)) {
      one.bell.ring();
    } else {
      desk_.ports.supervisor.spawn("deliveries", serve(id));
    }
  }
  if (std::exchange(retiring_, true)) {
    changes_.ring();
  } else {
    desk_.ports.supervisor.spawn("deliveries", retire());
  }
}

void Deliveries::meet(const model::Receiver& receiver) {
  Queue& here = queue(receiver.id);
  const std::string mark = deliver::settings_mark(receiver);
  if (here.health.settings == mark) return;
  const Instant since = here.health.state == "ok" ? here.health.since : desk_.ports.clock.now();
  here.health = model::ReceiverHealth();
  here.health.receiver = receiver.id;
  here.health.since = since;
  here.health.settings = mark;
  here.refusals = deliver::Refusals();
  here.changed = true;
}

void Deliveries::wake(const std::vector<model::ReceiverId>& receivers) {
  for (const model::ReceiverId& id : receivers) queue(id).bell.ring();
}

void Deliveries::wake_all() {
  for (auto& [id, one] : queues_) one->bell.ring();
}

Task<void> Deliveries::serve(model::ReceiverId id) {
  Queue& here = queue(id);
  while (!desk_.stopping() && desk_.policy->receivers.contains(id)) {
    co_await mind_the_clock(id);
    if (std::exchange(here.changed, false)) co_await renew(id);
    const Millis pause = co_await claim(id);
    co_await desk_.ports.clock.wait(here.bell, pause);
  }
  here.served = false;
}

Task<void> Deliveries::renew(model::ReceiverId id) {
  const model::ReceiverHealth health = queue(id).health;
  const auto renewed = co_await desk_.record<&store::Store::renew_receiver>(health, desk_.ports.clock.now());
  if (!renewed) log::warn("receiver.not_renewed", {{"receiver", id.value}, {"reason", renewed.error().text()}});
}

// Rows of receivers that are not configured wait for them, as long as a row lives.
Task<void> Deliveries::retire() {
  WallWatch wall(desk_.ports.clock);
  while (!desk_.stopping()) {
    std::vector<model::ReceiverId> configured;
    const PolicyPtr policy = desk_.policy;
    for (const auto& [id, receiver] : policy->receivers) configured.push_back(id);
    wall.set_back(desk_.ports.clock);
    const bool trusted = wall.even_for(desk_.ports.clock, kTrusted);
    const Instant made_before = trusted ? desk_.ports.clock.now() - deliver::kLifetime : Instant();
    const auto retired = co_await desk_.record<&store::Store::retire_deliveries>(configured, made_before);
    if (!retired) log::warn("deliveries.not_retired", {{"reason", retired.error().text()}});
    if (retired) desk_.ports.metrics.count("bylined_deliveries_retired_total", {}, *retired);
    if (retired && *retired > 0) log::warn("deliveries.retired", {{"rows", *retired}, {"reason", "their receivers were not configured for as long as a delivery lives"}});
    co_await desk_.ports.clock.wait(changes_, kRetiring);
  }
}

Task<void> Deliveries::mind_the_clock(model::ReceiverId id) {
  Queue& here = queue(id);
  const Millis back = here.wall.set_back(desk_.ports.clock);
  if (back == Millis(0)) co_return;
  here.health.retry_at -= std::min(back, here.health.retry_at - Instant());
  const auto hastened = co_await desk_.record<&store::Store::hasten_deliveries>(id, desk_.ports.clock.now(), kHastened);
  if (!hastened) log::warn("deliveries.not_hastened", {{"receiver", id.value}, {"reason", hastened.error().text()}});
}

// Claims what the receiver's health allows, and says how long to wait before the next look.
Task<Millis> Deliveries::claim(model::ReceiverId id) {
  Queue& here = queue(id);
  const Options& options = desk_.options;
  const Instant now = desk_.ports.clock.now();
  const int room = deliver::places(here.health, now, options.deliveries) - here.crew.size;
  here.crew.awaited = room <= 0;
  if (here.crew.awaited) {
    const Millis closed = here.health.retry_at - now;
    co_return here.crew.size > 0 || closed <= Millis(0) ? options.idle : std::clamp(closed, kLeastPause, options.idle);
  }
  if (here.health.state != "ok") {  // a probe: the next row in turn, though its own plan says later
    const auto hastened = co_await desk_.record<&store::Store::hasten_deliveries>(id, now, room);
    if (!hastened) co_return options.idle;
  }
  store::DueDeliveries wanted;
  wanted.receiver = id;
  wanted.now = now;
  wanted.limit = room;
  wanted.lease = desk_.lease();
  wanted.in_hand.assign(here.in_hand.begin(), here.in_hand.end());
  auto claimed = co_await desk_.record<&store::Store::claim_due_deliveries>(std::move(wanted));
  if (!claimed) co_return options.idle;
  here.crew.awaited = static_cast<int>(claimed->size()) == room;
  const PolicyPtr policy = desk_.policy;
  const auto receiver = policy->receivers.find(id);
  if (receiver == policy->receivers.end()) co_return options.idle;
  for (store::ClaimedDelivery& one : *claimed) desk_.ports.supervisor.spawn("delivery", attempt(receiver->second, std::move(one)));
  const auto next = co_await desk_.ports.store.call<&store::Store::next_delivery_due>(id);
  if (!next || !*next) co_return options.idle;
  co_return std::clamp<Millis>(**next - desk_.ports.clock.now(), kLeastPause, options.idle);
}

Task<void> Deliveries::attempt(model::Receiver receiver, store::ClaimedDelivery claimed) {
  Queue& here = queue(receiver.id);
  Underway under(here.crew, here.bell);
  const Attempted held(here.in_hand, claimed.delivery.id);
  const Steady started = desk_.ports.clock.steady();
  store::Attempt attempt;
  attempt.claim = claimed.claim;
  attempt.delivery = claimed.delivery.id;
  attempt.started = desk_.ports.clock.now();
  // A clock that was set of late says nothing of ages.
  if (!here.wall.even_for(desk_.ports.clock, kTrusted)) claimed.delivery.created = std::max(claimed.delivery.created, attempt.started);
  attempt.reply = deliver::over(receiver, claimed.delivery, attempt.started);
  if (!attempt.reply.empty()) {
    under.leaves_more();
    co_await end(std::move(receiver), std::move(attempt), claimed.delivery.recipient);
    co_return;
  }
  const auto answered = co_await desk_.ports.courier.deliver(receiver, claimed.delivery);
  auto judgement = here.refusals.weigh(answered, receiver, claimed.delivery);
  attempt.took = desk_.ports.clock.steady() - started;
  attempt.status = judgement.status;
  attempt.reply = excerpt(judgement.reply);
  const Instant now = desk_.ports.clock.now();
  const deliver::Plan plan = deliver::plan(judgement, receiver.kind, claimed.delivery, now, desk_.ports.random);
  attempt.state = plan.state;
  attempt.outcome = plan.outcome;
  attempt.next_attempt = plan.next_attempt;
  // Else its row is tried again, or all that wait for the receiver's return.
  if (attempt.state != model::DeliveryState::kDelivered || here.health.state != "ok") under.leaves_more();
  co_await record(std::move(receiver), std::move(attempt), std::move(judgement));
}

// A row that is over. Where its recipient was replaced, so that nobody on the receiver's list has the alert, those on it get it instead.
Task<void> Deliveries::end(model::Receiver receiver, store::Attempt attempt, std::string recipient) {
  attempt.state = model::DeliveryState::kDead;
  attempt.outcome = "dead";
  desk_.ports.metrics.count("bylined_deliveries_total", "channel=\"" + receiver.kind + "\",outcome=\"dead\"");
  const std::string delivery = attempt.delivery.value, reason = attempt.reply;
  const PolicyPtr policy = desk_.policy;
  const store::Successors successors = [policy, receiver, recipient](const model::Alert& alert, const std::vector<std::string>& have) {
    const auto told = [&receiver](const std::string& one) { return deliver::tells(receiver, one); };
    if (told(recipient) || std::any_of(have.begin(), have.end(), told)) return std::vector<model::Delivery>();
    return alert::deliveries_to(receiver, alert, policy->routing.compose);
  };
  const auto begun = co_await desk_.record<&store::Store::hand_over>(std::move(attempt), successors);
  log::warn("delivery.dead", {{"delivery", delivery}, {"receiver", receiver.id.value}, {"reason", reason}, {"successors", begun.value_or(0)}});
}

// After the answer, never before: a crash in between sends again under the same id.
Task<void> Deliveries::record(model::Receiver receiver, store::Attempt attempt, deliver::Judgement judgement) {
  Queue& here = queue(receiver.id);
  const model::ReceiverHealth before = here.health;
  const bool current = before.settings == deliver::settings_mark(receiver);  // else it was asked as it is no more
  if (current) here.health = deliver::health_after(before, judgement, desk_.ports.clock.now(), desk_.ports.random);
  note_health(before, here.health);
  const std::string label = "channel=\"" + receiver.kind + "\",outcome=\"" + attempt.outcome + "\"";
  desk_.ports.metrics.count("bylined_deliveries_total", label);
  desk_.ports.metrics.observe("bylined_delivery_seconds", static_cast<double>(attempt.took.count()) / 1000, "channel=\"" + receiver.kind + "\"");
  const auto level = attempt.outcome == "delivered" ? &log::info : &log::warn;
  level("delivery.attempted", {{"delivery", attempt.delivery.value}, {"receiver", receiver.id.value}, {"outcome", attempt.outcome}, {"status", attempt.status}, {"reply", attempt.outcome == "delivered" ? std::string() : attempt.reply}});
  const model::ReceiverHealth after = here.health;
  const model::ReceiverHealth kept = current ? after : model::ReceiverHealth();
  const auto recorded = co_await desk_.record<&store::Store::record_attempt>(std::move(attempt), kept);
  if (!recorded) log::warn("delivery.late", {{"receiver", receiver.id.value}, {"reason", recorded.error().text()}});
  if (before.state == "ok" || after.state != "ok") co_return;
  // What waited out the receiver's trouble waited for this moment.
  const auto hastened = co_await desk_.record<&store::Store::hasten_deliveries>(receiver.id, desk_.ports.clock.now(), kHastened);
  if (!hastened) log::warn("deliveries.not_hastened", {{"receiver", receiver.id.value}, {"reason", hastened.error().text()}});
}

void Deliveries::note_health(const model::ReceiverHealth& before, const model::ReceiverHealth& after) {
  if (before.state == after.state) return;
  if (after.state == "ok") {
    log::info("receiver.recovered", {{"receiver", after.receiver.value}, {"was", before.state}});
  } else {
    log::error("receiver.degraded", {{"receiver", after.receiver.value}, {"state", after.state}, {"reason", after.reason}});
  }
}

}  // namespace bylined::pipeline
