// SPDX-License-Identifier: Apache-2.0
// The real pipeline with real SQLite on one thread, under simulated time, network and receivers. The
// process can die at any store call and is built anew from its database. One seed, one run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "model/entity.h"
#include "pipeline/pipeline.h"
#include "store/reader.h"
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
};

class World {
 public:
  World(std::uint64_t seed, press::Script script, Wishes wishes);
  ~World();

  // Opens the database and starts the loops. `death` says at which store call the process will die.
  void boot(Death death = Death());
  // Everything in memory is gone, at once.
  void crash();
  // False where the process died meanwhile.
  bool run_for(Millis length);
  // Dies, is built anew, and goes on until `length` has passed in all.
  void live_through(Millis length);

  OutsideWorld& outside() { return outside_; }
  Wishes& wishes() { return wishes_; }
  const Death& death() const { return death_; }
  Instant now() const;
  const std::string& folder() const { return folder_.path(); }
  std::string database() const { return folder_.path() + "/bylined.db"; }
  Metrics& metrics() { return process_->metrics; }
  // A reader of the database as it stands.
  std::unique_ptr<store::Reader> reader() const;

 private:
  // What a crash takes away.
  struct Process {
    Process(World& world, Instant start);
    // Coroutines go first: what they hold refers to all of the rest.
    ~Process() { context.reset(); }

    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>(1);
    SimClock clock;
    Random random;
    Metrics metrics;
    SimHttp http;
    SimMail mail;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<MortalStore> mortal;
    std::unique_ptr<store::StoreLane> lane;
    Lane cpu{0};
    std::unique_ptr<Supervisor> supervisor;
    std::unique_ptr<fetch::Fetcher> fetcher;
    std::unique_ptr<deliver::Courier> courier;
    std::unique_ptr<pipeline::Pipeline> pipeline;
  };

  pipeline::PolicyPtr policy() const;

  const std::uint64_t seed_;
  int boots_ = 0;
  Wishes wishes_;
  OutsideWorld outside_;
  TempFolder folder_;
  Instant stopped_at_;
  Death death_;
  std::unique_ptr<Process> process_;
};

}  // namespace bylined::tests
