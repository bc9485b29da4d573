// SPDX-License-Identifier: Apache-2.0
#include "base/text/date.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

// The text of a stamp is a time that we read back as the same one, to the second.
void check(const text::Stamp& stamp) {
  const auto again = text::read_date(stamp.text);
  require(again.has_value());
  require(again->at == std::chrono::floor<std::chrono::seconds>(stamp.at));
}

}  // namespace

// A printed date of any bytes is a moment that can be written and read again, or an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view printed = fuzz::text_of(data, size);
  const Instant reference(std::chrono::seconds(1'750'000'000));
  const auto absolute = text::read_date(printed);
  if (absolute) check(*absolute);
  const auto near = text::read_date_near(printed, reference);
  require(near.has_value() || !absolute.has_value());
  if (near) check(*near);
  return 0;
}
