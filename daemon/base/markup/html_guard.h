// SPDX-License-Identifier: Apache-2.0
// One pass over a page before it is parsed: tags that no honest page has are cut, so that no parser behind
// it can be made slow by one. Knows tags, comments and scripts; builds nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/markup/html.h"

namespace bylined::markup {

struct Guarded {
  std::string rewritten;      // only where something was cut
  std::string_view text;      // what to parse: the page itself, or `rewritten`
  bool cut = false;
};

// Linear in the page; each byte is read a bounded number of times.
Guarded guard(std::string_view utf8, const HtmlLimits& limits);

}  // namespace bylined::markup
