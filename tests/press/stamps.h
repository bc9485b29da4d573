// SPDX-License-Identifier: Apache-2.0
// Times as Korean pages, feeds and HTTP print them. Written here, so that the reader under test is not
// checked against itself.
#pragma once

#include <string>

#include "base/time.h"

namespace bylined::press {

std::string korean_seconds(Instant at);   // "2025-02-04 09:30:00", Seoul
std::string korean_minutes(Instant at);   // "2025.02.04. 오전 9:30"
std::string korean_ago(Instant at, Instant now);  // "방금전" "5분전" "3시간전" "2일전" "2025.02.04."
std::string rfc822(Instant at);           // "Tue, 04 Feb 2025 09:30:00 +0900"
std::string iso(Instant at);              // "2025-02-04T09:30:00+09:00"
std::string http_date(Instant at);        // "Tue, 04 Feb 2025 00:30:00 GMT"
// 19 digits, as in the portal's data attributes: "2025020409300000000".
std::string korean_digits(Instant at);

}  // namespace bylined::press
