// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/kin.h"

#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/article/body/features.h"
#include "pipeline/article/body/running_text.h"
#include "pipeline/article/body/units.h"

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

std::string gallery(int pictures) {
  std::string html = "<body><main><h1>새 공장</h1><p>" + std::string(kSentence) + "</p><ul class=pictures>";
  for (int i = 0; i < pictures; ++i) html += "<li class=item-" + std::to_string(i) + "><img src=a.jpg><div><p>그림 " + std::to_string(i) + " 아래의 글</p></div></li>";
  return html + "</ul></main></body>";
}

TEST(Units, AreAtLeastThreeThatLookTheSame) {
  const Seen two(gallery(2)), three(gallery(3));
  EXPECT_EQ(two.look("그림 1", Scalar::kUnitCount), 0);
  EXPECT_GT(three.look("그림 1", Scalar::kUnitCount), 1);
  EXPECT_EQ(three.look("그림 1", Scalar::kUnitImages), 1);
  EXPECT_EQ(three.look("그림 1", Scalar::kUnitOfHeadline), 0);
  EXPECT_EQ(three.look("한빛전자는", Scalar::kUnitCount), 0);
}

TEST(Units, OfThePageWithoutTextAreNone) {
  const Seen page("<body></body>");
  EXPECT_EQ(Units(page.blocks, page.outline).unit_above(0), -1);
}

TEST(FirstLook, KnowsWhatIsSaidTwiceAndWhatAnImageIsNamed) {
  const Seen page("<body><p>" + std::string(kSentence) + "</p><div>가람시는 길을 새로 내고, 새 길은 여름에 열린다고 시는 덧붙였다.</div><img alt='가람 나루의 새벽 풍경'><div>가람 나루의 새벽 풍경</div>"
                  "<div>다른 이야기가 여기에 처음으로 나온다고 했다.</div></body>");
  EXPECT_GT(page.look("가람시는", Scalar::kSaidElsewhere), 0.9f);
  EXPECT_EQ(page.look("다른 이야기", Scalar::kSaidElsewhere), 0);
  EXPECT_EQ(page.look("가람 나루", Scalar::kImageSays), 1);
  EXPECT_EQ(page.look("다른 이야기", Scalar::kImageSays), 0);
}

TEST(FirstLook, KnowsAnArticleBesideTheHeadlines) {
  const Seen page("<body><article><h1>새 공장</h1><div><p>하나</p></div></article><article><h1>다른 공장</h1><p>둘</p></article></body>");
  EXPECT_EQ(page.look("하나", Scalar::kOtherArticle), 0);
  EXPECT_EQ(page.look("둘", Scalar::kOtherArticle), 1);
  EXPECT_EQ(page.look("하나", Scalar::kBehindFirstHeadings), 0);
  EXPECT_EQ(page.look("둘", Scalar::kBehindFirstHeadings), 1);
  EXPECT_LT(page.look("하나", Scalar::kHeadlineShare), page.look("둘", Scalar::kHeadlineShare));
}

TEST(SecondLook, AHeadingIsSeenBesideTheSectionThatItOpens) {
  const Seen page("<body><h2>하나</h2><p>가</p><p>나</p><h2>둘</h2><p>다</p></body>");
  const std::vector<float> scores{0, 4, 2, 0, -3};
  const auto looks = second_looks(page.blocks, page.outline, Kinship(page.blocks, page.outline), scores);
  const auto of = [&](std::size_t block, Context context) { return looks[block][static_cast<std::size_t>(context)]; };
  EXPECT_EQ(of(0, Context::kSection), 3);
  EXPECT_EQ(of(0, Context::kSectionBehind), -3);
  EXPECT_EQ(of(1, Context::kSection), 2);
  EXPECT_EQ(of(2, Context::kTextBehind), -3);
  EXPECT_EQ(of(3, Context::kSection), -3);
}

TEST(Barred, AreLinksInMenusAndInBoxesOfRelatedArticles) {
  const Seen page("<body><nav><a href=/1>처음</a></nav><div class=related-news><a href=/2>다른 회사 이야기</a></div><div class=related-news>글 <a href=/3>하나</a></div>"
                  "<nav><a href=#second>둘째 마당</a></nav><p><a href=/4>셋째 이야기</a></p></body>");
  EXPECT_EQ(barred(page.blocks, page.outline, {}), (std::vector<bool>{true, true, false, false, false}));
}

TEST(Barred, IsABoxOfRelatedArticlesWithItsHeading) {
  const Seen list("<body><p>글</p><div class=related><h3>더 읽을 글</h3><ul><li><a href=/1>나래금융 실적 발표</a></li><li><a href=/2>다온제약 임상 소식</a></li></ul></div></body>");
  EXPECT_EQ(barred(list.blocks, list.outline, {}), (std::vector<bool>{false, true, true, true}));
  const Seen cards("<body><section class=related-news><h2>다음 글</h2><div><a href=/1><img src=a.jpg><p>나래금융 실적 발표</p></a></div></section></body>");
  EXPECT_EQ(barred(cards.blocks, cards.outline, {}), (std::vector<bool>{true, true}));
  const Seen text("<body><div class=related><p>가람전자가 새 공장을 짓는다고 밝혔다.</p><p><a href=/1>나래금융 실적</a></p></div></body>");
  EXPECT_EQ(barred(text.blocks, text.outline, {}), (std::vector<bool>{false, true})) << "more text than links";
}

TEST(Barred, AreLinksUnderALabelAndBehindAHand) {
  const Seen list("<body><p><a href=/0>한 마디</a></p><p>[관련기사]</p><p><a href=/1>나래금융 실적 발표</a></p><p><a href=/2>다온제약 임상 소식</a></p><p>글</p><p><a href=/3>또 한 마디</a></p></body>");
  EXPECT_EQ(barred(list.blocks, list.outline, {}), (std::vector<bool>{false, true, true, true, false, false}));
  const Seen hands("<body><p>☞ <a href=/1>나래금융 실적 발표</a></p><p>☞ 나래금융이 <a href=/1>실적</a>을 발표했다.</p><p><a href=#1>▶ 아래로</a></p></body>");
  EXPECT_EQ(barred(hands.blocks, hands.outline, {}), (std::vector<bool>{true, false, false}));
}

TEST(Barred, IsWhatAsksTheReaderForSomething) {
  const Seen page("<body><p>▶ 나루일보 구독하기 <a href=/s>바로가기</a></p><p>■ 제보하기 ▷ 카카오톡 : '나루제보' 검색, 채널 추가</p><p>지금 바로 구독해보세요!</p><p>이용자는 '구독하기' 단추를 찾지 못했다고 말했다.</p></body>");
  EXPECT_EQ(barred(page.blocks, page.outline, {}), (std::vector<bool>{true, true, true, false}));
}

TEST(Barred, IsACaptionByItsClassBesideAPicture) {
  const Seen page("<body><div class=photo><img src=a.jpg><p class=caption>나래금융 본사 전경. 자료사진</p></div><main><div><div><p class=caption>그림이 없는 글</p></div></div></main><div class=photo><img src=b.jpg><p>글</p></div></body>");
  EXPECT_EQ(barred(page.blocks, page.outline, {}), (std::vector<bool>{true, false, false}));
}

TEST(Barred, IsWhatIsNoTextWhateverItScores) {
  const Seen page("<body><h1>새 공장</h1><p>" + std::string(kSentence) + "</p><figure><img src=a.jpg><figcaption>그림 아래의 글</figcaption></figure><p>글자크기</p></body>");
  EXPECT_EQ(barred(page.blocks, page.outline, {{"새 공장"}, {}, {}}), (std::vector<bool>{true, false, true, true}));
}

TEST(Kin, ThatGoOnFromALinkAreTeasers) {
  std::string html = "<body><ul>";
  for (const char* number : {"1", "2", "3"}) html += "<li><a href=/" + std::string(number) + ">이웃의 소식 " + number + "</a> " + std::string(kSentence) + "</li>";
  const Seen page(html + "</ul><main><p>" + std::string(kSentence) + " <a href=/4>더 길게</a></p><p><a href=/5>더 보기</a></p></main></body>");
  EXPECT_EQ(page.look("이웃의 소식 1", Scalar::kGoesOnFromLink), 1);
  EXPECT_EQ(page.look("이웃의 소식 1", Scalar::kKinGoOnFromLink), 1);
  EXPECT_EQ(page.look("한빛", Scalar::kGoesOnFromLink), 0);
  EXPECT_EQ(page.look("더 보기", Scalar::kGoesOnFromLink), 0) << "nothing but a link";
  EXPECT_EQ(page.look("더 보기", Scalar::kKinGoOnFromLink), 0) << "too few to say";
}

TEST(Kin, TellWhereABlockStandsBesideTheMostUsualText) {
  const std::string text(kSentence);
  const Seen page("<body><div>머리</div><div>줄</div><main><p>" + text + "</p><h2>사이</h2><p>" + text + "</p></main><div>꼬리</div></body>");
  EXPECT_FLOAT_EQ(page.look("머리", Scalar::kBeforeMainKin), std::log1p(2.0f));
  EXPECT_EQ(page.look("머리", Scalar::kAmongMainKin), 0);
  EXPECT_EQ(page.look("사이", Scalar::kAmongMainKin), 1);
  EXPECT_FLOAT_EQ(page.look("사이", Scalar::kPlaceInMainKin), 1 / 3.0f);
  EXPECT_EQ(page.look("사이", Scalar::kBeforeMainKin) + page.look("사이", Scalar::kBehindMainKin), 0);
  EXPECT_FLOAT_EQ(page.look("꼬리", Scalar::kBehindMainKin), std::log1p(1.0f));
  const Seen bare("<body><div>머리</div></body>");
  EXPECT_EQ(bare.look("머리", Scalar::kAmongMainKin), 0);
}

TEST(Outline, ForgetsWhatClassesAndRolesSayButNotWhatIsHidden) {
  Seen page("<body><div class=related-posts role=main><p>이웃의 소식</p><p hidden>가려진 소식</p></div></body>");
  const auto under = [&](std::string_view start) { return page.outline.at(page.outline.place_of(page.blocks[page.place(start)].holder)).under; };
  ASSERT_TRUE(under("이웃").has(Mark::kRelated) && under("이웃").has(Mark::kMainRole));
  page.outline.forget_marks();
  EXPECT_FALSE(under("이웃").has(Mark::kRelated) || under("이웃").has(Mark::kMainRole) || under("이웃").has(Mark::kNotDisplayed));
  EXPECT_TRUE(under("가려진").has(Mark::kNotDisplayed));
}

}  // namespace
}  // namespace bylined::article
