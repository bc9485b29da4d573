// SPDX-License-Identifier: Apache-2.0
// Each planted bug is found; the same tests without it find nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "tests/simulation/planted.h"
#include "tests/simulation/run.h"
#include "tests/support/effort.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

// What went wrong; empty where nothing did.
using Findings = std::string;

constexpr std::uint64_t kSeeds = 3;

Findings in_days(std::string_view profile, const std::function<Spoilt()>& plant) {
  Findings findings;
  for (std::uint64_t seed = 1; findings.empty() && seed <= kSeeds; ++seed) findings = simulate(make_case(std::string(profile), seed, 1), plant()).text();
  return findings;
}

press::Script one_article() {
  press::Script script = feed_press();
  for (int i = 0; i < 3; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  script.articles.push_back(news("201", "새 공장 두고 지역사회 기대", 17min));
  return script;
}

// One operation of the disk fails, each in turn. Nothing is lost and nothing told twice.
Findings on_disk_errors(const std::function<Spoilt()>& plant, int step = 1) {
  for (int nth = 1;; nth += step) {
    World world(4, one_article(), small_wishes(), plant());
    world.boot();
    world.disk().fail_at(nth, FaultyDisk::Fault::kIoError);
    world.run_for(60min);
    const Verdict verdict = audit(world);
    if (!verdict.clean()) return "disk operation " + std::to_string(nth) + "\n" + verdict.text();
    if (verdict.repeats > 0) return std::to_string(verdict.repeats) + " repeats after disk operation " + std::to_string(nth) + "\n";
    if (world.disk().fired() == 0) return {};  // it had no more operations
  }
}

// Dies at each store call in turn, before and after it took effect, until that does harm.
Findings in_deaths(const std::function<Spoilt()>& plant, int stride = 1) {
  for (const bool after : {false, true}) {
    for (int nth = 1;; nth += stride) {
      Wishes wishes = small_wishes();
      wishes.options.idle = 10min;
      World world(3, one_article(), std::move(wishes), plant());
      Death death;
      death.at_call = nth;
      death.after = after;
      world.boot(death);
      world.live_through(60min);
      const Verdict verdict = audit(world);
      if (!verdict.clean()) return "store call " + std::to_string(nth) + (after ? " (after)" : " (before)") + "\n" + verdict.text();
      if (verdict.repeats > 1) return std::to_string(verdict.repeats) + " repeats\n";
      if (world.death().at_call == nth) break;  // it outlived all its calls
    }
  }
  return {};
}

// Yesterday's database is put back: what it does not know is told again, under the ids of the first time, so that
// whoever took it once drops it.
Findings in_a_restore(const Spoilt& spoilt) {
  World world(5, one_article(), small_wishes(), spoilt);
  world.boot();
  world.run_for(10min);
  world.stop(1s);
  const std::string backup = world.folder() + "/backup.db";
  std::filesystem::copy_file(world.database(), backup);
  world.boot();
  world.run_for(40min);
  world.stop(1s);
  if (!store::restore(backup, world.database())) return "it could not be restored";
  world.boot();
  world.run_for(40min);
  std::map<std::string, std::set<std::string>> ids;
  for (const Taken& one : world.outside().taken) ids[one.receiver].insert(one.id);
  Findings findings;
  for (const auto& [receiver, all] : ids) {
    if (all.size() > 1) findings += receiver + " was told under " + std::to_string(all.size()) + " ids\n";
  }
  if (world.outside().taken.size() != 4) findings += "two receivers were told " + std::to_string(world.outside().taken.size()) + " times\n";
  return findings;
}

Findings look(const PlantedBug& bug, Spoilt (*plant)()) {
  switch (bug.shows) {
    case Shows::kInDays: return in_days(bug.profile, plant);
    case Shows::kOnDiskErrors: return on_disk_errors(plant);
    case Shows::kInDeaths: return in_deaths(plant);
    case Shows::kInARestore: return in_a_restore(plant());
  }
  return {};
}

Spoilt nothing() { return Spoilt(); }

class PlantedBugs : public testing::TestWithParam<PlantedBug> {};

TEST_P(PlantedBugs, AreFound) {
  const Findings findings = look(GetParam(), GetParam().plant);
  EXPECT_NE(findings, "") << GetParam().name << " was not found";
  RecordProperty("found", findings.substr(0, 300));
}

// In haste those that show at once.
std::vector<PlantedBug> those_to_find() {
  std::vector<PlantedBug> bugs = planted_bugs();
  if (in_haste()) std::erase_if(bugs, [](const PlantedBug& bug) { return bug.shows == Shows::kInDays || bug.shows == Shows::kOnDiskErrors; });
  return bugs;
}

std::string bug_name(const testing::TestParamInfo<PlantedBug>& bug) { return std::string(bug.param.name); }

INSTANTIATE_TEST_SUITE_P(All, PlantedBugs, testing::ValuesIn(those_to_find()), bug_name);

// So that "found" means the bug, and not a fault of the finder. That random days are good without one is shown by
// RandomDays.
TEST(WithoutABug, NoFinderFindsAnything) {
  if (in_quick()) GTEST_SKIP() << "takes seconds: ./test runs it";
  EXPECT_EQ(in_deaths(nothing, effort(4, 1, 1)), "");
  EXPECT_EQ(on_disk_errors(nothing, effort(17, 4, 1)), "");
  EXPECT_EQ(in_a_restore(nothing()), "");
}

TEST(Planted, AreTenAtLeast) { EXPECT_GE(planted_bugs().size(), 10u); }

}  // namespace
}  // namespace bylined::tests
