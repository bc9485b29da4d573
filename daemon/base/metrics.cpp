// SPDX-License-Identifier: Apache-2.0
#include "base/metrics.h"

#include <array>
#include <cstdio>

namespace bylined {
namespace {

constexpr std::array<double, 12> kBuckets{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300, 1800, 7200, 86400};
constexpr std::size_t kSeriesLimit = 100;

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

void line(std::string& out, std::string_view name, std::string_view labels, double value) {
  out += name;
  if (!labels.empty()) {
    out += '{';
    out += labels;
    out += '}';
  }
  out += ' ';
  out += number(value);
  out += '\n';
}

}  // namespace

Metrics::Series& Metrics::series(std::string_view name, Kind kind, std::string_view labels) {
  auto found = families_.find(name);
  if (found == families_.end()) found = families_.emplace(std::string(name), Family()).first;
  Family& family = found->second;
  family.kind = kind;
  auto one = family.series.find(labels);
  if (one == family.series.end()) {
    if (family.series.size() >= kSeriesLimit) labels = "other=\"true\"";
    one = family.series.emplace(std::string(labels), Series()).first;
  }
  return one->second;
}

void Metrics::count(std::string_view name, std::string_view labels, double by) { series(name, Kind::kCounter, labels).value += by; }

void Metrics::gauge(std::string_view name, double value, std::string_view labels) { series(name, Kind::kGauge, labels).value = value; }

void Metrics::observe(std::string_view name, double seconds, std::string_view labels) {
  Series& one = series(name, Kind::kHistogram, labels);
  one.buckets.resize(kBuckets.size());
  for (std::size_t i = 0; i < kBuckets.size(); ++i) one.buckets[i] += seconds <= kBuckets[i] ? 1 : 0;
  one.value += seconds;
  ++one.observations;
}

void Metrics::describe(std::string_view name, std::string_view help) { families_[std::string(name)].help = help; }

double Metrics::value(std::string_view name, std::string_view labels) const {
  const auto family = families_.find(name);
  if (family == families_.end()) return 0;
  const auto one = family->second.series.find(labels);
  return one == family->second.series.end() ? 0 : one->second.value;
}

std::string Metrics::text() const {
  std::string out;
  for (const auto& [name, family] : families_) {
    if (family.series.empty()) continue;  // described, and not moved yet
    if (!family.help.empty()) out += "# HELP " + name + " " + family.help + "\n";
    const char* const kinds[] = {"counter", "gauge", "histogram"};
    out += "# TYPE " + name + " " + kinds[static_cast<int>(family.kind)] + "\n";
    for (const auto& [labels, one] : family.series) {
      if (family.kind != Kind::kHistogram) {
        line(out, name, labels, one.value);
        continue;
      }
      const std::string comma = labels.empty() ? "" : ",";
      for (std::size_t i = 0; i < kBuckets.size(); ++i) {
        line(out, name + "_bucket", labels + comma + "le=\"" + number(kBuckets[i]) + "\"", static_cast<double>(one.buckets[i]));
      }
      line(out, name + "_bucket", labels + comma + "le=\"+Inf\"", static_cast<double>(one.observations));
      line(out, name + "_sum", labels, one.value);
      line(out, name + "_count", labels, static_cast<double>(one.observations));
    }
  }
  return out;
}

}  // namespace bylined
