// SPDX-License-Identifier: Apache-2.0
#include "tests/support/world.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <stdexcept>

#include "base/log.h"

namespace bylined::tests {
namespace {

constexpr Millis kUpkeep{600'000};
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

// What the store learns may come late, or not at all when the process dies: the next start brings it.
Task<void> adopt(pipeline::Pipeline& pipeline, pipeline::PolicyPtr policy) {
  static_cast<void>((co_await pipeline.adopt(policy)).has_value());
}

Task<bool> end(Supervisor& supervisor, pipeline::Pipeline& pipeline, Millis grace) {
  const bool whole = co_await supervisor.stop(grace);
  co_await pipeline.let_go();
  co_return whole;
}

bool wait_for(std::latch* free) {
  free->wait();
  return true;
}

Task<void> hold(Lane& cpu, std::latch* free) { static_cast<void>(co_await cpu.run(&wait_for, free)); }

}  // namespace

World::Process::Process(World& world, Instant start)
    : clock(*context, start),
      random(world.seed_ * 1'000 + static_cast<std::uint64_t>(world.boots_)),
      http(world.outside_, clock, world.death_),
      mail(world.outside_, clock, world.death_),
      pages(std::make_unique<SizedLanes>(world.wishes_.cpu_threads)) {}

World::World(std::uint64_t seed, press::Script script, Wishes wishes, Spoilt spoilt)
    : seed_(seed),
      spoilt_(std::move(spoilt)),
      wishes_(std::move(wishes)),
      outside_(press::Press(std::move(script), kStart)),
      stopped_at_(kStart) {
  log::open_sink(nullptr);  // a failure names its seed; thousands of lines would hide it
}

World::~World() { process_.reset(); }

pipeline::PolicyPtr World::policy() const {
  auto policy = std::make_shared<pipeline::Policy>();
  std::vector<model::Source> sources = wishes_.sources;
  std::sort(sources.begin(), sources.end(), [](const model::Source& one, const model::Source& other) { return one.id < other.id; });
  policy->sources = pipeline::Sources(std::make_shared<const std::vector<model::Source>>(std::move(sources)));
  for (const model::Receiver& receiver : wishes_.receivers) policy->receivers.emplace(receiver.id, receiver);
  auto names = match::compile(wishes_.entities);
  if (!names) throw std::logic_error(names.error().text());
  policy->names = std::move(*names);
  for (const model::Entity& one : wishes_.entities) policy->definitions.push_back({model::DefinitionKind::kEntity, one.id.value, model::definition_text(one), "wishes"});
  for (const model::Source& one : wishes_.sources) {
    if (!one.tags.empty()) policy->definitions.push_back({model::DefinitionKind::kSource, one.id.value, model::definition_text(one), "wishes"});
  }
  for (const model::Watch& one : wishes_.watches) policy->definitions.push_back({model::DefinitionKind::kWatch, one.id.value, model::definition_text(one), "wishes"});
  policy->routing.watches = wishes_.watches;
  if (const Status rules = pipeline::compile_rules(*policy); !rules) throw std::logic_error(rules.error().text());
  policy->routing.receivers = wishes_.receivers;
  policy->routing.compose = [](const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery) {
    return deliver::compose(alert, receiver, delivery, deliver::Style());
  };
  return policy;
}

void World::boot(Death death) {
  const Status booted = try_boot(std::move(death));
  if (!booted) throw std::logic_error("open: " + booted.error().text());
}

Status World::open(Process& here) {
  store::OpenOptions options;
  options.path = database();
  options.installation = "simulated";
  options.ballast = 0;
  options.vfs = disk_.name();
  auto opened = store::open_store(options);
  if (!opened) return opened.error();
  here.store = std::move(*opened);
  return Status();
}

Status World::try_boot(Death death) {
  crash();
  death_ = std::move(death);
  death_.power_gone = [this] { return disk_.is_cut(); };
  ++boots_;
  auto process = std::make_unique<Process>(*this, stopped_at_);
  Process& here = *process;
  here.clock.jump(jumped_);
  if (const Status opened = open(here); !opened) return opened;
  here.mortal = std::make_unique<MortalStore>(*here.store, death_);
  if (spoilt_.store) here.spoilt_store = spoilt_.store(*here.mortal);
  store::Store& store = here.spoilt_store ? *here.spoilt_store : *here.mortal;
  if (spoilt_.clock) here.spoilt_clock = spoilt_.clock(here.clock);
  Clock& clock = here.spoilt_clock ? *here.spoilt_clock : static_cast<Clock&>(here.clock);
  here.lane = std::make_unique<store::StoreLane>(store, 0);
  here.supervisor = std::make_unique<Supervisor>(here.context->get_executor(), clock, fail_test);
  here.fetcher = fetch::make_fetcher(here.http, clock, here.metrics, here.pages->large(), wishes_.fetch);
  if (spoilt_.fetcher) here.spoilt_fetcher = spoilt_.fetcher(*here.fetcher, clock);
  here.courier = deliver::make_courier(here.http, here.mail, clock, "bylined/simulated");
  if (spoilt_.courier) here.spoilt_courier = spoilt_.courier(*here.courier, store);
  const pipeline::Ports ports{clock, here.random, here.metrics, here.spoilt_fetcher ? *here.spoilt_fetcher : *here.fetcher,
                              here.spoilt_courier ? *here.spoilt_courier : *here.courier, *here.lane, *here.pages, *here.supervisor};
  here.pipeline = std::make_unique<pipeline::Pipeline>(ports, wishes_.options, "process-" + std::to_string(boots_), policy(),
                                                       [](const std::string& reason) { fail_test("corrupt", reason); });
  process_ = std::move(process);
  boost::asio::co_spawn(*here.context, start(*here.pipeline), rethrow);
  boost::asio::co_spawn(*here.context, keep_up(*here.pipeline, *here.lane, here.clock), rethrow);
  return Status();
}

// As the daemon does, but by time alone.
Task<void> World::keep_up(pipeline::Pipeline& pipeline, store::StoreLane& lane, Clock& clock) {
  for (std::uint64_t seen = 0;;) {
    co_await clock.sleep(kUpkeep);
    if (std::exchange(seen, pipeline.writes()) == pipeline.writes()) continue;
    const Status moved = co_await lane.call<&store::Store::checkpoint>();
    if (!moved && moved.error().kind() == ErrorKind::kCorrupt) throw std::logic_error("upkeep: " + moved.error().text());
  }
}

void World::crash(const std::function<bool()>& kept) {
  if (process_) {
    stopped_at_ = now();
    disk_.cut_now();  // nothing that is closed now tidies up behind itself
    process_.reset();
  }
  if (disk_.is_cut()) disk_.restart(kept);
}

void World::stop(Millis grace) {
  if (!process_) return;
  bool done = false;
  std::function<void(std::exception_ptr, bool)> ended = [&done](std::exception_ptr thrown, bool) {
    rethrow(thrown);
    done = true;
  };
  boost::asio::co_spawn(*process_->context, end(*process_->supervisor, *process_->pipeline, grace), ended);
  process_->clock.run_for(4 * grace, [&done, this] { return done || death_.dead; });
  stopped_at_ = now();
  process_.reset();
  disk_.restart([] { return true; });
}

void World::doom(int nth, bool after) {
  death_.at_call = death_.calls + nth;
  death_.after = after;
}

void World::reload() { boost::asio::co_spawn(*process_->context, adopt(*process_->pipeline, policy()), rethrow); }

void World::hold_cpu(std::latch& free) { boost::asio::co_spawn(*process_->context, hold(process_->pages->for_bytes(0), &free), rethrow); }

void World::jump(Millis by) {
  jumped_ += by;
  if (process_) process_->clock.jump(by);
}

bool World::run_for(Millis length) {
  return process_->clock.run_for(length, [this] { return death_.dead || disk_.is_cut(); });
}

void World::live_through(Millis length) {
  const Instant end = now() + length;
  while (!run_for(end - now())) boot();
}

Instant World::now() const { return process_ ? process_->clock.true_now() : stopped_at_; }

std::unique_ptr<store::Reader> World::reader() const {
  auto opened = store::open_reader(database());
  if (!opened) throw std::logic_error("reader: " + opened.error().text());
  return std::move(*opened);
}

}  // namespace bylined::tests
