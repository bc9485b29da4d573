// SPDX-License-Identifier: Apache-2.0
// Sitemaps of every kind as a stream of entries: XML, an index of others, plain lines, a feed in the place of one,
// all of them also in gzip. Holds one entry at a time, and of a packed text a window. Private to the room.
#pragma once

#include <functional>

#include "pipeline/listing/listing.h"

namespace bylined::listing {

struct SitemapLimits {
  std::size_t bytes = 64u << 20;   // unpacked; the protocol allows 50 MiB
  std::size_t entries = 200'000;   // the protocol allows 50,000
};

// Hears what the sitemap is and an entry of it; false: no more of them.
using TakeEntry = std::function<bool(SitemapKind kind, SitemapEntry&& entry)>;

// Gives each entry to `take` until that says no. kInvalid: no sitemap.
Result<SitemapKind> scan_sitemap(const model::Page& page, const TakeEntry& take);

}  // namespace bylined::listing
