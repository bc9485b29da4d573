// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/cursor.h"

#include <algorithm>
#include <charconv>

#include "base/digest.h"

namespace bylined::store {
namespace {

constexpr std::size_t kSealLength = 8;

std::string seal(std::string_view list, std::string_view place) { return id_from({"cursor", list, place}).substr(0, kSealLength); }

bool read_number(std::string_view text, std::int64_t& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size();
}

}  // namespace

void add_places(std::vector<Place>& places, Rows rows) {
  while (rows.next()) places.push_back(Place{rows.instant(), rows.integer()});
}

std::string cursor_text(std::string_view list, const Place& place) {
  const std::string text = std::to_string(place.at.time_since_epoch().count()) + "." + std::to_string(place.row);
  return text + "." + seal(list, text);
}

Result<Place> cursor_from_text(std::string_view list, std::string_view text) {
  const Error wrong(ErrorKind::kInvalid, quoted(text) + " is not a cursor of this list; start again without one");
  const std::size_t first = text.find('.'), last = text.rfind('.');
  if (first == std::string_view::npos || first == last || text.size() > 60) return wrong;
  if (text.substr(last + 1) != seal(list, text.substr(0, last))) return wrong;
  std::int64_t at = 0, row = 0;
  if (!read_number(text.substr(0, first), at) || !read_number(text.substr(first + 1, last - first - 1), row)) return wrong;
  return Place{Instant(Millis(at)), row};
}

std::optional<std::string> cut(std::string_view list, std::vector<Place>& places, int limit) {
  std::sort(places.begin(), places.end(), std::greater<>());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  if (places.size() <= static_cast<std::size_t>(limit)) return std::nullopt;
  places.resize(static_cast<std::size_t>(limit));
  return cursor_text(list, places.back());
}

}  // namespace bylined::store
