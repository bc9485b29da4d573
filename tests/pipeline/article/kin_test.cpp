// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/kin.h"

#include <gtest/gtest.h>

#include "pipeline/article/features.h"

namespace bylined::article {
namespace {

constexpr std::string_view kSentence = "한빛전자는 새 공장을 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 열고, 사백 명이 그곳에서 일하게 된다. 가람시는 길을 새로 내고, 새 길은 여름에 열린다고 시는 덧붙였다. 주민들은 반긴다.";

struct Seen {
  explicit Seen(const std::string& html) : document(*markup::Document::parse(html, {})), blocks(blocks_of(document)), outline(document, blocks) {}

  std::size_t place(std::string_view start) const {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].text.starts_with(start)) return i;
    }
    ADD_FAILURE() << "no block starts with " << start;
    return 0;
  }
  float look(std::string_view start, Scalar scalar) const { return first_looks(blocks, outline, Kinship(blocks, outline), {})[place(start)][static_cast<std::size_t>(scalar)]; }

  markup::Document document;
  std::vector<Block> blocks;
  Outline outline;
};

std::string page_with_cards() {
  std::string html = "<body><main class=story><p>" + std::string(kSentence) + "</p><p>짧다.</p><p>" + std::string(kSentence) + "</p></main>";
  for (const char* number : {"1", "2", "3"}) {
    html += "<section><div class='card card-" + std::string(number) + "'><h3 class=name><a href=/" + number + ">다른 소식 " + number + "</a></h3></div></section>";
  }
  return html + "</body>";
}

TEST(Kin, AreWhatOneTemplatePrinted) {
  const Seen page(page_with_cards());
  const Kinship kinship(page.blocks, page.outline);
  const Kin& cards = kinship.kin_of(page.place("다른 소식 2"));
  EXPECT_EQ(cards.count, 3);
  EXPECT_EQ(cards.link_letters, cards.letters);
  EXPECT_EQ(cards.ends, 0);
  const Kin& paragraphs = kinship.kin_of(page.place("짧다."));
  EXPECT_EQ(paragraphs.count, 3);
  EXPECT_EQ(paragraphs.ends, 3);
  EXPECT_EQ(&paragraphs, &kinship.main_kin());
}

TEST(Kin, OfAPageWithoutTextAreNone) {
  const Seen page("<body></body>");
  EXPECT_EQ(Kinship(page.blocks, page.outline).main_kin().count, 0);
}

TEST(FirstLook, KnowsAShortParagraphByItsKin) {
  const Seen page(page_with_cards());
  EXPECT_EQ(page.look("짧다.", Scalar::kMainKin), 1);
  EXPECT_EQ(page.look("짧다.", Scalar::kKinProse), 1);
  EXPECT_EQ(page.look("짧다.", Scalar::kParentLinks), 0);
  EXPECT_EQ(page.look("다른 소식 1", Scalar::kMainKin), 0);
  EXPECT_EQ(page.look("다른 소식 1", Scalar::kGrandparentLinks), 1);
}

TEST(FirstLook, KnowsASignedPost) {
  const Seen page("<body><blockquote><p>길이 막혔다.</p>— Ada Holm (@adaholm) 4 May 2025</blockquote><p>한 줄.</p></body>");
  EXPECT_EQ(page.look("— Ada", Scalar::kSignsPost), 1);
  EXPECT_EQ(page.look("길이", Scalar::kPostSignedBehind), 1);
  EXPECT_EQ(page.look("한 줄", Scalar::kSignsPost), 0);
}

TEST(FirstLook, KnowsWhichHeadingABlockStandsUnder) {
  const Seen page("<body><h2>Related articles</h2><div><p>하나</p></div><h2>새 공장</h2><div><p>둘</p></div></body>");
  EXPECT_EQ(page.look("하나", Scalar::kBehindEndHeading), 1);
  EXPECT_EQ(page.look("하나", Scalar::kHeadingBefore), 1);
  EXPECT_EQ(page.look("하나", Scalar::kHeadingBehind), 1);
  EXPECT_EQ(page.look("둘", Scalar::kBehindEndHeading), 0);
  EXPECT_EQ(page.look("둘", Scalar::kHeadingBehind), 0);
}

}  // namespace
}  // namespace bylined::article
