// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/profiles.h"

#include <algorithm>
#include <stdexcept>

#include "base/random.h"

namespace bylined::tests {
namespace {

using enum FaultKind;

constexpr std::int64_t kFirstMinute = 30;
constexpr std::int64_t kDay = 24 * 60;

std::int64_t draw(const Range& range, Random& random) {
  return range.least + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(range.most - range.least + 1)));
}

std::string whom(Whom whom, const Targets& targets, Random& random) {
  if (whom == Whom::kHost) return targets.hosts[random.below(targets.hosts.size())];
  if (whom == Whom::kReceiver) return targets.receivers[random.below(targets.receivers.size())];
  return {};
}

template <class T>
void shuffle(std::vector<T>& all, Random& random) {
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
}

void number(Plan& plan) {
  std::stable_sort(plan.begin(), plan.end(), [](const Fault& a, const Fault& b) { return a.from < b.from; });
  for (std::size_t i = 0; i < plan.size(); ++i) plan[i].number = static_cast<int>(i + 1);
}

// Everything goes silent, one after the other, and comes back in another order.
Plan swizzle(int days, const Targets& targets, Random& random) {
  std::vector<Fault> all;
  for (const std::string& host : targets.hosts) all.push_back(Fault{.kind = kRefuse, .target = host, .amount = 100});
  for (const std::string& receiver : targets.receivers) all.push_back(Fault{.kind = kDown, .target = receiver});
  Plan plan;
  for (int day = 0; day < days; ++day) {
    shuffle(all, random);
    const Millis begin = std::chrono::minutes(day * kDay + 60 + static_cast<int>(random.below(120)));
    for (std::size_t i = 0; i < all.size(); ++i) all[i].from = begin + std::chrono::minutes(6) * static_cast<int>(i);
    Millis back = begin + std::chrono::hours(4);
    auto returning = all;
    shuffle(returning, random);
    for (Fault& fault : returning) {
      back += std::chrono::minutes(7);
      fault.length = back - fault.from;
      plan.push_back(fault);
    }
  }
  return plan;
}

Deal on_hosts(FaultKind kind, int a_day, Range minutes, Range amount = {}) { return {kind, a_day, minutes, amount, Whom::kHost}; }
Deal on_receivers(FaultKind kind, int a_day, Range minutes, Range amount = {}) { return {kind, a_day, minutes, amount, Whom::kReceiver}; }
Deal on_us(FaultKind kind, int a_day, Range minutes, Range amount = {}) { return {kind, a_day, minutes, amount, Whom::kNobody}; }
constexpr Range kWholeDay{kDay, kDay};

std::vector<Profile> all_profiles() {
  return {
      {"calm", {}},
      {"rough",
       {{kRefuse, 1, kWholeDay, {5, 5}, Whom::kEveryHost}, {kTimeOut, 1, kWholeDay, {1, 2}, Whom::kEveryHost}, {kReset, 1, kWholeDay, {2, 3}, Whom::kEveryHost},
        {kLost, 1, kWholeDay, {5, 5}, Whom::kEveryReceiver}, on_hosts(kSlow, 6, {20, 120}, {2'000, 40'000}), on_hosts(kServerError, 6, {10, 90}),
        on_hosts(kThrottle, 6, {5, 60}, {10, 2'400}), on_hosts(kBusy, 4, {5, 60}, {0, 4}), on_hosts(kNotFound, 4, {60, 120}),
        on_receivers(kFail, 3, {60, 90}), on_receivers(kHold, 3, {60, 90}, {20, 900})}},
      {"storm",
       {on_us(kNoNames, 2, {30, 180}), on_us(kOffline, 2, {30, 240}), on_hosts(kNoRobots, 12, {240, 420}), on_receivers(kDown, 2, {60, 240}),
        on_receivers(kFail, 2, {60, 240}), on_receivers(kGone, 2, {60, 150}), on_receivers(kDeny, 3, {60, 180})}},
      {"evil",
       {on_hosts(kWall, 6, {40, 120}), on_hosts(kEmpty, 6, {40, 120}), on_hosts(kFew, 12, {60, 120}), on_hosts(kGarbage, 6, {40, 120}),
        on_hosts(kCut, 6, {40, 180}), on_hosts(kStale, 6, {60, 300}, {30, 600}), on_hosts(kUnchanging, 6, {60, 300}), on_hosts(kNotFound, 6, {60, 240}),
        on_hosts(kWalled, 8, {60, 240})}},
      {"crashy",
       {on_us(kKill, 12, {0, 0}, {1, 1'200}), on_us(kKillBefore, 10, {0, 0}, {1, 40}), on_us(kKillAfter, 10, {0, 0}, {1, 40}), on_us(kPowerCut, 20, {0, 0}, {1, 60}),
        on_us(kStop, 3, {0, 0}, {1, 60}), on_us(kReload, 3, {0, 0}), on_us(kIoError, 8, {0, 0}, {1, 60}), on_us(kDiskFull, 2, {5, 90}), on_us(kLocked, 2, {1, 15}),
        {kLost, 1, kWholeDay, {3, 3}, Whom::kEveryReceiver}}},
      {"swizzle", {on_us(kReload, 2, {0, 0})}, true},
      {"clock", {on_us(kForward, 3, {30, 240}, {1, 300}), on_us(kBackward, 3, {30, 240}, {1, 300}), on_us(kKill, 4, {0, 0}, {1, 60}), on_receivers(kFail, 2, {60, 120})}},
  };
}

}  // namespace

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> kAll = all_profiles();
  return kAll;
}

const Profile& profile(std::string_view name) {
  for (const Profile& one : profiles()) {
    if (one.name == name) return one;
  }
  throw std::invalid_argument("there is no profile " + std::string(name));
}

Plan make_plan(const Profile& profile, std::uint64_t seed, int days, const Targets& targets) {
  Random random(seed * 7'919 + 17);
  Plan plan = profile.ordered ? swizzle(days, targets, random) : Plan();
  for (int day = 0; day < days; ++day) {
    for (const Deal& deal : profile.deals) {
      for (int i = 0; i < deal.a_day; ++i) {
        Fault fault;
        fault.kind = deal.kind;
        const std::int64_t length = std::min(draw(deal.minutes, random), kDay - kFirstMinute);
        const std::int64_t from = draw({kFirstMinute, kDay - length}, random);
        fault.length = std::chrono::minutes(length);
        fault.from = std::chrono::minutes(day * kDay + from) + Millis(static_cast<std::int64_t>(random.below(60'000)));
        fault.amount = draw(deal.amount, random);
        fault.target = whom(deal.whom, targets, random);
        plan.push_back(std::move(fault));
      }
    }
  }
  number(plan);
  return plan;
}

}  // namespace bylined::tests
