// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/schedule.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace bylined::schedule {
namespace {

constexpr Millis kLeastPeriod{1'000};
constexpr Millis kLeastCeiling{600'000};
constexpr int kMostDoublings = 20;

Millis period_of(const model::Period& every) { return std::max(every.min, kLeastPeriod); }

Millis part_of(Millis whole, double part) { return Millis(static_cast<std::int64_t>(static_cast<double>(whole.count()) * part)); }

Instant regular(Millis period, Instant due, Instant now) {
  const Instant start = due > now ? now : due;
  return start + period * ((now - start) / period + 1);
}

Millis adapted(const model::Period& every, const Facts& facts, Instant now, double share) {
  const Millis shortest = std::min(std::max(period_of(every), facts.rhythm.fresh_for()), every.max);
  if (!facts.rhythm.known(now)) {
    const double mean = std::sqrt(static_cast<double>(period_of(every).count()) * static_cast<double>(every.max.count()));
    return std::max(shortest, Millis(static_cast<std::int64_t>(mean)));
  }
  return std::max(shortest, facts.rhythm.after(share, now, now + every.max) - now);
}

Millis spread_of(Millis period, const Options& options) { return std::min(part_of(period, options.jitter), options.jitter_max); }

}  // namespace

Instant next_due(const model::Period& every, const Facts& facts, Instant now, Random& random, const Options& options) {
  const bool adapts = every.min < every.max;
  const Instant next = adapts ? now + adapted(every, facts, now, options.share) : regular(period_of(every), facts.due, now);
  const Millis spread = spread_of(adapts ? next - now : period_of(every), options);
  return std::max(next + part_of(spread, 2 * random.unit() - 1), now + kLeastPeriod / 2);
}

// A visit begins up to its jitter before its place on the grid, and has had that place then.
Instant resumed_due(const model::Period& every, const Facts& facts, Instant now, const Options& options) {
  if (facts.due > now) return facts.due;
  const Millis step = every.min < every.max ? adapted(every, facts, now, options.share) : period_of(every);
  return regular(step, facts.due, now + spread_of(step, options));
}

Instant next_on_grid(const model::Period& every, const Facts& facts, Instant now, Random& random, const Options& options) {
  if (every.min < every.max || facts.due > now + spread_of(period_of(every), options)) return next_due(every, facts, now, random, options);
  const Millis spread = spread_of(period_of(every), options);
  const Instant next = regular(period_of(every), facts.due, now + spread);
  // Half of the jitter at either side of a place: two visits are then a period and its jitter apart at most.
  return std::max(next + part_of(spread, random.unit() - 0.5), now + kLeastPeriod / 2);
}

Instant next_try(const model::Period& every, int failures, Instant now, Random& random, const Options& options) {
  assert(failures >= 1);
  const Millis period = period_of(every);
  const Millis ceiling = std::max(std::min(options.failure_ceiling, std::max(period * options.failure_periods, kLeastCeiling)), period);
  const Millis first = std::min(period, options.failure_floor);
  const Millis wait = std::min(first * (std::int64_t{1} << std::min(failures - 1, kMostDoublings)), ceiling);
  return now + wait + part_of(wait, random.unit() * (wait < ceiling ? 0.5 : 0.1));
}

Instant soon_after(Instant end, Random& random) { return end + part_of(std::chrono::minutes(1), random.unit()); }

std::optional<Instant> next_read(int failures, Instant now, Random& random) {
  assert(failures >= 1);
  static constexpr std::array<int, 6> kWaits{30, 90, 300, 900, 3'600, 7'200};  // seconds; the last one repeats
  constexpr std::size_t kReadTries = 30;
  const std::size_t step = static_cast<std::size_t>(failures - 1);
  if (step >= kReadTries) return std::nullopt;
  const Millis wait = std::chrono::seconds(kWaits[std::min(step, kWaits.size() - 1)]);
  return now + wait + part_of(wait, random.unit() * 0.1);
}

Instant first_due(std::size_t index, std::size_t count, const model::Period& every, Instant now) {
  const Millis span = std::min(period_of(every), Millis(60'000));
  return now + span * static_cast<std::int64_t>(index) / static_cast<std::int64_t>(std::max<std::size_t>(count, 1));
}

}  // namespace bylined::schedule
