// SPDX-License-Identifier: Apache-2.0
#include "model/stamp.h"

namespace bylined::model {
namespace {

constexpr Millis kSeoul{9 * 3'600'000};

}  // namespace

bool is_day(const std::string& text) { return text.size() == 10 && parse_rfc3339(text + "T00:00:00Z"); }

std::string day_of(const Stamp& stamp) {
  const std::string printed = stamp.text.substr(0, 10);
  return is_day(printed) ? printed : rfc3339(stamp.at + kSeoul).substr(0, 10);
}

}  // namespace bylined::model
