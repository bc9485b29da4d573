// SPDX-License-Identifier: Apache-2.0
// Whom to tell and how to reach them, as configured; and how a receiver has answered of late.
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"
#include "base/time.h"
#include "model/ids.h"

namespace bylined::model {

enum class Language { kKorean, kEnglish };

struct Receiver {
  ReceiverId id;
  std::string kind;  // a channel's name: "webhook" or "email"
  Language language = Language::kKorean;

  // webhook
  std::string url;
  std::vector<Secret> secrets;  // whsec_…; two while rotating, the first signs first
  std::vector<std::string> allow_private;  // CIDR ranges this receiver may be reached in

  // email
  std::string smtp;  // smtp://host:port (STARTTLS required unless tls_none) or smtps://
  bool tls_none = false;
  std::string user;
  Secret password;
  std::string from;             // "Name <address>" or an address
  std::vector<std::string> to;  // addresses; each gets a delivery of its own

  bool operator==(const Receiver&) const = default;
};

// Whether a receiver's queue moves. Stored, so that a restart does not hammer.
struct ReceiverHealth {
  ReceiverId receiver;
  std::string state = "ok";  // "ok" "failing" "paused"; in the last two one delivery probes at a time
  std::string reason;
  Instant since;             // of the state
  int failures = 0;          // in a row
  Instant retry_at;          // nothing goes out before
  std::string settings = std::string();  // a few bits of a digest of the receiver's: says that they were changed, and tells nothing of them

  bool operator==(const ReceiverHealth&) const = default;
};

}  // namespace bylined::model
