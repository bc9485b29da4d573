// SPDX-License-Identifier: Apache-2.0
#include "pipeline/diff/diff.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/error.h"

namespace bylined::diff {
namespace {

constexpr int kUsualEnough = 5;   // a list this short may well shrink to one
constexpr int kShared = 3;        // items of one listing that share a title: then it is none
constexpr int kFewestFifth = 5;   // fewer than a fifth of the usual is a suspicion (reliability invariant I-16)

constexpr int kNearlyAll = 5;     // unknown but for less than a fifth: not the list that it was
constexpr int kMissed = 4;        // more than a quarter is missing, and stands there without a title
constexpr int kBurst = 4;         // times what was to be expected, and a few, may come at once
constexpr int kFew = 3;
constexpr std::size_t kSeveral = 3;  // articles: fewer under new addresses are no move

constexpr std::string_view kDiffer = "dates differ", kAlike = "dates alike";

using Titles = std::map<std::string_view, int>;

Titles titles_of(const std::vector<model::ListedItem>& listed) {
  Titles titles;
  for (const model::ListedItem& item : listed) {
    if (!item.title.empty()) ++titles[item.title];
  }
  return titles;
}

// A headline is one article's: what several items are called ("더보기") was not read from the headline.
bool is_headline(const std::string& title, const Titles& titles) {
  const auto found = titles.find(title);
  return found != titles.end() && found->second < kShared;
}

// The oldest item: the last one of a page that goes from new to old, or by printed time where the
// page mixes lists.
bool oldest_is_unknown(const std::vector<model::ListedItem>& listed, const std::map<model::ArticleIdentity, const Seen*>& known) {
  if (listed.empty()) return false;
  const auto is_ground = [&known](const model::ListedItem& item) {
    const auto found = known.find(item.identity);
    return found != known.end() && found->second->settled;
  };
  const model::ListedItem* oldest = &listed.back();
  for (const model::ListedItem& item : listed) {
    if (!item.printed) return !is_ground(listed.back());
    if (item.printed->at < oldest->printed.value_or(*item.printed).at) oldest = &item;
  }
  return !is_ground(*oldest);
}

struct Dates {
  int dated = 0;
  int most = 0;  // items of one date
  const model::Stamp* common = nullptr;
};

Dates dates_of(const std::vector<model::ListedItem>& listed) {
  std::map<Instant, int> counts;
  Dates dates;
  for (const model::ListedItem& item : listed) {
    if (!item.printed) continue;
    ++dates.dated;
    const int count = ++counts[item.printed->at];
    if (count <= dates.most) continue;
    dates.most = count;
    dates.common = &*item.printed;
  }
  return dates;
}

// "어제" and "3시간 전" are read as minus a day, minus three hours: of one moment they say another thing each time.
Millis slack(model::Precision precision) {
  switch (precision) {
    case model::Precision::kDay: return std::chrono::days(1);
    case model::Precision::kHour: return std::chrono::hours(2);
    default: return std::chrono::minutes(10);
  }
}

bool says_the_same(const model::Stamp& one, const model::Stamp& other) {
  const Millis apart = one.at < other.at ? other.at - one.at : one.at - other.at;
  return apart <= slack(std::max(one.precision, other.precision));
}

// Of a day or an hour it is enough that it had not ended.
bool is_after(const model::ListedItem& item, Instant since) { return item.printed && item.printed->at + slack(item.printed->precision) > since; }

// 0001-01-01, 1970-01-01 and 2000-01-01 are what programs print that know no date; in a zone or another.
bool is_a_programs_own(Instant at) {
  constexpr Instant kWeb(std::chrono::sys_days(std::chrono::year(1995) / 1 / 2));
  if (at < kWeb) return true;
  const std::chrono::year_month_day a_day_before(std::chrono::floor<std::chrono::days>(at - std::chrono::hours(24)));
  const std::chrono::year_month_day a_day_after(std::chrono::floor<std::chrono::days>(at + std::chrono::hours(24)));
  return a_day_before.year() != a_day_after.year();
}

// A feed may print one date for all, or those of a clock that stopped.
void doubt_old_dates(Changes& changes, const std::vector<model::ListedItem>& listed) {
  std::optional<Instant> newest;
  for (const model::ListedItem& item : listed) newest = std::max(newest, item.touched);
  for (model::ListedItem& item : changes.fresh) {
    if (!item.touched) continue;
    const bool later_years = *item.touched + model::kYearsOld < *newest;
    const auto is_of_it = [&item](const model::ListedItem& other) { return other.touched == item.touched; };
    if (!later_years || std::count_if(listed.begin(), listed.end(), is_of_it) > 1) item.touched.reset();
  }
}

// What an article keeps where its address changes.
using Trace = std::tuple<std::string, Instant, model::Precision>;

Trace trace_of(const std::string& title, const model::Stamp& printed) { return {model::title_key(title), printed.at, printed.precision}; }

}  // namespace

Changes compare(const std::vector<model::ListedItem>& listed, const std::vector<Seen>& known) {
  std::map<model::ArticleIdentity, const Seen*> seen;
  for (const Seen& one : known) seen.emplace(one.identity, &one);
  const Titles titles = titles_of(listed);
  Changes changes;
  for (const model::ListedItem& item : listed) {
    const auto before = seen.find(item.identity);
    if (before == seen.end()) {
      changes.fresh.push_back(item);
      continue;
    }
    const Seen& was = *before->second;
    changes.unsettled += was.settled ? 0 : 1;
    if (item.printed && was.printed) ++(says_the_same(*item.printed, *was.printed) ? changes.same_date : changes.other_date);
    if (item.title == was.title || !is_headline(item.title, titles)) continue;
    changes.retitled.push_back(item);
    changes.retitled_before.push_back(was.printed);
  }
  changes.oldest_is_fresh = oldest_is_unknown(listed, seen);
  doubt_old_dates(changes, listed);
  return changes;
}

// A list grows at its ends. Where all is new on one side of the cut, it may well have grown there.
std::vector<model::ListedItem> take_slid(Changes& changes, const model::Listing& listing) {
  const auto& items = listing.items;
  std::set<model::ArticleIdentity> unknown, slid;
  for (const model::ListedItem& item : changes.fresh) unknown.insert(item.identity);
  std::size_t from = listing.cut_at, to = listing.cut_at;
  while (from > 0 && unknown.contains(items[from - 1].identity)) --from;
  while (to < items.size() && unknown.contains(items[to].identity)) ++to;
  if (from == 0) from = listing.cut_at;
  if (to == items.size()) to = listing.cut_at;
  for (std::size_t at = from; at < to; ++at) slid.insert(items[at].identity);
  std::vector<model::ListedItem> fresh, aged;
  for (model::ListedItem& item : changes.fresh) (slid.contains(item.identity) ? aged : fresh).push_back(std::move(item));
  changes.fresh = std::move(fresh);
  return aged;
}

std::vector<model::ListedItem> take_older(Changes& changes, Instant since) {
  std::vector<model::ListedItem> after, older;
  for (model::ListedItem& item : changes.fresh) (is_after(item, since) ? after : older).push_back(std::move(item));
  changes.fresh = std::move(after);
  return older;
}

std::vector<model::ListedItem> take_years_old(Changes& changes, Instant looked) {
  const auto is_old = [looked](const model::ListedItem& item) { return item.touched && *item.touched < looked - model::kYearsOld && !is_a_programs_own(*item.touched); };
  std::vector<model::ListedItem> fresh, old;
  for (model::ListedItem& item : changes.fresh) (is_old(item) ? old : fresh).push_back(std::move(item));
  changes.fresh = std::move(fresh);
  return old;
}

// A list that prints days has many an article of one name on one day ("[인사]"), and a single one may have been put up anew.
std::vector<model::ListedItem> take_moved(Changes& changes, const std::vector<model::ListedItem>& listed, const std::vector<Seen>& titled) {
  std::set<model::ArticleIdentity> here;
  for (const model::ListedItem& item : listed) here.insert(item.identity);
  std::set<Trace> gone;
  for (const Seen& known : titled) {
    if (known.printed && !here.contains(known.identity)) gone.insert(trace_of(known.title, *known.printed));
  }
  const auto was_there = [&gone](const model::ListedItem& item) { return item.printed && gone.contains(trace_of(item.title, *item.printed)); };
  std::set<Trace> met;
  std::vector<model::ListedItem> fresh, moved;
  for (model::ListedItem& item : changes.fresh) {
    const bool known = was_there(item);
    if (known) met.insert(trace_of(item.title, *item.printed));
    (known ? moved : fresh).push_back(item);
  }
  if (met.size() < kSeveral || moved.size() <= fresh.size()) return {};
  changes.fresh = std::move(fresh);
  changes.oldest_is_fresh = false;  // overleaf are the rest of them
  return moved;
}

std::vector<model::ListedItem> take_moved_undated(Changes& changes, const std::vector<model::ListedItem>& listed, const std::vector<Seen>& titled) {
  std::set<model::ArticleIdentity> here;
  for (const model::ListedItem& item : listed) here.insert(item.identity);
  std::set<std::string> gone, met;
  for (const Seen& known : titled) {
    if (!known.printed && !here.contains(known.identity)) gone.insert(model::title_key(known.title));
  }
  const auto was_there = [&gone](const model::ListedItem& item) { return !item.printed && gone.contains(model::title_key(item.title)); };
  for (const model::ListedItem& item : changes.fresh) {
    if (was_there(item)) met.insert(model::title_key(item.title));
  }
  if (met.size() < kUsualEnough || met.size() * 2 <= changes.fresh.size()) return {};
  const auto moved = std::stable_partition(changes.fresh.begin(), changes.fresh.end(), [&](const model::ListedItem& item) { return !was_there(item); });
  std::vector<model::ListedItem> taken(std::make_move_iterator(moved), std::make_move_iterator(changes.fresh.end()));
  changes.fresh.erase(moved, changes.fresh.end());
  changes.oldest_is_fresh = false;
  return taken;
}

std::optional<std::string> doubt_of_news(const model::Listing& listing, const Changes& changes, const Usual& usual, bool suspicion) {
  const int items = static_cast<int>(listing.items.size()), fresh = static_cast<int>(changes.fresh.size());
  if (usual.items == 0) return std::nullopt;
  if (suspicion && fresh * 2 > items) return std::to_string(fresh) + " of its " + std::to_string(items) + " items are unknown";
  const auto unproven = static_cast<int>(std::count_if(changes.fresh.begin(), changes.fresh.end(), [&](const auto& item) { return !is_after(item, usual.complete); }));
  if (usual.items < kUsualEnough || items < kUsualEnough || unproven * kNearlyAll <= items * (kNearlyAll - 1)) return std::nullopt;
  if (usual.expected < 0 || unproven <= usual.expected * kBurst + kFew) return std::nullopt;
  return std::to_string(unproven) + " of " + std::to_string(items) + " items are unknown, and none of these is printed after the last good look";
}

Instant news_since(const Changes& changes, const Usual& usual, Millis late) {
  const Instant seen = usual.complete - late;
  if (usual.newest == Instant() || usual.newest >= seen) return seen;
  const auto came_between = [&](const model::ListedItem& item) { return is_after(item, usual.newest) && !is_after(item, seen); };
  return std::count_if(changes.fresh.begin(), changes.fresh.end(), came_between) <= kFew ? usual.newest : seen;
}

std::optional<std::string> suspicion(const model::Listing& listing, int usual_items) {
  const int items = static_cast<int>(listing.items.size());
  if (items == 0 && listing.nothing_matched && usual_items == 0) return "no items";
  if (usual_items == 0) return std::nullopt;
  if (items == 0) return "no items where there were " + std::to_string(usual_items);
  const std::string where_there_were = " where there were " + std::to_string(usual_items);
  if (usual_items >= kUsualEnough && items * kFewestFifth < usual_items) return "only " + std::to_string(items) + " items" + where_there_were;
  const int missing = usual_items - items;
  const bool skipped_instead = listing.skipped >= std::max(std::min(items, missing), kUsualEnough);
  if (missing * kMissed > usual_items && skipped_instead) {
    return "only " + std::to_string(items) + " items" + where_there_were + ", and " + std::to_string(listing.skipped) + " entries without a title or a link";
  }
  for (const auto& [title, count] : titles_of(listing.items)) {
    if (count >= kUsualEnough && count * 2 > items) return std::to_string(count) + " of " + std::to_string(items) + " items have one title: " + quoted(title);
  }
  return std::nullopt;
}

// Dates that are the items' own differ: no more than half of them are one.
std::string usual_dates(const model::Listing& listing) {
  const Dates dates = dates_of(listing.items);
  if (dates.dated < kUsualEnough || dates.dated * 2 <= static_cast<int>(listing.items.size())) return {};
  return std::string(dates.most * 2 <= dates.dated ? kDiffer : kAlike);
}

// On a busy day all items of a page may well be of that day, and where the page prints days, of one date. What tells a
// clock from it are the items that we know: a clock changes their dates. Once it did, new items fill the page, and the
// doubt stays until the dates differ again, or are those that we know.
std::optional<std::string> doubt_of_dates(const model::Listing& listing, const Changes& changes, const std::string& usual, bool suspect) {
  const int items = static_cast<int>(listing.items.size());
  if (usual != kDiffer || items < kUsualEnough) return std::nullopt;
  const Dates dates = dates_of(listing.items);
  if (dates.dated == 0) return "no date on " + std::to_string(items) + " items where they had dates";
  if (dates.dated < kUsualEnough || dates.dated * 2 <= items || dates.most < dates.dated) return std::nullopt;
  const bool denied = changes.other_date >= kUsualEnough && changes.other_date > changes.same_date;
  const bool confirmed = changes.same_date >= kUsualEnough && changes.same_date > changes.other_date;
  if (!denied && (confirmed || !suspect)) return std::nullopt;
  return "one date on " + std::to_string(dates.dated) + " items where they differed: " + dates.common->text;
}

void forget_dates(Changes& changes) {
  for (model::ListedItem& item : changes.fresh) item.printed.reset();
  for (std::size_t i = 0; i < changes.retitled.size(); ++i) changes.retitled[i].printed = changes.retitled_before[i];
}

}  // namespace bylined::diff
