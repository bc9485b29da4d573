// SPDX-License-Identifier: Apache-2.0
// What a mail about an alert says, as a subject, a plain text and an HTML page of its own: the look of a
// newsroom's note. Nothing in it loads from anywhere, and links go to http and https only.
#pragma once

#include <string>

#include "model/alert.h"
#include "model/receiver.h"
#include "pipeline/deliver/options.h"

namespace bylined::deliver {

struct Letter {
  std::string subject;  // one line, at most 200 characters
  std::string text;     // lines end in CR LF
  std::string html;
};

Letter write_letter(const model::Alert& alert, model::Language language, const Style& style);


}  // namespace bylined::deliver
