// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/rule.h"

#include "tests/fuzz/fuzz.h"

// A query of any bytes is an error with its reason, or a rule that is printed and read again as the same one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bylined;
  const auto rule = rule::parse(fuzz::text_of(data, size));
  if (!rule) {
    fuzz::require(!rule.error().text().empty());
    return 0;
  }
  const auto again = rule::parse(rule::print(*rule));
  fuzz::require(again.has_value() && *again == *rule);
  return 0;
}
