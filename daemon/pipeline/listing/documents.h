// SPDX-License-Identifier: Apache-2.0
// What a feed or a sitemap says, whichever of its formats it is in. Values only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text/date.h"

namespace bylined::listing {

// A text as written: plain, or markup.
struct FeedText {
  std::string text;
  bool is_markup = false;

  std::string plain() const;
};

struct FeedEntry {
  std::string id;        // guid, atom:id, rdf:about; as written
  std::string url;       // absolute where it can be made so
  std::string origin;    // the article behind a proxied link (feedburner:origLink); may be empty
  std::string title;     // plain text
  std::vector<std::string> authors;  // names only
  std::optional<text::PrintedDate> published;
  std::optional<text::PrintedDate> updated;
  FeedText summary;
  FeedText content;
};

struct FeedDocument {
  std::string title;        // plain text
  std::string url;          // of the site, absolute
  FeedText description;
  std::string language;
  std::optional<text::PrintedDate> updated;
  std::string next_page;    // RFC 5005; may be empty
  bool damaged = false;     // mended or cut
  std::size_t channels_left_out = 0;  // with all in them: they are nested too deep
  std::vector<FeedEntry> entries;  // in document order
};

struct SitemapEntry {
  std::string url;  // absolute
  std::optional<text::PrintedDate> modified;
  // of a news sitemap
  std::string title;  // plain text
  std::optional<text::PrintedDate> published;
  std::string publication;
  std::string language;
};

enum class SitemapKind { kUrls, kIndex, kFeed };

struct SitemapDocument {
  SitemapKind kind = SitemapKind::kUrls;
  bool cut = false;  // more entries than the limit
  std::vector<SitemapEntry> entries;  // in document order
};

}  // namespace bylined::listing
