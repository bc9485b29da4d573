// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/time.h"

// A time that we read is one that we can write, and reading it again gives the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto at = bylined::parse_rfc3339(text);
  if (!at) return 0;
  const auto again = bylined::parse_rfc3339(bylined::rfc3339(*at));
  if (!again || *again != *at) std::abort();
  return 0;
}
