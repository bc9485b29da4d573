// SPDX-License-Identifier: Apache-2.0
// Dates of feeds and sitemaps as their documents wrote them, for the plumbing commands that show documents.
#pragma once

#include <optional>

#include "base/text/date.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {

// A zone that the document left out is left out here; null where there is no date.
inline json::value date_or_null(const std::optional<text::PrintedDate>& date) {
  if (!date) return nullptr;
  constexpr std::size_t kWithoutZone = 19;
  const std::string& text = date->stamp.text;
  return json::value(date->zone_written ? text : text.substr(0, kWithoutZone));
}

}  // namespace bylined::plumbing
