// SPDX-License-Identifier: Apache-2.0
#include "query/service/params.h"

#include <algorithm>
#include <charconv>
#include <numeric>


namespace bylined::query {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row.back();
}

}  // namespace

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

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view one : known) {
    const std::size_t apart = distance(word, one);
    if (apart >= least) continue;
    least = apart;
    best = one;
  }
  return best;
}

}  // namespace bylined::query
