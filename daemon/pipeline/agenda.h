// SPDX-License-Identifier: Apache-2.0
// When each source is asked next, which are being visited, and which claims are held meanwhile: an unchanged page ends nothing, so
// its source is asked again under the same claim, and nobody has to be told. Pure; lives on the I/O thread. Private to
// pipeline/*.cpp.
//
// What stands here and not in the store may be lost: then a source is asked when its period comes round again.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/store.h"

namespace bylined::pipeline {

class Agenda {
 public:
  // `owner` is in all claims.
  explicit Agenda(std::string owner);
  ~Agenda();

  // All sources, and no others. A claim goes on being held where it is still the last one.
  void plan(const std::vector<store::PlannedSource>& sources);

  // Oldest first, at most `limit`, none that is visited. What is due beyond `horizon` was planned under a wrong clock: it is due.
  std::vector<model::SourceId> due(Instant now, Millis horizon, std::size_t limit) const;
  // None where all are visited.
  std::optional<Instant> next() const;
  // None where it is not planned.
  std::optional<Instant> due_of(const model::SourceId& source) const;
  void move(const model::SourceId& source, Instant due);

  // A visit begins under a new claim, or under the one that is held.
  void claimed(const store::ClaimedSource& claim, Instant now);
  std::optional<store::ClaimedSource> take(const model::SourceId& source, Instant now);
  // It found the page unchanged, and wrote nothing: the claim is held from now on.
  void hold(const store::ClaimedSource& claim);
  // It is over. Where it did not hold() its claim, the next one is the store's to give.
  void visited(const model::SourceId& source);
  bool visits(const model::SourceId& source) const { return visits_.contains(source); }
  std::size_t visits() const { return visits_.size(); }

  // When its page was last fetched whole, whether it had changed or not; none: not since we started.
  std::optional<Steady> whole_at(const model::SourceId& source) const;
  void fetched_whole(const model::SourceId& source, Steady now);

  // What the store does not know yet.
  std::vector<store::HeldPoll> unknown_to_store() const;
  // The same, and none is held any more; but for visits under way, which go on under the claim they have.
  std::vector<store::HeldPoll> let_go();

 private:
  class Held;
  struct Entry {
    Entry();
    Entry(Entry&& other) noexcept;
    Entry& operator=(Entry&& other) noexcept;
    ~Entry();

    Instant due;
    Instant asked;           // when the last visit began
    std::int64_t token = 0;  // of the last claim
    bool ahead = false;      // of what the store knows of it
    std::optional<Steady> whole;           // when its page was last fetched without validators
    std::optional<Instant> last_complete;  // under that claim
    std::unique_ptr<const Held> held;      // none while it is visited
  };
  using Planned = std::map<model::SourceId, Entry>::value_type;
  struct Earlier {
    bool operator()(const Planned* one, const Planned* other) const {
      return std::tie(one->second.due, one->first) < std::tie(other->second.due, other->first);
    }
  };
  void move(Planned& planned, Instant due);
  void line_up(const Planned& planned);

  const std::string owner_;
  std::map<model::SourceId, Entry> sources_;
  std::set<model::SourceId> visits_;          // under way; of a source that a reload retired too
  std::set<const Planned*, Earlier> order_;   // of all others
};

}  // namespace bylined::pipeline
