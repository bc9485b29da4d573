// SPDX-License-Identifier: Apache-2.0
// The path of the news, in three loops over one lease mechanism: a source's listing is polled, a listed
// article is read, a delivery is attempted; each is claimed, done, and recorded in one transaction. The only
// place that knows the order of the rooms. Holds nothing that a crash could lose.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/lane.h"
#include "base/metrics.h"
#include "base/random.h"
#include "base/supervisor.h"
#include "pipeline/deliver/deliver.h"
#include "pipeline/fetch/fetch.h"
#include "pipeline/policy.h"
#include "pipeline/schedule/schedule.h"
#include "store/store_lane.h"

namespace bylined::pipeline {

struct Options {
  int visits = 2'000;                  // polls under way, most of them waiting for their host's turn
  int begun_at_once = 100;             // polls that begin in one claim
  int pages_in_hand = 64;              // listings being read or recorded with which no further poll begins
  int reads = 256;                     // articles under way
  int deliveries = 4;                  // attempts under way for one receiver
  Millis claim_pause{100};             // due sources are claimed at most once in this time
  Millis idle{30'000};                 // a loop without work looks again after this
  Millis lease{15 * 60'000};
  Millis horizon{7 * 24 * 3'600'000};  // a due time beyond it was written under a wrong clock
  int pages = 10;                      // of one listing, turned back to known ground in one visit
  int page_failures = 6;               // failed visits after which a listing is taken without its older pages
  Millis patience{5 * 60'000};         // a host's pause up to this is sat out within the visit
  int headline_tries = 2;              // the headline alerts alone after so many failed reads,
  Millis headline_after{120'000};      // or when the article is known for so long without its text
  Millis full_fetch{24 * 3'600'000};   // a listing is asked for without validators at least this often
  std::size_t body_limit = 1u << 20;   // bytes of an article's text; what is beyond is cut and counted
  schedule::Options schedule;
  schedule::PartLimits parts;
};

// Services that outlive the pipeline.
struct Ports {
  Clock& clock;
  Random& random;
  Metrics& metrics;
  fetch::Fetcher& fetcher;
  deliver::Courier& courier;
  store::StoreLane& store;
  SizedLanes& pages;
  Supervisor& supervisor;
};

// How things are with the database, for `status` and readiness.
struct Storage {
  bool writable = true;
  std::string reason;
  Instant since;
};

// A source that has as much under way as it may: headlines that were told before their texts could be read, up to an hour ago.
struct Crowded {
  model::SourceId source;
  std::int64_t headlines = 0;
};

class Polls;
class Reads;
class Deliveries;
class Desk;

class Pipeline {
 public:
  // `owner` names this process in leases. `on_corrupt`: the database cannot be trusted any more; the daemon ends.
  Pipeline(Ports ports, Options options, std::string owner, PolicyPtr policy, std::function<void(const std::string&)> on_corrupt);
  ~Pipeline();

  // Gives back what an earlier process held, brings the configured sources in, and starts the loops.
  Task<Status> start();
  // From the next visit on. The store learns of new and gone sources and receivers first.
  Task<Status> adopt(PolicyPtr policy);
  // Writes down what unchanged pages left unwritten: when each source was last complete and is due next.
  Task<void> settle();
  // The same, after the last coroutine has ended and before the store is closed. Without it these sources are asked when their
  // period comes round again.
  Task<void> let_go();
  // Something outside (an order to replay) put work into a receiver's queue.
  void wake_deliveries();

  const Storage& storage() const;
  std::vector<Crowded> crowded() const;
  // Rises with each call that may have written.
  std::uint64_t writes() const;
  // When the poll loop last went round (it does at least once in Options::idle) or the database was last
  // tried in vain; the watchdog is fed while this moves.
  Steady last_round() const;

 private:
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Deliveries> deliveries_;
  std::unique_ptr<Reads> reads_;
  std::unique_ptr<Polls> polls_;
};

}  // namespace bylined::pipeline
