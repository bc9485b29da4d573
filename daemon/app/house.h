// SPDX-License-Identifier: Apache-2.0
// One running daemon: everything built from settings, in the order of the floors, and taken down in the
// reverse. Lives on the thread of its I/O context.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "app/copies.h"
#include "app/daily_audit.h"
#include "app/outside.h"
#include "base/bell.h"
#include "base/lane.h"
#include "base/metrics.h"
#include "base/net/server.h"
#include "base/random.h"
#include "base/supervisor.h"
#include "pipeline/pipeline.h"
#include "query/live.h"
#include "query/reading_room.h"
#include "settings/settings.h"
#include "store/reader.h"
#include "store/store_lane.h"

namespace bylined::app {

// Why a house could not be built, with the exit status of the contract.
struct Refusal {
  int status = 0;
  std::string reason;
};

class House final : public query::Live {
 public:
  House(boost::asio::io_context& context, settings::Checked checked);
  ~House() override;

  // Database, ways out, listeners, pipeline. Ready when it returns without a refusal.
  Task<std::optional<Refusal>> open();
  // All or nothing. An error says what stays as it was, and why. Given up by close(), which does not wait for it.
  Task<Status> reload(settings::Checked checked);
  // Nothing new is claimed; what is under way has `grace` to finish, then is cancelled. False where
  // something did not end even so, or could not be written.
  Task<bool> close(Millis grace);

  // Does the poll loop go round? Feeds the watchdog.
  bool alive() const;
  std::string one_line() const;

  query::Readiness readiness() const override;
  std::string metrics_text() const override;
  markup::json::object facts() const override;
  settings::SettingsPtr settings() const override { return checked_.settings; }
  Instant now() const override { return clock_->now(); }
  Task<void> settle() override { return pipeline_->settle(); }
  Task<Status> replay(model::DeliveryId delivery, std::string by) override;
  Task<Result<query::Copying>> backup(std::string path, std::string by) override { return copies_->copy(std::move(path), std::move(by)); }

 private:
  void open_pipeline(const pipeline::PolicyPtr& policy);
  Task<Status> take_over(settings::Checked checked);
  struct Last {
    Bell bell;
    bool written = false;
  };
  Task<void> write_the_last(std::shared_ptr<Last> last);
  Task<bool> last_is_written(Steady end);
  Task<void> checkpoints();
  Task<void> measurements();
  void note(const query::ReadingRoom::Measures& measured);
  // What others count, as series.
  Metrics all_metrics() const;

  boost::asio::io_context& context_;
  settings::Checked checked_;
  std::unique_ptr<Clock> clock_;
  Random random_;
  Metrics metrics_;
  const Instant started_;
  std::string reload_error_;
  bool open_ = false;

  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::StoreLane> store_lane_;
  std::unique_ptr<SizedLanes> page_lanes_;
  std::unique_ptr<Copies> copies_;
  std::unique_ptr<DailyAudit> daily_audit_;
  std::unique_ptr<Supervisor> supervisor_;
  std::unique_ptr<Outside> outside_;
  std::unique_ptr<pipeline::Pipeline> pipeline_;
  std::unique_ptr<query::ReadingRoom> reading_room_;
  std::unique_ptr<net::Server> server_;
};

// What the operator asked for, compiled. kInvalid: a name that cannot be matched.
Result<pipeline::PolicyPtr> compile_policy(const settings::SettingsPtr& from);

}  // namespace bylined::app
