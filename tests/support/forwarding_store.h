// SPDX-License-Identifier: Apache-2.0
// A store before another store: passes every call on. Faults and planted bugs override what they spoil.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace bylined::tests {

class ForwardingStore : public store::Store {
 public:
  explicit ForwardingStore(store::Store& real) : real_(real) {}

  Status group(const std::function<void()>& calls) override { return real_.group(calls); }
  std::string installation() const override { return real_.installation(); }
  Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) override {
    return real_.sync_sources(sources, first_due, now);
  }
  Result<std::int64_t> record_load(const std::vector<model::Definition>& in_force, Instant now) override { return real_.record_load(in_force, now); }
  Result<std::vector<store::ClaimedSource>> claim_due_sources(const store::DueSources& wanted, const store::NextDue& next) override {
    return real_.claim_due_sources(wanted, next);
  }
  Result<std::vector<store::PlannedSource>> planned_sources() override { return real_.planned_sources(); }
  Status hold_polls(const std::vector<store::HeldPoll>& polls) override { return real_.hold_polls(polls); }
  Result<std::vector<store::KnownItem>> known_items(const model::SourceId& source, const std::vector<model::ArticleIdentity>& identities) override {
    return real_.known_items(source, identities);
  }
  Result<std::vector<store::KnownItem>> titled_items(const model::SourceId& source, const std::vector<std::string>& title_keys) override {
    return real_.titled_items(source, title_keys);
  }
  Status record_listing(const store::ListingRecord& record) override { return real_.record_listing(record); }
  Status record_poll_failure(const store::PollFailure& failure) override { return real_.record_poll_failure(failure); }
  Result<std::vector<model::Part>> source_parts(const model::SourceId& source) override { return real_.source_parts(source); }
  Status spend(const std::string& quota, const std::string& day, int allowed) override { return real_.spend(quota, day, allowed); }
  Status record_hosts(const std::vector<model::Host>& hosts) override { return real_.record_hosts(hosts); }
  Result<std::vector<model::Host>> load_hosts() override { return real_.load_hosts(); }
  Result<std::vector<store::ClaimedRead>> claim_due_reads(Instant now, store::ReadRoom room, const store::Lease& lease) override {
    return real_.claim_due_reads(now, room, lease);
  }
  Result<std::optional<Instant>> next_read_due() override { return real_.next_read_due(); }
  Result<std::vector<store::Copy>> copies(const std::string& title_key, Instant since) override { return real_.copies(title_key, since); }
  Result<store::FindingOutcome> record_finding(const store::Finding& finding, const store::Decide& decide) override {
    return real_.record_finding(finding, decide);
  }
  Status record_read_failure(const store::ReadFailure& failure) override { return real_.record_read_failure(failure); }
  Status postpone_read(const std::string& read, const store::Claim& claim, Instant due) override { return real_.postpone_read(read, claim, due); }
  Result<std::vector<store::ClaimedDelivery>> claim_due_deliveries(const store::DueDeliveries& wanted) override {
    return real_.claim_due_deliveries(wanted);
  }
  Status hasten_deliveries(const model::ReceiverId& receiver, Instant now, int limit) override {
    return real_.hasten_deliveries(receiver, now, limit);
  }
  Result<std::optional<Instant>> next_delivery_due(const model::ReceiverId& receiver) override { return real_.next_delivery_due(receiver); }
  Result<int> hand_over(const store::Attempt& ended, const store::Successors& successors) override {
    return real_.hand_over(ended, successors);
  }
  Status record_attempt(const store::Attempt& attempt, const store::ReceiverHealth& health) override {
    return real_.record_attempt(attempt, health);
  }
  Result<std::vector<store::ReceiverHealth>> load_receiver_health() override { return real_.load_receiver_health(); }
  Status renew_receiver(const store::ReceiverHealth& health, Instant now) override { return real_.renew_receiver(health, now); }
  Result<int> retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant made_before) override {
    return real_.retire_deliveries(configured, made_before);
  }
  Status replay_delivery(const model::DeliveryId& delivery, const std::string& by, Instant now) override {
    return real_.replay_delivery(delivery, by, now);
  }
  Status release_leases(Instant now) override { return real_.release_leases(now); }
  Status checkpoint() override { return real_.checkpoint(); }

 protected:
  store::Store& real_;
};

}  // namespace bylined::tests
