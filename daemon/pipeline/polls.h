// SPDX-License-Identifier: Apache-2.0
// The first loop: asks due sources for their listings and records what is new as reads due. Private to
// pipeline/*.cpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bell.h"
#include "model/listing.h"
#include "pipeline/agenda.h"
#include "pipeline/desk.h"
#include "pipeline/diff/diff.h"
#include "pipeline/reading.h"

namespace bylined::pipeline {

class Polls {
 public:
  Polls(Desk& desk, Bell& reads)
      : desk_(desk), reads_(reads), started_(desk.ports.clock.steady()), wall_(desk.ports.clock), agenda_(desk.owner()) {}

  // The configured sources, and where each starts within the first minute.
  Task<Status> bring_in(PolicyPtr policy);
  Task<void> run();
  // Writes down how far the visits have got that cost no write: for those who read, and at the end. Logs where that fails.
  Task<void> settle();
  Task<void> let_go();
  void wake() { bell_.ring(); }

 private:
  // What a visit is about; its parts share it.
  using ClaimPtr = std::shared_ptr<const store::ClaimedSource>;
  using SourcePtr = std::shared_ptr<const model::Source>;

  Task<void> tell_store(std::vector<store::HeldPoll> held);
  Task<void> mind_the_clock();
  std::size_t room() const;
  Task<Millis> claim();
  std::vector<model::SourceId> ask_held(std::vector<model::SourceId> due);
  Task<bool> ask_others(std::vector<model::SourceId> due);
  void begin(store::ClaimedSource claimed);
  Task<void> visit(ClaimPtr claimed);
  Task<void> take_up(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known);
  Task<fetch::Fetched> ask(SourcePtr source, fetch::Request request);
  Task<fetch::Fetched> ask_patiently(fetch::Request request);
  Task<fetch::Fetched> ask_service(SourcePtr source, fetch::Request request);
  Task<void> read(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known);
  // polls_judge.cpp
  Task<Result<Reading>> judge(ClaimPtr claimed, SourcePtr source, Reading reading);
  Task<Result<std::vector<diff::Seen>>> titled_alike(model::SourceId source, std::vector<model::ListedItem> items);
  std::string learn(const store::ClaimedSource& claimed, const std::vector<model::ListedItem>& fresh, std::optional<Millis> fresh_for) const;
  std::string silence(const store::ClaimedSource& claimed) const;
  Task<Result<model::Listing>> settle_place(ClaimPtr claimed, model::Listing listing);
  // polls_due.cpp
  store::NextDue next_due() const;
  Instant next_held(const store::ClaimedSource& claimed) const;
  Instant resumed(const store::SourceFacts& facts) const;
  // polls_parts.cpp
  static bool represented(const std::vector<model::Part>& known);
  bool gone_cold(const store::ClaimedSource& claimed, const std::vector<model::Part>& known) const;
  std::vector<model::Part> take_page_back(const store::ClaimedSource& claimed, std::vector<model::Part>& known) const;
  bool stands_in(const store::ClaimedSource& claimed, const std::vector<model::Part>& known) const;
  Task<void> visit_parts(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, std::vector<model::Part> known);
  Task<Reading> follow(ClaimPtr claimed, SourcePtr source, std::vector<model::Part> known, Reading reading);
  Task<Reading> ask_part(ClaimPtr claimed, SourcePtr source, std::vector<model::Part> known, model::Part part, Reading reading);
  Task<Result<diff::Changes>> compare(model::SourceId source, std::vector<model::ListedItem> items, std::optional<Instant> ground);
  Task<Reading> turn_pages(SourcePtr source, Reading reading);
  Task<void> record(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, Reading reading);
  Task<void> record_gap(ClaimPtr claimed, SourcePtr source, fetch::Fetched fetched, Reading reading);
  void hold(const store::ClaimedSource& claimed, const fetch::Fetched& fetched);
  Task<void> unchanged(ClaimPtr claimed, fetch::Fetched fetched);
  Task<void> fail(ClaimPtr claimed, SourcePtr source, model::SourceState state, std::string reason, fetch::Fetched fetched);
  void note_state(const store::ClaimedSource& claimed, model::SourceState now, const std::string& reason);
  Task<void> keep_hosts();

  Desk& desk_;
  Bell& reads_;
  const Steady started_;
  WallWatch wall_;
  Bell bell_;
  Agenda agenda_;
  std::map<model::SourceId, Steady> page_at_;  // last look at the page of a source whose parts stand in for it
  int in_hand_ = 0;  // pages that are being read and recorded
};

}  // namespace bylined::pipeline
