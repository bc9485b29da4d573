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

TEST(Warnings, SayWhatIsRiskyAboutNames) {
  const std::vector<model::Entity> entities{company("kia", {"기아"}), company("a", {"한빛"}), company("b", {"한빛"}), company("c", {"한빛 전자"}), company("x", {"X"}),
                                            with_context({"반도체"}, {})};
  const auto all = warnings(entities);
  const auto says = [&](std::string_view what) {
    return std::any_of(all.begin(), all.end(), [&](const std::string& one) { return one.find(what) != std::string::npos; });
  };
  EXPECT_TRUE(says("entity 'kia': name '기아' is an everyday word"));
  EXPECT_TRUE(says("entity 'a': name '한빛' is listed by entity 'b' too"));
  EXPECT_TRUE(says("name '한빛 전자' contains '한빛' of entity 'a'"));
  EXPECT_TRUE(says("entity 'x': name 'X' is a single letter"));
  EXPECT_FALSE(says("entity 'daon'"));
}

TEST(Warnings, AreAThousandAtMostAndCounted) {
  std::vector<model::Entity> entities;
  for (int i = 0; i < 1002; ++i) entities.push_back(company("e" + std::to_string(i), {"기아"}));
  const auto all = warnings(entities);
  EXPECT_EQ(all.size(), 1001U);
  EXPECT_TRUE(all.back().starts_with("and "));
}

TEST(Context, TheOutletsSectionIsOne) {
  model::Entity singer = person("singer", {"윤세라"});
  singer.context_any = {"연예", "음악"};
  model::Entity minister = person("minister", {"윤세라"});
  minister.context_none = {"연예"};
  const auto names = compile({singer, minister});
  ASSERT_TRUE(names);
  const auto in_section = [&](std::string_view section) {
    std::string found;
    for (const model::Mention& one : find_mentions(**names, {"", "윤세라가 4일 광주를 찾았다.", section}).mentions) found += one.entity.value + " ";
    return found;
  };
  EXPECT_EQ(in_section("연예"), "singer ");
  EXPECT_EQ(in_section("정치"), "minister ");
  EXPECT_EQ(in_section(""), "minister ");
}

}  // namespace
}  // namespace bylined::match
