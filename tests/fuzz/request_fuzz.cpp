// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "query/api/target.h"
#include "tests/fuzz/fuzz.h"

// What a client asks for is a path and at most 32 parameters of clean text, or refused; written again it says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bylined;
  const auto target = api::read_target(fuzz::text_of(data, size));
  if (!target) return 0;
  fuzz::require(target->params.size() <= 32);
  fuzz::require_running_text(target->path);
  std::string again;
  for (const auto& [name, value] : target->params) {
    fuzz::require_running_text(name);
    fuzz::require_running_text(value);
    again += (again.empty() ? "?" : "&") + api::encoded(name) + "=" + api::encoded(value);
  }
  const auto reread = api::read_target("/" + again);
  fuzz::require(reread && reread->params == target->params);
  return 0;
}
