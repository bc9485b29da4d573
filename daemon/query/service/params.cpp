// SPDX-License-Identifier: Apache-2.0
#include "query/service/params.h"

#include <charconv>


namespace bylined::query {
std::string text_param(const Params& params, std::string_view name) {
  const auto found = params.find(name);
  return found == params.end() ? std::string() : found->second;
}

Result<std::optional<Instant>> since_param(const Params& params, Instant now) {
  const std::string text = text_param(params, "since");
  if (text.empty()) return std::optional<Instant>();
  if (const auto ago = parse_duration(text)) return std::optional<Instant>(now - *ago);
  if (const auto at = parse_rfc3339(text)) return std::optional<Instant>(*at);
  if (const auto day = parse_rfc3339(text + "T00:00:00Z")) return std::optional<Instant>(*day);
  return Error(ErrorKind::kInvalid, "since takes a length (7d, 12h), a day (2025-02-04) or a time (2025-02-04T09:30:00+09:00), not " + quoted(text));
}

Result<int> limit_param(const Params& params) {
  const std::string text = text_param(params, "limit");
  if (text.empty()) return kListDefault;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= kListMost;
  if (!good) return Error(ErrorKind::kInvalid, "limit takes a number from 1 to " + std::to_string(kListMost) + ", not " + quoted(text));
  return value;
}

}  // namespace bylined::query
