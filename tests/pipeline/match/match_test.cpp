// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/match.h"

#include <gtest/gtest.h>

namespace bylined::match {
namespace {

model::Entity entity(std::string id, std::vector<std::string> names) {
  model::Entity made;
  made.id = {std::move(id)};
  made.kind = model::EntityKind::kOrganisation;
  made.names = std::move(names);
  return made;
}

TEST(Match, FindsANameWithAParticleWhereItStands) {
  const auto names = compile({entity("hanbit", {"한빛전자", "Hanbit Electronics"})});
  ASSERT_TRUE(names);
  const Found found = find_mentions(**names, "한빛전자, 신제품 공개", "어제 한빛전자는 말했다. HANBIT ELECTRONICS said so. 새한빛전자 아님.");
  ASSERT_EQ(found.mentions.size(), 3U);
  EXPECT_EQ(found.mentions[0].field, model::Field::kTitle);
  EXPECT_EQ(found.mentions[1].start, 3U);
  EXPECT_EQ(found.mentions[1].end, 7U);
  EXPECT_EQ(found.mentions[1].text, "한빛전자");
  EXPECT_EQ(found.mentions[1].sentence, "어제 한빛전자는 말했다.");
  EXPECT_EQ(found.mentions[2].text, "HANBIT ELECTRONICS");
}

TEST(Match, CountsWhatIsBeyondTheLimit) {
  const auto names = compile({entity("hanbit", {"한빛전자"})});
  ASSERT_TRUE(names);
  const Found found = find_mentions(**names, "", "한빛전자 한빛전자 한빛전자", 2);
  EXPECT_EQ(found.mentions.size(), 2U);
  EXPECT_EQ(found.dropped, 1U);
}

TEST(Match, RefusesAnEntityWithAnEmptyName) {
  const auto names = compile({entity("hanbit", {""})});
  ASSERT_FALSE(names);
  EXPECT_EQ(names.error().kind(), ErrorKind::kInvalid);
}

}  // namespace
}  // namespace bylined::match
