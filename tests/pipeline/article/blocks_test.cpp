// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>

#include "pipeline/article/body/blocks.h"
#include "pipeline/article/body/marks.h"
#include "pipeline/article/body/outline.h"
#include "pipeline/article/body/phrases.h"
#include "pipeline/article/body/running_text.h"

namespace bylined::article {
namespace {

std::vector<std::string> text_of(const markup::Document& document, const Hints& hints) {
  const std::vector<Block> blocks = blocks_of(document);
  return running_text(blocks, Outline(document, blocks), hints);
}

std::vector<Block> blocks_in(const std::string& html) { return blocks_of(*markup::Document::parse(html, {})); }

bool starts_with_words_of(std::string_view text, Purpose purpose) { return (purposes_of(text).at_start >> static_cast<unsigned>(purpose) & 1) != 0; }

TEST(Blocks, PartAtBlocksAndAtDoubleBreaksOnly) {
  const auto blocks = blocks_in("<div>가나 <b>다</b>라<br>마<br><br>바<p>사</p><ul><li>아</li></ul></div><script>x</script>");
  std::string all;
  for (const Block& block : blocks) all += block.text + "|";
  EXPECT_EQ(all, "가나 다라\n마|바|사|아|");
}

TEST(Blocks, CountLettersOfLinksAndBoldText) {
  const auto blocks = blocks_in("<p>가나 <a href=/x>다라</a> <b>마</b>. 바, 사</p>");
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].letters, 9);
  EXPECT_EQ(blocks[0].link_letters, 2);
  EXPECT_EQ(blocks[0].bold_letters, 1);
  EXPECT_EQ(blocks[0].sentences, 1);
  EXPECT_EQ(blocks[0].commas, 1);
}

TEST(Blocks, TellLinksWithinThePageAndSlantedText) {
  const auto blocks = blocks_in("<h2><a href=#second>둘째 마당</a><a href=/away>멀리</a></h2><p><em>나루시에서</em> 왔다</p>");
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].link_letters, 6);
  EXPECT_EQ(blocks[0].inner_link_letters, 4);
  EXPECT_EQ(blocks[1].slanted_letters, 5);
}

TEST(Blocks, KnowTheInnermostElementThatHoldsThem) {
  const auto document =
      *markup::Document::parse("<p><span class=credit>사진 <b>한빛전자</b></span></p><p><a href=/1>하나</a> <a href=/2>둘</a></p><p>셋</p><p><em>넷<br><br>다섯</em> 여섯</p>", {});
  const auto blocks = blocks_of(document);
  ASSERT_EQ(blocks.size(), 5u);
  EXPECT_EQ(blocks[0].within.attribute("class"), "credit");
  EXPECT_EQ(blocks[1].within, blocks[1].holder);
  EXPECT_EQ(blocks[2].within, blocks[2].holder);
  EXPECT_EQ(blocks[3].within.tag(), markup::Tag::kEm);
  EXPECT_EQ(blocks[4].within, blocks[4].holder);
}

TEST(Marks, AreReadOfWhatAnItemOrALinkIsToo) {
  const auto document = *markup::Document::parse("<div itemtype='https://schema.org/UserComments'>하나</div><a rel=author href=/1>둘</a><div itemprop=articleBody>셋</div>", {});
  MarkReader reader;
  EXPECT_TRUE(reader.read(document.first("div")).has(Mark::kComment));
  EXPECT_TRUE(reader.read(document.first("a")).has(Mark::kByline));
  EXPECT_TRUE(reader.read(document.first("[itemprop]")).has(Mark::kBodyProperty));
}

TEST(Marks, ReadWordsHoweverTheyAreJoined) {
  for (const char* words : {"articleBody", "article-body", "article_body", "ArticleBody main"}) EXPECT_TRUE(marks_in(words).has(Mark::kArticle)) << words;
  for (const char* words : {"relatedPosts", "box related", "relatedposts"}) EXPECT_TRUE(marks_in(words).has(Mark::kRelated)) << words;
  EXPECT_FALSE(marks_in("shadow").has(Mark::kAdvert));
  EXPECT_FALSE(marks_in("").has(Mark::kArticle));
}

TEST(Marks, DoNotTakeAPostsTopicsForItsPurpose) {
  EXPECT_FALSE(marks_in("post-7 post status-publish hentry category-open-thread tag-share").has_one_of(Marks(Mark::kComment, Mark::kShare)));
  EXPECT_TRUE(marks_in("post-7 post hentry category-open-thread").has(Mark::kArticle));
  EXPECT_TRUE(marks_in("category-thread").has(Mark::kComment));
}

TEST(Phrases, KnowWhatAShortLineIsFor) {
  EXPECT_TRUE(starts_with_words_of("Advertisement", Purpose::kAd));
  EXPECT_TRUE(starts_with_words_of("Foto: Kim", Purpose::kCredit));
  EXPECT_TRUE(starts_with_words_of("사진 제공=한빛전자", Purpose::kCredit));
  EXPECT_FALSE(starts_with_words_of("한빛전자가 새 공장을 짓는다", Purpose::kCredit));
}

TEST(RunningText, IsThereHoweverLittleItIs) {
  const auto text = [](const std::string& html) { return text_of(*markup::Document::parse(html, {}), {}); };
  EXPECT_EQ(text("<body><nav><a href=/>처음</a></nav><div>짧은 소식이다.</div></body>"), std::vector<std::string>{"짧은 소식이다."});
  EXPECT_TRUE(text("<body></body>").empty());
}

TEST(RunningText, LeavesTheHeadlineToItsField) {
  const auto page = markup::Document::parse("<body><article><h1>한빛전자, 새 공장</h1><p>한빛전자가 새 공장을 짓는다고 4일 밝혔다.</p></article></body>", {});
  EXPECT_EQ(text_of(*page, {{"한빛전자, 새 공장"}, {}, {}}), std::vector<std::string>{"한빛전자가 새 공장을 짓는다고 4일 밝혔다."});
}

constexpr std::string_view kParagraph = "<p>한빛전자는 새 공장을 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 열고, 사백 명이 그곳에서 일하게 된다. 가람시는 길을 새로 내고, 새 길은 여름에 열린다고 시는 덧붙였다. 주민들은 반긴다.</p>";

TEST(RunningText, LeavesOutTheHeadlinesOfOtherPieces) {
  std::string html = "<body><h1>한빛전자, 새 공장</h1><div class=inner>" + std::string(kParagraph) + "</div><div class=rows>";
  for (int i = 0; i < 9; ++i) html += "<div class=row><a href=/" + std::to_string(i) + "><span>가람시, 새 길을 " + std::to_string(i) + "번째로 내기로</span><ul><li>윤가람</li><li>11.20. 13:14</li></ul></a></div>";
  const auto page = markup::Document::parse(html + "</div></body>", {});
  const auto text = text_of(*page, {{"한빛전자, 새 공장"}, {}, {}});
  ASSERT_EQ(text.size(), 1u);
  EXPECT_TRUE(text[0].starts_with("한빛전자는 새 공장을"));
}

TEST(RunningText, KeepsAShortParagraphAmongLongOnes) {
  std::string html = "<body><article><h1>한빛전자, 새 공장</h1>";
  for (int i = 0; i < 6; ++i) html += std::string(kParagraph) + (i == 2 ? "<p>“네.”</p>" : "");
  const auto page = markup::Document::parse(html + "</article></body>", {});
  EXPECT_EQ(text_of(*page, {{"한빛전자, 새 공장"}, {}, {}}).size(), 7u);
}

TEST(RunningText, LeavesOutWhatThePageHidesWhereTheRestIsAnArticle) {
  const std::string shown = "<div>" + std::string(kParagraph) + std::string(kParagraph) + std::string(kParagraph) + "</div>";
  const std::string hidden = "<div style='visibility: hidden'><p>보이지 않는 글이다. 아무도 이것을 읽지 않고, 읽을 수도 없다.</p></div>";
  const auto whole = markup::Document::parse("<body><article>" + hidden + shown + "</article></body>", {});
  EXPECT_EQ(text_of(*whole, {}).size(), 3u);
  const auto teased = markup::Document::parse("<body><article>" + std::string(kParagraph) + "<div hidden>" + shown + "</div></article></body>", {});
  EXPECT_EQ(text_of(*teased, {}).size(), 4u);
  const auto veiled = markup::Document::parse("<body style='display:none'><article style='display:none'>" + shown + "</article></body>", {});
  EXPECT_EQ(text_of(*veiled, {}).size(), 3u);
}

TEST(RunningText, LeavesOutTheLegendsOfANumberedSlideShowBesideAnArticle) {
  const std::string paragraph(kParagraph), article = paragraph + paragraph + paragraph;
  const auto slides = [&](const std::string& total) {
    std::string html = "<ul>";
    for (int i = 1; i <= 4; ++i) html += "<li><h2><span>" + std::to_string(i) + "/" + total + "</span> 가람시의 다리</h2>" + paragraph + "</li>";
    return html + "</ul>";
  };
  const auto text = [](const std::string& inside) { return text_of(*markup::Document::parse("<body><article>" + inside + "</article></body>", {}), {}); };
  EXPECT_EQ(text(article + slides("4") + paragraph).size(), 4u);
  EXPECT_GE(text(slides("4")).size(), 4u);                      // it is the article
  EXPECT_GE(text(article + slides("4/2025")).size(), 7u);        // days, not counts
  std::string flat = article;                                    // headings among an article's own paragraphs
  for (int i = 1; i <= 4; ++i) flat += "<h2>" + std::to_string(i) + "/4 가람시의 다리</h2>" + paragraph;
  EXPECT_GE(text(flat).size(), 7u);
}

// Twice the page, about twice the time: nothing looks at every pair of blocks.
TEST(RunningText, TakesTimeInProportionToThePage) {
  const auto seconds = [](int paragraphs) {
    std::string html = "<body>";
    for (int i = 0; i < paragraphs; ++i) html += "<div class=x" + std::to_string(i) + "><p>문장 " + std::to_string(i) + "이다.</p><a href=/>더 보기</a></div>";
    const auto document = markup::Document::parse(html, {});
    const std::clock_t start = std::clock();
    text_of(*document, {{"한빛전자"}, {"요약"}, {"본문"}});
    return static_cast<double>(std::clock() - start);
  };
  seconds(500);
  EXPECT_LT(seconds(8000), 12 * seconds(2000) + CLOCKS_PER_SEC / 20);
}

}  // namespace
}  // namespace bylined::article
