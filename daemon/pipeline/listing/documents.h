// SPDX-License-Identifier: Apache-2.0
// What a feed or a sitemap says, whichever of its formats it is in. Of a feed nothing is copied that stands in it as it is
// wanted: its texts are views, and live as long as its FeedDocument.
#pragma once

#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/date.h"

namespace bylined::listing {

// A text as written: plain, or markup.
struct FeedText {
  std::string_view text;
  bool is_markup = false;

  std::string plain() const;
};

struct FeedEntry {
  std::string_view id;      // guid, atom:id, rdf:about; as written
  std::string_view url;     // absolute where it can be made so
  std::string_view origin;  // the article behind a proxied link (feedburner:origLink); may be empty
  std::string_view title;   // plain text
  std::vector<std::string> authors;  // names only
  std::optional<text::PrintedDate> published;
  std::optional<text::PrintedDate> updated;
  FeedText summary;
  FeedText content;
};

// Where views look into: what was parsed, and what had to be written anew. It moves, and they stay valid.
class Texts {
 public:
  Texts() = default;
  Texts(Texts&&) = default;
  Texts& operator=(Texts&&) = default;

  void hold(std::shared_ptr<const void> parsed) { parsed_ = std::move(parsed); }
  std::string_view keep(std::string text) { return text.empty() ? std::string_view() : made_.emplace_front(std::move(text)); }
  // A view that a `…_in` answered: into what is held, or into its copy.
  std::string_view keep(std::string_view view, std::string copy) { return copy.empty() ? view : keep(std::move(copy)); }

 private:
  std::shared_ptr<const void> parsed_;
  std::forward_list<std::string> made_;
};

struct FeedDocument {
  std::string_view title;   // plain text
  std::string_view url;     // of the site, absolute
  FeedText description;
  std::string_view language;
  std::optional<text::PrintedDate> updated;
  std::string_view next_page;  // RFC 5005; may be empty
  bool damaged = false;     // mended or cut
  std::size_t channels_left_out = 0;  // with all in them: they are nested too deep
  std::vector<FeedEntry> entries;  // in document order
  Texts texts;
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
