// SPDX-License-Identifier: Apache-2.0
// Tells a receiver: composes once, sends the same bytes at every attempt, judges the answer. A channel
// is a struct of pure functions in one file of channels/ and one line in channels.inc; sending, retry
// plan and circuits are the same for all. Never decides whom to tell.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/net/http.h"
#include "base/net/mail.h"
#include "base/random.h"
#include "model/alert.h"
#include "model/receiver.h"
#include "pipeline/deliver/options.h"

namespace bylined::deliver {

// The stored bytes of a delivery: a webhook's body, or a whole mail for one recipient.
std::string compose(const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery, const Style& style);

// What a receiver's `kind` may be.
std::vector<std::string_view> channel_names();

// What an answer means for the row.
enum class Verdict {
  kDelivered,
  kRetry,      // may pass by itself
  kAmbiguous,  // sent, but no answer was read: tried again under the same id
  kRefused,    // a lasting no: a few spaced tries, then dead; where it concerns the whole receiver, the rows wait
  kPause,      // the receiver is gone (404, 410): its queue stops, the rows wait
};
struct Judgement {
  Verdict verdict = Verdict::kRetry;
  int status = 0;                    // HTTP status or SMTP reply code; 0 for no answer
  std::string reply;                 // excerpt, at most 500 bytes, controls escaped
  std::optional<Millis> asked_wait;  // Retry-After
  bool whole_receiver = false;       // the trouble is not this message's alone: the receiver's queue slows down
  bool others_taken = true;          // since this message was tried last the receiver took another one
};

// Which messages a receiver refused since it took one. What becomes of the others tells whether a refusal is about one message:
// where nothing is taken, it is about all of us.
class Refusals {
 public:
  Judgement weigh(Judgement judgement, const model::Receiver& receiver, const model::Delivery& delivery);

 private:
  std::map<std::string, std::set<model::DeliveryId>> refused_;  // by recipient
  bool took_one_ = false;                                       // as far as this process knows
};

class Courier {
 public:
  virtual ~Courier() = default;
  virtual Task<Judgement> deliver(model::Receiver receiver, model::Delivery delivery) = 0;
};
// All outlive it.
std::unique_ptr<Courier> make_courier(net::HttpClient& http, net::MailClient& mail, Clock& clock, std::string user_agent);

// The row after an attempt, from the delivery as it was claimed. Webhooks: the first gaps of Standard Webhooks 1.0 (5 s,
// 5 min, 30 min, 2 h), then every 2 h; mail: 5 min doubling to 66 min. Both for 5 days, with jitter, never earlier than
// the receiver asked. Trouble of the whole receiver, too many requests among it, does not count: its rows stay at the first
// gap, and the receiver's health holds them.
struct Plan {
  model::DeliveryState state = model::DeliveryState::kPending;
  Instant next_attempt;
  std::string outcome;  // "delivered" "retry" "ambiguous" "dead" "paused"
};
Plan plan(const Judgement& judgement, const std::string& kind, const model::Delivery& claimed, Instant now, Random& random);
inline constexpr Millis kLifetime = std::chrono::hours(5 * 24);
// Why the row is dead without another try: it waited beyond its lifetime, or the receiver has such a recipient no more.
// Empty where it is not.
std::string over(const model::Receiver& receiver, const model::Delivery& delivery, Instant now);
// Is that recipient still one of the receiver's?
bool tells(const model::Receiver& receiver, const std::string& recipient);
// A few bits of a digest of all that the receiver is configured as. Another one: it was changed.
std::string settings_mark(const model::Receiver& receiver);

// The receiver after an attempt. Three failures of its own in a row (one where it refuses us altogether) open
// its circuit: one probe at a time, further and further apart, until one is taken: to 100 s (and jitter) where it is down,
// to an hour where it answers that it wants no more. A 429 is no failure: the pause that it asks for is kept, and nothing
// longer, or one that doubles from a second to a minute where it asks for none; unless 60 in a row took nothing: then it is
// failing, and probed once a minute at most. What fails while such a wait is on was sent before it, and is counted once.
model::ReceiverHealth health_after(model::ReceiverHealth health, const Judgement& judgement, Instant now, Random& random);
// How many of its deliveries may be under way now: `usual`, one (a probe, or within a minute of a pause or of its return), or
// none before `retry_at`.
int places(const model::ReceiverHealth& health, Instant now, int usual);

// `webhook-signature`: one "v1,…" a secret (Standard Webhooks 1.0). kInvalid: a secret that is none.
Result<std::string> sign(const std::vector<Secret>& secrets, std::string_view id, std::int64_t timestamp, std::string_view body);
// Is this whsec_ secret good (24 to 64 bytes)?
Status check_secret(const Secret& secret);
// Is this a mailbox we will write to: "a@b.c" or "Name <a@b.c>"? Returns the bare address.
Result<std::string> check_mailbox(std::string_view text);

}  // namespace bylined::deliver
