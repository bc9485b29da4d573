// SPDX-License-Identifier: Apache-2.0
// When a source is asked next: by its period and rhythm, held in memory or told to the store.
#include <memory>

#include "pipeline/polls.h"

namespace bylined::pipeline {

Instant Polls::next_held(const store::ClaimedSource& claimed) const {
  const auto source = desk_.policy->sources.find(claimed.id);
  const model::Period every = source ? source->every : model::Period();
  const schedule::Rhythm rhythm = every.min < every.max ? schedule::Rhythm::parse(claimed.rhythm) : schedule::Rhythm();
  return schedule::next_on_grid(every, {claimed.next_due, rhythm}, desk_.ports.clock.now(), desk_.ports.random, desk_.options.schedule);
}

Instant Polls::resumed(const store::SourceFacts& facts) const {
  const auto source = desk_.policy->sources.find(facts.id);
  if (!source) return facts.due;
  return schedule::resumed_due(source->every, {facts.due, schedule::Rhythm::parse(facts.rhythm)}, desk_.ports.clock.now(), desk_.options.schedule);
}

// Runs on the store's thread: holds a snapshot and a seed, nothing of ours.
store::NextDue Polls::next_due() const {
  const Instant now = desk_.ports.clock.now();
  return [policy = desk_.policy, options = desk_.options.schedule, now, random = std::make_shared<Random>(desk_.ports.random.below(~0ull))](
             const store::SourceFacts& facts) {
    const auto source = policy->sources.find(facts.id);
    const model::Period every = source ? source->every : model::Period();
    const bool adapts = every.min < every.max;
    return schedule::next_due(every, {facts.due, adapts ? schedule::Rhythm::parse(facts.rhythm) : schedule::Rhythm()}, now, *random, options);
  };
}

}  // namespace bylined::pipeline
