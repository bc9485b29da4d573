// SPDX-License-Identifier: Apache-2.0
// Instants as a mail writes them, in the desk's time zone (UTC where that is unknown).
#pragma once

#include <string>

#include "model/stamp.h"
#include "pipeline/deliver/mail/words.h"

namespace bylined::deliver {

// "Tue, 04 Feb 2025 18:32:10 +0900": the Date field (RFC 5322, 3.3).
std::string mail_date(Instant at, const std::string& timezone);
// "2025년 2월 4일 (화) 18:32", "Tue 4 February 2025, 18:32".
std::string date_text(Instant at, const std::string& timezone, model::Language language);
// The same for a time that a page printed; without the time of day where it gave none.
std::string printed_date_text(const model::Stamp& printed, const std::string& timezone, model::Language language);

}  // namespace bylined::deliver
