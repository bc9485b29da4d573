// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/run.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace bylined::tests {
namespace {

using enum FaultKind;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Millis kDrainLimit = hours(8);  // at the most two for a source, one for its robots.txt, two for an article, two and a fifth for a message
constexpr Millis kRestart = seconds(5);  // systemd's RestartSec

class Run {
 public:
  Run(const Case& one, const Spoilt& spoilt)
      : case_(one), scene_(make_scene(one.seed, one.days)), world_(one.seed, scene_.script, scene_.wishes, spoilt), fate_(one.plan, world_.outside().press, one.seed),
        chance_(one.seed + 99) {
    world_.outside().weather = [this](const std::string& host, const std::string& target, Instant now) { return fate_.weather(host, target, now); };
    world_.outside().receiver_answer = [this](const std::string& receiver, Instant now) { return fate_.answer(receiver, now); };
  }

  Outcome outcome() {
    try {
      suffer();
      recover();
    } catch (const std::exception& thrown) {
      outcome_.faults.push_back(std::string("thrown: ") + thrown.what());
    }
    write_trace();
    outcome_.fired = fate_.fired();
    outcome_.boots = world_.boots();
    outcome_.taken = static_cast<int>(world_.outside().taken.size());
    return std::move(outcome_);
  }

 private:
  struct Event {
    Millis at;
    const Fault* fault;
    bool end;
  };

  void suffer() {
    std::vector<Event> events;
    for (const Fault& fault : case_.plan) {
      events.push_back({fault.from, &fault, false});
      events.push_back({fault.from + fault.length, &fault, true});
    }
    if (plan_holds([](FaultKind kind) { return kind == kPowerCut; })) world_.disk().hold_unsynced();
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    for (const Event& event : events) {
      live_until(start() + event.at);
      event.end ? end(*event.fault) : begin(*event.fault);
    }
    live_until(start() + hours(24 * case_.days));
  }

  // Without faults. Whatever waits must go out.
  void recover() {
    heal();
    const Instant from = world_.now();
    Verdict verdict;
    do {
      outcome_.last = verdict.text();
      live_until(world_.now() + hours(1));
      verdict = audit(world_);
      outcome_.drained = world_.now() - from;
    } while (!verdict.clean() && outcome_.drained < kDrainLimit);
    for (const auto* list : {&verdict.lost, &verdict.surplus, &verdict.different}) outcome_.faults.insert(outcome_.faults.end(), list->begin(), list->end());
    outcome_.slowest = verdict.slowest;
    judge_repeats(verdict.repeats);
    judge_rhythm();
    judge_patience();
    const auto whole = store::audit(world_.database());
    if (!whole) outcome_.faults.push_back("audit: " + whole.error().text());
    if (whole) outcome_.faults.insert(outcome_.faults.end(), whole->findings.begin(), whole->findings.end());
  }

  bool plan_holds(const std::function<bool(FaultKind)>& which) const {
    return std::any_of(case_.plan.begin(), case_.plan.end(), [&which](const Fault& fault) { return which(fault.kind); });
  }

  // Whoever asked to be left alone was, but for what was on its way already. A process that dies before it
  // could write that down does not know.
  void judge_patience() {
    if (plan_holds([](FaultKind kind) { return kind >= kKill; })) return;
    std::map<std::string, std::pair<Instant, Instant>> pauses;  // when it was asked, and until when
    const auto look = [&](const std::string& whom, Instant at, std::optional<Millis> pause, Millis under_way) {
      const auto found = pauses.find(whom);
      if (found != pauses.end() && at > found->second.first + under_way && at < found->second.second) {
        outcome_.faults.push_back(whom + " asked for a pause until " + rfc3339(found->second.second) + " and was asked at " + rfc3339(at));
      }
      if (pause) pauses[whom] = {at, at + *pause};
    };
    for (const Served& one : world_.outside().served) look(one.host, one.at, one.pause, minutes(1));
    for (const Taken& one : world_.outside().taken) look(one.receiver, one.at, one.pause, seconds(1));
  }

  // Where nothing stood between us and the publishers, each source was asked at least every other period.
  void judge_rhythm() {
    static constexpr std::array kHarmless = {kForward, kBackward, kKill, kReload, kFail, kHold, kDown, kLost};
    if (plan_holds([](FaultKind kind) { return std::find(kHarmless.begin(), kHarmless.end(), kind) == kHarmless.end(); })) return;
    std::map<std::string, Instant> last;
    std::map<std::string, Millis> longest;
    for (const Served& one : world_.outside().served) {
      const std::string url = "https://" + one.host + one.target;
      if (last.contains(url)) longest[url] = std::max(longest[url], one.at - last[url]);
      last[url] = one.at;
    }
    for (const model::Source& source : scene_.wishes.sources) {
      longest[source.url] = std::max(longest[source.url], world_.now() - last[source.url]);
      if (longest[source.url] <= 2 * source.every.max + minutes(15)) continue;
      outcome_.faults.push_back(source.id.value + " is due every " + duration_text(source.every.max) + " and was left alone for " + duration_text(longest[source.url]));
    }
  }

  // Each lost answer explains one; a death explains what was under way.
  void judge_repeats(int repeats) {
    const int under_way = static_cast<int>(scene_.wishes.receivers.size()) * scene_.wishes.options.deliveries;
    const int explained = fate_.fired(kLost) + (world_.boots() - 1) * under_way;
    if (repeats > explained) outcome_.faults.push_back(std::to_string(repeats) + " repeats, of which " + std::to_string(explained) + " are explained");
  }

  Instant start() { return world_.outside().press.start(); }

  void live_until(Instant end) {
    while (world_.now() < end) {
      if (!world_.up() && !boot()) {
        if (world_.disk().is_cut()) fate_.struck(kPowerCut);
        die();
        world_.stay_down(std::min<Millis>(kRestart, end - world_.now()));
      } else if (!world_.run_for(end - world_.now())) {
        fate_.struck(world_.disk().is_cut() ? kPowerCut : world_.death().after ? kKillAfter : kKillBefore);
        die();
        world_.stay_down(std::min<Millis>(kRestart, end - world_.now()));
      }
    }
  }

  bool boot() {
    const Status booted = world_.try_boot();
    if (!booted) refusal_ = booted.error().text();
    if (!booted && !booted.error().worth_retrying()) throw std::logic_error("start: " + refusal_);
    return booted.has_value();
  }

  // Where the power went, chance keeps half of what lay unsynced.
  void die() {
    const bool cut = world_.disk().is_cut();
    world_.crash([this, cut] { return !cut || chance_.below(2) == 0; });
  }

  void begin(const Fault& fault) {
    const int amount = static_cast<int>(fault.amount);
    switch (fault.kind) {
      case kKill:
        die();
        world_.stay_down(seconds(amount));
        break;
      case kStop:
        world_.stop(seconds(2));
        world_.stay_down(seconds(amount));
        break;
      case kReload:
        if (world_.up()) world_.reload();
        break;
      case kKillBefore: world_.doom(amount, false); return;
      case kKillAfter: world_.doom(amount, true); return;
      case kPowerCut: world_.disk().cut_at(amount); return;
      case kIoError: harm(fault.kind, FaultyDisk::Fault::kIoError, amount); return;
      case kDiskFull: harm(fault.kind, FaultyDisk::Fault::kFull, 1); return;
      case kLocked: harm(fault.kind, FaultyDisk::Fault::kBusy, 1); return;
      case kForward: world_.jump(minutes(amount)); break;
      case kBackward: world_.jump(-minutes(amount)); break;
      default: return;
    }
    fate_.struck(fault.kind);
  }

  void harm(FaultKind kind, FaultyDisk::Fault fault, int nth) {
    heal();
    world_.disk().fail_at(nth, fault, kind != kIoError);
    harmed_ = kind;
  }
  void heal() {
    if (harmed_ && world_.disk().fired() > 0) fate_.struck(*harmed_);
    world_.disk().heal();
    harmed_.reset();
  }

  void end(const Fault& fault) {
    switch (fault.kind) {
      case kDiskFull:
      case kLocked: heal(); break;
      case kForward: world_.jump(-minutes(fault.amount)); break;
      case kBackward: world_.jump(minutes(fault.amount)); break;
      default: break;
    }
  }

  void write_trace() {
    std::ostringstream lines;
    for (const Served& one : world_.outside().served) lines << one.at.time_since_epoch().count() << ' ' << one.host << one.target << ' ' << one.status << '\n';
    for (const Taken& one : world_.outside().taken) lines << one.at.time_since_epoch().count() << ' ' << one.receiver << ' ' << one.id << ' ' << one.status << '\n';
    for (const auto& [kind, count] : fate_.fired()) lines << fault_word(kind) << ' ' << count << '\n';
    for (const std::string& fault : outcome_.faults) lines << fault << '\n';
    lines << world_.boots() << " boots\n";
    outcome_.trace = lines.str();
  }

  const Case case_;
  const Scene scene_;
  World world_;
  Fate fate_;
  Random chance_;
  std::optional<FaultKind> harmed_;  // the disk, by what
  std::string refusal_;              // why the last start failed
  Outcome outcome_;
};

}  // namespace

Case make_case(const std::string& name, std::uint64_t seed, int days) {
  return Case{seed, name, days, make_plan(profile(name), seed, days, make_scene(seed, days).targets)};
}

Case parse_case(const std::string& text) {
  std::istringstream words(text);
  std::string name, numbers;
  std::uint64_t seed = 1;
  int days = 1;
  words >> name >> seed >> days >> numbers;
  Case one = make_case(name, seed, days);
  if (!numbers.empty()) one.plan = only(one.plan, numbers);
  return one;
}

std::string replay_command(const Case& one) {
  return "BYLINED_REPLAY='" + one.profile + " " + std::to_string(one.seed) + " " + std::to_string(one.days) + " " + numbers_of(one.plan) +
         "' " + std::filesystem::read_symlink("/proc/self/exe").string() + " --gtest_filter='Replay.*'";
}

std::string Outcome::text() const {
  std::string out;
  for (const std::string& fault : faults) out += "  " + fault + "\n";
  return out;
}

Outcome simulate(const Case& one, const Spoilt& spoilt) { return Run(one, spoilt).outcome(); }

}  // namespace bylined::tests
