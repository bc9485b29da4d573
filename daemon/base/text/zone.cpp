// SPDX-License-Identifier: Apache-2.0
#include "base/text/zone.h"

#include <memory>

#include <unicode/timezone.h>

namespace bylined::text {

Result<std::chrono::minutes> zone_offset(std::string_view zone, Instant at) {
  const auto name = icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())));
  const std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(name));
  icu::UnicodeString id;
  if (found) found->getID(id);
  if (!found || id == UCAL_UNKNOWN_ZONE_ID) {
    return Error(ErrorKind::kNotFound, "no time zone " + quoted(zone) + " (an IANA name such as \"Asia/Seoul\" is meant)");
  }
  std::int32_t raw = 0, summer = 0;
  UErrorCode code = U_ZERO_ERROR;
  found->getOffset(static_cast<UDate>(at.time_since_epoch().count()), false, raw, summer, code);
  if (U_FAILURE(code)) return Error(ErrorKind::kInvalid, "time zone " + quoted(zone) + " has no offset at " + rfc3339(at));
  return std::chrono::duration_cast<std::chrono::minutes>(Millis(raw + summer));
}

}  // namespace bylined::text
