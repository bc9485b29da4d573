// SPDX-License-Identifier: Apache-2.0
// Parameters of a question as typed values; every fault says what the parameter takes.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/service/service.h"

namespace bylined::query {

inline constexpr int kListDefault = 50;
inline constexpr int kListMost = 500;

std::string text_param(const Params& params, std::string_view name);
// An id or a text; none where it is missing or empty.
template <class T>
std::optional<T> maybe_param(const Params& params, std::string_view name) {
  std::string text = text_param(params, name);
  if (text.empty()) return std::nullopt;
  return T{std::move(text)};
}
// "7d" (ago), "2025-02-04" (a day's start in UTC) or RFC 3339.
Result<std::optional<Instant>> since_param(const Params& params, Instant now);
Result<int> limit_param(const Params& params);

// What the configuration bounds is told whole where no limit is asked for. The cursor is the last id.
template <class T, class F>
Result<store::Slice<T>> page_of(std::vector<T> all, const Params& params, F id_of) {
  const auto limit = limit_param(params);
  if (!limit) return limit.error();
  std::sort(all.begin(), all.end(), [&](const T& a, const T& b) { return id_of(a) < id_of(b); });
  const std::string cursor = text_param(params, "cursor");
  std::erase_if(all, [&](const T& one) { return id_of(one) <= cursor; });
  store::Slice<T> slice{std::move(all), std::nullopt};
  const auto most = static_cast<std::size_t>(*limit);
  if (text_param(params, "limit").empty() || slice.items.size() <= most) return slice;
  slice.items.resize(most);
  slice.next = id_of(slice.items.back());
  return slice;
}

}  // namespace bylined::query
