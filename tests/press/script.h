// SPDX-License-Identifier: Apache-2.0
// The script of a small newspaper world as data: which outlets there are, which articles appear, change and
// vanish when, and which alerts a right daemon makes of them. Knows no pages and no network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace bylined::press {

enum class Shape { kNaverJournalist, kRss, kAtom, kList };

struct Outlet {
  std::string id;
  Shape shape = Shape::kRss;
  std::string name;            // as printed
  std::string listing;         // absolute URL of the page or feed
  std::string article_prefix;  // an article's URL is this and its number
  std::string office;          // press code; the journalist page only
  std::string journalist;      // the journalist page only
  std::size_t page_size = 20;  // items on the first page; the journalist page pages on by JSON
};

// Where an article stands. One article may stand in several outlets, and not at the same moment.
struct Place {
  std::string outlet;
  std::string number;
  Millis appears{0};  // after the script's start; negative: it was there before
};

struct Edit {
  Millis at{0};
  std::string title;                    // empty: unchanged
  std::vector<std::string> paragraphs;  // empty: unchanged
};

// An alert that must come: these entities, in all, for this watch.
struct ExpectedAlert {
  std::string watch;
  std::vector<std::string> entities;  // sorted
  Millis from{0};                     // the moment at which they can be known
};

struct Article {
  std::string key;
  std::vector<Place> places;
  std::string title;
  std::string summary;  // empty: the first paragraph
  std::string author;   // "윤가람 기자"
  std::string section;
  std::string language = "ko";
  std::vector<std::string> paragraphs;
  std::string caption;               // under a picture; empty: no picture
  std::vector<std::string> related;  // other headlines beside the article
  std::vector<Edit> edits;           // by time
  std::optional<Millis> vanishes;
  std::vector<ExpectedAlert> alerts;
};

struct Script {
  std::vector<Outlet> outlets;
  std::map<std::string, std::string> robots;  // host → robots.txt; a host without one answers 404
  std::vector<Article> articles;

  const Outlet* outlet(std::string_view id) const;
};

// kInvalid with the article's or outlet's place in the file.
Result<Script> parse_script(std::string_view json);
Result<Script> read_script(const std::string& path);

// As of one moment after the start.
std::string title_at(const Article& article, Millis elapsed);
const std::vector<std::string>& paragraphs_at(const Article& article, Millis elapsed);
bool listed_at(const Article& article, const Place& place, Millis elapsed);
// The last moment up to `elapsed` at which the page's text changed.
Millis changed_at(const Article& article, const Place& place, Millis elapsed);

}  // namespace bylined::press
