// SPDX-License-Identifier: Apache-2.0
// The store's verbs in the order of a day, each as the pipeline would call it. Never looks into the database.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/store/values.h"

namespace bylined::store::test {

// The verbs of a whole day, each as the pipeline would call it.
class Newsroom {
 public:
  explicit Newsroom(Store& store, const std::string& owner = "me") : store_(store), owner_(owner) {}

  Lease lease(Instant now) const { return Lease{owner_, now + 5min}; }

  void configure(const std::vector<model::Source>& sources, Instant now = kStart) {
    const Status synced = store_.sync_sources(sources, [now](std::size_t i) { return now + Millis(i); }, now);
    ASSERT_TRUE(synced) << synced.error().text();
  }

  std::vector<ClaimedSource> claim_sources(Instant now, int limit = 100, std::vector<model::SourceId> in_flight = {}) {
    DueSources wanted;
    wanted.in_flight = std::move(in_flight);
    wanted.now = now;
    wanted.horizon = 24h;
    wanted.limit = limit;
    wanted.lease = lease(now);
    auto claimed = store_.claim_due_sources(wanted, [now](const SourceFacts&) { return now + 15min; });
    EXPECT_TRUE(claimed) << claimed.error().text();
    return claimed ? *claimed : std::vector<ClaimedSource>();
  }

  // Of all configured sources, in flight or not.
  std::optional<Instant> next_due() {
    const auto planned = store_.planned_sources();
    EXPECT_TRUE(planned) << planned.error().text();
    std::optional<Instant> next;
    if (!planned) return next;
    for (const PlannedSource& one : *planned) next = next ? std::min(*next, one.facts.due) : one.facts.due;
    return next;
  }

  ListingRecord listing(const ClaimedSource& source, std::vector<model::ListedItem> fresh, Instant at) {
    ListingRecord record;
    record.claim = source.claim;
    record.source = source.id;
    record.listed.emplace();
    for (const model::ListedItem& one : fresh) record.listed->push_back(one.identity);
    record.items = static_cast<int>(fresh.size());
    record.fresh = std::move(fresh);
    record.validators = {"\"e1\"", "Tue, 04 Feb 2025 09:00:00 GMT"};
    record.body_hash = "h1";
    record.outlet = "한빛일보";
    record.at = at;
    return record;
  }

  // Claims the only due source and records these items as new.
  void list(std::vector<model::ListedItem> fresh, Instant at, bool read_fresh = true) {
    const auto claimed = claim_sources(at);
    ASSERT_EQ(claimed.size(), 1u);
    ListingRecord record = listing(claimed.front(), std::move(fresh), at);
    record.read_fresh = read_fresh;
    const Status recorded = store_.record_listing(record);
    ASSERT_TRUE(recorded) << recorded.error().text();
  }

  std::vector<ClaimedRead> claim_reads(Instant now, int limit = 100) {
    auto claimed = store_.claim_due_reads(now, limit, lease(now));
    EXPECT_TRUE(claimed) << claimed.error().text();
    return claimed ? *claimed : std::vector<ClaimedRead>();
  }

  FindingOutcome find(const Finding& found, const Decide& decide = desk()) {
    auto recorded = store_.record_finding(found, decide);
    EXPECT_TRUE(recorded) << recorded.error().text();
    return recorded ? *recorded : FindingOutcome();
  }

  // From nothing to one article about `entities`, its alert and its deliveries.
  FindingOutcome report(const std::string& name, const std::vector<std::string>& entities, Instant at, const Decide& decide = desk()) {
    list({item(name)}, at);
    const auto reads = claim_reads(at);
    EXPECT_EQ(reads.size(), 1u);
    if (reads.empty()) return {};
    return find(finding(reads.front(), body_with(entities), mentions_of(entities), at), decide);
  }

  std::vector<ClaimedDelivery> claim_deliveries(const std::string& receiver, Instant now, int limit = 100) {
    auto claimed = store_.claim_due_deliveries({model::ReceiverId{receiver}, now, limit, lease(now), {}});
    EXPECT_TRUE(claimed) << claimed.error().text();
    return claimed ? *claimed : std::vector<ClaimedDelivery>();
  }

  Status answer(const ClaimedDelivery& claimed, const std::string& outcome, Instant at, Millis wait = 30s) {
    Attempt attempt;
    attempt.claim = claimed.claim;
    attempt.delivery = claimed.delivery.id;
    attempt.started = at;
    attempt.took = 120ms;
    attempt.status = outcome == "delivered" ? 204 : 503;
    attempt.outcome = outcome;
    attempt.reply = outcome == "delivered" ? "" : "busy";
    attempt.state = outcome == "delivered" ? model::DeliveryState::kDelivered
                    : outcome == "dead"    ? model::DeliveryState::kDead
                                           : model::DeliveryState::kPending;
    attempt.next_attempt = at + wait;
    ReceiverHealth health;
    health.receiver = claimed.delivery.receiver;
    health.since = kStart;
    return store_.record_attempt(attempt, health);
  }

 private:
  Store& store_;
  const std::string owner_;
};

}  // namespace bylined::store::test
