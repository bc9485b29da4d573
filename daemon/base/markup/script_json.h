// SPDX-License-Identifier: Apache-2.0
// JSON that stands in a page's scripts: all of a script, or what is assigned in it (window.__STATE__ = {…}). Runs nothing,
// fetches nothing.
#pragma once

#include <functional>

#include "base/markup/html.h"
#include "base/markup/json.h"

namespace bylined::markup {

struct ScriptJsonLimits {
  std::size_t script_bytes;  // of one script that are looked through
  int values;                // of a page that are read; each costs time in line with its script
};

// Each value with the script that holds it, in the page's order. What is no JSON is passed over.
void each_json_in_scripts(const Document& document, const ScriptJsonLimits& limits, const std::function<void(Node script, const json::value& value)>& take);

}  // namespace bylined::markup
