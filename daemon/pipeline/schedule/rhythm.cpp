// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/rhythm.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace bylined::schedule {
namespace {

constexpr Millis kHour{3'600'000};
constexpr Millis kDay = kHour * 24;
constexpr Millis kZone = kHour * 9;
constexpr double kHalf = static_cast<double>((kDay * 28).count());
constexpr double kEven = 16;  // so many articles, spread evenly, are taken for granted: a few do not make a habit
constexpr double kLeastArticles = 3, kManyArticles = 12;
constexpr Millis kLeastSeen = kDay * 2, kLongSeen = kDay * 7, kSeenEnough = kDay * 14;
constexpr double kOnceInTenThousand = 9.2;  // -ln 0.0001: a Poisson process stays silent that rarely

double weight(Millis age) { return std::exp2(-static_cast<double>(age.count()) / kHalf); }

// How much time was seen, fading as the articles do.
double exposure(Millis seen) { return kHalf / std::log(2.0) * (1 - weight(seen)); }

std::size_t hour_of(Instant at) { return static_cast<std::size_t>((at.time_since_epoch() + kZone) / kHour % 24); }
std::size_t day_of(Instant at) { return static_cast<std::size_t>(((at.time_since_epoch() + kZone) / kDay + 3) % 7); }  // 1970 began on a Thursday
Instant next_hour(Instant at) { return Instant((at.time_since_epoch() / kHour + 1) * kHour); }

template <std::size_t N>
double share(const std::array<double, N>& counts, std::size_t index, double all) {
  return (counts[index] + kEven / N) / ((all + kEven) / N);
}

bool read_number(std::string_view& text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value) || value < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  return true;
}

bool read_time(std::string_view& text, Instant& at) {
  double value = 0;
  if (!read_number(text, value) || value > 1e14) return false;
  at = Instant(Millis(static_cast<std::int64_t>(value)));
  return true;
}

}  // namespace

Rhythm Rhythm::parse(std::string_view text) {
  Rhythm rhythm;
  Instant fresh;
  bool good = read_time(text, rhythm.since_) && read_time(text, rhythm.at_) && read_time(text, rhythm.last_) && read_time(text, fresh);
  rhythm.fresh_for_ = fresh.time_since_epoch();
  for (double& count : rhythm.days_) good = good && read_number(text, count);
  for (double& count : rhythm.hours_) good = good && read_number(text, count);
  return good && text.empty() ? rhythm : Rhythm();
}

std::string Rhythm::text() const {
  std::string text;
  for (const Instant at : {since_, at_, last_, Instant(fresh_for_)}) text += std::to_string(at.time_since_epoch().count()) + " ";
  const auto add = [&text](double count) {
    char number[32];
    std::snprintf(number, sizeof number, "%.2f ", count);
    text += number;
  };
  std::for_each(days_.begin(), days_.end(), add);
  std::for_each(hours_.begin(), hours_.end(), add);
  text.pop_back();
  return text;
}

void Rhythm::fade(Instant now) {
  const double factor = weight(std::max(now - at_, Millis(0)));
  for (double& count : days_) count *= factor;
  for (double& count : hours_) count *= factor;
  at_ = std::max(now, at_);
}

void Rhythm::learn(const std::vector<Instant>& arrivals, Instant now) {
  if (arrivals.empty()) return;
  if (since_ == Instant()) since_ = std::min(*std::min_element(arrivals.begin(), arrivals.end()), now);
  fade(now);
  for (const Instant at : arrivals) {
    if (at < since_ || at > now) continue;
    const double counts = weight(now - at);
    days_[day_of(at)] += counts;
    hours_[hour_of(at)] += counts;
    last_ = std::max(last_, at);
  }
}

double Rhythm::articles() const { return std::accumulate(hours_.begin(), hours_.end(), 0.0); }

bool Rhythm::known(Instant now) const {
  if (since_ == Instant() || now - since_ < kLeastSeen) return false;
  return articles() >= kLeastArticles * 0.9 || now - since_ >= kSeenEnough;
}

double Rhythm::rate(Instant at) const {
  const Millis seen = at - since_;
  if (since_ == Instant() || seen <= Millis(0)) return 0;
  const double all = articles();
  const double even = all * weight(std::max(at - at_, Millis(0))) / exposure(seen);
  const double by_day = seen < kLongSeen ? 1 : share(days_, day_of(at), all);
  return even * by_day * share(hours_, hour_of(at), all);
}

double Rhythm::expected(Instant from, Instant to) const {
  double sum = 0;
  to = std::min(to, from + kDay * 365);
  for (Instant at = from; at < to;) {
    const Instant end = std::min(next_hour(at), to);
    sum += rate(at) * static_cast<double>((end - at).count());
    at = end;
  }
  return sum;
}

Instant Rhythm::after(double articles, Instant from, Instant latest) const {
  double left = articles;
  for (Instant at = from; at < latest;) {
    const Instant end = std::min(next_hour(at), latest);
    const double here = rate(at) * static_cast<double>((end - at).count());
    if (here >= left) return at + Millis(static_cast<std::int64_t>(left / here * static_cast<double>((end - at).count())));
    left -= here;
    at = end;
  }
  return latest;
}

std::string Rhythm::silence(Instant now) const {
  if (since_ == Instant() || articles() < kManyArticles || last_ - since_ < kLongSeen) return {};
  const double missing = expected(last_, now);
  if (missing < kOnceInTenThousand) return {};
  const auto hours = (now - last_) / kHour;
  const std::string length = hours >= 48 ? std::to_string(hours / 24) + " days" : std::to_string(hours) + " hours";
  return "nothing new for " + length + ", in which " + std::to_string(static_cast<int>(missing)) + " articles were to be expected";
}

}  // namespace bylined::schedule
