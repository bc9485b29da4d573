// SPDX-License-Identifier: Apache-2.0
// What a robots.txt says of a path (RFC 9309). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::fetch {

struct RobotsVerdict {
  bool allowed = true;
  std::string rule;                    // the line that decided, e.g. "Disallow: /"; empty where none did
  std::optional<double> crawl_delay;   // seconds, where a group for us has one
};

struct RobotsRule {
  bool allow = false;
  std::string pattern;  // in the form in which it is compared
  std::string line;
};

// What one robots.txt says to one agent, read once. `body` as it came (cut at 500 KiB by the caller), `agent` a product token.
class RobotsRules {
 public:
  RobotsRules(std::string_view body, std::string_view agent);
  // `path` with its query.
  RobotsVerdict judge(std::string_view path) const;

 private:
  std::vector<RobotsRule> rules_;
  std::optional<double> crawl_delay_;
};

// The same for a single path.
RobotsVerdict judge_robots(std::string_view body, std::string_view agent, std::string_view path);

}  // namespace bylined::fetch
