// SPDX-License-Identifier: Apache-2.0
#include "base/text/zone.h"

#include <gtest/gtest.h>

namespace bylined::text {
namespace {

using std::chrono::minutes;

TEST(ZoneOffset, KnowsZonesAndTheirSummerTimes) {
  const Instant winter = *parse_rfc3339("2025-02-04T09:00:00Z"), summer = *parse_rfc3339("2025-07-04T09:00:00Z");
  EXPECT_EQ(*zone_offset("Asia/Seoul", winter), minutes(540));
  EXPECT_EQ(*zone_offset("Asia/Seoul", summer), minutes(540));
  EXPECT_EQ(*zone_offset("Asia/Seoul", *parse_rfc3339("1988-07-04T09:00:00Z")), minutes(600));
  EXPECT_EQ(*zone_offset("Europe/Berlin", winter), minutes(60));
  EXPECT_EQ(*zone_offset("Europe/Berlin", summer), minutes(120));
  EXPECT_EQ(*zone_offset("Asia/Kathmandu", winter), minutes(345));
  EXPECT_EQ(*zone_offset("America/New_York", winter), minutes(-300));
  EXPECT_EQ(*zone_offset("UTC", winter), minutes(0));
}

TEST(ZoneOffset, SaysWhereThereIsNoSuchZone) {
  for (const char* const name : {"", "Asia/Seuol", "KST9", "서울", "../etc/localtime", "Etc/Unknown"}) {
    const auto offset = zone_offset(name, Instant());
    ASSERT_FALSE(offset) << name;
    EXPECT_EQ(offset.error().kind(), ErrorKind::kNotFound);
  }
}

}  // namespace
}  // namespace bylined::text
