// SPDX-License-Identifier: Apache-2.0
#include "tests/support/world.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <stdexcept>

#include "base/log.h"

namespace bylined::tests {
namespace {

const Instant kStart = Instant(std::chrono::sys_days(std::chrono::year(2025) / 2 / 4));

void fail_test(const std::string& where, const std::string& what) { throw std::logic_error(where + ": " + what); }

void rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

// Named apart: a capturing temporary must not stand beside co_await.
Task<void> start(pipeline::Pipeline& pipeline) {
  const Status started = co_await pipeline.start();
  if (!started) throw std::logic_error("start: " + started.error().text());
}

}  // namespace

World::Process::Process(World& world, Instant start)
    : clock(*context, start),
      random(world.seed_ * 1'000 + static_cast<std::uint64_t>(world.boots_)),
      http(world.outside_, clock, world.death_),
      mail(world.outside_, clock, world.death_) {}

World::World(std::uint64_t seed, press::Script script, Wishes wishes)
    : seed_(seed), wishes_(std::move(wishes)), outside_(press::Press(std::move(script), kStart)), stopped_at_(kStart) {
  log::open_sink(nullptr);  // a failure names its seed; thousands of lines would hide it
}

World::~World() { crash(); }

pipeline::PolicyPtr World::policy() const {
  auto policy = std::make_shared<pipeline::Policy>();
  for (const model::Source& source : wishes_.sources) policy->sources.emplace(source.id, source);
  for (const model::Receiver& receiver : wishes_.receivers) policy->receivers.emplace(receiver.id, receiver);
  auto names = match::compile(wishes_.entities);
  if (!names) throw std::logic_error(names.error().text());
  policy->names = std::move(*names);
  policy->routing.watches = wishes_.watches;
  policy->routing.receivers = wishes_.receivers;
  policy->routing.compose = [](const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery) {
    return deliver::compose(alert, receiver, delivery, deliver::Style());
  };
  return policy;
}

void World::boot(Death death) {
  crash();
  death_ = death;
  ++boots_;
  process_ = std::make_unique<Process>(*this, stopped_at_);
  Process& here = *process_;
  store::OpenOptions options;
  options.path = database();
  options.installation = "simulated";
  options.ballast = 0;
  auto opened = store::open_store(options);
  if (!opened) throw std::logic_error("open: " + opened.error().text());
  here.store = std::move(*opened);
  here.mortal = std::make_unique<MortalStore>(*here.store, death_);
  here.lane = std::make_unique<store::StoreLane>(*here.mortal, 0);
  here.supervisor = std::make_unique<Supervisor>(here.context->get_executor(), here.clock, fail_test);
  here.fetcher = fetch::make_fetcher(here.http, here.clock, here.metrics, wishes_.fetch);
  here.courier = deliver::make_courier(here.http, here.mail, here.clock, "bylined/simulated");
  const pipeline::Ports ports{here.clock, here.random, here.metrics, *here.fetcher, *here.courier, *here.lane, here.cpu, *here.supervisor};
  here.pipeline = std::make_unique<pipeline::Pipeline>(ports, wishes_.options, "process-" + std::to_string(boots_), policy(),
                                                       [](const std::string& reason) { fail_test("corrupt", reason); });
  boost::asio::co_spawn(*here.context, start(*here.pipeline), rethrow);
}

void World::crash() {
  if (!process_) return;
  stopped_at_ = process_->clock.now();
  process_.reset();
}

bool World::run_for(Millis length) {
  return process_->clock.run_for(length, [this] { return death_.dead; });
}

void World::live_through(Millis length) {
  const Instant end = now() + length;
  while (!run_for(end - now())) boot();
}

Instant World::now() const { return process_ ? process_->clock.now() : stopped_at_; }

std::unique_ptr<store::Reader> World::reader() const {
  auto opened = store::open_reader(database());
  if (!opened) throw std::logic_error("reader: " + opened.error().text());
  return std::move(*opened);
}

}  // namespace bylined::tests
