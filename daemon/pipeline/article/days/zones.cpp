// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/days/zones.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/net/url.h"
#include "base/text/zone.h"
#include "model/outlet.h"

namespace bylined::article {
namespace {

using std::chrono::minutes;

struct Zone {
  std::string_view key, name;  // of a language or a country
};
constexpr auto kLanguages = std::to_array<Zone>({
#define ZONE(language, name) {language, name},
#define COUNTRY(ending, name)
#include "pipeline/article/days/zones.inc"
#undef ZONE
#undef COUNTRY
});
constexpr auto kCountries = std::to_array<Zone>({
#define ZONE(language, name)
#define COUNTRY(ending, name) {ending, name},
#include "pipeline/article/days/zones.inc"
#undef ZONE
#undef COUNTRY
});

constexpr std::string_view kSeoul = "Asia/Seoul";
constexpr std::string_view kUtc = "+00:00";

template <class Table>
std::string_view find_zone(const Table& table, std::string_view key) {
  const auto found = std::find_if(table.begin(), table.end(), [key](const Zone& zone) { return zone.key == key; });
  return found == table.end() ? std::string_view() : found->name;
}

// A host's country says more than a language, which several countries may share.
std::string_view zone_of(const Evidence& evidence, const std::string& url, bool korean) {
  if (korean) return kSeoul;
  const auto address = net::Url::parse(url);
  const std::string_view host = address ? std::string_view(address->host()) : std::string_view();
  const std::string_view country = find_zone(kCountries, host.substr(host.rfind('.') + 1));
  if (!country.empty()) return country;
  const auto& claims = evidence.claims(Field::kLanguage);
  const auto clearest = std::max_element(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.weight < b.weight; });
  const std::string_view language = clearest == claims.end() ? std::string_view() : std::string_view(clearest->values.front()).substr(0, 2);
  const std::string_view zone = find_zone(kLanguages, language);
  return zone.empty() ? "UTC" : zone;
}

// The same instant as a clock shows it that is so far ahead of UTC.
std::string printed_at(Instant at, minutes ahead) {
  std::string text = rfc3339(at + ahead);
  text.resize(19);
  const auto [sign, length] = ahead < minutes(0) ? std::pair('-', -ahead) : std::pair('+', ahead);
  const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return text + sign + two(length.count() / 60) + ":" + two(length.count() % 60);
}

void show(Claim& claim, minutes ahead) {
  claim.stamp->text = printed_at(claim.stamp->at, ahead);
  claim.values.front() = claim.stamp->text;
}

// It was read as Seoul's, which nobody wrote.
void move_zoneless(Claim& claim, std::string_view zone) {
  const Instant as_utc = claim.stamp->at + minutes(9 * 60);
  const auto ahead = text::zone_offset(zone, as_utc);
  if (!ahead) return;
  claim.stamp->at = as_utc - *ahead;
  show(claim, *ahead);
}

// "2024-04-28T14:26": what a clock shows, whatever its zone.
std::string clock_of(const Claim& claim) { return claim.stamp->text.substr(0, 16); }

// What shows the same clock as a claim that writes its zone is that time; where they write two zones, it speaks for
// neither.
void adopt_written_zones(Evidence& evidence) {
  std::map<std::string, model::Stamp> written;
  std::set<std::string> disputed;
  for (const Field field : {Field::kPublished, Field::kModified}) {
    for (const Claim& claim : evidence.claims(field)) {
      if (claim.stamp->precision == model::Precision::kDay || claim.zoneless) continue;
      const auto [first, fresh] = written.emplace(clock_of(claim), *claim.stamp);
      if (!fresh && std::chrono::abs(first->second.at - claim.stamp->at) >= minutes(1)) disputed.insert(first->first);
    }
  }
  for (const Field field : {Field::kPublished, Field::kModified}) {
    for (Claim& claim : evidence.claims(field)) {
      const auto same = written.find(clock_of(claim));
      if (!claim.zoneless || same == written.end()) continue;
      if (disputed.contains(same->first)) claim.weight = 0;
      claim.stamp = same->second;
      claim.values.front() = claim.stamp->text;
      claim.zoneless = false;
    }
  }
}

std::int64_t minute_of(const Claim& claim) { return claim.stamp->at.time_since_epoch() / minutes(1); }

bool is_in_utc(const Claim& claim) { return claim.stamp->text.ends_with(kUtc); }

// "+09:00" at the end of its text.
minutes ahead_in(const Claim& claim) {
  const std::string& text = claim.stamp->text;
  const std::size_t sign = text.size() - kUtc.size();
  const auto two = [&text](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  const int length = two(sign + 1) * 60 + two(sign + 4);
  return minutes(text[sign] == '-' ? -length : length);
}

// Some outlets print Seoul's clock, and mark it as UTC in what only programs read.
class FalseUtc {
 public:
  FalseUtc(Evidence& evidence, const model::Page& page, bool korean) : evidence_(evidence), korean_(korean) {
    const auto address = net::Url::parse(page.url);
    const auto& languages = evidence.claims(Field::kLanguage);
    const auto is_korean = [](const Claim& claim) { return claim.values.front().starts_with("ko"); };
    surely_korean_ = (address && model::is_korean_outlet(address->host())) || (korean && std::any_of(languages.begin(), languages.end(), is_korean));
    if (page.fetched_at > Instant()) latest_ = page.fetched_at + kSkew;
  }

  // Who marks one time falsely marks the page's others so too, but for those that the print agrees with.
  void mend() {
    std::set<std::string> writers;
    std::string earliest;
    for (const Claim* const mark : marks()) {
      if (!is_contradicted(*mark)) continue;
      writers.insert(writer_of(*mark));
      if (earliest.empty() || clock_of(*mark) < earliest) earliest = clock_of(*mark);
    }
    for (Claim* const mark : marks()) {
      if (!writers.contains(writer_of(*mark)) || clock_of(*mark) < earliest || is_confirmed(*mark)) continue;
      mark->stamp->at -= kAhead;
      show(*mark, kAhead);
      mark->from += " (marked as UTC; the page prints Seoul's clock)";
    }
  }

 private:
  static constexpr minutes kAhead{9 * 60};
  static constexpr minutes kSkew{10};  // clocks differ

  // "JSON-LD datePublished": the first word.
  static std::string writer_of(const Claim& claim) { return claim.from.substr(0, claim.from.find(' ')); }
  static bool is_printed(const Claim& claim) { return claim.from == "printed time" || claim.from == "marked time" || claim.from == "printed change"; }

  template <class Look>
  void each_time(const Look& look) const {
    for (const Field field : {Field::kPublished, Field::kModified}) {
      for (Claim& claim : evidence_.claims(field)) {
        if (claim.stamp->precision != model::Precision::kDay) look(claim);
      }
    }
  }

  std::vector<Claim*> marks() const {
    std::vector<Claim*> found;
    each_time([&found](Claim& claim) {
      if (!claim.zoneless && is_in_utc(claim)) found.push_back(&claim);
    });
    return found;
  }

  // The same moment stands on the page as another clock shows it.
  bool is_confirmed(const Claim& mark) const {
    bool confirmed = false;
    each_time([&](const Claim& claim) { confirmed = confirmed || (!is_in_utc(claim) && minute_of(claim) == minute_of(mark)); });
    return confirmed;
  }

  // The same clock time is printed with Seoul's zone, or without one by an outlet of Korea, or by a page with Hangul that would
  // have been read before it was written.
  bool is_contradicted(const Claim& mark) const {
    const bool by_the_outlet = surely_korean_ || (korean_ && latest_ && mark.stamp->at > *latest_);
    bool printed = false;
    each_time([&](const Claim& claim) {
      const bool same_clock = is_printed(claim) && clock_of(claim) == clock_of(mark);
      printed = printed || (same_clock && (claim.zoneless ? by_the_outlet : ahead_in(claim) == kAhead));
    });
    return printed && !is_confirmed(mark);
  }

  Evidence& evidence_;
  const bool korean_;
  bool surely_korean_ = false;
  std::optional<Instant> latest_;  // that a page may be written of
};

// A time in UTC that the page also gives, to the minute, as its clocks show it is shown so, and keeps its seconds.
void show_as_printed(Evidence& evidence) {
  std::map<std::int64_t, minutes> printed;
  const auto each_time = [&evidence](const auto& look) {
    for (const Field field : {Field::kPublished, Field::kModified}) {
      for (Claim& claim : evidence.claims(field)) {
        if (claim.stamp->precision != model::Precision::kDay) look(claim);
      }
    }
  };
  each_time([&](const Claim& claim) {
    if (!is_in_utc(claim)) printed.emplace(minute_of(claim), ahead_in(claim));
  });
  each_time([&](Claim& claim) {
    const auto same = printed.find(minute_of(claim));
    if (is_in_utc(claim) && same != printed.end()) show(claim, same->second);
  });
}

}  // namespace

void settle_zones(Evidence& evidence, const model::Page& page, bool korean) {
  FalseUtc(evidence, page, korean).mend();
  adopt_written_zones(evidence);
  const std::string_view zone = zone_of(evidence, page.url, korean);
  std::set<std::string> days;  // as the page prints them
  for (const Claim& claim : evidence.claims(Field::kPublished)) {
    if (claim.stamp->precision == model::Precision::kDay) days.insert(claim.stamp->text);
  }
  for (const Field field : {Field::kPublished, Field::kModified}) {
    for (Claim& claim : evidence.claims(field)) {
      if (claim.stamp->precision == model::Precision::kDay) continue;
      if (claim.zoneless && zone != kSeoul) move_zoneless(claim, zone);
      const auto ahead = text::zone_offset(zone, claim.stamp->at);
      if (!ahead || !is_in_utc(claim) || days.contains(claim.stamp->text.substr(0, 10))) continue;
      if (days.contains(printed_at(claim.stamp->at, *ahead).substr(0, 10))) show(claim, *ahead);
    }
  }
  show_as_printed(evidence);
}

}  // namespace bylined::article
