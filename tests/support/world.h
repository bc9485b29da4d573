// SPDX-License-Identifier: Apache-2.0
// The real pipeline with real SQLite on one thread, under simulated time, network and receivers. The
// process can die at any store call and is built anew from its database. One seed, one run.
#pragma once

#include <latch>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "model/entity.h"
#include "pipeline/pipeline.h"
#include "store/reader.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/outside_world.h"
#include "tests/support/temp_folder.h"

namespace bylined::tests {

// The operator's wishes, without files.
struct Wishes {
  std::vector<model::Source> sources;
  std::vector<model::Entity> entities;
  std::vector<model::Watch> watches;
  std::vector<model::Receiver> receivers;
  fetch::Options fetch;
  pipeline::Options options;
  unsigned cpu_threads = 0;  // none: pages are read in place
};

// Wrong behaviour put before the right one: each is given the real thing and makes what stands in its place.
struct Spoilt {
  std::function<std::unique_ptr<store::Store>(store::Store&)> store;
  std::function<std::unique_ptr<fetch::Fetcher>(fetch::Fetcher&, Clock&)> fetcher;
  std::function<std::unique_ptr<deliver::Courier>(deliver::Courier&, store::Store&)> courier;
  std::function<std::unique_ptr<Clock>(Clock&)> clock;
};

class World {
 public:
  World(std::uint64_t seed, press::Script script, Wishes wishes, Spoilt spoilt = Spoilt());
  ~World();

  // Opens the database and starts the loops. `death` says at which store call the process will die.
  void boot(Death death = Death());
  // The same where the disk may refuse.
  Status try_boot(Death death = Death());
  // Everything in memory is gone, at once; and, where the power went, of what lay unsynced all that is not `kept`.
  void crash(const std::function<bool()>& kept = [] { return true; });
  // As SIGTERM does it.
  void stop(Millis grace);
  // The process is not there for so long.
  void stay_down(Millis length) { stopped_at_ += length; }
  // Dies at the n-th store call from now.
  void doom(int nth, bool after);
  void reload();
  // A thread of the CPU lane does nothing else until then.
  void hold_cpu(std::latch& free);
  // False where the process died meanwhile.
  bool run_for(Millis length);
  // Dies, is built anew, and goes on until `length` has passed in all.
  void live_through(Millis length);

  OutsideWorld& outside() { return outside_; }
  Wishes& wishes() { return wishes_; }
  const Death& death() const { return death_; }
  FaultyDisk& disk() { return disk_; }
  bool up() const { return process_ != nullptr; }
  int boots() const { return boots_; }
  void jump(Millis by);  // the wall clock of this machine
  Instant now() const;   // as the rest of the world sees it
  const std::string& folder() const { return folder_.path(); }
  std::string database() const { return folder_.path() + "/bylined.db"; }
  Metrics& metrics() { return process_->metrics; }
  const pipeline::Pipeline& pipeline() const { return *process_->pipeline; }
  // A reader of the database as it stands.
  std::unique_ptr<store::Reader> reader() const;

 private:
  // What a crash takes away.
  struct Process {
    Process(World& world, Instant start);
    // Coroutines go first: what they hold refers to all of the rest. What waits for the lane is of them.
    ~Process() {
      pages->stop();
      pages.reset();
      context.reset();
    }

    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>(1);
    SimClock clock;
    Random random;
    Metrics metrics;
    SimHttp http;
    SimMail mail;
    std::unique_ptr<store::Store> store, spoilt_store;
    std::unique_ptr<MortalStore> mortal;
    std::unique_ptr<store::StoreLane> lane;
    std::unique_ptr<SizedLanes> pages;
    std::unique_ptr<Clock> spoilt_clock;
    std::unique_ptr<Supervisor> supervisor;
    std::unique_ptr<fetch::Fetcher> fetcher, spoilt_fetcher;
    std::unique_ptr<deliver::Courier> courier, spoilt_courier;
    std::unique_ptr<pipeline::Pipeline> pipeline;
  };

  pipeline::PolicyPtr policy() const;
  Task<void> keep_up(pipeline::Pipeline& pipeline, store::StoreLane& lane, Clock& clock);
  Status open(Process& here);

  const std::uint64_t seed_;
  const Spoilt spoilt_;
  int boots_ = 0;
  Millis jumped_{0};
  Wishes wishes_;
  OutsideWorld outside_;
  FaultyDisk disk_{"simulated"};
  TempFolder folder_;
  Instant stopped_at_;
  Death death_;
  std::unique_ptr<Process> process_;
};

}  // namespace bylined::tests
