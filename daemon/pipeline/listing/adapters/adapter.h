// SPDX-License-Identifier: Apache-2.0
// What the adapters share: the list they fill. Private to the room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/listing/listing.h"
#include "pipeline/listing/words.h"

namespace bylined::listing {

// Takes items in the page's order, one an identity: a later entry of the same article only adds what the
// first one lacks. Memory is bounded by the limit, not by the page.
class Collector {
 public:
  explicit Collector(Limits limits = Limits()) : limits_(limits) {}

  // What the entries that follow are on the page, a selector or a path: items say it as their origin, with their number.
  void entries_are(std::string of) {
    of_ = std::move(of);
    number_ = 0;
  }
  // So many entries follow.
  void expect(std::size_t count);
  // Skips (and counts) what has no title or no web address. The identity is made here where it is not known already.
  void add(model::ListedItem item);
  // The same where a title may be lacking.
  void add_untitled(model::ListedItem item);
  void remark(std::string text);
  model::Listing& listing() { return listing_; }
  // Entries that were merged into one of another title.
  std::size_t addresses_shared() const { return addresses_shared_; }
  // Orders nothing; cuts to the limit, where the newest stay, and of equally new ones those at both ends: a list grows there.
  model::Listing take();

 private:
  void number(model::ListedItem& item);
  void take_in(model::ListedItem&& item);
  void merge(model::ListedItem& mine, model::ListedItem other);
  void skip(const model::ListedItem& item, std::string_view why);
  void prune();
  std::uint32_t& place_of(std::string_view identity);
  void place_all(std::size_t room);

  Limits limits_;
  std::string of_ = "entry";
  int number_ = 0;
  model::Listing listing_;
  std::vector<std::uint32_t> places_;  // by identity: one more than the item's index, and 0 for none
  std::size_t dropped_ = 0;
  std::size_t addresses_shared_ = 0;
};

// `reference` made absolute against `base`; empty where that gives no http(s) URL.
std::string absolute(const std::string& base, std::string_view reference);
// The same of a reference that lives as long as `texts`: without a copy where it is absolute already.
std::string_view absolute_in(const std::string& base, std::string_view reference, Texts& texts);

}  // namespace bylined::listing
