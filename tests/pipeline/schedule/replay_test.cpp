// SPDX-License-Identifier: Apache-2.0
// Whether a period that adapts finds articles sooner than a fixed one that asks as often: publication times are played
// back, the rhythm is learnt on the way, as the daemon learns it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <regex>

#include "pipeline/schedule/schedule.h"

namespace bylined::schedule {
namespace {

using namespace std::chrono_literals;
using days = std::chrono::duration<int, std::ratio<86'400>>;
using Times = std::vector<Instant>;

constexpr model::Period kEvery{2min, 4h};

struct Played {
  int requests = 0;
  std::vector<double> delays;  // minutes
};

Played play_adaptive(const Times& published) {
  Played played;
  Random random(11);
  Rhythm rhythm;
  bool baseline = true;
  auto next = published.begin();
  for (Instant now = published.front(); next != published.end();) {
    ++played.requests;
    Times fresh;
    for (; next != published.end() && *next <= now; ++next) fresh.push_back(*next);
    if (!baseline) std::for_each(fresh.begin(), fresh.end(), [&](Instant at) { played.delays.push_back(static_cast<double>((now - at).count()) / 60'000); });
    baseline = false;
    if (!fresh.empty()) rhythm = Rhythm::parse(rhythm.text());
    rhythm.learn(fresh, now);
    now = next_due(kEvery, Facts{now, rhythm}, now, random, Options());
  }
  return played;
}

std::vector<double> play_fixed(const Times& published, int requests) {
  const Millis period = (published.back() - published.front()) / requests;
  std::vector<double> delays;
  for (const Instant at : published) {
    const Millis since = (at - published.front()) % period;
    delays.push_back(static_cast<double>((period - since).count()) / 60'000);
  }
  return delays;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Adaptive against fixed, by their medians.
double ratio(const Times& published) {
  const Played adaptive = play_adaptive(published);
  return median(adaptive.delays) / median(play_fixed(published, adaptive.requests));
}

const std::string kPages = std::string(BYLINED_SOURCE_DIR) + "/../shared/reference/pages/";

std::string file(const std::string& name) {
  std::ifstream in(kPages + name, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

// Minutes of the day at which a portal's articles of one day came.
std::vector<Millis> day_of_the_index() {
  const std::string text = file("naver_index_20181028.tsv");
  const std::regex time("\\t2018-10-28 (\\d\\d):(\\d\\d)\\t");
  std::vector<Millis> minutes;
  for (std::sregex_iterator at(text.begin(), text.end(), time), end; at != end; ++at) {
    minutes.push_back(std::chrono::hours(std::stoi((*at)[1].str())) + std::chrono::minutes(std::stoi((*at)[2].str())));
  }
  return minutes;
}

Millis shaken(Millis minute, Random& random) {
  return std::clamp<Millis>(minute + Millis(static_cast<std::int64_t>((random.unit() + random.unit() - 1) * 40 * 60'000)), 0ms, 24h - 1ms);
}

Times index_of_eight_weeks() {
  Random random(5);
  Times times;
  const Instant start = *parse_rfc3339("2018-10-28T00:00:00+09:00");
  for (int day = 0; day < 56; ++day) {
    for (const Millis minute : day_of_the_index()) times.push_back(start + days(day) + shaken(minute, random));
  }
  std::sort(times.begin(), times.end());
  return times;
}

// A journalist's capture prints days; the hour is that of some article of the index.
Times journalist(const std::string& name) {
  const std::string text = file(name);
  const std::regex day("\"(20\\d\\d)\\.(\\d\\d)\\.(\\d\\d)\\.\"");
  const std::vector<Millis> minutes = day_of_the_index();
  Random random(7);
  Times times;
  for (std::sregex_iterator at(text.begin(), text.end(), day), end; at != end; ++at) {
    const auto midnight = parse_rfc3339((*at)[1].str() + "-" + (*at)[2].str() + "-" + (*at)[3].str() + "T00:00:00+09:00");
    times.push_back(*midnight + shaken(minutes[random.below(minutes.size())], random));
  }
  std::sort(times.begin(), times.end());
  return times;
}

TEST(Replay, OfCapturedListingsFindsArticlesAtLeastThirtyPerCentSooner) {
  if (day_of_the_index().empty()) GTEST_SKIP() << "the captures are not here: " << kPages;
  std::vector<std::pair<std::string, Times>> sources{{"index", index_of_eight_weeks()}};
  for (const char* name : {"naver_journalist_morearticles_020.json", "naver_journalist_morearticles_023.json", "naver_journalist_morearticles_025.json"}) {
    sources.emplace_back(name, journalist(name));
  }
  for (const auto& [name, times] : sources) {
    ASSERT_GT(times.size(), 700u) << name;
    const double sooner = ratio(times);
    EXPECT_LE(sooner, 0.70) << name;
    std::printf("%s: median delay %.2f of that of a fixed period\n", name.c_str(), sooner);
  }
}

// Where there is nothing to learn, nothing is lost either.
TEST(Replay, OfArticlesWithoutAnyHabitIsNoLaterThanAFixedPeriod) {
  Random random(3);
  Times times;
  Instant at = *parse_rfc3339("2025-02-03T00:00:00+09:00");
  for (int i = 0; i < 1'500; ++i) times.push_back(at += Millis(static_cast<std::int64_t>(-std::log(1 - random.unit()) * 3'600'000)));
  EXPECT_LE(ratio(times), 1.05);
}

}  // namespace
}  // namespace bylined::schedule
