// SPDX-License-Identifier: Apache-2.0
// Which watches a version concerns, and who is told. Pure: runs inside the store's transaction and may
// run twice. One alert per article and watch; one more only for entities not alerted before.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "model/alert.h"
#include "model/receiver.h"

namespace bylined::alert {

// Makes the bytes that one recipient will get.
using Compose = std::function<std::string(const model::Alert&, const model::Receiver&, const model::Delivery&)>;

struct Routing {
  std::vector<model::Watch> watches;
  std::vector<model::Receiver> receivers;
  Compose compose;
};

// How the version meets the watches' rules. Pure.
struct Ruling {
  std::vector<std::size_t> candidates;  // numbers of watches whose rule can hold at all, rising
  std::function<bool(const model::Watch&)> holds;
  // Entities that the watch's rule asks for and that are met as it asks. Asked only of watches with a rule: one without asks
  // for every sure mention.
  std::function<std::vector<model::EntityId>(const model::Watch&)> met;
};

std::vector<model::NewAlert> decide(const Routing& routing, const model::ArticleFacts& facts,
                                    const std::vector<model::Mention>& mentions, const Ruling& ruling, Instant now);

// The alert's rows for one receiver: one a recipient.
std::vector<model::Delivery> deliveries_to(const model::Receiver& receiver, const model::Alert& alert, const Compose& compose);

// SHA-256 over installation, article identity, watch and the sorted new entities (the contract's key).
std::string alert_key(const std::string& installation, const std::string& identity, const model::WatchId& watch,
                      const std::vector<model::EntityId>& entities);

}  // namespace bylined::alert
