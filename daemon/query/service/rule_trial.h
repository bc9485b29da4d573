// SPDX-License-Identifier: Apache-2.0
// A rule tried on a page before it wakes anybody: the article as it would be read, its mentions, and the rule clause by
// clause. Stores nothing and fetches nothing.
#pragma once

#include <string>

#include "base/result.h"
#include "model/page.h"
#include "query/service/service.h"
#include "settings/settings.h"

namespace bylined::query {

// kInvalid: the rule, or the page, cannot be read; kNotFound: the rule names an entity that is not tracked.
Result<json::object> try_rule(const settings::Settings& settings, std::string_view query, const model::Page& page);

}  // namespace bylined::query
