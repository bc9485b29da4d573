// SPDX-License-Identifier: Apache-2.0
// Once a day: does the database still hold what was stored? On a thread and a reader of its own, beside which the store goes on
// writing. Tells what it finds and mends nothing: a person decides what to restore. Lives on the I/O thread.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/lane.h"
#include "base/metrics.h"
#include "store/reader.h"

namespace bylined::app {

class DailyAudit {
 public:
  // Called on the thread; kCancelled soon after it is asked to stop.
  using Auditor = Result<store::Audit> (*)(std::string database, std::stop_token stop);
  struct Report {
    Instant at;
    std::vector<std::string> findings;  // none: all good
  };

  // Clock and metrics outlive it.
  DailyAudit(Clock& clock, Metrics& metrics, std::string database, Auditor auditor)
      : clock_(clock), metrics_(metrics), database_(std::move(database)), auditor_(auditor) {}

  // Until stop().
  Task<void> run();
  // None before the first one is done.
  const std::optional<Report>& last() const { return last_; }
  // Cuts short the one under way.
  void stop() { stop_.request_stop(); }
  // Once run() has ended.
  void join() { lane_.stop(); }

 private:
  void tell(const Result<store::Audit>& audit, Steady began);

  Clock& clock_;
  Metrics& metrics_;
  const std::string database_;
  const Auditor auditor_;
  std::stop_source stop_;
  std::optional<Report> last_;
  Lane lane_{1};
};

}  // namespace bylined::app
