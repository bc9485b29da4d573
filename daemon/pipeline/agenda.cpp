// SPDX-License-Identifier: Apache-2.0
#include "pipeline/agenda.h"

namespace bylined::pipeline {

void Agenda::plan(const std::vector<store::PlannedSource>& sources) {
  std::map<model::SourceId, Entry> before = std::exchange(sources_, {});
  order_.clear();
  for (const store::PlannedSource& source : sources) {
    const auto known = before.find(source.facts.id);
    Planned& planned = *sources_.try_emplace(source.facts.id).first;
    if (known != before.end() && known->second.token == source.claim.token) planned.second = std::move(known->second);
    planned.second.token = source.claim.token;
    planned.second.due = source.facts.due;
    order_.insert(&planned);
  }
}

std::vector<model::SourceId> Agenda::due(Instant now, Millis horizon, std::size_t limit, const std::set<model::SourceId>& in_flight) const {
  std::vector<model::SourceId> due;
  const auto add = [&](const Planned* one) {
    if (due.size() < limit && !in_flight.contains(one->first)) due.push_back(one->first);
  };
  for (auto one = order_.begin(); one != order_.end() && (*one)->second.due <= now && due.size() < limit; ++one) add(*one);
  for (auto one = order_.rbegin(); one != order_.rend() && (*one)->second.due > now + horizon && due.size() < limit; ++one) add(*one);
  return due;
}

std::optional<Instant> Agenda::next() const {
  if (order_.empty()) return std::nullopt;
  return (*order_.begin())->second.due;
}

std::optional<Instant> Agenda::due_of(const model::SourceId& source) const {
  const auto found = sources_.find(source);
  return found == sources_.end() ? std::nullopt : std::optional(found->second.due);
}

void Agenda::move(const model::SourceId& source, Instant due) {
  const auto found = sources_.find(source);
  if (found != sources_.end()) move(*found, due);
}

void Agenda::move(Planned& planned, Instant due) {
  order_.erase(&planned);
  planned.second.due = due;
  order_.insert(&planned);
}

void Agenda::claimed(const store::ClaimedSource& claim, Instant now) {
  const auto found = sources_.find(claim.id);
  if (found == sources_.end()) return;
  Entry& entry = found->second;
  entry.token = claim.claim.token;
  entry.ahead = false;
  entry.held.reset();
  entry.last_complete.reset();
  entry.asked = now;
  move(*found, claim.next_due);
}

std::optional<store::ClaimedSource> Agenda::take(const model::SourceId& source, Instant now) {
  const auto found = sources_.find(source);
  if (found == sources_.end() || !found->second.held) return std::nullopt;
  found->second.asked = now;
  return std::exchange(found->second.held, std::nullopt);
}

void Agenda::hold(store::ClaimedSource claim) {
  const auto found = sources_.find(claim.id);
  if (found == sources_.end() || found->second.token != claim.claim.token) return;  // retired, or begun anew meanwhile
  Entry& entry = found->second;
  entry.last_complete = claim.last_complete = entry.asked;
  entry.ahead = true;
  entry.held = std::move(claim);
}

void Agenda::visited(const model::SourceId& source) {
  const auto found = sources_.find(source);
  if (found != sources_.end() && !found->second.held) found->second.ahead = false;
}

std::vector<store::HeldPoll> Agenda::unknown_to_store() const {
  std::vector<store::HeldPoll> polls;
  for (const auto& [id, entry] : sources_) {
    if (!entry.ahead) continue;
    store::HeldPoll& poll = polls.emplace_back();
    poll.source = id;
    poll.claim = store::Claim{owner_, entry.token};
    poll.last_complete = entry.last_complete;
    poll.due = entry.due;
  }
  return polls;
}

std::vector<store::HeldPoll> Agenda::let_go() {
  std::vector<store::HeldPoll> polls = unknown_to_store();
  for (store::HeldPoll& poll : polls) {
    Entry& entry = sources_.at(poll.source);
    poll.ends = entry.held.has_value();
    if (poll.ends) entry.ahead = false;
    entry.held.reset();
  }
  return polls;
}

}  // namespace bylined::pipeline
