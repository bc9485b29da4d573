// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/judge.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

std::string day_of(const Claim& claim) { return claim.stamp->text.substr(0, 10); }

// The page's own day, where one claim has it in UTC and another as the outlet's clocks show it.
bool in_own_zone(const Claim& claim) { return claim.stamp && !claim.stamp->text.ends_with("+00:00"); }

// What says the same, whatever quotes, case or punctuation it is written with. Of a time, the minute.
std::string key_of(const Claim& claim) {
  if (claim.stamp) return claim.stamp->precision == model::Precision::kDay ? day_of(claim) : std::to_string(claim.stamp->at.time_since_epoch() / std::chrono::minutes(1));
  std::string key;
  for (const std::string& value : claim.values) key += squashed(value) + '\n';
  return key;
}

// Systems that keep days alone write midnight: it says no hour where the page prints another one of that day.
bool is_bare_midnight(const Claim& claim, const std::vector<Claim>& claims) {
  const auto at_midnight = [](const Claim& one) { return one.stamp && one.stamp->text.find("T00:00:00") != std::string::npos; };
  return at_midnight(claim) && std::any_of(claims.begin(), claims.end(), [&](const Claim& one) { return one.from == "printed time" && day_of(one) == day_of(claim) && !at_midnight(one); });
}

// Whoever names one of several authors supports the list that names them all, where that is clear itself.
void support_longer_lists(const std::vector<Claim>& claims, const std::vector<std::string>& keys, std::map<std::string, double>& doubt) {
  constexpr double kClear = 0.7;
  std::map<std::string_view, double> credit;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (claims[i].weight < kClear || credit.contains(keys[i])) continue;
    double& own = credit.emplace(keys[i], 1.0).first->second;
    std::set<std::string_view> counted{keys[i]};
    for (std::size_t k = 0; k < claims.size(); ++k) {
      const bool part = claims[k].values.size() < claims[i].values.size() && keys[i].starts_with(keys[k]);
      if (part && counted.insert(keys[k]).second) own *= doubt[keys[k]];
    }
  }
  for (const auto& [key, factor] : credit) doubt[std::string(key)] *= factor;
}

// The winner first, the others by how well they are supported: that all who say so are wrong is the less likely
// the more they are. A day alone supports each time on that day.
Verdict weigh(Field field, std::vector<Claim> claims) {
  if (claims.size() <= 1) return {field, std::move(claims), {}};
  std::vector<std::string> keys;  // a key is a whole body squeezed, so each is made once
  for (const Claim& claim : claims) keys.push_back(is_bare_midnight(claim, claims) ? day_of(claim) : key_of(claim));
  std::map<std::string, double> doubt;
  for (std::size_t i = 0; i < claims.size(); ++i) doubt.try_emplace(keys[i], 1.0).first->second *= 1.0 - claims[i].weight;
  if (field == Field::kAuthors) support_longer_lists(claims, keys, doubt);
  std::map<std::string, std::string> days;  // of each time
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (claims[i].stamp && keys[i] != day_of(claims[i])) days.emplace(keys[i], day_of(claims[i]));
  }
  for (const auto& [key, day] : days) {
    if (const auto alone = doubt.find(day); alone != doubt.end()) doubt[key] *= alone->second;
  }
  std::vector<std::pair<double, Claim>> doubted;
  for (std::size_t i = 0; i < claims.size(); ++i) doubted.emplace_back(doubt[keys[i]], std::move(claims[i]));
  std::stable_sort(doubted.begin(), doubted.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return in_own_zone(a.second) != in_own_zone(b.second) ? in_own_zone(a.second) : a.second.weight > b.second.weight;
  });
  for (std::size_t i = 0; i < claims.size(); ++i) claims[i] = std::move(doubted[i].second);
  return {field, std::move(claims), {}};
}

void take(model::Content& content, const Verdict& verdict) {
  const Claim& won = verdict.claims.front();
  const std::string& text = won.values.front();
  switch (verdict.field) {
    case Field::kTitle: content.title = text; break;
    case Field::kAuthors: content.authors = won.values; break;
    case Field::kPublished: content.published = won.stamp; break;
    case Field::kModified: content.modified = won.stamp; break;
    case Field::kBody: content.body = text; break;
    case Field::kSummary: content.summary = text; break;
    case Field::kCaptions: content.captions = won.values; break;
    case Field::kByline: content.byline = text; break;
    case Field::kOutlet: content.outlet = text; break;
    case Field::kSection: content.section = text; break;
    case Field::kLanguage: content.language = text; break;
    case Field::kImage: content.image = text; break;
    case Field::kCanonicalUrl: content.canonical_url = text; break;
    case Field::kOriginalUrl: content.original_url = text; break;
  }
}

}  // namespace

Reading judge(Evidence evidence) {
  Reading reading;
  for (std::size_t i = 0; i < kFields; ++i) {
    const Field field = static_cast<Field>(i);
    if (evidence.claims(field).empty() && evidence.aside(field).empty()) continue;
    Verdict verdict = weigh(field, std::move(evidence.claims(field)));
    verdict.aside = evidence.aside(field);
    if (!verdict.claims.empty()) take(reading.content, verdict);
    reading.verdicts.push_back(std::move(verdict));
  }
  return reading;
}

}  // namespace bylined::article
