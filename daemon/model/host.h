// SPDX-License-Identifier: Apache-2.0
// What we owe a web host: when we may ask again, and what its robots.txt says. A value that the
// pipeline loads from the store and `fetch` gives back changed, so that courtesy outlives a restart.
#pragma once

#include <string>

#include "base/time.h"

namespace bylined::model {

struct Host {
  std::string origin;       // "https://n.news.naver.com", with a port where it is not the scheme's
  Instant not_before;       // Retry-After, or our own back-off after refusals
  Instant robots_fetched;   // last time robots.txt was had (any 2xx or 4xx); zero for never
  Instant robots_tried;     // last time it was asked for
  int robots_status = 0;    // 200 with a body, 404 for "no rules", 0 for never had
  std::string robots_body;  // at most 500 KiB (RFC 9309, 2.5)

  bool operator==(const Host&) const = default;
};

}  // namespace bylined::model
