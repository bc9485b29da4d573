// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "base/net/inflate.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;

struct Outcome {
  bool whole = false;
  std::string body;
};

Outcome inflate(net::Coding coding, std::string_view bytes, std::size_t step) {
  constexpr std::size_t kMost = 1u << 20;
  net::Inflater inflater(coding, net::InflateLimits{.decoded = kMost, .ratio = 200, .ratio_from = 64u << 10});
  bool good = true;
  while (good && !bytes.empty()) {
    const std::size_t now = std::min(step, bytes.size());
    good = inflater.feed(bytes.substr(0, now)).has_value();
    bytes.remove_prefix(now);
  }
  good = good && inflater.end().has_value();
  fuzz::require(inflater.body().size() <= kMost);
  return {good && inflater.finish().has_value(), inflater.body()};
}

}  // namespace

// However the bytes arrive, they are the same body or none, and never one that is over the limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const net::Coding codings[] = {net::Coding::kIdentity, net::Coding::kGzip, net::Coding::kDeflate};
  const net::Coding coding = codings[data[0] % 3];
  const std::string_view bytes = fuzz::text_of(data + 1, size - 1);
  const Outcome at_once = inflate(coding, bytes, bytes.size());
  const Outcome in_steps = inflate(coding, bytes, 7);
  fuzz::require(at_once.whole == in_steps.whole);
  fuzz::require(!at_once.whole || at_once.body == in_steps.body);
  return 0;
}
