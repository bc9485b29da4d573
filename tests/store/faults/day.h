// SPDX-License-Identifier: Apache-2.0
// A day of work in small calls, what the store acknowledged of it, and whether that is there afterwards.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <sstream>
#include <string>

#include "tests/store/newsroom.h"
#include "tests/store/raw.h"
#include "tests/support/faulty_disk.h"

namespace bylined::store::test {

using tests::FaultyDisk;

inline constexpr int kNthMax = 200;  // operations and allocations of which each fails once

// What the store said was done.
struct Acknowledged {
  std::set<std::string> listed;
  std::set<std::string> articles;
  std::set<std::string> delivered;
};

// A day in small calls, each tried until it is done or `tries` are used up. False where it gave up.
class Day {
 public:
  Day(Store& store, Acknowledged& acknowledged, int tries, std::function<void()> told = [] {})
      : store_(store), acknowledged_(acknowledged), tries_(tries), told_(std::move(told)) {}

  bool run(int from, int count) {
    const Status synced = attempt([&] { return store_.sync_sources({source("a")}, [](std::size_t) { return kStart; }, kStart); });
    if (!synced || !attempt([&] { return store_.release_leases(now(from)); })) return false;
    for (int i = from; i < from + count; ++i) {
      if (!list("n" + std::to_string(i), now(i)) || !read_all(now(i)) || !deliver(now(i) + 1min)) return false;
    }
    return true;
  }

  static Instant now(int i) { return kStart + i * 15min; }

 private:
  // Only what may pass by itself is tried again.
  template <class F>
  auto attempt(F call) -> decltype(call()) {
    auto done = call();
    for (int i = 1; i < tries_ && !done && done.error().worth_retrying(); ++i) done = call();
    if (done) return done;
    EXPECT_TRUE(done.error().worth_retrying() || done.error().kind() == ErrorKind::kCancelled) << done.error().text();
    return done;
  }

  bool list(const std::string& name, Instant at) {
    DueSources wanted;
    wanted.now = at;
    wanted.horizon = 24h;
    wanted.limit = 10;
    wanted.lease = Lease{"me", at + 5min};
    const auto claimed = attempt([&] { return store_.claim_due_sources(wanted, [at](const SourceFacts&) { return at + 15min; }); });
    if (!claimed) return false;
    for (const ClaimedSource& one : *claimed) {
      ListingRecord record;
      record.claim = one.claim;
      record.source = one.id;
      record.fresh = {item(name)};
      record.listed = {{item(name).identity}};
      record.validators.etag = name;
      record.items = 1;
      record.at = at;
      const Status done = attempt([&] { return store_.record_listing(record); });
      // An answer that came although the call had failed before is late the second time.
      if (!done && done.error().kind() != ErrorKind::kCancelled) return false;
      if (done) acknowledged_.listed.insert(item(name).identity.value);
      told_();
    }
    return true;
  }

  bool read_all(Instant at) {
    const auto reads = attempt([&] { return store_.claim_due_reads(at, 10, Lease{"me", at + 5min}); });
    if (!reads) return false;
    for (const ClaimedRead& read : *reads) {
      const Finding found = finding(read, body_with({"samsung"}), mentions_of({"samsung"}), at);
      const auto done = attempt([&] { return store_.record_finding(found, desk()); });
      if (!done && done.error().kind() != ErrorKind::kCancelled) return false;
      if (done) acknowledged_.articles.insert(done->article.value);
      told_();
    }
    return true;
  }

  bool deliver(Instant at) {
    const auto claimed = attempt([&] { return store_.claim_due_deliveries({{"ops"}, at, 10, Lease{"me", at + 5min}, {}}); });
    if (!claimed) return false;
    for (const ClaimedDelivery& one : *claimed) {
      Attempt sent;
      sent.claim = one.claim;
      sent.delivery = one.delivery.id;
      sent.started = at;
      sent.outcome = "delivered";
      sent.state = model::DeliveryState::kDelivered;
      const Status done = attempt([&] { return store_.record_attempt(sent, ReceiverHealth()); });
      if (!done && done.error().kind() != ErrorKind::kCancelled) return false;
      if (done) acknowledged_.delivered.insert(one.delivery.id.value);
      told_();
    }
    return true;
  }

  Store& store_;
  Acknowledged& acknowledged_;
  const int tries_;
  const std::function<void()> told_;  // after each answer
};

class Faults : public testing::Test {
 protected:
  Faults() : disk_("faulty") {}

  OpenOptions options() const {
    OpenOptions one = options_for(path());
    one.vfs = disk_.name();
    return one;
  }
  std::string path(const std::string& name = "bylined.db") const { return folder_.path(name); }

  void remove_database() const {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path() + ending);
  }

  // Acknowledged rows that are not there, as text; empty where all are.
  std::string missing(const Acknowledged& acknowledged) const {
    std::string text;
    Raw raw(path());
    const auto look = [&](const std::set<std::string>& wanted, const std::string& sql) {
      std::set<std::string> there;
      std::istringstream lines(raw.ask(sql));
      for (std::string line; std::getline(lines, line);) there.insert(line);
      for (const std::string& one : wanted) text += there.contains(one) ? "" : one + "\n";
    };
    look(acknowledged.listed, "SELECT identity FROM item");
    look(acknowledged.articles, "SELECT id FROM article");
    look(acknowledged.delivered, "SELECT id FROM delivery WHERE state = 'delivered'");
    return text;
  }
  void expect_whole(const std::string& when) const {
    const auto looked = audit(path());
    ASSERT_TRUE(looked) << when << ": " << looked.error().text();
    for (const std::string& found : looked->findings) ADD_FAILURE() << when << ": " << found;
  }

  const Folder folder_;
  FaultyDisk disk_;
};

}  // namespace bylined::store::test
