// SPDX-License-Identifier: Apache-2.0
#include "base/net/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "base/text/ascii.h"

namespace bylined::net {
namespace {

constexpr Millis kLongestWait{24 * 3'600'000};

// Any of the three forms of an HTTP date (RFC 9110, 5.6.7).
std::optional<Instant> http_date(std::string_view text) {
  const std::time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
  if (seconds == -1) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

// "max-age" of "public, max-age=60": none where it is not there or not a number. Names are compared in lower case.
std::optional<Millis> seconds_of(std::string_view directives, std::string_view name) {
  while (!directives.empty()) {
    const std::size_t end = std::min(directives.find(','), directives.size());
    std::string_view one = directives.substr(0, end);
    directives.remove_prefix(std::min(end + 1, directives.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!one.starts_with(name)) continue;
    one.remove_prefix(name.size());
    if (!one.starts_with('=')) continue;
    one.remove_prefix(one.starts_with("=\"") ? 2 : 1);
    std::int64_t seconds = 0;
    const auto [rest, error] = std::from_chars(one.data(), one.data() + one.size(), seconds);
    if (error == std::errc::result_out_of_range) return kLongestWait;
    if (error != std::errc() || seconds < 0) return std::nullopt;
    return std::chrono::seconds(std::min<std::int64_t>(seconds, kLongestWait / std::chrono::seconds(1)));
  }
  return std::nullopt;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  const auto one = std::find_if(headers.begin(), headers.end(), [name](const auto& header) { return header.first == name; });
  return one == headers.end() ? std::string_view() : std::string_view(one->second);
}

Task<Status> HttpClient::look_up(Url, bool, Millis) { co_return Status(); }

std::optional<Millis> retry_after(const HttpResponse& response, Instant now) {
  const std::string_view value = response.header("retry-after");
  if (value.empty()) return std::nullopt;
  const bool number = value.front() != '.' && value.find_first_not_of("0123456789.") == std::string_view::npos;
  if (number) {  // RFC 9110 knows whole seconds only; some send "1.5"
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || seconds > kLongestWait / std::chrono::seconds(1)) return kLongestWait;
    const bool exact = end == value.data() + value.size();
    return std::chrono::seconds(seconds + (exact ? 0 : 1));
  }
  // Names of days and months are English; curl_getdate would also take a bare number or a zone's name.
  if (value.find("GMT") == std::string_view::npos && value.find(':') == std::string_view::npos) return std::nullopt;
  const auto until = http_date(value);
  if (!until) return std::nullopt;
  const Instant from = http_date(response.header("date")).value_or(now);
  return std::clamp(std::chrono::duration_cast<Millis>(*until - from), Millis::zero(), kLongestWait);
}

Millis freshness_lifetime(const HttpResponse& response) {
  const std::string directives = text::lower(response.header("cache-control"));
  if (directives.find("no-store") != std::string::npos || directives.find("no-cache") != std::string::npos) return Millis(0);
  const auto shared = response.header("age").empty() ? std::nullopt : seconds_of(directives, "s-maxage");
  if (shared) return *shared;
  return seconds_of(directives, "max-age").value_or(Millis(0));
}

}  // namespace bylined::net
