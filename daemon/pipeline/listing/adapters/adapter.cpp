// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/adapters/adapter.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "base/net/normal_url.h"

namespace bylined::listing {
namespace {

constexpr std::size_t kMostRemarks = 20;
constexpr int kMostSkipsSaid = 5;
constexpr std::size_t kLongestOrigin = 200;  // bytes

void fill(std::string& mine, std::string& other) {
  if (mine.empty()) mine = std::move(other);
}

void complete(model::ListedItem& mine, model::ListedItem other) {
  fill(mine.title, other.title);
  fill(mine.summary, other.summary);
  if (mine.origin.size() < kLongestOrigin) mine.origin += ", " + other.origin;
  if (mine.authors.empty()) mine.authors = std::move(other.authors);
  if (mine.touched) mine.touched = std::max(mine.touched, other.touched);
  if (!other.printed) return;
  if (!mine.printed || other.printed->precision < mine.printed->precision) mine.printed = std::move(other.printed);
}

// Newer first; without a time first of all, since it may be new.
bool newer(const model::ListedItem& a, const model::ListedItem& b) {
  if (!a.printed || !b.printed) return !a.printed && b.printed;
  return a.printed->at > b.printed->at;
}

}  // namespace

void Collector::remark(std::string text) {
  if (listing_.remarks.size() < kMostRemarks) listing_.remarks.push_back(std::move(text));
}

void Collector::skip(const model::ListedItem& item, std::string_view why) {
  if (++listing_.skipped <= kMostSkipsSaid) remark(item.origin + " was skipped: " + std::string(why));
}

void Collector::number(model::ListedItem& item) {
  item.origin = of_;
  item.origin.append(" ").append(std::to_string(++number_));
}

void Collector::expect(std::size_t count) {
  const std::size_t kept = listing_.items.size() + std::min(count, limits_.items * 2);
  listing_.items.reserve(kept);
  place_all(kept);
}

void Collector::add(model::ListedItem item) {
  number(item);
  if (item.title.empty()) return skip(item, "it has no title");
  take_in(std::move(item));
}

void Collector::add_untitled(model::ListedItem item) {
  number(item);
  take_in(std::move(item));
}

void Collector::take_in(model::ListedItem&& item) {
  if (item.url.find("://") == std::string::npos) item.url = absolute(std::string(), item.url);  // "https:host/path" in full
  if (item.identity.empty()) item.identity = model::identity_of(item.url);
  if (item.identity.empty()) return skip(item, "it has no usable link");
  if (listing_.items.size() * 2 >= places_.size()) place_all(listing_.items.size() * 2);
  std::uint32_t& place = place_of(item.identity.value);
  if (place != 0) return merge(listing_.items[place - 1], std::move(item));
  listing_.items.push_back(std::move(item));
  place = static_cast<std::uint32_t>(listing_.items.size());
  if (listing_.items.size() >= limits_.items + limits_.items / 2) prune();
}

void Collector::merge(model::ListedItem& mine, model::ListedItem other) {
  addresses_shared_ += !mine.title.empty() && !other.title.empty() && mine.title != other.title ? 1 : 0;
  complete(mine, std::move(other));
}

// Among the places, of which at least half are free.
std::uint32_t& Collector::place_of(std::string_view identity) {
  const std::size_t mask = places_.size() - 1;
  std::size_t at = std::hash<std::string_view>()(identity) & mask;
  while (places_[at] != 0 && listing_.items[places_[at] - 1].identity.value != identity) at = (at + 1) & mask;
  return places_[at];
}

// For so many items; those that there are find their places anew.
void Collector::place_all(std::size_t room) {
  constexpr std::size_t kFewest = 16;
  places_.assign(std::bit_ceil(std::max(room, kFewest) * 2), 0);
  for (std::size_t at = 0; at < listing_.items.size(); ++at) place_of(listing_.items[at].identity.value) = static_cast<std::uint32_t>(at + 1);
}

void Collector::prune() {
  auto& items = listing_.items;
  if (items.size() <= limits_.items) return;
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto from_end = [last = items.size() - 1](std::size_t at) { return std::min(at, last - at); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (newer(items[a], items[b]) || newer(items[b], items[a])) return newer(items[a], items[b]);
    return from_end(a) < from_end(b);
  });
  order.resize(limits_.items);
  std::sort(order.begin(), order.end());
  std::size_t hole = 0;
  while (hole < order.size() && order[hole] == hole) ++hole;
  const bool between_equals = hole > 0 && hole < order.size() && !newer(items[order[hole - 1]], items[order[hole]]) && !newer(items[order[hole]], items[order[hole - 1]]);
  listing_.cut_at = between_equals ? hole : 0;
  dropped_ += items.size() - order.size();
  for (std::size_t at = hole; at < order.size(); ++at) items[at] = std::move(items[order[at]]);  // those before the hole stay
  items.resize(order.size());
  place_all(items.size());
}

model::Listing Collector::take() {
  prune();
  listing_.left_out = dropped_;
  if (dropped_ > 0) {
    remark(std::to_string(dropped_) + " items beyond the limit of " + std::to_string(limits_.items) + " were left out" + (listing_.cut_at > 0 ? ": those in the middle" : ", the older ones"));
  }
  if (listing_.skipped > kMostSkipsSaid) remark(std::to_string(listing_.skipped) + " entries without a usable link or title were skipped in all");
  return std::move(listing_);
}

std::string absolute(const std::string& base, std::string_view reference) {
  const std::string_view written = trimmed(reference);
  if (written.empty()) return std::string();
  if (net::is_plainly_normal(written)) return std::string(written);
  const auto direct = net::Url::parse(written);
  const std::string_view route = model::route_of(written);
  if (direct) return direct->text() + std::string(route);
  const auto page = net::Url::parse(base);
  if (!page) return std::string();
  const auto whole = page->resolve(written);
  return whole ? whole->text() + std::string(route) : std::string();
}

std::string_view absolute_in(const std::string& base, std::string_view reference, Texts& texts) {
  const std::string_view written = trimmed(reference);
  return net::is_plainly_normal(written) ? written : texts.keep(absolute(base, written));
}

}  // namespace bylined::listing
