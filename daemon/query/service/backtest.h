// SPDX-License-Identifier: Apache-2.0
// A watch tried on the articles that are stored, before it wakes anybody: the alerts it would have raised beside those of the
// watch in force, and the articles that one clause kept out. Stores and tells nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "query/service/service.h"

namespace bylined::query {

struct BacktestOptions {
  model::WatchId watch;
  std::optional<std::string> query;  // tried in the place of the configured one
  Instant since;
};

// Articles judged so far, and of how many. Called from any of the threads, one at a time.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

// The watch and the names as `settings` have them are tried; in force is what the store was last given. The reader is used by
// one thread at a time. kNotFound: no such watch; kInvalid: the query.
Result<json::object> backtest(store::Reader& reader, const settings::Settings& settings, const BacktestOptions& options, const Progress& progress);

}  // namespace bylined::query
