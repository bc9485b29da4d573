// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pipeline.h"

#include "pipeline/deliveries.h"
#include "pipeline/desk.h"
#include "pipeline/polls.h"
#include "pipeline/reads.h"

namespace bylined::pipeline {
namespace {

// The policy with the number under which its entities and watches are kept.
Task<Result<PolicyPtr>> put_in_force(Desk& desk, PolicyPtr policy) {
  const auto load = co_await desk.record<&store::Store::record_load>(policy->definitions, desk.ports.clock.now());
  if (!load) co_return load.error();
  auto in_force = std::make_shared<Policy>(*policy);
  in_force->load = *load;
  in_force->definitions.clear();
  co_return PolicyPtr(std::move(in_force));
}

}  // namespace

Pipeline::Pipeline(Ports ports, Options options, std::string owner, PolicyPtr policy, std::function<void(const std::string&)> on_corrupt)
    : desk_(std::make_unique<Desk>(ports, options, std::move(owner), std::move(policy), std::move(on_corrupt))),
      deliveries_(std::make_unique<Deliveries>(*desk_)),
      reads_(std::make_unique<Reads>(*desk_, [this](const std::vector<model::ReceiverId>& receivers) { deliveries_->wake(receivers); })),
      polls_(std::make_unique<Polls>(*desk_, reads_->bell())) {}

Pipeline::~Pipeline() = default;

Task<Status> Pipeline::start() {
  const Ports& ports = desk_->ports;
  const auto released = co_await desk_->record<&store::Store::release_leases>(ports.clock.now());
  if (!released) co_return released.error().within("release leases");
  auto hosts = co_await desk_->record<&store::Store::load_hosts>();
  if (!hosts) co_return hosts.error().within("load hosts");
  ports.fetcher.load(std::move(*hosts));
  auto health = co_await desk_->record<&store::Store::load_receiver_health>();
  if (!health) co_return health.error().within("load receivers' health");
  deliveries_->load(std::move(*health));
  auto in_force = co_await put_in_force(*desk_, desk_->policy);
  if (!in_force) co_return in_force.error().within("keep entities and watches");
  desk_->policy = std::move(*in_force);
  const Status brought = co_await polls_->bring_in(desk_->policy);
  if (!brought) co_return brought.error().within("bring sources in");
  ports.supervisor.spawn("polls", polls_->run());
  ports.supervisor.spawn("reads", reads_->run());
  deliveries_->start();
  co_return Status();
}

Task<Status> Pipeline::adopt(PolicyPtr policy) {
  auto in_force = co_await put_in_force(*desk_, policy);
  if (!in_force) co_return in_force.error().within("keep entities and watches");
  const Status brought = co_await polls_->bring_in(*in_force);
  if (!brought) co_return brought.error().within("bring sources in");
  desk_->policy = *in_force;
  deliveries_->start();
  polls_->wake();
  co_return Status();
}

Task<void> Pipeline::settle() { return polls_->settle(); }
Task<void> Pipeline::let_go() { return polls_->let_go(); }
void Pipeline::wake_deliveries() { deliveries_->wake_all(); }
const Storage& Pipeline::storage() const { return desk_->storage; }
std::vector<Crowded> Pipeline::crowded() const { return reads_->crowded(); }
std::uint64_t Pipeline::writes() const { return desk_->writes; }
Steady Pipeline::last_round() const { return desk_->last_round; }

}  // namespace bylined::pipeline
