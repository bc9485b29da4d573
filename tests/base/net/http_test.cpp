// SPDX-License-Identifier: Apache-2.0
#include "base/net/http.h"

#include <gtest/gtest.h>

namespace bylined::net {
namespace {

using namespace std::chrono_literals;

const Instant kNow = parse_rfc3339("2025-02-04T09:00:00Z").value();

std::optional<Millis> wait(const std::string& value, const std::string& date = "") {
  HttpResponse response;
  if (!value.empty()) response.headers.emplace_back("retry-after", value);
  if (!date.empty()) response.headers.emplace_back("date", date);
  return retry_after(response, kNow);
}

TEST(RetryAfter, RoundsAFractionUp) {
  EXPECT_EQ(wait("1.0"), 2s);
  EXPECT_EQ(wait("0.25"), 1s);
}

TEST(RetryAfter, TakesSeconds) {
  EXPECT_EQ(wait("0"), 0s);
  EXPECT_EQ(wait("120"), 120s);
  EXPECT_EQ(wait("86400"), 24h);
}

TEST(RetryAfter, IsNeverLongerThanADay) {
  EXPECT_EQ(wait("86401"), 24h);
  EXPECT_EQ(wait("315360000"), 24h);
  EXPECT_EQ(wait("99999999999999999999999999"), 24h);
  EXPECT_EQ(wait("Fri, 04 Feb 2095 09:00:00 GMT"), 24h);
}

TEST(RetryAfter, TakesADateRelativeToTheAnswersOwn) {
  EXPECT_EQ(wait("Tue, 04 Feb 2025 09:02:00 GMT"), 120s);
  EXPECT_EQ(wait("Tue, 04 Feb 2025 12:02:00 GMT", "Tue, 04 Feb 2025 12:00:00 GMT"), 120s);
  EXPECT_EQ(wait("Tuesday, 04-Feb-25 09:02:00 GMT"), 120s);
  EXPECT_EQ(wait("Tue Feb  4 09:02:00 2025"), 120s);
}

TEST(RetryAfter, TakesAPastDateAsNow) { EXPECT_EQ(wait("Mon, 03 Feb 2025 09:00:00 GMT"), 0s); }

TEST(RetryAfter, IgnoresWhatIsNeither) {
  for (const char* value : {"", "-5", "+5", ".5", "soon", "GMT", "12 minutes", "0x10", "화요일", "Tue, 99 Feb 2025 09:00:00 GMT"}) {
    EXPECT_FALSE(wait(value)) << value;
  }
}

TEST(HttpResponse, GivesTheFirstValueOfAHeader) {
  HttpResponse response;
  response.headers = {{"etag", "\"1\""}, {"etag", "\"2\""}};
  EXPECT_EQ(response.header("etag"), "\"1\"");
  EXPECT_EQ(response.header("age"), "");
}

Millis lifetime(Headers headers) {
  HttpResponse response;
  response.headers = std::move(headers);
  return freshness_lifetime(response);
}

TEST(FreshnessLifetime, IsWhatCachesKeepTo) {
  using namespace std::chrono_literals;
  EXPECT_EQ(lifetime({{"cache-control", "public, max-age=60"}}), 60s);
  EXPECT_EQ(lifetime({{"cache-control", "Max-Age=\"60\", must-revalidate"}}), 60s);
  EXPECT_EQ(lifetime({{"cache-control", "max-age=60, s-maxage=300"}}), 60s) << "no shared cache gave it";
  EXPECT_EQ(lifetime({{"cache-control", "max-age=60, s-maxage=300"}, {"age", "12"}}), 300s);
  EXPECT_EQ(lifetime({{"cache-control", "max-age=31536000"}}), 24h);
  EXPECT_EQ(lifetime({{"cache-control", "max-age=99999999999999999999"}}), 24h);
  for (const char* none : {"", "no-store", "no-cache, max-age=60", "max-age", "max-age=soon", "max-age=-5", "xmax-age=60", "private"}) {
    EXPECT_EQ(lifetime({{"cache-control", none}}), 0s) << none;
  }
}

}  // namespace
}  // namespace bylined::net
