// SPDX-License-Identifier: Apache-2.0
// Parameters of a question as typed values; every fault says what the parameter takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/service/service.h"

namespace bylined::query {

inline constexpr int kListDefault = 50;
inline constexpr int kListMost = 500;

std::string text_param(const Params& params, std::string_view name);
// "7d" (ago), "2025-02-04" (a day's start in UTC) or RFC 3339.
Result<std::optional<Instant>> since_param(const Params& params, Instant now);
Result<int> limit_param(const Params& params);
// Entities of `entity` and of `query` ("entity:ID" joined by OR).
Result<std::vector<model::EntityId>> entity_params(const Params& params);

// The nearest of `known` to a misspelt word; empty where none is near.
std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace bylined::query
