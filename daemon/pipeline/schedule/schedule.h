// SPDX-License-Identifier: Apache-2.0
// When a source is asked next. Pure: facts in, an instant out. Never gives a source up.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "model/source.h"

namespace bylined::schedule {

struct Options {
  double jitter = 0.02;               // of the period, added: keeps sources from marching in step
  Millis jitter_max{30'000};
  Millis failure_floor{60'000};
  Millis failure_ceiling{6 * 3'600'000};
};

// After a visit that was due at `due` and is claimed at `now`: the next regular time after `now`,
// counted from `due` so that a slow visit does not shift the rhythm.
Instant next_due(const model::Period& every, Instant due, Instant now, Random& random, const Options& options);
// After the n-th failure in a row (from 1): doubling from the period, at least the floor, never beyond
// the ceiling, with up to 10 % of jitter.
Instant next_try(const model::Period& every, int failures, Instant now, Random& random, const Options& options);
// New sources start spread over a minute or their period, whichever is shorter.
Instant first_due(std::size_t index, std::size_t count, const model::Period& every, Instant now);

}  // namespace bylined::schedule
