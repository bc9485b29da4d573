// SPDX-License-Identifier: Apache-2.0
// A store that hands every call on to another. Tests derive from it to break one thing: a call that fails,
// an order that is wrong. Does nothing by itself.
#pragma once

#include "store/store.h"

namespace bylined::test {

class PassingStore : public store::Store {
 public:
  explicit PassingStore(store::Store& inner) : inner_(inner) {}  // outlives it

  Status group(const std::function<void()>& calls) override { return inner_.group(calls); }
  std::string installation() const override { return inner_.installation(); }

  Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) override {
    return inner_.sync_sources(sources, first_due, now);
  }
  Result<std::vector<store::ClaimedSource>> claim_due_sources(const store::DueSources& wanted, const store::NextDue& next) override {
    return inner_.claim_due_sources(wanted, next);
  }
  Result<std::optional<Instant>> next_source_due() override { return inner_.next_source_due(); }
  Result<std::vector<store::KnownItem>> known_items(const model::SourceId& source, const std::vector<model::ArticleIdentity>& identities) override {
    return inner_.known_items(source, identities);
  }
  Status record_listing(const store::ListingRecord& record) override { return inner_.record_listing(record); }
  Status record_poll_failure(const store::PollFailure& failure) override { return inner_.record_poll_failure(failure); }
  Status record_hosts(const std::vector<model::Host>& hosts) override { return inner_.record_hosts(hosts); }
  Result<std::vector<model::Host>> load_hosts() override { return inner_.load_hosts(); }

  Result<std::vector<store::ClaimedRead>> claim_due_reads(Instant now, int limit, const store::Lease& lease) override {
    return inner_.claim_due_reads(now, limit, lease);
  }
  Result<std::optional<Instant>> next_read_due() override { return inner_.next_read_due(); }
  Result<std::vector<store::Copy>> copies(const std::string& title_key, Instant since) override { return inner_.copies(title_key, since); }
  Result<store::FindingOutcome> record_finding(const store::Finding& finding, const store::Decide& decide) override {
    return inner_.record_finding(finding, decide);
  }
  Status record_read_failure(const store::ReadFailure& failure) override { return inner_.record_read_failure(failure); }
  Status postpone_read(const std::string& read, const store::Claim& claim, Instant due) override { return inner_.postpone_read(read, claim, due); }

  Result<std::vector<store::ClaimedDelivery>> claim_due_deliveries(const model::ReceiverId& receiver, Instant now, int limit, const store::Lease& lease) override {
    return inner_.claim_due_deliveries(receiver, now, limit, lease);
  }
  Result<std::optional<Instant>> next_delivery_due(const model::ReceiverId& receiver) override { return inner_.next_delivery_due(receiver); }
  Status record_attempt(const store::Attempt& attempt, const store::ReceiverHealth& health) override { return inner_.record_attempt(attempt, health); }
  Result<std::vector<store::ReceiverHealth>> load_receiver_health() override { return inner_.load_receiver_health(); }
  Result<int> retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant now) override { return inner_.retire_deliveries(configured, now); }
  Status replay_delivery(const model::DeliveryId& delivery, const std::string& by, Instant now) override { return inner_.replay_delivery(delivery, by, now); }

  Status release_leases(Instant now) override { return inner_.release_leases(now); }
  Status checkpoint() override { return inner_.checkpoint(); }

 protected:
  store::Store& inner_;
};

}  // namespace bylined::test
