// SPDX-License-Identifier: Apache-2.0
// A request's target, parted and decoded. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "query/service/service.h"

namespace bylined::api {

struct Target {
  std::string path;  // decoded, as "/api/v1/alerts"
  query::Params params;
};

// kInvalid: bad percent-encoding, a parameter given twice, more than 32 of them, or control characters.
Result<Target> read_target(std::string_view target);
// For building one: everything but unreserved characters is encoded.
std::string encoded(std::string_view text);

}  // namespace bylined::api
