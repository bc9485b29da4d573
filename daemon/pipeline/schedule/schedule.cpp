// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/schedule.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace bylined::schedule {
namespace {

constexpr Millis kLeastPeriod{1'000};
constexpr Millis kLeastCeiling{600'000};
constexpr int kMostDoublings = 20;

Millis period_of(const model::Period& every) { return std::max(every.min, kLeastPeriod); }

Millis part_of(Millis whole, double part) { return Millis(static_cast<std::int64_t>(static_cast<double>(whole.count()) * part)); }

}  // namespace

Instant next_due(const model::Period& every, Instant due, Instant now, Random& random, const Options& options) {
  const Millis period = period_of(every);
  const Millis spread = std::min(part_of(period, options.jitter), options.jitter_max);
  const Instant start = due > now ? now : due;
  const auto passed = (now - start) / period;
  const Instant regular = start + period * (passed + 1);
  return std::max(regular + part_of(spread, 2 * random.unit() - 1), now + kLeastPeriod / 2);
}

Instant next_try(const model::Period& every, int failures, Instant now, Random& random, const Options& options) {
  assert(failures >= 1);
  const Millis period = period_of(every);
  const Millis ceiling = std::max(std::min(options.failure_ceiling, std::max(period * options.failure_periods, kLeastCeiling)), period);
  const Millis first = std::min(period, options.failure_floor);
  const Millis wait = std::min(first * (std::int64_t{1} << std::min(failures - 1, kMostDoublings)), ceiling);
  return now + wait + part_of(wait, random.unit() * 0.1);
}

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
