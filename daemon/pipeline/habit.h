// SPDX-License-Identifier: Apache-2.0
// Where on its page a source's list is found, and how its dates read: what one visit learns for the next. Private to pipeline/*.cpp.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/listing.h"

namespace bylined::pipeline {

// How a source's listing is wont to look, as the store keeps it.
struct Habit {
  std::string dates;                // how they read: diff::usual_dates
  std::vector<std::string> blocks;  // where on its page it was found, first that of its first listing

  static Habit parse(std::string_view usual);
  std::string text() const;
  bool has(const std::string& block) const;
  // What a good listing teaches.
  void learn(const std::string& how_dates_read, const std::string& block);
};

// Of a page with several lists: puts that in front which is read. What stands where the source's list stood before is it; where
// nothing does, that of whose items most are known.
bool keep_place(model::Listing& listing, const Habit& habit);
void keep_known(model::Listing& listing, const std::set<model::ArticleIdentity>& known);

}  // namespace bylined::pipeline
