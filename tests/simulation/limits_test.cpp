// SPDX-License-Identifier: Apache-2.0
// What meets a limit on the way of the news is cut or left out, and counted; what is within it is found.
#include <gtest/gtest.h>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

press::Script one_page_of(std::size_t items) {
  press::Script script = feed_press();
  script.outlets.front().page_size = items;
  for (int i = 0; i < 3; ++i) script.articles.push_back(filler(std::to_string(100 + i), -24h + i * 1h));
  return script;
}

TEST(Limits, TheTextOfAnArticleIsCutBehindOneMebibyte) {
  press::Script script = one_page_of(20);
  press::Article longest = news("201", "한빛전자, 새 공장 짓는다", 10min);
  longest.paragraphs.push_back(std::string(1u << 20, 'x'));
  script.articles.push_back(longest);
  World world(61, script, small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_bodies_cut_total"), 1);
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Limits, APageThatIsNestedTooDeepIsReadAndCounted) {
  press::Script script = one_page_of(20);
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(63, script, small_wishes());
  world.outside().weather = [](const std::string&, const std::string& target, Instant) {
    Weather weather;
    if (!target.ends_with("/201")) return weather;
    weather.spoil = [](net::HttpResponse& answer) {
      std::string nested;
      for (int depth = 0; depth < 300; ++depth) nested += "<div>";
      answer.body.insert(std::min(answer.body.rfind("</body>"), answer.body.size()), nested);
    };
    return weather;
  };
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_EQ(world.metrics().value("bylined_pages_cut_total"), 1);
  const Verdict verdict = audit(world);
  EXPECT_TRUE(verdict.clean()) << verdict.text();
}

TEST(Limits, ItemsBeyondTwoThousandAreLeftOutAndTheNewestIsFound) {
  press::Script script = one_page_of(3'000);
  for (int i = 0; i < 1'999; ++i) script.articles.push_back(filler(std::to_string(10'000 + i), -48h));
  script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", 10min));
  World world(62, script, small_wishes());
  world.boot();
  ASSERT_TRUE(world.run_for(1h));
  EXPECT_GE(world.metrics().value("bylined_items_left_out_total"), 2);
  EXPECT_EQ(world.metrics().value("bylined_alerts_total"), 1);
}

}  // namespace
}  // namespace bylined::tests
