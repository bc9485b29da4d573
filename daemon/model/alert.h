// SPDX-License-Identifier: Apache-2.0
// An alert says that a version of an article mentions what a watch asks for; a delivery tells one
// recipient of it, in bytes that are composed once.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/article.h"
#include "model/entity.h"

namespace bylined::model {

enum class AlertState { kOpen, kAcknowledged, kResolved };
std::string_view alert_state_name(AlertState state);

struct Alert {
  AlertId id;       // made from the key: the same after any crash
  std::string key;  // hash of installation, article identity, watch, and the entities new in it
  Instant created;
  WatchId watch;
  Severity severity = Severity::kNormal;
  AlertState state = AlertState::kOpen;
  Article article;
  Version version;  // the one it fired on
  std::vector<Mention> mentions;      // of every entity that the watch asks for
  std::vector<EntityId> entities;     // new in this alert, sorted
};

enum class DeliveryState { kPending, kDelivered, kDead };
std::string_view delivery_state_name(DeliveryState state);

// One message to one recipient. `payload` never changes: every attempt sends the same bytes.
struct Delivery {
  DeliveryId id;  // also the webhook-id and, with the host, the Message-ID
  AlertId alert;
  ReceiverId receiver;
  std::string recipient;  // a mail address; empty for a webhook
  std::string type;       // "alert.created"
  std::string payload;
  Instant created;
  DeliveryState state = DeliveryState::kPending;
  int attempts = 0;
  Instant next_attempt;
  std::string last_error;
};

// What `decide` is told about the article inside the transaction that records it.
struct ArticleFacts {
  std::string installation;
  Article article;
  Version version;
  std::optional<Version> previous;                // the version before, and what was found in it
  std::vector<Mention> previous_mentions;
  std::map<WatchId, std::set<EntityId>> alerted;  // by earlier alerts of this article
};

struct NewAlert {
  Alert alert;
  std::vector<Delivery> deliveries;
};

}  // namespace bylined::model
