// SPDX-License-Identifier: Apache-2.0
// When a source is asked next. Pure: facts in, an instant out. Never gives a source up.
#pragma once

#include <optional>

#include "base/random.h"
#include "base/time.h"
#include "model/source.h"
#include "pipeline/schedule/parts.h"
#include "pipeline/schedule/rhythm.h"

namespace bylined::schedule {

struct Options {
  double jitter = 0.02;               // of the period, either way: keeps sources from marching in step
  Millis jitter_max{30'000};
  Millis failure_floor{60'000};       // wait after the first failure, or the period where that is shorter
  Millis failure_ceiling{2 * 3'600'000};
  double share = 0.125;               // between `every.min` and `every.max`: asked again when so many articles are to be expected
  int failure_periods = 24;           // the ceiling is never beyond so many periods (but at least 10 minutes)
};

struct Facts {
  Instant due;    // of the visit that is claimed now
  Rhythm rhythm;  // of the source's articles
};
// After a visit that is claimed at `now`. A fixed period: the next regular time after `now`, counted from `due` so that
// a slow visit does not shift it; a `due` in the future (the clock was set back) starts it anew. Where the period may
// adapt: when `share` of an article is to be expected, within `every` and not while the page stays fresh; until the rhythm
// is known, the (geometric) mean of both.
Instant next_due(const model::Period& every, const Facts& facts, Instant now, Random& random, const Options& options);
// Of a source that was due at `facts.due` and may have been asked since then without anybody having written it down: on the
// grid of its period from there. So it is not asked more often than it was to be, however often its askers die.
Instant resumed_due(const model::Period& every, const Facts& facts, Instant now, const Options& options);
// After a visit of such a source, claimed at `now` and asked by the grid from `facts.due`, of which none but the first visit is
// written down. So resumed_due() knows where the others are.
Instant next_on_grid(const model::Period& every, const Facts& facts, Instant now, Random& random, const Options& options);
// After the n-th failure in a row (from 1): doubling, until the ceiling. Sources that failed together shall not come back together:
// up to half as long again, and up to a tenth at the ceiling, which they reach apart.
Instant next_try(const model::Period& every, int failures, Instant now, Random& random, const Options& options);
// When a wait ends that many share: within a minute, drawn apart.
Instant soon_after(Instant end, Random& random);
// After the n-th failed read of an article (from 1): half a minute, growing to two hours; none after two
// days: it is given up, visibly.
std::optional<Instant> next_read(int failures, Instant now, Random& random);
// New sources start spread over a minute or their period, whichever is shorter.
Instant first_due(std::size_t index, std::size_t count, const model::Period& every, Instant now);

}  // namespace bylined::schedule
