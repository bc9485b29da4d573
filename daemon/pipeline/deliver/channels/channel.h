// SPDX-License-Identifier: Apache-2.0
// What one more way to tell somebody has to bring: three pure functions, in one file, and one line in
// channels.inc. Sending, retry plan and circuits are not its business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "pipeline/deliver/deliver.h"

namespace bylined::deliver {

// What a channel's bytes are made from.
struct Telling {
  const model::Alert& alert;
  const model::Receiver& receiver;
  const model::Delivery& delivery;
  const Style& style;
};

// What goes out at one attempt.
using Transmission = std::variant<net::HttpRequest, net::Mail>;

// What came back, from either kind of server.
struct Answer {
  int status = 0;     // 0: none was read
  bool sent = false;  // everything had gone out, so without a status nobody knows
  bool to_us = false;  // said before the message was named
  std::string text;   // the server's words, or why there are none
  std::optional<Millis> retry_after;
};

struct Channel {
  std::string_view name;  // as written in `kind`
  std::string (*compose)(const Telling&);
  // kInvalid: this receiver or recipient cannot be written to as configured.
  Result<Transmission> (*address)(const model::Receiver&, const model::Delivery&, Instant now);
  Judgement (*judge)(const Answer&);
};

// Null where there is none of this name.
const Channel* find_channel(std::string_view name);

// What every judgement repeats of its answer. Without a status it is a retry, or ambiguous where all was sent.
Judgement begin_judgement(const Answer& answer);
// A server's words for people: one line, controls escaped, at most 500 bytes.
std::string excerpt(std::string_view reply);

}  // namespace bylined::deliver
