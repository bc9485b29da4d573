// SPDX-License-Identifier: Apache-2.0
// An article's text at one moment. A version is never changed: another text is another version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/stamp.h"

namespace bylined::model {

// How much of the article we could read.
enum class ReadState { kFull, kListingOnly, kRefusedByRobots, kFailed };
std::string_view read_name(ReadState read);
std::optional<ReadState> read_from_name(std::string_view name);

// What the article reader makes of a page. All text is UTF-8, paragraphs parted by a blank line.
struct Content {
  std::string title;
  std::string body;     // without captions, bylines, related links
  std::string summary;  // sub-headlines or description
  std::vector<std::string> captions;
  std::vector<std::string> authors;  // names only
  std::string byline;                // as printed
  std::optional<Stamp> published;
  std::optional<Stamp> modified;
  std::string outlet;
  std::string section;
  std::string language;       // BCP 47, or empty
  std::string image;          // absolute URL, or empty
  std::string canonical_url;  // as the page gives it, absolute, or empty
  std::string original_url;   // the outlet's own page, where a portal names it
  bool page_cut = false;      // a limit cut the page or a script that may hold its text: something may be missing; not stored

  bool operator==(const Content&) const = default;
};

struct Version {
  int number = 0;  // from 1
  ReadState read = ReadState::kFull;
  Content content;
  std::string text_url;  // where the body was read: differs from the article's URL for an outlet's copy
  Instant fetched_at;
  std::string hash;      // hex SHA-256 of title, summary and body
  std::int64_t load = 0; // store::Store::record_load, under which its mentions were found; 0: not known
};

struct Article {
  ArticleId id;
  std::string identity;
  std::string url;
  SourceId source;  // where it was first seen
  Instant first_seen;
  int versions = 0;
};

}  // namespace bylined::model
