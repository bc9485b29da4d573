// SPDX-License-Identifier: Apache-2.0
#include "app/daily_audit.h"

#include "base/log.h"

namespace bylined::app {
namespace {

constexpr Millis kFirst{3'600'000};  // after the start: a daemon that is started each morning audits too
constexpr Millis kEvery{24 * 3'600'000};

}  // namespace

Task<void> DailyAudit::run() {
  co_await clock_.sleep(kFirst);
  while (!stop_.stop_requested()) {
    const Steady began = clock_.steady();
    const auto audit = co_await lane_.run(auditor_, database_, stop_.get_token());
    tell(audit, began);
    co_await clock_.sleep(kEvery);
  }
}

void DailyAudit::tell(const Result<store::Audit>& audit, Steady began) {
  if (!audit && audit.error().kind() == ErrorKind::kCancelled) return;
  Report report;
  report.at = clock_.now();
  if (audit) report.findings = audit->findings;
  else report.findings.push_back("the audit could not be made: " + audit.error().text());
  metrics_.gauge("bylined_audit_findings", static_cast<double>(report.findings.size()));
  metrics_.gauge("bylined_audit_seconds", static_cast<double>((clock_.steady() - began).count()) / 1000);
  if (report.findings.empty()) {
    log::info("storage.audited", {{"outcome", "good"}});
  } else {
    log::error("storage.audited", {{"findings", report.findings.size()}, {"first", report.findings.front()}, {"remedy", "byline db audit; byline db restore"}});
  }
  last_ = std::move(report);
}

}  // namespace bylined::app
