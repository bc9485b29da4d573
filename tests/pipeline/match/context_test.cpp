// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/match/marked.h"

namespace bylined::match {
namespace {

model::Entity with_context(std::vector<std::string> any, std::vector<std::string> none) {
  model::Entity made = company("daon", {"다온"});
  made.context_any = std::move(any);
  made.context_none = std::move(none);
  return made;
}

TEST(Context, NeedsOneOfAnyAnywhereInTheArticle) {
  const std::vector<model::Entity> entities{with_context({"반도체", "새 공장"}, {})};
  expect_marks(entities, {"다온은 말했다", "[다온]은 시스템반도체를 만든다", "[다온]이 새 공장을 짓는다", "다온이 새공장을"});
  EXPECT_EQ(marked(entities, "반도체 시황", "다온은 말했다"), "[다온]은 말했다");
}

TEST(Context, ForbidsNoneAndTakesShortFormsToo) {
  model::Entity doyun = person("doyun", {"강도윤"});
  doyun.context_none = {"시의원"};
  expect_marks({doyun}, {"[강도윤] 대표가 왔다. [강 대표]는", "강도윤 대표가 왔다. 강 대표는 시의원이다"});
}

TEST(Context, OfAWordMakesItsHomographUncertain) {
  const std::vector<model::Entity> entities{company("kia", {"기아"})};
  expect_marks(entities, {"[기아]가 신차를 냈다", "분쟁 지역의 기아 문제가 심각하다. 난민을", "아프리카에 수출한 [기아] 자동차"});
  EXPECT_EQ(mentions_in(entities, "", "기아 난민을 도왔다").size(), 1U);
}

TEST(Context, PartsNamesakesByAffiliation) {
  model::Entity chairman = person("chairman", {"강도윤"});
  chairman.of = {{"hanbit"}};
  const std::vector<model::Entity> entities{company("hanbit", {"한빛전자"}), chairman, person("coach", {"강도윤"})};
  for (const model::Mention& one : mentions_in(entities, "", "강도윤 한빛전자 회장")) EXPECT_EQ(one.sure(), one.entity.value != "coach") << one.entity.value;
  for (const model::Mention& one : mentions_in(entities, "", "강도윤이 왔다")) EXPECT_TRUE(one.sure()) << one.entity.value;
}

TEST(DoubtfulNames, AreSaidWithTheirReason) {
  const std::vector<model::Entity> entities{company("kia", {"기아"}), company("a", {"한빛"}), company("b", {"한빛"}), company("c", {"한빛 전자"}), company("x", {"X"}),
                                            with_context({"반도체"}, {})};
  const Doubts doubts = doubtful_names(entities);
  const auto says = [&](std::string_view entity, std::string_view name, std::string_view reason) {
    return std::any_of(doubts.list.begin(), doubts.list.end(), [&](const Doubt& one) { return one.entity.value == entity && one.name == name && one.reason.starts_with(reason); });
  };
  EXPECT_TRUE(says("kia", "기아", "is an everyday word"));
  EXPECT_TRUE(says("a", "한빛", "is listed by entity 'b' too"));
  EXPECT_TRUE(says("c", "한빛 전자", "contains '한빛' of entity 'a'"));
  EXPECT_TRUE(says("x", "X", "is a single letter"));
  EXPECT_TRUE(std::none_of(doubts.list.begin(), doubts.list.end(), [](const Doubt& one) { return one.entity.value == "daon"; }));
}

TEST(DoubtfulNames, AreAThousandAtMostAndCounted) {
  std::vector<model::Entity> entities;
  for (int i = 0; i < 1002; ++i) entities.push_back(company("e" + std::to_string(i), {"기아"}));
  const Doubts doubts = doubtful_names(entities);
  EXPECT_EQ(doubts.list.size(), 1000U);
  EXPECT_GE(doubts.left_out, 2U);
}

}  // namespace
}  // namespace bylined::match
