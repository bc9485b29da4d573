// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "pipeline/fetch/robots.h"
#include "tests/fuzz/fuzz.h"

// The first line is a path, the rest a robots.txt. Whatever it says there is a verdict, of which robots.txt itself is
// never refused, and a pause is a number.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bylined;
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view body = text.substr(std::min(end + 1, text.size()));
  const std::string path = "/" + std::string(text.substr(0, end));
  const fetch::RobotsVerdict verdict = fetch::judge_robots(body, "bylined", path);
  fuzz::require(verdict.allowed || !verdict.rule.empty());
  fuzz::require(!verdict.crawl_delay || (std::isfinite(*verdict.crawl_delay) && *verdict.crawl_delay >= 0));
  fuzz::require(fetch::judge_robots(body, "bylined", "/robots.txt").allowed);
  fuzz::require(fetch::judge_robots("", "bylined", path).allowed);
  return 0;
}
