// SPDX-License-Identifier: Apache-2.0
// What a listing shows: its items in the page's order, and who they are said to be by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/identity.h"
#include "model/part.h"
#include "model/stamp.h"

namespace bylined::model {

// What an entry prints to be older than this when it is listed first was there before: an archive that was added to a list. A
// date whose year is written is not wrong by as much, were its day taken for its month, or in January the last year written.
inline constexpr Millis kYearsOld{400LL * 24 * 3'600'000};

struct ListedItem {
  ArticleIdentity identity;
  std::string url;      // absolute, as listed
  std::string title;    // plain text
  std::string summary;  // plain text, may be empty
  std::vector<std::string> authors;
  std::optional<Stamp> printed;
  std::optional<Instant> touched;  // when it was published or changed last, where the page's format leaves no doubt of the year
  std::string origin;   // what on the page it was read from, for people: "li.press_edit_news_item 3"

  bool operator==(const ListedItem&) const = default;
};

// One of the lists of a page.
struct Block {
  std::string where;  // how its entries stand on the page
  std::vector<ListedItem> items;
};

struct Listing {
  std::vector<ListedItem> items;  // one entry an identity
  std::string block;              // where they stand, if nobody said where to look; else empty
  std::vector<Block> other_blocks;  // which it could be as well, likelier ones first; a few at most
  std::string outlet;             // as the page names it; may be empty
  std::string journalist;         // journalist pages only
  std::optional<std::string> next_page;  // absolute URL of the page with older items
  std::vector<NamedPart> parts;          // pages to ask besides this one, those most worth it first
  bool nothing_matched = false;          // what reads the list found none on the page: it may be another page
  int skipped = 0;                       // entries without a usable link or title
  std::size_t left_out = 0;              // items beyond the limit, the older ones
  std::size_t cut_at = 0;                // where they are undated, or of one date: those stood before this one
  std::size_t channels_left_out = 0;     // of a feed, nested too deep, with all in them
  std::size_t addresses_shared = 0;   // of a feed, entries under the address of another: they are one article
  bool damaged = false;                  // cut or broken: the same address may give more
  bool page_cut = false;                 // a limit of the HTML reader cut the page: something may be missing
  std::vector<std::string> remarks;      // what was skipped or not found, and why; for `source test`
};

}  // namespace bylined::model
