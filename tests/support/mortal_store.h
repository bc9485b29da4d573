// SPDX-License-Identifier: Apache-2.0
// The process dies at the n-th call of the store: before it took effect, or after it is on disk and before
// anybody learns of it; or with the power. From then on nothing that the dead process does has an effect.
#pragma once

#include <functional>
#include <utility>

#include "tests/support/forwarding_store.h"

namespace bylined::tests {

struct Death {
  int at_call = 0;  // from 1; 0: lives for ever
  bool after = false;
  int calls = 0;    // so far
  bool dead = false;
  std::function<bool()> power_gone = [] { return false; };  // then it is dead as well
};

class MortalStore final : public ForwardingStore {
 public:
  MortalStore(store::Store& real, Death& death) : ForwardingStore(real), death_(death) {}

  Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) override {
    return live([&] { return real_.sync_sources(sources, first_due, now); });
  }
  Result<std::vector<store::ClaimedSource>> claim_due_sources(const store::DueSources& wanted, const store::NextDue& next) override {
    return live([&] { return real_.claim_due_sources(wanted, next); });
  }
  Status hold_polls(const std::vector<store::HeldPoll>& polls) override {
    return live([&] { return real_.hold_polls(polls); });
  }
  Status record_listing(const store::ListingRecord& record) override {
    return live([&] { return real_.record_listing(record); });
  }
  Status record_poll_failure(const store::PollFailure& failure) override {
    return live([&] { return real_.record_poll_failure(failure); });
  }
  Status record_hosts(const std::vector<model::Host>& hosts) override {
    return live([&] { return real_.record_hosts(hosts); });
  }
  Result<std::vector<store::ClaimedRead>> claim_due_reads(Instant now, store::ReadRoom room, const store::Lease& lease) override {
    return live([&] { return real_.claim_due_reads(now, room, lease); });
  }
  Result<store::FindingOutcome> record_finding(const store::Finding& finding, const store::Decide& decide) override {
    return live([&] { return real_.record_finding(finding, decide); });
  }
  Status record_read_failure(const store::ReadFailure& failure) override {
    return live([&] { return real_.record_read_failure(failure); });
  }
  Status postpone_read(const std::string& read, const store::Claim& claim, Instant due) override {
    return live([&] { return real_.postpone_read(read, claim, due); });
  }
  Result<std::vector<store::ClaimedDelivery>> claim_due_deliveries(const store::DueDeliveries& wanted) override {
    return live([&] { return real_.claim_due_deliveries(wanted); });
  }
  Status hasten_deliveries(const model::ReceiverId& receiver, Instant now, int limit) override {
    return live([&] { return real_.hasten_deliveries(receiver, now, limit); });
  }
  Result<int> hand_over(const store::Attempt& ended, const store::Successors& successors) override {
    return live([&] { return real_.hand_over(ended, successors); });
  }
  Status record_attempt(const store::Attempt& attempt, const store::ReceiverHealth& health) override {
    return live([&] { return real_.record_attempt(attempt, health); });
  }
  Status renew_receiver(const store::ReceiverHealth& health, Instant now) override {
    return live([&] { return real_.renew_receiver(health, now); });
  }
  Result<int> retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant made_before) override {
    return live([&] { return real_.retire_deliveries(configured, made_before); });
  }
  Status release_leases(Instant now) override {
    return live([&] { return real_.release_leases(now); });
  }

 private:
  template <class F>
  auto live(F call) -> decltype(call()) {
    if (!death_.dead) {
      const bool last = ++death_.calls == death_.at_call;
      if (last && !death_.after) death_.dead = true;
      if (!death_.dead) {
        auto outcome = call();
        death_.dead = last || death_.power_gone();
        if (!death_.dead) return outcome;
      }
    }
    return Error(ErrorKind::kTransient, "the process is dead");
  }

  Death& death_;
};

}  // namespace bylined::tests
