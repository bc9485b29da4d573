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

// Does the version meet the watch's rule? Asked only where an entity of it is mentioned. Pure.
using Holds = std::function<bool(const model::Watch&, const model::ArticleFacts&, const std::vector<model::Mention>&)>;

std::vector<model::NewAlert> decide(const Routing& routing, const model::ArticleFacts& facts,
                                    const std::vector<model::Mention>& mentions, const Holds& holds, Instant now);

// SHA-256 over installation, article identity, watch and the sorted new entities (the contract's key).
std::string alert_key(const std::string& installation, const std::string& identity, const model::WatchId& watch,
                      const std::vector<model::EntityId>& entities);

}  // namespace bylined::alert
