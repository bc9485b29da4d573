// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/parts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text/date.h"

namespace bylined::schedule {
namespace {

constexpr std::size_t kAgain = 4;  // in one visit, of those that changed on a day which is not over
constexpr Millis kCold{14LL * 24 * 3'600'000};
constexpr Millis kNews{48LL * 3'600'000};
constexpr Millis kLongestDay{(24 + 9 + 12) * 3'600'000LL};  // from its beginning in Seoul, as it is read, to its end west of all

Instant changed_at(const model::NamedPart& part) {
  const auto stamp = text::read_date(part.changed);
  return stamp ? stamp->at : Instant();
}

// Those that changed last come first. Where none says when, an index grows at its end, or at its beginning.
void by_promise(std::vector<model::NamedPart>& named) {
  const bool dated = std::any_of(named.begin(), named.end(), [](const model::NamedPart& part) { return !part.changed.empty(); });
  if (dated) {
    std::stable_sort(named.begin(), named.end(), [](const model::NamedPart& a, const model::NamedPart& b) { return changed_at(a) > changed_at(b); });
  } else if (named.size() > 1) {
    std::rotate(named.begin(), std::prev(named.end()), named.end());
  }
}

// Of those that do not say when they change, the warm ones and one in turn; all of them where they are few.
bool is_its_turn(const model::Part& part, std::size_t index, std::size_t count, Instant now, const PartLimits& limits) {
  if (count <= limits.asked / 2) return true;
  if (part.fresh_at && now - *part.fresh_at < limits.warm) return true;
  return static_cast<std::size_t>(now.time_since_epoch() / limits.turn) % count == index;
}

// The day on which it changed was not over when it was last asked.
bool may_have_changed(const model::Part& part) {
  if (!is_of_a_day(part.named)) return false;
  return !part.asked_at || *part.asked_at < changed_at(part.named) + kLongestDay;
}

void ask_again(PartsPlan& plan, std::vector<model::Part> again, const PartLimits& limits) {
  std::stable_sort(again.begin(), again.end(), [](const model::Part& a, const model::Part& b) { return a.asked_at < b.asked_at; });
  again.resize(std::min({again.size(), kAgain, limits.asked - plan.ask.size()}));
  std::move(again.begin(), again.end(), std::back_inserter(plan.ask));
}

}  // namespace

bool is_of_a_day(const model::NamedPart& part) {
  const auto stamp = text::read_date(part.changed);
  return stamp && stamp->precision == text::Precision::kDay;
}

PartsPlan plan_parts(Naming naming, const std::vector<model::Part>& known, Instant now, const PartLimits& limits) {
  PartsPlan plan;
  if (naming.depth > limits.depth) return plan;
  std::vector<model::NamedPart>& named = naming.named;
  by_promise(named);
  if (named.size() > limits.kept) named.resize(limits.kept);
  std::map<std::string_view, const model::Part*> stored;
  for (const model::Part& part : known) stored.emplace(part.named.url, &part);
  std::set<std::string_view> names;
  std::vector<model::Part> again;
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (!names.insert(named[i].url).second) continue;
    const auto found = stored.find(named[i].url);
    model::Part part = found == stored.end() ? model::Part() : *found->second;
    const bool changed = part.named.changed != named[i].changed;
    const bool due = found == stored.end() || (named[i].changed.empty() ? is_its_turn(part, i, named.size(), now, limits) : changed);
    part.named = named[i];
    part.parent = naming.parent;
    part.depth = naming.depth;
    if (due && plan.ask.size() < limits.asked) plan.ask.push_back(std::move(part));
    else if (found == stored.end()) plan.noted.push_back(std::move(part));
    else if (due) plan.more = true;
    else if (may_have_changed(part)) again.push_back(std::move(part));
  }
  ask_again(plan, std::move(again), limits);
  for (const model::Part& part : known) {
    if (part.parent == naming.parent && !names.contains(part.named.url)) plan.gone.push_back(part.named.url);
  }
  return plan;
}

bool is_cold(const std::optional<Instant>& fresh_at, Instant now) { return !fresh_at || now - *fresh_at > kCold; }

std::optional<Instant> newest_of(const model::Listing& listing, Instant now) {
  std::optional<Instant> newest;
  for (const model::ListedItem& item : listing.items) {
    if (item.printed) newest = std::max(newest, std::optional<Instant>(std::min(item.printed->at, now)));
  }
  return newest;
}

bool is_news(const std::optional<Instant>& printed, bool part_is_new, Instant now) { return printed ? *printed > now - kNews : part_is_new; }

}  // namespace bylined::schedule
