// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "base/digest.h"
#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<model::Content> read_fixture(const std::string& name) {
  const std::string path = BYLINED_SOURCE_DIR "/tests/pages/article/" + name;
  return extract({"https://n.news.naver.com/mnews/article/277/0005600001", "text/html; charset=UTF-8", file_bytes(path), Instant()});
}

TEST(NaverArticle, ReadsTheHeadOfThe2023Layout) {
  const auto article = read_fixture("naver_2023.html");
  ASSERT_TRUE(article.has_value()) << article.error().text();
  EXPECT_EQ(article->title, "한빛전자, 새 반도체 공개…\"내년 양산\"");
  EXPECT_EQ(article->outlet, "아시아경제");
  EXPECT_EQ(article->published->text, "2025-02-04T09:30:01+09:00");
  EXPECT_EQ(article->modified->text, "2025-02-04T11:05:10+09:00");
  EXPECT_EQ(article->original_url, "https://www.asiae.example/article?id=1&x=2");
  EXPECT_EQ(article->canonical_url, "https://n.news.naver.com/mnews/article/277/0005600001?sid=101");
  EXPECT_EQ(article->section, "경제, IT");
  EXPECT_EQ(article->image, "https://imgnews.example/277/a.jpg?type=w800");
  EXPECT_EQ(article->summary, "소제목 하나\n소제목 둘");
  EXPECT_EQ(article->language, "ko");
}

TEST(NaverArticle, NamesTheReporterWithoutAPageOfHisOwnToo) {
  const auto article = read_fixture("naver_2023.html");
  ASSERT_TRUE(article.has_value());
  EXPECT_EQ(article->authors, (std::vector<std::string>{"고가은", "남도윤"}));
  EXPECT_EQ(article->byline, "고가은 기자 gaeun@asiae.example, 남도윤(doyun@asiae.example)");
}

TEST(NaverArticle, LeavesCaptionsBylinesAndSummaryOutOfTheBody) {
  const auto article = read_fixture("naver_2023.html");
  ASSERT_TRUE(article.has_value());
  EXPECT_EQ(article->body,
            "한빛전자가 4일 새 반도체를 공개했다.\n\n회사는 ‘내년 양산’을 목표로 한다.\n투자액은 1조원이다.\n\n시장은 반겼다.\n\n"
            "구분 2025\n매출 3조");
  EXPECT_EQ(article->captions, (std::vector<std::string>{"신제품을 든 오하늘 한빛전자 대표. 한빛전자 제공", "공장 전경.(사진=한빛전자)"}));
}

TEST(NaverArticle, ReadsAColumnWithoutReporterInThe2026Layout) {
  const auto article = read_fixture("naver_2026.html");
  ASSERT_TRUE(article.has_value()) << article.error().text();
  EXPECT_EQ(article->title, "[기고] 물길을 다시 생각한다");
  EXPECT_EQ(article->outlet, "JTBC");
  EXPECT_TRUE(article->authors.empty());
  EXPECT_FALSE(article->modified.has_value());
  EXPECT_EQ(article->body, "[앵커]\n\n현장 연결합니다. 민서준 기자, 어디에 있습니까?\n\n[기자]\n\n네, 강가에 나와 있습니다.\n\n물이 맑습니다.");
}

Result<model::Content> read_text(const std::string& text) {
  const std::string html = "<!doctype html><html lang=ko><head><title>한빛전자, 새 공장</title></head><body><h2 id=title_area><span>한빛전자, 새 공장</span></h2>"
                           "<span class='media_end_head_info_datestamp_time _ARTICLE_DATE_TIME' data-date-time='2025-02-04 09:30:01'>2025.02.04.</span>"
                           "<article id=dic_area>" + text + "</article></body></html>";
  return extract({"https://n.news.naver.com/mnews/article/277/0005600001", "text/html; charset=UTF-8", html, Instant()});
}

TEST(NaverArticle, LosesWhatOutletsPrintBelowTheirTexts) {
  const auto article = read_text("한빛전자가 4일 새 공장을 공개했다.<br><br>시장은 반기는 분위기다.<br><br>윤가람 기자 garam@naru.example<br><br>▷ 전화 02-000-0000<br>"
                                 "▷ 유튜브, 네이버, 카카오에서도 뉴스를 구독해주세요!<br><br>[저작권자(c) 나루일보 무단전재 금지]");
  ASSERT_TRUE(article.has_value()) << article.error().text();
  EXPECT_EQ(article->body, "한빛전자가 4일 새 공장을 공개했다.\n\n시장은 반기는 분위기다.");
  EXPECT_EQ(article->authors, std::vector<std::string>{"윤가람"});
}

TEST(NaverArticle, OfPicturesAloneIsToldByWhatTheyShow) {
  const auto article = read_text("<span class=end_photo_org><div class=nbd_im_w><img data-src=a.jpg></div><em class=img_desc>[나루=나루통신] 윤가람 기자 = 오하늘 한빛전자 대표가 4일 인사하고 있다.</em></span>");
  ASSERT_TRUE(article.has_value()) << article.error().text();
  EXPECT_EQ(article->body, "오하늘 한빛전자 대표가 4일 인사하고 있다.");
  EXPECT_TRUE(article->captions.empty());
  EXPECT_EQ(article->authors, std::vector<std::string>{"윤가람"});
  EXPECT_EQ(article->published->text, "2025-02-04T09:30:01+09:00");
}

TEST(NaverArticle, ADeletedArticleIsNotFound) {
  const auto article = read_fixture("naver_deleted.html");
  ASSERT_FALSE(article.has_value());
  EXPECT_EQ(article.error().kind(), ErrorKind::kNotFound);
}

// Of pages that others captured: fields written down by hand, the body as independent_reader.py reads it.
struct Captured {
  const char* numbers;
  const char* title;
  const char* outlet;
  const char* author;  // empty: none
  const char* published;
  const char* modified;
  const char* original_url;
  const char* section;
  const char* body_hash;
};

constexpr Captured kCaptured[] = {
    {"003/0012577249", "AI 노트북 3대 중 2대…삼성 '갤럭시 북4 엣지' 뜬다", "뉴시스", "이현주", "2024-05-30T11:40:08+09:00", "2024-05-30T11:41:15+09:00",
     "https://www.newsis.com/view/?id=NISX20240530_0002754461&cID=13001&pID=13000", "경제", "ee9c5a2fbde69c0b69f8dfac1be82c5c4b07629dbc1dc27c89bb1f49534cfaaf"},
    {"016/0002194334", "경찰, 해병대 1사단 첫 압수수색…“확인할 증거 서류 많아”", "헤럴드경제", "한지숙", "2023-09-07T12:22:02+09:00",
     "2023-09-07T13:03:01+09:00", "http://news.heraldcorp.com/view.php?ud=20230907000489", "사회",
     "546c06494b7120fecb70339bf5b7c132ecfb67341664120ac9af35c77be1ccab"},
    {"018/0005316196", "\"비상상황 조작vs정당 자율성\"...'이준석 가처분' 날선 공방", "이데일리", "조민정", "2022-09-14T16:04:03+09:00", "",
     "http://www.edaily.co.kr/news/newspath.asp?newsid=02952006632460120", "사회", "9e31d1c69a6332df09b0d13f5f1fedb33610733060a873f138a53a585b794c23"},
    {"421/0008770777", "3분의 물이 지키는 것…예비주수, 산불 대응의 새로운 전략 [기고]", "뉴스1", "", "2026-02-12T10:30:00+09:00",
     "2026-02-12T10:30:13+09:00", "https://www.news1.kr/society/general-society/6071094", "오피니언, 사회",
     "7e27c1a8747b2bb8f8d23c46a436aae6d63504ac5d2f2701e36c17ba285fd881"},
    {"437/0000483987", "전 세계 아미 모였다…'보랏빛 물결' 펼쳐진 광화문 광장", "JTBC", "김영민", "2026-03-21T19:42:57+09:00", "2026-03-21T19:43:11+09:00",
     "https://news.jtbc.co.kr/article/NB12290746?influxDiv=NAVER", "사회", "cb08904537913901a64ccc90770f89ec8fef36afc2418efdff59b474323ec0ae"},
};

class CapturedNaverArticle : public testing::TestWithParam<Captured> {};

TEST_P(CapturedNaverArticle, IsReadExactly) {
  const Captured& expected = GetParam();
  std::string name = expected.numbers;
  name[3] = '_';
  const std::string bytes = file_bytes(BYLINED_SOURCE_DIR "/../shared/reference/pages/naver_article_" + name + ".html");
  if (bytes.empty()) GTEST_SKIP() << "the captured pages are not beside this checkout";
  const auto article = extract({std::string("https://n.news.naver.com/mnews/article/") + expected.numbers + "?sid=100", "", bytes, Instant()});
  ASSERT_TRUE(article.has_value()) << article.error().text();
  EXPECT_EQ(article->title, expected.title);
  EXPECT_EQ(article->outlet, expected.outlet);
  EXPECT_EQ(article->authors, *expected.author ? std::vector<std::string>{expected.author} : std::vector<std::string>());
  EXPECT_EQ(article->published ? article->published->text : "", expected.published);
  EXPECT_EQ(article->modified ? article->modified->text : "", expected.modified);
  EXPECT_EQ(article->original_url, expected.original_url);
  EXPECT_EQ(article->section, expected.section);
  EXPECT_EQ(hex(sha256(article->body)), expected.body_hash);
}

INSTANTIATE_TEST_SUITE_P(Pages, CapturedNaverArticle, testing::ValuesIn(kCaptured));

}  // namespace
}  // namespace bylined::article
