// SPDX-License-Identifier: Apache-2.0
// What a source would be read as: its robots.txt, its items and remarks, and the first article. Fetches, and
// stores nothing.
#pragma once

#include "base/clock.h"
#include "base/markup/json.h"
#include "base/task.h"
#include "model/source.h"
#include "pipeline/fetch/fetch.h"

namespace bylined::query {

// An empty `kind` or "auto": the adapter that recognises the address, else the feed's.
// The fetcher outlives it.
Task<markup::json::object> dry_run(fetch::Fetcher& fetcher, model::Source source);

}  // namespace bylined::query
