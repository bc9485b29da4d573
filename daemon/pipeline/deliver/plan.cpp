// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/digest.h"
#include "pipeline/deliver/deliver.h"

namespace bylined::deliver {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kRefusedTries = 5;
constexpr double kJitter = 0.2;  // of the gap, on top

// After the first attempt, the second, …; the last one repeats. The schedule of Standard Webhooks goes on to a day, but
// what has waited out a long trouble and then fails once must not wait through another.
constexpr std::array<Millis, 4> kWebhookGaps{seconds(5), minutes(5), minutes(30), hours(2)};
constexpr Millis kMailFirst = minutes(5);
constexpr Millis kMailLast = minutes(66);

constexpr int kOpenAfter = 3;
constexpr Millis kProbeFirst = seconds(30);
constexpr Millis kDownProbe = seconds(100);   // nobody at home: asking costs next to nothing, and news is waiting
constexpr Millis kBusyProbe = hours(1);       // somebody who wants to be left alone
constexpr Millis kPausedProbe = hours(1);   // a 404 may be a slip of theirs
constexpr Millis kGoneProbe = hours(24);    // a 410 is said on purpose

// Too many requests, come back then: nobody is in trouble, and the pause that was asked for is the whole pause.
constexpr Millis kLeastPause = seconds(1);
constexpr int kPatientTries = 60;              // in a row that took nothing: such a receiver does not do as it says …
constexpr Millis kImpatientPause = minutes(1);  // … and is asked more seldom
constexpr Millis kPacedFor = minutes(1);        // after such a pause, and after a return, one delivery at a time: the next no costs one attempt

bool asks_for_patience(const Judgement& judgement) { return judgement.status == 429; }

// As long as it asks for; else longer from one to the next, since it may mean a second or a minute.
Millis pause_of(const Judgement& judgement, int in_a_row) {
  if (in_a_row > kPatientTries) return kImpatientPause;
  if (judgement.asked_wait) return kLeastPause;
  return std::min(kLeastPause * (1 << std::clamp(in_a_row - 1, 0, 10)), kImpatientPause);
}

Millis gap_after(int attempts, const std::string& kind, bool refused) {
  if (kind == "email") {
    const int doublings = std::clamp(attempts - 1, 0, 10);
    return std::min(kMailFirst * (1 << doublings), kMailLast);
  }
  // A refusal is not a hiccup: its second try waits minutes, not seconds.
  const std::size_t step = static_cast<std::size_t>(std::max(attempts - 1, 0)) + (refused ? 1 : 0);
  return kWebhookGaps[std::min(step, kWebhookGaps.size() - 1)];
}

Millis jittered(Millis length, Random& random) {
  return length + Millis(static_cast<std::int64_t>(static_cast<double>(length.count()) * kJitter * random.unit()));
}

std::string_view outcome_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDelivered: return "delivered";
    case Verdict::kRetry: return "retry";
    case Verdict::kAmbiguous: return "ambiguous";
    case Verdict::kRefused: return "retry";
    case Verdict::kPause: return "paused";
  }
  return "retry";
}

void change_state(model::ReceiverHealth& health, std::string_view state, Instant now) {
  if (health.state == state) return;
  health.state = state;
  health.since = now;
}

std::string reason_of(const Judgement& judgement) {
  const std::string status = judgement.status == 0 ? "no answer" : "answered " + std::to_string(judgement.status);
  return judgement.reply.empty() ? status : status + ": " + judgement.reply;
}

// Down, as a proxy's 502 to 504 also says. Refusals, full mailboxes and too many requests are answers of another kind.
bool is_down(const Judgement& judgement) { return judgement.verdict != Verdict::kRefused && (judgement.status == 0 || judgement.status >= 500); }

bool expired(Instant created, Instant now) { return now - created > kLifetime; }

Millis probe_gap(int failures, const Judgement& judgement) {
  const int doublings = std::clamp(failures - kOpenAfter, 0, 10);
  return std::min(kProbeFirst * (1 << doublings), is_down(judgement) ? kDownProbe : kBusyProbe);
}

}  // namespace

Plan plan(const Judgement& judgement, const std::string& kind, const model::Delivery& claimed, Instant now, Random& random) {
  const int attempts = claimed.attempts + 1;
  Plan plan;
  plan.outcome = outcome_name(judgement.verdict);
  if (judgement.verdict == Verdict::kDelivered) {
    plan.state = model::DeliveryState::kDelivered;
    return plan;
  }
  const bool refused = judgement.verdict == Verdict::kRefused;
  const int counted = judgement.whole_receiver && !refused ? 1 : attempts;
  const Millis gap = asks_for_patience(judgement) ? kLeastPause : jittered(gap_after(counted, kind, refused), random);
  plan.next_attempt = now + std::max(gap, judgement.asked_wait.value_or(Millis(0)));
  // A no to all of us is not about this message: it waits until a person mends what is wrong.
  const bool hopeless = refused && !judgement.whole_receiver && judgement.others_taken && attempts >= kRefusedTries;
  if (hopeless || expired(claimed.created, plan.next_attempt)) {
    plan.state = model::DeliveryState::kDead;
    plan.outcome = "dead";
  }
  return plan;
}

Judgement Refusals::weigh(Judgement judgement, const model::Receiver& receiver, const model::Delivery& delivery) {
  if (judgement.verdict == Verdict::kDelivered) {
    refused_.clear();
    took_one_ = true;
  }
  if (judgement.verdict != Verdict::kRefused || judgement.whole_receiver) return judgement;
  judgement.others_taken = refused_[delivery.recipient].insert(delivery.id).second && took_one_;
  std::size_t messages = 0;
  for (const auto& [recipient, refused] : refused_) messages += refused.size();
  // One recipient that is no more has many messages.
  judgement.whole_receiver = messages >= kOpenAfter && refused_.size() >= receiver.to.size();
  return judgement;
}

bool tells(const model::Receiver& receiver, const std::string& recipient) {
  const auto& to = receiver.to;
  return to.empty() ? recipient.empty() : std::find(to.begin(), to.end(), recipient) != to.end();
}

std::string over(const model::Receiver& receiver, const model::Delivery& delivery, Instant now) {
  if (!tells(receiver, delivery.recipient)) return "its receiver has no such recipient any more";
  return expired(delivery.created, now) ? "its lifetime ended before the receiver took it" : "";
}

std::string settings_mark(const model::Receiver& receiver) {
  std::vector<std::string> parts{receiver.kind, receiver.url, receiver.smtp, receiver.tls_none ? "none" : "tls", receiver.user, receiver.from};
  for (const Secret& secret : receiver.secrets) parts.push_back(secret.reveal());
  parts.push_back(receiver.password.reveal());
  for (const auto* list : {&receiver.allow_private, &receiver.to}) {
    parts.push_back(std::to_string(list->size()));
    parts.insert(parts.end(), list->begin(), list->end());
  }
  std::string all;
  for (const std::string& part : parts) all += std::to_string(part.size()) + ":" + part;
  // Whoever reads the database may try passwords on a digest: 16 bits fit too many of them.
  return hex(sha256(all)).substr(0, 4);
}

model::ReceiverHealth health_after(model::ReceiverHealth health, const Judgement& judgement, Instant now, Random& random) {
  const bool dialled = judgement.status != 0 || judgement.whole_receiver;
  if (!dialled) return health;  // the message could not be sent at all, which says nothing about its receiver
  if (!judgement.whole_receiver) {
    const bool was_ok = health.state == "ok";
    // Somebody is at home: this message was taken, or refused for its own sake.
    change_state(health, "ok", now);
    health.failures = 0;
    health.reason.clear();
    if (!was_ok) health.retry_at = now;  // one at a time for a while; else what it asked another message for still holds
    return health;
  }
  const bool waiting = now < health.retry_at;
  if (!waiting) health.failures = std::min(health.failures + 1, 1'000'000);
  health.reason = reason_of(judgement);
  Millis wait{0};
  if (asks_for_patience(judgement)) {
    const bool patient = health.failures <= kPatientTries;
    change_state(health, patient ? "ok" : "failing", now);
    wait = pause_of(judgement, health.failures);
  } else if (judgement.verdict == Verdict::kPause) {
    change_state(health, "paused", now);
    wait = judgement.status == 410 ? kGoneProbe : kPausedProbe;
  } else if (judgement.verdict == Verdict::kRefused || health.failures >= kOpenAfter || health.state != "ok") {
    change_state(health, "failing", now);
    wait = jittered(probe_gap(health.failures, judgement), random);
  }
  wait = std::max(wait, judgement.asked_wait.value_or(Millis(0)));
  if (wait > Millis(0)) health.retry_at = std::max(health.retry_at, now + wait);
  return health;
}

int places(const model::ReceiverHealth& health, Instant now, int usual) {
  if (now < health.retry_at) return 0;
  return health.state == "ok" && now >= health.retry_at + kPacedFor ? usual : 1;
}

}  // namespace bylined::deliver
