// SPDX-License-Identifier: Apache-2.0
#include "app/series.h"

#include <initializer_list>
#include <string_view>

namespace bylined::app {
namespace {

struct Series {
  enum class Kind { kCounter, kGauge, kHistogram };
  Kind kind;
  std::string_view name;
  std::string_view help;
  std::vector<std::string_view> labels;
};

const std::vector<Series>& known() {
  static const std::vector<Series> kAll{
#define COUNTER(name, help, ...) {Series::Kind::kCounter, name, help, {__VA_ARGS__}},
#define GAUGE(name, help, ...) {Series::Kind::kGauge, name, help, {__VA_ARGS__}},
#define HISTOGRAM(name, help) {Series::Kind::kHistogram, name, help, {}},
#include "app/series.inc"
#undef COUNTER
#undef GAUGE
#undef HISTOGRAM
  };
  return kAll;
}

struct Limit {
  std::string_view name;
  std::string_view labels;
  std::string_view reason;
  std::string_view remedy;
};

constexpr Limit kLimits[] = {
#define LIMIT(name, labels, reason, remedy) {name, labels, reason, remedy},
#include "app/limits.inc"
#undef LIMIT
};

}  // namespace

void declare_series(Metrics& metrics) {
  for (const Series& one : known()) {
    if (one.kind == Series::Kind::kHistogram) continue;  // says nothing before something was measured
    metrics.describe(one.name, one.help);
    for (const std::string_view labels : one.labels) {
      if (one.kind == Series::Kind::kCounter) metrics.count(one.name, labels, 0);
      if (one.kind == Series::Kind::kGauge) metrics.gauge(one.name, 0, labels);
    }
  }
  metrics.gauge("bylined_storage_writable", 1);
  metrics.gauge("bylined_build_info", 1, "version=\"" BYLINED_VERSION "\"");
}

markup::json::array limits_met(const Metrics& metrics) {
  markup::json::array met;
  for (const Limit& one : kLimits) {
    const double count = metrics.value(one.name, one.labels);
    if (count <= 0) continue;
    const std::string limit = std::string(one.name) + (one.labels.empty() ? "" : "{" + std::string(one.labels) + "}");
    met.emplace_back(markup::json::object{{"limit", limit}, {"count", static_cast<std::int64_t>(count)}, {"reason", one.reason}, {"remedy", one.remedy}});
  }
  return met;
}

}  // namespace bylined::app
