// SPDX-License-Identifier: Apache-2.0
// Headlines of pages that have them in no <h1>.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"
#include "pipeline/article/headline/headline.h"

namespace bylined::article {
namespace {

const std::string kHeadline = "한빛전자, 나루시에 새 반도체 공장 짓는다";
const std::string kPrintedText = "<div class=cont><p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 열고, 사백 명이 그곳에서 일하게 된다. 나루시는 길을 넓히고 다리를 하나 더 놓기로 했다. 주민들은 반기면서도 물이 모자라지 않을지 걱정한다. 회사는 강물을 쓰지 않는다고 설명했다.</p>"
                          "<p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다. 시의회는 다음 달에 조례를 고친다.</p></div>";

std::string title_of(const std::string& head, const std::string& printed, const std::string& menu = "<a href=/>나루일보</a>") {
  const std::string page = "<html lang=ko><head>" + head + "</head><body><div>" + menu + "</div>" + printed + "<div>입력 2025.02.04 09:32</div>" + kPrintedText + "</body></html>";
  const auto content = extract(model::Page{"https://www.harborledger.example/1", "text/html; charset=utf-8", page, Instant()});
  EXPECT_TRUE(content) << (content ? "" : content.error().text());
  return content ? content->title : std::string();
}

TEST(PrintedHeadline, IsTheLineThatIsMostOfATitle) {
  for (const std::string& title : {kHeadline + " - 나루일보", kHeadline + "::나루일보", kHeadline + " &lt; 경제 &lt; 기사본문 - 나루일보", "나루일보 &gt; 경제 &gt; " + kHeadline, kHeadline + " &gt; 지역뉴스 | 나루일보"}) {
    EXPECT_EQ(title_of("<title>" + title + "</title>", "<div>" + kHeadline + "</div>"), kHeadline) << title;
    EXPECT_EQ(title_of("<title>" + title + "</title>", "<h2><span>지역</span><span>" + kHeadline + "</span></h2>"), kHeadline) << title;
  }
}

TEST(PrintedHeadline, IsNoLineThatIsLessOfATitleOrPartOfAWord) {
  const std::string other = "새 공장에 사백 명, 나루시가 길을 넓힌다는 소식";
  EXPECT_EQ(title_of("<title>" + other + " | The Harbour Post</title>", "<div>The Harbour Post</div>"), other + " | The Harbour Post");
  EXPECT_EQ(title_of("<title>Episode | " + kHeadline + "</title>", "<div>" + kHeadline + "</div>"), "Episode | " + kHeadline);
  EXPECT_EQ(title_of("<meta property=og:site_name content=나루일보><title>나루일보 - " + kHeadline + "</title>", "<div>" + kHeadline + "</div>"), kHeadline);
  EXPECT_EQ(title_of("<title>" + kHeadline + "고 밝혀</title>", "<div>" + kHeadline + "</div>"), kHeadline + "고 밝혀");
}

TEST(PrintedHeadline, IsTheLineCalledSoWhereTheTitlesNameTheOutlet) {
  for (const std::string head : {"<title>나루일보</title>", "<title>::: 나루일보 :::</title>", "<meta property=og:site_name content=나루일보><meta property=og:title content=나루일보><title>나루일보 - 바른 언론</title>"}) {
    for (const std::string start : {"<div class=subject>", "<table><tr><td class=newstitle>", "<h4 class=headline-title>", "<div><p class='art-title bold'>"}) {
      EXPECT_EQ(title_of(head, "<p class=landing>읽어주기는 새 브라우저에서만 됩니다.</p>" + start + kHeadline + "</div></td></tr></table></h4></p>"), kHeadline) << head << start;
    }
  }
}

TEST(PrintedHeadline, IsTheLineAboveTheDayWhereNoneIsCalledSo) {
  EXPECT_EQ(title_of("<title>나루일보</title>", "<p>읽어주기는 새 브라우저에서만 됩니다.</p><div><b>" + kHeadline + "</b></div>"), kHeadline);
}

TEST(PrintedHeadline, GivesWayToATitleThatIsOne) {
  EXPECT_EQ(title_of("<title>" + kHeadline + "</title>", "<div class=subject>오늘의 주요 소식을 전합니다</div>"), kHeadline);
  EXPECT_EQ(title_of("<title>새 공장</title>", "<div>새 공장</div><div class=subject>오늘의 주요 소식을 전합니다</div>"), "새 공장");
  EXPECT_EQ(title_of("<title>나루일보</title>", "<h1>" + kHeadline + "</h1><div class=subject>오늘의 주요 소식을 전합니다</div>"), kHeadline);
}

TEST(SiteName, AsASharedTitleGivesWayToTheHeadline) {
  const std::string named = "<meta property=og:site_name content='나루 종합 일간 신문'><meta property=og:title content='나루 종합 일간 신문'>";
  EXPECT_EQ(title_of(named + "<title>나루 종합 일간 신문</title>", "<h1>" + kHeadline + "</h1>"), kHeadline);
}

TEST(BareHeadline, LosesStepsAndABracketOfTheOutlet) {
  const auto bare = [](const char* title) { return bare_headline(title, "나루일보", "https://www.harborledger.example/1", ""); };
  EXPECT_EQ(bare("새 공장 짓는다 < 지역경제 < 기사본문 - 나루일보"), "새 공장 짓는다");
  EXPECT_EQ(bare("새 공장 짓는다 > 지역뉴스 | 나루일보"), "새 공장 짓는다");
  EXPECT_EQ(bare("나루일보 > 경제 > 새 공장 짓는다"), "새 공장 짓는다");
  EXPECT_EQ(bare("[나루일보] 새 공장 짓는다"), "새 공장 짓는다");
  EXPECT_EQ(bare("새 공장 짓는다::나루일보"), "새 공장 짓는다");
  EXPECT_EQ(bare("[단독] 새 공장 짓는다"), "[단독] 새 공장 짓는다");
  EXPECT_EQ(bare("[나루일보]"), "[나루일보]");
  EXPECT_EQ(bare("물가 3% > 임금 2%"), "물가 3% > 임금 2%");
}

}  // namespace
}  // namespace bylined::article
