// SPDX-License-Identifier: Apache-2.0
// Numbers about ourselves, in Prometheus' text format. Names start with bylined_, label values come
// from closed sets: never a URL, a name or an id. Owned by the I/O thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bylined {

class Metrics {
 public:
  // `labels` as they are printed, e.g. `outcome="unchanged"`; empty for none. The first call for a
  // name fixes its kind; `help` is declared once with describe(). At most 100 label sets a name:
  // more are counted under `other="true"`.
  void count(std::string_view name, std::string_view labels = {}, double by = 1);
  void gauge(std::string_view name, double value, std::string_view labels = {});
  // Seconds, into the buckets 1 ms … 1 day.
  void observe(std::string_view name, double seconds, std::string_view labels = {});
  void describe(std::string_view name, std::string_view help);

  double value(std::string_view name, std::string_view labels = {}) const;
  std::string text() const;

 private:
  enum class Kind { kCounter, kGauge, kHistogram };
  struct Series {
    double value = 0;
    std::uint64_t observations = 0;
    std::vector<std::uint64_t> buckets;
  };
  struct Family {
    Kind kind = Kind::kCounter;
    std::string help;
    std::map<std::string, Series, std::less<>> series;
  };
  Series& series(std::string_view name, Kind kind, std::string_view labels);

  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace bylined
