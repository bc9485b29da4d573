// SPDX-License-Identifier: Apache-2.0
// What a robots.txt says of a path (RFC 9309). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bylined::fetch {

struct RobotsVerdict {
  bool allowed = true;
  std::string rule;                    // the line that decided, e.g. "Disallow: /"; empty where none did
  std::optional<double> crawl_delay;   // seconds, where a group for us has one
};

// `body` as it came (cut at 500 KiB by the caller), `agent` a product token, `path` with its query.
RobotsVerdict judge_robots(std::string_view body, std::string_view agent, std::string_view path);

}  // namespace bylined::fetch
