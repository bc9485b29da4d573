// SPDX-License-Identifier: Apache-2.0
// Answers questions beside the running daemon, on a thread and a read-only connection of its own, so that
// no question can hold up the loops or the writer.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/lane.h"
#include "query/service/service.h"

namespace bylined::query {

class ReadingRoom {
 public:
  // The database need not exist yet; it is opened at the first question.
  explicit ReadingRoom(std::string database);

  Task<Result<json::value>> ask(Question question, settings::SettingsPtr settings, json::object facts, Instant now);
  struct Measures {
    store::Counts counts;
    std::map<model::SourceState, int> sources;  // that are configured
  };
  Task<Result<Measures>> measure();
  // Call before the I/O context is destroyed.
  void stop() { lane_.stop(); }

 private:
  // Belongs to the lane's one thread.
  struct Shelf {
    std::string database;
    std::unique_ptr<store::Reader> reader;
  };
  static Result<store::Reader*> reader_on(Shelf* shelf);
  static Result<Measures> measure_on(Shelf* shelf);
  static Result<json::value> answer_on(Shelf* shelf, Question question, settings::SettingsPtr settings, json::object facts, Instant now);

  Shelf shelf_;
  Lane lane_{1};
};

}  // namespace bylined::query
