// SPDX-License-Identifier: Apache-2.0
#include "app/house.h"

#include <algorithm>
#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/checkpoint_pace.h"
#include "app/exit_status.h"
#include "app/notify.h"
#include "app/series.h"
#include "base/log.h"
#include "base/log_left_out.h"
#include "base/workers.h"
#include "query/api/api.h"

namespace bylined::app {
namespace {

constexpr Millis kCheckpointPause{1'000};
constexpr Millis kMeasurePause{15'000};
constexpr Millis kStillMoving{90'000};
constexpr Millis kLastWrites{700};  // beyond twice the grace, for what waits to be written; a lock is waited for longer than that

// A bug of ours: the process ends at once, leases and the outbox give its work back.
void die_of_bug(const std::string& where, const std::string& what) {
  log::error("daemon.bug", {{"where", where}, {"what", what}});
  std::_Exit(kBroken);
}

// What would be stored from now on would not be found again: nothing more is told, and no file is touched.
void die_of_damage(const std::string& reason) {
  log::error("storage.corrupt", {{"reason", reason}, {"remedy", "byline db audit; byline db restore"}});
  notify_failed("storage: " + reason);
  std::_Exit(kDamaged);
}

std::string with_remedy(const std::string& damage) {
  if (damage.find("restore") != std::string::npos) return damage;
  return damage + "; look what is left with `byline db audit`, and restore a backup with `byline db restore`";
}

Refusal store_refusal(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kBusy: return Refusal{kInUse, error.text()};
    case ErrorKind::kCorrupt: return Refusal{kDamaged, with_remedy(error.text())};
    case ErrorKind::kInvalid: return Refusal{kDamaged, error.text()};
    case ErrorKind::kTransient: return Refusal{kInUse, error.text()};
    default: return Refusal{kNotWritable, error.text()};
  }
}

// On a reader of its own: the store's thread goes on writing.
Status copy_database(const std::string& from, const std::string& to, std::stop_token stop) {
  auto reader = store::open_reader(from);
  if (!reader) return reader.error();
  return (*reader)->backup_to(to, std::move(stop));
}

}  // namespace

House::House(boost::asio::io_context& context, settings::Checked checked)
    : context_(context), checked_(std::move(checked)), clock_(make_system_clock(context.get_executor())), random_(seed_from_system()), started_(clock_->now()) {
  declare_series(metrics_);
}

House::~House() = default;

Task<std::optional<Refusal>> House::open() {
  const settings::Settings& settings = *checked_.settings;
  const auto policy = compile_policy(checked_.settings);
  if (!policy) co_return Refusal(kConfig, policy.error().text());
  store::OpenOptions options;
  options.path = settings.database;
  LongStart start(*clock_);
  options.on_progress = [&start] { start.moved(); };
  auto opened = store::open_store(options);
  if (!opened) co_return store_refusal(opened.error());
  store_ = std::move(*opened);
  supervisor_ = std::make_unique<Supervisor>(context_.get_executor(), *clock_, die_of_bug);
  store_lane_ = std::make_unique<store::StoreLane>(*store_, 1);
  page_lanes_ = std::make_unique<SizedLanes>(std::max(1u, cores() - 1));
  copies_ = std::make_unique<Copies>(context_, *clock_, settings.database, copy_database);
  daily_audit_ = std::make_unique<DailyAudit>(*clock_, metrics_, settings.database, store::audit);
  outside_ = std::make_unique<Outside>(context_, *clock_, metrics_, page_lanes_->large());
  const Status out = outside_->open(settings);
  if (!out) co_return Refusal(kConfig, out.error().text());
  reading_room_ = std::make_unique<query::ReadingRoom>(settings.database);
  auto server = net::listen(context_, settings.listen, inherited_sockets(), api::make_handler(*this, *reading_room_));
  if (!server) co_return Refusal(kAddressInUse, server.error().text());
  server_ = std::move(*server);
  open_pipeline(*policy);
  const Status started = co_await pipeline_->start();
  if (!started) co_return store_refusal(started.error());
  supervisor_->spawn("checkpoints", checkpoints());
  supervisor_->spawn("measurements", measurements());
  supervisor_->spawn("audits", daily_audit_->run());
  open_ = true;
  co_return std::nullopt;
}

void House::open_pipeline(const pipeline::PolicyPtr& policy) {
  const std::string owner = store_->installation() + ":" + rfc3339(started_) + ":" + std::to_string(random_.below(1'000'000));
  pipeline::Ports ports{*clock_, random_, metrics_, *outside_, *outside_, *store_lane_, *page_lanes_, *supervisor_};
  pipeline_ = std::make_unique<pipeline::Pipeline>(ports, pipeline::Options(), owner, policy, die_of_damage);
}

// The writer itself moves the log into the database: beside a steady writer nobody else ever finishes.
Task<void> House::checkpoints() {
  CheckpointPace pace(clock_->steady());
  while (!supervisor_->stopping()) {
    co_await clock_->sleep(kCheckpointPause);
    if (!pace.due(clock_->steady(), pipeline_->writes(), pipeline_->storage().writable)) continue;
    const auto moved = co_await store_lane_->call<&store::Store::checkpoint>();
    if (!moved && moved.error().kind() == ErrorKind::kCorrupt) die_of_damage(moved.error().text());
    if (!moved) log::debug("storage.checkpoint_failed", {{"reason", moved.error().text()}});
  }
}

// How long the queues are is in the database: asked beside the loops, on the reading thread.
Task<void> House::measurements() {
  while (!supervisor_->stopping()) {
    const auto measured = co_await reading_room_->measure();
    if (measured) note(*measured);
    co_await clock_->sleep(kMeasurePause);
  }
}

void House::note(const query::ReadingRoom::Measures& measured) {
  const store::Counts& counts = measured.counts;
  const auto queue = [this](const std::string& labels, std::int64_t length, std::optional<Instant> oldest) {
    const Millis waited = oldest ? std::max(clock_->now() - *oldest, Millis(0)) : Millis(0);
    metrics_.gauge("bylined_queue", static_cast<double>(length), labels);
    metrics_.gauge("bylined_queue_oldest_seconds", static_cast<double>(waited.count()) / 1000, labels);
  };
  queue("queue=\"reads\"", counts.reads_due, counts.oldest_due_read);
  queue("queue=\"deliveries\"", counts.deliveries_pending, counts.oldest_pending_delivery);
  metrics_.gauge("bylined_deliveries_dead", static_cast<double>(counts.deliveries_dead));
  metrics_.gauge("bylined_reads_given_up", static_cast<double>(counts.reads_given_up));
  for (const model::SourceState state : {model::SourceState::kNew, model::SourceState::kOk, model::SourceState::kFailing, model::SourceState::kSuspect, model::SourceState::kQuiet,
                                         model::SourceState::kRefusedByRobots, model::SourceState::kRobotsUnreachable}) {
    const auto found = measured.sources.find(state);
    metrics_.gauge("bylined_sources", found == measured.sources.end() ? 0 : found->second, "state=\"" + std::string(model::state_name(state)) + "\"");
  }
}

Task<Status> House::reload(settings::Checked checked) {
  const Status taken = co_await take_over(std::move(checked));
  metrics_.count("bylined_reloads_total", taken ? "outcome=\"taken\"" : "outcome=\"refused\"");
  reload_error_ = taken ? std::string() : taken.error().text();
  co_return taken;
}

Task<Status> House::take_over(settings::Checked checked) {
  if (!checked.settings) co_return Error(ErrorKind::kInvalid, "the configuration has faults; the one before stays in force");
  const settings::Settings& now = *checked_.settings;
  const settings::Settings& then = *checked.settings;
  if (then.listen != now.listen) co_return Error(ErrorKind::kRefused, "http.listen cannot change while running: restart");
  if (then.database != now.database) co_return Error(ErrorKind::kRefused, "store.url cannot change while running: restart");
  const auto policy = co_await page_lanes_->large().run(&compile_policy, checked.settings);
  if (!policy) co_return policy.error();
  auto authorities = co_await page_lanes_->large().run(&net::read_authorities, then.ca_file);
  if (!authorities) co_return authorities.error();
  const auto changed = outside_->take_changed();
  if (!changed.empty()) {
    const auto stored = co_await store_lane_->call<&store::Store::record_hosts>(changed);
    if (!stored) co_return stored.error();
  }
  auto hosts = co_await store_lane_->call<&store::Store::load_hosts>();
  if (!hosts) co_return hosts.error();
  const Status out = outside_->open(then, std::move(*authorities));
  if (!out) co_return out;
  outside_->load(std::move(*hosts));
  if (supervisor_->stopping()) co_return Error(ErrorKind::kCancelled, "stopping");
  const Status adopted = co_await pipeline_->adopt(*policy);
  if (!adopted) co_return adopted;
  checked_ = std::move(checked);
  co_return Status();
}

Task<bool> House::close(Millis grace) {
  const Steady end = clock_->steady() + 2 * grace + kLastWrites;
  open_ = false;
  if (server_) server_->stop();
  if (daily_audit_) daily_audit_->stop();
  if (copies_) copies_->stop();
  const bool ended = !supervisor_ || co_await supervisor_->stop(grace);
  const bool copying = copies_ && !co_await copies_->over(clock_->steady() + grace);
  const bool whole = ended && !copying;
  if (!whole) log::warn("daemon.cut_short", {{"coroutines", supervisor_->running()}, {"backups", copying ? 1 : 0}});
  // Where it is not, somebody has the database locked or the disk is stuck: what waits for it is done again after the next start.
  if (pipeline_ && !co_await last_is_written(end)) co_return false;
  if (store_lane_) store_lane_->stop();
  // What these compute is needed by nobody any more. Where somebody still waits for it, it may take long: the process ends without it.
  if (whole && page_lanes_) page_lanes_->stop();
  if (whole && copies_) copies_->join();
  if (whole && daily_audit_) daily_audit_->join();
  if (whole && reading_room_) reading_room_->stop();
  co_return whole;
}

Task<void> House::write_the_last(std::shared_ptr<Last> last) {
  co_await pipeline_->let_go();
  co_await store_lane_->drain();
  last->written = true;
  last->bell.ring();
}

Task<bool> House::last_is_written(Steady end) {
  const auto last = std::make_shared<Last>();
  boost::asio::co_spawn(context_, write_the_last(last), boost::asio::detached);
  while (!last->written && clock_->steady() < end) co_await clock_->wait(last->bell, end - clock_->steady());
  co_return last->written;
}

bool House::alive() const { return pipeline_ && clock_->steady() - pipeline_->last_round() < kStillMoving; }

std::string House::one_line() const {
  const settings::Settings& settings = *checked_.settings;
  std::string line = "watching " + std::to_string(settings.sources.size()) + " sources for " + std::to_string(settings.entities.size()) + " entities";
  if (!pipeline_->storage().writable) line += "; storage: " + pipeline_->storage().reason;
  return line;
}

query::Readiness House::readiness() const {
  query::Readiness readiness;
  if (!open_) readiness.reasons.push_back("not open");
  if (pipeline_ && !pipeline_->storage().writable) readiness.reasons.push_back("storage: " + pipeline_->storage().reason);
  if (open_ && !alive()) readiness.reasons.push_back("the poll loop does not go round");
  readiness.ready = readiness.reasons.empty();
  return readiness;
}

std::string House::metrics_text() const { return all_metrics().text(); }

Metrics House::all_metrics() const {
  Metrics all = metrics_;
  const net::Refused refused = server_ ? server_->refused() : net::Refused();
  const log::LeftOut left_out = log::left_out();
  const auto add = [&all](std::string_view name, std::string_view labels, std::uint64_t count) { all.count(name, labels, static_cast<double>(count)); };
  add("bylined_api_refused_total", "limit=\"connections\"", refused.connections);
  add("bylined_api_refused_total", "limit=\"headers\"", refused.headers);
  add("bylined_api_refused_total", "limit=\"body\"", refused.body);
  add("bylined_api_refused_total", "limit=\"time\"", refused.time);
  add("bylined_log_lines_left_out_total", "reason=\"flood\"", left_out.flood);
  add("bylined_log_lines_left_out_total", "reason=\"blocked\"", left_out.blocked);
  return all;
}

markup::json::object House::facts() const {
  namespace json = markup::json;
  json::object facts;
  facts["version"] = BYLINED_VERSION;
  facts["started"] = rfc3339(started_);
  facts["now"] = rfc3339(clock_->now());
  facts["configuration"] = checked_.settings->file;
  json::array warnings;
  for (const settings::Complaint& complaint : checked_.complaints) warnings.emplace_back(settings::text(complaint));
  facts["warnings"] = std::move(warnings);
  json::array overrides;
  for (const model::Source& source : checked_.settings->sources) {
    for (const std::string& host : source.robots.ignored_hosts) {
      overrides.emplace_back(json::object{{"source", source.id.value}, {"host", host}, {"reason", source.robots.reason}});
    }
  }
  facts["robots_overrides"] = std::move(overrides);
  const pipeline::Storage& storage = pipeline_->storage();
  facts["storage"] = json::object{{"writable", storage.writable}, {"reason", storage.reason}};
  if (const auto& audit = daily_audit_->last()) {
    json::array findings;
    for (const std::string& finding : audit->findings) findings.emplace_back(finding);
    facts["audit"] = json::object{{"at", rfc3339(audit->at)}, {"findings", std::move(findings)}};
  }
  json::array crowded;
  for (const pipeline::Crowded& one : pipeline_->crowded()) crowded.emplace_back(json::object{{"source", one.source.value}, {"headlines", one.headlines}});
  facts["crowded"] = std::move(crowded);
  facts["limits"] = limits_met(all_metrics());
  facts["reload_error"] = reload_error_.empty() ? json::value(nullptr) : json::value(reload_error_);
  return facts;
}

Task<Status> House::replay(model::DeliveryId delivery, std::string by) {
  const auto replayed = co_await store_lane_->call<&store::Store::replay_delivery>(delivery, by, clock_->now());
  log::info("delivery.replayed", {{"delivery", delivery.value}, {"by", by}, {"outcome", replayed ? "pending" : replayed.error().text()}});
  if (replayed) pipeline_->wake_deliveries();
  co_return replayed;
}

}  // namespace bylined::app
