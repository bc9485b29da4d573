// SPDX-License-Identifier: Apache-2.0
// Measures two things alternately in one run and reports their ratio, so that a figure means the same on
// any machine. Counts this process's CPU time, never the clock on the wall.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace bylined::bench {

inline double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// CPU seconds of one call: as many calls as fill `at_least` seconds.
template <class F>
double cost(F&& call, double at_least = 0.1) {
  const double start = cpu_seconds();
  int calls = 0;
  double spent = 0;
  while (spent < at_least) {
    call();
    ++calls;
    spent = cpu_seconds() - start;
  }
  return spent / calls;
}

struct Pair {
  double ours = 0;       // CPU seconds a call
  double reference = 0;
};

// The medians of `rounds` alternate measurements.
template <class Ours, class Reference>
Pair compare(Ours&& ours, Reference&& reference, int rounds = 5) {
  std::vector<double> a, b;
  for (int round = 0; round < rounds; ++round) {
    a.push_back(cost(ours));
    b.push_back(cost(reference));
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return {a[a.size() / 2], b[b.size() / 2]};
}

// Lines of one JSON document on standard output. `goal` is the ratio that we want: at most, or at least.
class Report {
 public:
  enum class Sense { kAtMost, kAtLeast };

  explicit Report(const char* name) { std::printf("{\"bench\": \"%s\", \"rows\": [", name); }
  ~Report() { std::printf("\n]}\n"); }
  Report(const Report&) = delete;
  Report& operator=(const Report&) = delete;

  void ratio(const std::string& what, double ours, double reference, double goal, Sense sense) {
    const double value = reference > 0 ? ours / reference : 0;
    const bool met = sense == Sense::kAtMost ? value <= goal : value >= goal;
    std::printf("%s\n  {\"what\": \"%s\", \"ours\": %.6g, \"reference\": %.6g, \"ratio\": %.3f, \"goal\": \"%s %g\", \"met\": %s}", comma(),
                what.c_str(), ours, reference, value, sense == Sense::kAtMost ? "<=" : ">=", goal, met ? "true" : "false");
  }
  // A figure without a reference.
  void figure(const std::string& what, double value, const char* unit) {
    std::printf("%s\n  {\"what\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}", comma(), what.c_str(), value, unit);
  }

 private:
  const char* comma() {
    const char* mark = first_ ? "" : ",";
    first_ = false;
    return mark;
  }
  bool first_ = true;
};

}  // namespace bylined::bench
