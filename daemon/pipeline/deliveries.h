// SPDX-License-Identifier: Apache-2.0
// The third loop, one for each receiver, so that none waits for another: claims due rows of the outbox,
// attempts them, and records the outcome after the answer. Private to pipeline/*.cpp.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "base/bell.h"
#include "pipeline/desk.h"

namespace bylined::pipeline {

class Deliveries {
 public:
  explicit Deliveries(Desk& desk) : desk_(desk) {}

  void load(std::vector<model::ReceiverHealth> health);
  // Starts a loop for each receiver of the current policy that has none; one that was changed begins anew. A loop ends by
  // itself once its receiver is gone: its rows wait, and go on when it is configured again.
  void start();
  void wake(const std::vector<model::ReceiverId>& receivers);
  void wake_all();

 private:
  struct Queue {
    explicit Queue(const Clock& clock) : wall(clock) {}
    model::ReceiverHealth health;
    WallWatch wall;
    Bell bell;
    Crew crew;
    std::set<model::DeliveryId> in_hand;
    deliver::Refusals refusals;
    bool served = false;
    bool changed = false;  // its settings were, which the store does not know yet
  };

  Queue& queue(const model::ReceiverId& id);
  void meet(const model::Receiver& receiver);
  Task<void> serve(model::ReceiverId id);
  Task<void> renew(model::ReceiverId id);
  Task<void> retire();
  Task<void> mind_the_clock(model::ReceiverId id);
  Task<Millis> claim(model::ReceiverId id);
  Task<void> attempt(model::Receiver receiver, store::ClaimedDelivery claimed);
  Task<void> end(model::Receiver receiver, store::Attempt attempt, std::string recipient);
  Task<void> record(model::Receiver receiver, store::Attempt attempt, deliver::Judgement judgement);
  void note_health(const model::ReceiverHealth& before, const model::ReceiverHealth& after);

  Desk& desk_;
  std::map<model::ReceiverId, std::unique_ptr<Queue>> queues_;
  Bell changes_;  // of who is configured
  bool retiring_ = false;
};

}  // namespace bylined::pipeline
