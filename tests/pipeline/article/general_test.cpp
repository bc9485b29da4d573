// SPDX-License-Identifier: Apache-2.0
// Any outlet's page: what the general reader makes of metadata, marks and text.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"
#include "pipeline/article/byline/names.h"

namespace bylined::article {
namespace {

model::Content read_generally(const std::string& html) {
  const auto content = extract(model::Page{"https://news.example/2025/1", "text/html; charset=utf-8", html, Instant()});
  EXPECT_TRUE(content) << (content ? "" : content.error().text());
  return content ? *content : model::Content();
}

const std::string kTwoParagraphs = "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p><p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다.</p>";

TEST(GeneralReader, TwoShortParagraphsUnderALongHeadlineAreTheBody) {
  const auto content = read_generally("<html><head><title>한빛전자, 새 반도체 공장 짓는다…지역사회는 기대, 업계는 기대와 우려가 엇갈려</title></head><body><h1>한빛전자, 새 반도체 공장 짓는다</h1>"
                            "<article><p>한빛전자가 밝혔다.</p><p>내년에 연다.</p></article></body></html>");
  EXPECT_EQ(content.body, "한빛전자가 밝혔다.\n\n내년에 연다.");
}

TEST(GeneralReader, LeavesOutRelatedHeadlinesCaptionsBylinesAndNotices) {
  const auto content = read_generally("<body><nav><a href=/>처음으로 가는 긴 메뉴 이름입니다</a></nav><article><h1>제목</h1>" + kTwoParagraphs +
                            "<figure><img src=a.jpg><figcaption>이서준 회장이 공장을 둘러보고 있다</figcaption></figure>"
                            "<div class=related-news><a href=/2>다른 회사 이야기가 여기에 길게 실려 있습니다</a></div>"
                            "<p>ⓒ 나루일보, 무단 전재 및 재배포 금지</p></article><aside>많이 본 기사 루미나AI 새 모형 공개</aside></body>");
  EXPECT_NE(content.body.find("한빛전자가 새 반도체 공장"), std::string::npos);
  for (const char* other : {"이서준", "다른 회사", "무단 전재", "루미나AI", "메뉴"}) EXPECT_EQ(content.body.find(other), std::string::npos) << other;
}

TEST(GeneralReader, ACaptionAmongShortParagraphsIsNoText) {
  const auto content = read_generally("<html><body><article><h1>가온누리 도서관, 주말 인공지능 강좌 연다</h1><p>가온누리 도서관이 이번 주말부터 시민 강좌를 연다. 강의는 새가온초등학교 강당에서 열린다.</p>"
                            "<figure><img src=\"/image/a.jpg\" alt=\"\"><figcaption>이서준 한빛전자 회장의 지난해 강연 모습.</figcaption></figure>"
                            "<p>상인회도 실습 장비를 보탰다.</p><p>강좌는 무료다. 누구나 들을 수 있다.</p></article></body></html>");
  EXPECT_EQ(content.body.find("이서준"), std::string::npos) << content.body;
  EXPECT_NE(content.body.find("누구나 들을 수 있다"), std::string::npos) << content.body;
}

TEST(GeneralReader, ButtonsWordsAndABareDayAreNoText) {
  const auto content = read_generally("<body><article><h1>제목</h1><p>2025.02.04 09:30</p><p>글자크기</p>" + kTwoParagraphs + "<p>Copy this link</p><p>2025년 2월 4일 윤가람 방문</p><p>2025년 2월 4일 공장이 문을 열었다.</p></article></body>");
  for (const char* other : {"09:30", "글자크기", "Copy"}) EXPECT_EQ(content.body.find(other), std::string::npos) << content.body;
  for (const char* text : {"2월 4일 윤가람 방문", "2월 4일 공장이 문을 열었다"}) EXPECT_NE(content.body.find(text), std::string::npos) << content.body;
}

TEST(GeneralReader, LooksAtTwentyThousandBlocksAndNoMore) {
  std::string body = "<body><article><h1>제목</h1>";
  for (int i = 0; i < 3; ++i) body += "<p>한빛전자가 광주에 새 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다. 투자액은 모두 10조원이다.</p>";
  std::string noise;
  for (std::size_t i = 0; i < 20'000; ++i) noise += "<li>" + std::to_string(i);
  const std::string late = "<p>마지막 문장은 여기에 있다고 한빛전자가 밝혔다. 그 뒤에는 아무것도 없다.</p></article></body>";
  EXPECT_NE(read_generally(body + late).body.find("마지막 문장"), std::string::npos);
  const auto content = read_generally(body + "<ul>" + noise + "</ul>" + late);
  EXPECT_NE(content.body.find("공장은 내년에"), std::string::npos);
  EXPECT_EQ(content.body.find("마지막 문장"), std::string::npos);
}

TEST(GeneralReader, WeighsLinkedDataMetadataAndMarks) {
  const auto content = read_generally("<html lang=ko><head><meta property=og:title content='새 공장 - 나루일보'><meta property=og:site_name content=나루일보>"
                            "<link rel=canonical href=/2025/canonical><meta property=og:image content=/a.jpg>"
                            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"새 공장\","
                            "\"author\":[{\"@type\":\"Person\",\"name\":\"윤가람 기자\"}],\"datePublished\":\"2025-02-04T09:30:00+09:00\",\"dateModified\":\"2025-02-04T11:00:00+09:00\"}]}</script>"
                            "</head><body><h1>새 공장</h1>" + kTwoParagraphs + "</body></html>");
  EXPECT_EQ(content.title, "새 공장");
  EXPECT_EQ(content.authors, std::vector<std::string>{"윤가람"});
  ASSERT_TRUE(content.published);
  EXPECT_EQ(content.published->text, "2025-02-04T09:30:00+09:00");
  ASSERT_TRUE(content.modified);
  EXPECT_EQ(content.outlet, "나루일보");
  EXPECT_EQ(content.language, "ko");
  EXPECT_EQ(content.canonical_url, "https://news.example/2025/canonical");
  EXPECT_EQ(content.image, "https://news.example/a.jpg");
}

TEST(GeneralReader, TheHeadlineIsTheH1ThatTheTitleNames) {
  const auto content = read_generally("<html><head><title>나루시, 새 다리 놓는다</title></head><body><header><h1>나루의 소식을 전하는 누리집</h1></header><article><h1>나루시, 새 다리 놓는다</h1>" + kTwoParagraphs +
                            "</article></body></html>");
  EXPECT_EQ(content.title, "나루시, 새 다리 놓는다");
}

TEST(GeneralReader, AddressesStartFromThePagesBase) {
  const auto content = read_generally("<head><base href='https://www.press.example/news/'><title>제목</title><link rel=canonical href='view/1'><meta property=og:image content='i.jpg'></head><body>" + kTwoParagraphs + "</body>");
  EXPECT_EQ(content.canonical_url, "https://www.press.example/news/view/1");
  EXPECT_EQ(content.image, "https://www.press.example/news/i.jpg");
}

TEST(GeneralReader, NoScriptIsAnAddress) {
  const auto content = read_generally("<head><title>제목</title><meta property=og:image content='javascript:alert(1)'><link rel=canonical href='data:text/html,x'>"
                            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"image\":\"javascript:alert(2)\"}</script></head><body>" + kTwoParagraphs + "</body>");
  EXPECT_EQ(content.image, "");
  EXPECT_EQ(content.canonical_url, "");
}

TEST(GeneralReader, DamagedLinkedDataIsNoObstacle) {
  EXPECT_EQ(read_generally("<head><script type='application/ld+json'>{\"@type\": \"NewsArticle\", </script><title>제목</title></head><body>" + kTwoParagraphs + "</body>").title, "제목");
}

TEST(GeneralReader, APageWithoutTextIsNoArticle) {
  EXPECT_FALSE(extract(model::Page{"https://news.example/", "text/html", "<html><body><nav><a href=/>a</a></nav></body></html>", Instant()}));
}

TEST(GeneralReader, AListOfLinksIsNoArticle) {
  const auto page = [](int links) {
    std::string rows;
    for (int i = 0; i < links; ++i) rows += "<li class=row><a href=/news/" + std::to_string(i) + "><strong class=title>한빛전자, 공장 " + std::to_string(i) + "호 짓는다</strong></a></li>";
    return "<html><head><title>산업면</title></head><body><ul class=rows>" + rows + "</ul></body></html>";
  };
  for (const int links : {5, 40}) EXPECT_FALSE(extract(model::Page{"https://news.example/s/3", "text/html; charset=utf-8", page(links), Instant()})) << links;
}

TEST(GeneralReader, ALoginFormIsNoArticle) {
  for (const char* const form : {"<!doctype html><title>로그인</title><form>아이디와 비밀번호를 입력하십시오</form>",
                                 "<title>Sign in</title><form><p>Enter your password to go on reading.</p><input type=password></form>"}) {
    const auto content = extract(model::Page{"https://news.example/2025/1", "text/html; charset=utf-8", form, Instant()});
    ASSERT_FALSE(content) << form;
    EXPECT_EQ(content.error().kind(), ErrorKind::kInvalid);
  }
}

TEST(GeneralReader, ASitesNameInAH1IsNoHeadline) {
  const char* const heads[] = {"<h1 class=logo><a href=/>나루일보</a></h1><h2 class=tit>새 공장 짓는다</h2>", "<h1><a href='https://news.example/'>나루일보</a></h1><h3>새 공장 짓는다</h3>",
                               "<a href=/><h1>나루일보</h1></a><h2>새 공장 짓는다</h2>", "<div class=gnb><h1>나루일보</h1></div><h2>새 공장 짓는다</h2>",
                               "<h1 class=logo><a href=/>NARU</a></h1><h2><a href=/s/1>오늘의 소식</a></h2><h2>새 공장 짓는다</h2>"};
  for (const std::string head : heads) {
    for (const char* const title : {"새 공장 짓는다 - 나루일보", "나루일보 :: 새 공장 짓는다", "나루일보", "새 공장 짓는다"}) {
      for (const char* const meta : {"", "<meta property=og:title content='새 공장 짓는다'>"}) {
        if (head.find("NARU") != std::string::npos && std::string(meta).empty() && std::string(title).find("나루일보") != std::string::npos) continue;  // another name
        EXPECT_EQ(read_generally("<html><head><title>" + std::string(title) + "</title>" + meta + "</head><body>" + head + kTwoParagraphs + "</body></html>").title, "새 공장 짓는다") << head << title << meta;
      }
    }
  }
}

// An article's headline may lead to its own page, and a site's name stands where there is no other title.
TEST(GeneralReader, AH1ThatLeadsElsewhereIsAHeadline) {
  EXPECT_EQ(read_generally("<html><head><title>나루일보</title></head><body><h1><a href=/2025/1>새 공장 짓는다</a></h1><h2>작은 제목</h2>" + kTwoParagraphs + "</body></html>").title, "새 공장 짓는다");
  EXPECT_EQ(read_generally("<html><head><title>나루일보</title></head><body><h1><a href=/>나루일보</a></h1>" + kTwoParagraphs + "</body></html>").title, "나루일보");
}

// A page that a script draws, whose linked data have the text.
std::string ruled(const std::string& text, const std::string& body) {
  return "<html><head><title>새 공장</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"새 공장\",\"articleBody\":\"" + text +
         "\"}</script></head><body><div id=menu><ul><li><a href=/a>정치</a></li><li><a href=/b>경제</a></li><li><a href=/c>사회</a></li></ul></div>" + body +
         "<div id=foot><p>나루일보 | 서울시 중구 한길 1 | 등록번호 서울아00000</p></div></body></html>";
}

TEST(GeneralReader, ATextThatOnlyTheLinkedDataHaveIsTheBody) {
  const std::string first = "한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 열고, 사람 천 명이 일하게 된다고 회사는 설명했다.";
  const std::string second = "회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다. 시청은 길을 넓히고, 학교는 반을 늘리기로 했다.";
  for (const char* const parting : {"\\n", "\\n\\n", "\\r\\n"}) EXPECT_EQ(read_generally(ruled(first + parting + second, "<div id=root></div>")).body, first + "\n\n" + second) << parting;
  EXPECT_EQ(read_generally(ruled(first + "\\n" + second, "<div id=root>불러오는 중입니다</div>")).body, first + "\n\n" + second);
  const auto printed = read_generally(ruled(first + "\\n" + second, "<h1>새 공장</h1><article><p>" + first + " 봄이다.</p><p>" + second + " 여름이다.</p></article>"));
  EXPECT_NE(printed.body.find("여름이다"), std::string::npos) << "what readers see comes first";
}

TEST(GeneralReader, TheFoldedRestOfATextBelongsToIt) {
  const std::string seen = "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다. 회사는 사람 천 명을 뽑는다고 설명했다. 봄부터 땅을 고르고 여름에 기초를 놓는다.</p>"
                           "<p>회사는 투자 규모를 밝히지 않았다. 지역사회의 기대가 크다. 시청은 길을 넓히고, 학교는 반을 늘리기로 했다. 주민들은 소음이 걱정이라고 말했다.</p>"
                           "<p>이 회사가 남쪽에 공장을 짓는 일은 처음이다. 땅은 열 해 전에 사 두었으나 물이 모자라 미루어 왔다. 지난해 둑이 새로 놓이면서 길이 열렸다.</p>"
                           "<p>일꾼은 가까운 고장에서 먼저 뽑는다. 회사는 학교 두 곳과 손잡고 배우는 과정을 열 참이다. 나루대학교는 봄 학기에 학과를 새로 둔다고 덧붙였다.</p>";
  const std::string rest = "<p>업계는 이번 투자로 소재를 대는 회사들이 바빠질 것으로 본다. 한 연구원은 때가 이르다고 분석했다.</p><p>한편 도청은 물길을 앞당겨 정비하기로 했다.</p>";
  const std::string fold = "<div class=more style='display:none'>" + rest + "</div>";
  const auto inside = read_generally("<html><body><h1>새 공장</h1><div class=v>" + seen + fold + "<button>더보기</button></div></body></html>");
  EXPECT_NE(inside.body.find("도청은 물길을"), std::string::npos) << inside.body;
  const auto outside = read_generally("<html><body><h1>새 공장</h1><div class=v>" + seen + "</div><div class=popup style='display:none'><div>" + rest + "</div></div></body></html>");
  EXPECT_EQ(outside.body.find("도청은 물길을"), std::string::npos) << outside.body;
}

// A page whose day stands at the end of a script of so many bytes.
model::Content read_dated(std::size_t bytes, const std::string& head = "") {
  const std::string day = "\"datePublished\":\"2025-02-04T18:30:00+09:00\"";
  const std::string text = kTwoParagraphs + kTwoParagraphs + kTwoParagraphs + kTwoParagraphs + kTwoParagraphs + kTwoParagraphs;  // so that it is not looked for in scripts
  return read_generally("<html><head>" + head + "<script>" + std::string(bytes - day.size(), ' ') + day + "</script></head><body><article><h1>제목</h1>" + text + "</article></body></html>");
}

TEST(GeneralReader, AScriptIsLookedThroughForADayToItsLimitAndThatIsSaidWhereThereIsNone) {
  constexpr std::size_t kLimit = 512u << 10;
  const auto whole = read_dated(kLimit);
  EXPECT_TRUE(whole.published);
  EXPECT_FALSE(whole.page_cut);
  const auto longer = read_dated(kLimit + 1);
  EXPECT_FALSE(longer.published);
  EXPECT_TRUE(longer.page_cut);
  const auto known = read_dated(kLimit + 1, "<meta property=\"article:published_time\" content=\"2025-02-04T18:30:00+09:00\">");
  EXPECT_TRUE(known.published);
  EXPECT_FALSE(known.page_cut) << "nothing was missed";
}

TEST(PersonNames, AreFreeOfByRolesLinksAndAddresses) {
  EXPECT_EQ(person_names("By Jane Doe and John Roe"), (std::vector<std::string>{"Jane Doe", "John Roe"}));
  EXPECT_EQ(person_names("윤가람 기자 garam@naru.example"), std::vector<std::string>{"윤가람"});
  EXPECT_TRUE(person_names("https://www.facebook.example/naru").empty());
  EXPECT_TRUE(person_names("").empty());
}

}  // namespace
}  // namespace bylined::article
