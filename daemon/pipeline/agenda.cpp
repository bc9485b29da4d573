// SPDX-License-Identifier: Apache-2.0
#include "pipeline/agenda.h"

#include <array>
#include <string_view>

namespace bylined::pipeline {

// A claim as it lies here between two visits: there is one for each source, nearly always. So what its entry or the agenda
// knows is left out, and its words lie in one string.
class Agenda::Held {
 public:
  explicit Held(const store::ClaimedSource& claim) : rest_(rest_of(claim)) {
    const std::array<std::string_view, kWords> words{claim.validators.etag, claim.validators.last_modified, claim.body_hash, claim.habit, claim.rhythm};
    std::size_t length = 0;
    for (const std::string_view word : words) length += word.size();
    words_.reserve(length);
    for (std::size_t i = 0; i < kWords; ++i) {
      words_ += words[i];
      ends_[i] = static_cast<std::uint32_t>(words_.size());
    }
  }

  // But for what the agenda adds: whose it is.
  store::ClaimedSource claim() const {
    store::ClaimedSource claim;
    claim.validators.etag = word(0);
    claim.validators.last_modified = word(1);
    claim.body_hash = word(2);
    claim.habit = word(3);
    claim.rhythm = word(4);
    claim.has_baseline = rest_.has_baseline;
    claim.state = rest_.state;
    claim.failures = rest_.failures;
    claim.usual_items = rest_.usual_items;
    claim.parts = rest_.parts;
    claim.next_due = rest_.next_due;
    return claim;
  }

 private:
  static constexpr std::size_t kWords = 5;
  struct Rest {
    Instant next_due;
    int failures;
    int usual_items;
    int parts;
    model::SourceState state;
    bool has_baseline;
  };
  static Rest rest_of(const store::ClaimedSource& claim) {
    return Rest{claim.next_due, claim.failures, claim.usual_items, claim.parts, claim.state, claim.has_baseline};
  }
  std::string word(std::size_t index) const {
    const std::uint32_t begin = index == 0 ? 0 : ends_[index - 1];
    return words_.substr(begin, ends_[index] - begin);
  }

  const Rest rest_;
  std::array<std::uint32_t, kWords> ends_{};  // of each word in `words_`
  std::string words_;
};

Agenda::Entry::Entry() = default;
Agenda::Entry::Entry(Entry&& other) noexcept = default;
Agenda::Entry& Agenda::Entry::operator=(Entry&& other) noexcept = default;
Agenda::Entry::~Entry() = default;

Agenda::Agenda(std::string owner) : owner_(std::move(owner)) {}
Agenda::~Agenda() = default;

void Agenda::plan(const std::vector<store::PlannedSource>& sources) {
  std::map<model::SourceId, Entry> before = std::exchange(sources_, {});
  order_.clear();
  for (const store::PlannedSource& source : sources) {
    const auto known = before.find(source.facts.id);
    Planned& planned = *sources_.try_emplace(source.facts.id).first;
    if (known != before.end() && known->second.token == source.claim.token) planned.second = std::move(known->second);
    else if (known != before.end()) planned.second.whole = known->second.whole;
    planned.second.token = source.claim.token;
    planned.second.due = source.facts.due;
    line_up(planned);
  }
}

std::vector<model::SourceId> Agenda::due(Instant now, Millis horizon, std::size_t limit) const {
  std::vector<model::SourceId> due;
  for (auto one = order_.begin(); one != order_.end() && (*one)->second.due <= now && due.size() < limit; ++one) due.push_back((*one)->first);
  for (auto one = order_.rbegin(); one != order_.rend() && (*one)->second.due > now + horizon && due.size() < limit; ++one) due.push_back((*one)->first);
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
  line_up(planned);
}

void Agenda::line_up(const Planned& planned) {
  if (!visits(planned.first)) order_.insert(&planned);
}

void Agenda::claimed(const store::ClaimedSource& claim, Instant now) {
  visits_.insert(claim.id);
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
  Entry& entry = found->second;
  order_.erase(&*found);
  visits_.insert(source);
  store::ClaimedSource claim = entry.held->claim();
  claim.id = source;
  claim.claim = store::Claim{owner_, entry.token};
  claim.due = entry.due;
  claim.last_complete = entry.last_complete;
  entry.held.reset();
  entry.asked = now;
  return claim;
}

void Agenda::hold(const store::ClaimedSource& claim) {
  const auto found = sources_.find(claim.id);
  if (found == sources_.end() || found->second.token != claim.claim.token) return;  // retired, or begun anew meanwhile
  Entry& entry = found->second;
  entry.last_complete = entry.asked;
  entry.ahead = true;
  entry.held = std::make_unique<const Held>(claim);
}

void Agenda::visited(const model::SourceId& source) {
  visits_.erase(source);
  const auto found = sources_.find(source);
  if (found == sources_.end()) return;
  if (!found->second.held) found->second.ahead = false;
  line_up(*found);
}

std::optional<Steady> Agenda::whole_at(const model::SourceId& source) const {
  const auto found = sources_.find(source);
  return found == sources_.end() ? std::nullopt : found->second.whole;
}

void Agenda::fetched_whole(const model::SourceId& source, Steady now) {
  const auto found = sources_.find(source);
  if (found != sources_.end()) found->second.whole = now;
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
    poll.ends = entry.held != nullptr;
    if (poll.ends) entry.ahead = false;
    entry.held.reset();
  }
  return polls;
}

}  // namespace bylined::pipeline
