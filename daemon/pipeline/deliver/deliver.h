// SPDX-License-Identifier: Apache-2.0
// Tells a receiver: composes once, sends the same bytes at every attempt, judges the answer. A channel
// is two pure functions in one file of channels/ and one line in channels.inc; sending, retry plan and
// circuits are the same for all. Never decides whom to tell.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/net/http.h"
#include "base/net/mail.h"
#include "base/random.h"
#include "model/alert.h"
#include "model/receiver.h"

namespace bylined::deliver {

struct Style {
  std::string public_url;    // for links in messages; may be empty
  std::string mail_host;     // right side of Message-ID; from the sender's address where empty
  std::string timezone = "Asia/Seoul";
};

// The stored bytes of a delivery: a webhook's body, or a whole mail for one recipient.
std::string compose(const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery, const Style& style);

// What an answer means for the row.
enum class Verdict { kDelivered, kRetry, kAmbiguous, kDead, kPause };
struct Judgement {
  Verdict verdict = Verdict::kRetry;
  int status = 0;
  std::string reply;                 // excerpt, controls escaped
  std::optional<Millis> asked_wait;  // Retry-After
};

class Courier {
 public:
  virtual ~Courier() = default;
  virtual Task<Judgement> deliver(model::Receiver receiver, model::Delivery delivery) = 0;
};
// All outlive it.
std::unique_ptr<Courier> make_courier(net::HttpClient& http, net::MailClient& mail, Clock& clock, std::string user_agent);

// The row and the receiver after an attempt. `attempts` counts this one.
struct Plan {
  model::DeliveryState state = model::DeliveryState::kPending;
  Instant next_attempt;
  std::string outcome;        // as in store::Attempt
};
Plan plan(const Judgement& judgement, const std::string& kind, int attempts, Instant created, Instant now, Random& random);

// Webhooks: the plan of Standard Webhooks 1.0 (0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h).
// Mail: 5 min doubling to 66 min for 5 days. Both with jitter, never earlier than the receiver asked.

// `webhook-signature`: one "v1,…" a secret (Standard Webhooks 1.0). kInvalid: a secret that is none.
Result<std::string> sign(const std::vector<Secret>& secrets, std::string_view id, std::int64_t timestamp, std::string_view body);
// Is this whsec_ secret good (24 to 64 bytes)?
Status check_secret(const Secret& secret);
// Is this a mailbox we will write to: "a@b.c" or "Name <a@b.c>"? Returns the bare address.
Result<std::string> check_mailbox(std::string_view text);

}  // namespace bylined::deliver
