// SPDX-License-Identifier: Apache-2.0
// Pages that answer 200 and are no article, and articles that speak of such pages.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

std::string page_of(const std::string& title, const std::string& body, const std::string& head = "") {
  return "<!doctype html><html><head><meta charset=utf-8><title>" + title + "</title>" + head + "</head><body>" + body + "</body></html>";
}

Result<model::Content> taken(const std::string& html) { return extract({"https://naru.example/news/1", "text/html; charset=utf-8", html, Instant()}); }

struct Page {
  const char *title, *body;
  ErrorKind kind = ErrorKind::kInvalid;
};

TEST(Refusal, WallsAndErrorPagesAreNoArticles) {
  const Page pages[] = {
      {"Before you continue", "<h1>We value your privacy</h1><p>We and our 512 partners store and/or access information on a device, such as cookies, and process personal data, such as unique "
                              "identifiers.</p><p>With your permission we and our partners may use precise geolocation data. You may click to consent to our processing as described above.</p>"
                              "<button>Accept all</button>"},
      {"서비스 점검 안내", "<h1>서비스 점검 안내</h1><p>보다 나은 서비스를 위해 시스템 점검을 하고 있습니다. 점검 시간: 2025.02.04 02:00 ~ 06:00. 이용에 불편을 드려 죄송합니다. 빠른 시간 안에 마치도록 하겠습니다.</p>"},
      {"한빛전자, 새 공장 짓는다 | 나루일보", "<h1>한빛전자, 새 공장 짓는다</h1><p>이 기사는 구독자 전용입니다. 구독하시면 나루일보의 모든 기사를 읽으실 수 있습니다. 이미 구독 중이시라면 로그인 후 이용해 주세요.</p>"},
      {"Hanbit to build a plant | The Ledger", "<h1>Subscribe to continue reading</h1><p>This article is for subscribers only. Already a subscriber? Sign in. Choose your plan: monthly $4, annual $40. Cancel "
                                               "any time.</p>"},
      {"Just a moment...", "<h1>naru.example</h1><p>Checking your browser before accessing. Verify you are human by completing the action below. This process is automatic.</p><p>naru.example needs to review "
                           "the security of your connection before proceeding.</p>"},
      {"500 Internal Server Error", "<center><h1>500 Internal Server Error</h1></center><hr><center>nginx</center>"},
      {"나루일보", "Warning: mysqli_connect(): (HY000/2002): Connection refused in /srv/www/db.php on line 12<br>Fatal error: Uncaught Error: Call to a member function query() on bool in /srv/www/view.php:33 "
                   "Stack trace: #0 {main} thrown in /srv/www/view.php on line 33"},
      {"나루일보", "<div><h2>페이지를 찾을 수 없습니다</h2><p>요청하신 페이지가 삭제되었거나 주소가 변경되었습니다. 한빛전자 관련 뉴스는 검색을 이용해 주세요. 입력하신 주소가 정확한지 다시 한번 확인해 주시기 바랍니다.</p></div>",
       ErrorKind::kNotFound},
      {"The Ledger", "<h1>Sorry</h1><p>The story you asked for could not be found. It may have been moved or deleted, or is no longer available to our readers. Please check the address, or go to the homepage.</p>",
       ErrorKind::kNotFound},
  };
  for (const Page& page : pages) {
    const auto content = taken(page_of(page.title, page.body));
    ASSERT_FALSE(content) << page.title << ": " << content->body;
    EXPECT_EQ(content.error().kind(), page.kind) << page.title << ": " << content.error().text();
  }
}

TEST(Refusal, SearchEngineBaitIsNoArticle) {
  std::string body = "<h1>카지노 추천 한빛전자</h1>";
  for (int i = 0; i < 12; ++i) body += "<p>안전한 카지노 추천 먹튀검증 바카라 슬롯 온라인카지노 토토사이트 가입코드 한빛전자 바로가기 " + std::to_string(i) + "</p>";
  EXPECT_FALSE(taken(page_of("한빛전자 바카라 추천", body)));
}

// An article about a wall quotes it.
TEST(Refusal, ArticlesAboutWallsAreArticles) {
  const Page pages[] = {
      {"한빛은행, 서비스 점검 중 고객 이체 막혀", "<h1>한빛은행, 서비스 점검 중 고객 이체 막혀</h1><p>한빛은행 앱이 4일 오전 두 시간 동안 멈췄다. 화면에는 '서비스 점검 중입니다. 이용에 불편을 드려 죄송합니다'라는 문구만 떴다.</p>"
                                                   "<p>은행은 낡은 장비를 바꾸다가 일어난 일이라고 밝혔다. 이체가 늦어진 고객에게는 수수료를 돌려준다.</p><p>금융당국은 원인을 살펴본다고 했다. 지난해에도 같은 일이 있었다.</p>"},
      {"신문사들, 구독자 전용 기사 늘린다", "<h1>신문사들, 구독자 전용 기사 늘린다</h1><p>나루일보가 이달부터 기획 기사를 구독자 전용으로 돌린다. 가람신문도 봄부터 따른다고 밝혔다.</p><p>무료 기사만으로는 취재비를 대기 어렵다는 설명이다. "
                                             "독자의 반응은 엇갈린다.</p><p>한 독자는 값이 싸면 내겠다고 했다. 다른 독자는 포털에서 읽겠다고 답했다.</p>"},
      {"Cookie banners cost readers two hours a year", "<h1>Cookie banners cost readers two hours a year</h1><p>Readers spend two hours a year on banners, a study by Westerby University found on Tuesday.</p><p>\"We value "
                                                       "your privacy\" is the line they see most often. Four in five press \"Accept all\" at once.</p><p>Regulators in three countries now want one switch in the browser. Publishers are "
                                                       "against it, for they fear for their income.</p>"},
      {"Westerby council web site down for a day", "<h1>Westerby council web site down for a day</h1><p>The council's web site answered \"500 Internal Server Error\" all Tuesday.</p><p>A supplier had replaced a database "
                                                   "in the night. Residents could not pay their bills, and queued at the town hall instead.</p><p>The mayor apologised and said that fees for late payment would be dropped.</p>"},
      {"경찰, 온라인 카지노 운영자 검거", "<h1>경찰, 온라인 카지노 운영자 검거</h1><p>경찰이 온라인 카지노를 운영한 혐의로 세 명을 붙잡았다고 4일 밝혔다. 이들은 바카라 사이트를 해외에 두고 회원을 모았다.</p><p>회원은 2만 명, 판돈은 300억원에 이른다. "
                                           "경찰은 돈의 흐름을 쫓고 있다.</p><p>시청은 청소년 도박을 막는 교육을 늘린다. 학교마다 상담 교사도 둔다.</p>"},
  };
  for (const Page& page : pages) {
    const auto content = taken(page_of(page.title, page.body));
    EXPECT_TRUE(content) << page.title << ": " << content.error().text();
  }
}

// A form for readers stands below many an article.
TEST(Refusal, AWallBesideAnArticleIsNotReadForIt) {
  const auto content = taken(page_of("한빛전자, 새 공장 짓는다", "<article><h1>한빛전자, 새 공장 짓는다</h1><p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p><p>회사는 투자 규모를 밝히지 않았다. "
                                                           "지역사회의 기대가 크다. 시청은 길을 넓힌다.</p></article><div class=comments><p>댓글을 쓰시려면 로그인 후 이용해 주세요. 이미 구독 중이신가요?</p></div>"));
  ASSERT_TRUE(content) << content.error().text();
  EXPECT_NE(content->body.find("공장은 내년에"), std::string::npos);
}

// What a newsroom's page says of its article beside the text.
const std::string kHead = "<meta property=og:type content=article><meta property='article:published_time' content='2025-02-04T09:15:00+09:00'>";
const std::string kLines = "<div class=byline>윤가람 기자</div><div class=date>입력 2025.02.04 09:15</div>";

std::string news_of(const std::string& title, const std::string& text, const std::string& behind = "") {
  return page_of(title + " - 나루일보", "<div id=nav><a href=/a>정치</a></div><h1>" + title + "</h1>" + kLines + "<div class=article-body>" + text + "</div>" + behind);
}

TEST(Refusal, AFlashIsNoWallForWhatStandsBesideIt) {
  const std::string title = "[속보] 한빛전자 이서준 대표 사임", text = "<p>한빛전자 이서준 대표가 4일 사임했다.</p>";
  for (const char* const beside : {"<div class=reply><p>댓글을 쓰려면 로그인이 필요합니다.</p></div>", "<div class=comment><p>로그인 후 이용하실 수 있습니다.</p></div>",
                                   "<form><label>아이디와 비밀번호를 입력</label><input type=password></form>", "<ul class=related><li><a href=/1>가온은행, 서비스 점검 안내</a></li></ul>",
                                   "<ul><li><a href=/1>[단독] 삭제된 기사 논란 커져</a></li></ul>", "<div><p>댓글을 쓰려면 로그인이 필요합니다.</p></div>"}) {
    const auto content = taken(news_of(title, text, beside));
    ASSERT_TRUE(content) << beside << ": " << content.error().text();
    EXPECT_TRUE(content->body.starts_with("한빛전자 이서준 대표가 4일 사임했다.")) << content->body;
    const auto in_words = taken(news_of(title, "<p>한빛전자, 이서준 대표 사임</p>", beside));
    EXPECT_TRUE(in_words) << beside << ": " << in_words.error().text();
    const auto bare = taken(page_of(title, "<h1>" + title + "</h1>" + text + beside));
    EXPECT_TRUE(bare) << beside << ": " << bare.error().text();
  }
}

// As broadcasters write them, on a page that has no article's marks.
TEST(Refusal, AFlashInThePoliteStyleIsNoWall) {
  const std::string title = "[속보] 한빛전자 이서준 대표 사임";
  for (const char* const text : {"<p>한빛전자 이서준 대표가 오늘 사임했습니다.</p>", "<p>한빛전자 이서준 대표가 오늘 사임했습니다. 자세한 내용은 곧 전해 드리겠습니다.</p>",
                                 "<p>한빛전자 이서준 대표가 오늘 사임했습니다.</p><p>자세한 내용은 잠시 후 다시 전해 드리겠습니다.</p>", "<p>이 시각 현재 한빛전자 이서준 대표가 회사를 떠나고 있다고 회사가 밝혔습니다.</p>",
                                 "<p>이 시각 현재 한빛전자 앞 도로가 막혀 있습니다.</p>"}) {
    for (const char* const beside : {"", "<form><label>아이디와 비밀번호를 입력</label><input type=password></form>", "<div class=reply><p>댓글을 쓰려면 로그인이 필요합니다.</p></div>", "<ul class=related><li><a href=/1>가온은행, 서비스 점검 안내</a></li></ul>"}) {
      for (const std::string& lines : {std::string(), kLines}) {
        const auto content = taken(page_of(title + " - 나루일보", "<h1>" + title + "</h1>" + lines + "<div class=article-body>" + text + "</div>" + beside));
        ASSERT_TRUE(content) << text << beside << ": " << content.error().text();
        EXPECT_NE(content->body.find("니다."), std::string::npos) << text << beside << ": " << content->body;
      }
    }
  }
}

TEST(Refusal, WhatASiteSaysPolitelyOfItselfIsNoFlash) {
  const std::string login = "<form><p>아이디와 비밀번호를 입력하십시오.</p></form>";
  for (const char* const text : {"<p>고객님의 세션이 만료되었습니다.</p>", "<p>요청하신 작업이 정상적으로 처리되지 않았습니다.</p>", "<p>회원님의 접속이 오래 되어 자동으로 끊겼습니다.</p>", "<p>정상적으로 로그아웃 되었습니다.</p>",
                                 "<p>찾으시는 기사가 삭제되었습니다. 삭제된 기사입니다.</p>"}) {
    const auto content = taken(page_of("나루일보", "<div><h2>안내</h2>" + std::string(text) + "</div>" + login));
    EXPECT_FALSE(content) << text << content->body;
  }
  for (const char* const text : {"<h2>서비스 점검 안내</h2><p>더 좋은 뉴스를 전해 드리겠습니다. 서비스 점검을 시작했습니다.</p>", "<p>일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주십시오.</p>", "<p>이 기사는 언론사의 요청으로 삭제되었습니다.</p>"}) {
    const auto content = taken(page_of("나루일보", text));
    EXPECT_FALSE(content) << text << content->body;
  }
}

TEST(Refusal, AReportOfAWallIsNone) {
  const Page pages[] = {
      {"[속보] 가온은행 앱 접속 장애", "<p>가온은행 앱에서 4일 오전 접속 오류가 발생했다.</p><p>회사 측은 “이용에 불편을 드려 죄송하다”며 “잠시 후 다시 시도해 달라”고 밝혔다. 한빛전자가 구축한 전산망이다.</p>"},
      {"가온은행, 5일 새벽 시스템 점검", "<p>가온은행은 5일 0시부터 6시까지 시스템 점검을 한다고 4일 밝혔다. 점검 시간에는 이체와 조회가 멈춘다.</p>"},
      {"한빛전자 홈페이지 먹통", "<p>4일 오전 9시쯤 한빛전자 홈페이지에서 서버 오류가 발생했다.</p>"},
      {"가온은행, 비밀번호 없는 로그인 도입", "<p>가온은행은 4일 비밀번호를 입력하지 않는 로그인을 도입했다.</p>"},
      {"[단독] 삭제된 기사 논란", "<p>포털에서 삭제된 기사가 다시 올라왔다. 한빛전자가 요청했던 것으로 확인됐다.</p>"},
      {"가온은행 앱 멈춰", "<p>가온은행 앱에서 오늘 오전 접속 오류가 발생했습니다.</p><p>회사 측은 불편을 드려 죄송하다고 밝혔습니다. 한빛전자가 만든 전산망입니다.</p>"},
      {"Hanbit app hit by outage", "<p>Hanbit Electronics said Sunday its shopping app was temporarily unavailable for two hours. It told users to try again later.</p>"},
      {"Hanbit to delete cookies", "<p>Hanbit said Sunday it would let users accept all or reject all cookies with one click. “We value your privacy,” its chief said.</p>"},
      {"새봄랜드 3분기 카지노 매출 20% 증가", "<p>새봄랜드는 3분기 카지노 매출이 20% 늘었다고 4일 밝혔다. 카지노 방문객도 15% 증가했다.</p><p>외국인 전용 카지노 3사 가운데 가온카지노는 바카라 테이블을 늘렸고, 누리카지노는 슬롯 머신을 새로 들였다. "
                                              "카지노 업계는 한빛전자와 손잡고 카지노 전산을 바꾼다.</p>"},
  };
  for (const Page& page : pages) {
    const auto content = taken(news_of(page.title, page.body));
    EXPECT_TRUE(content) << page.title << ": " << content.error().text();
    const auto bare = taken(page_of(page.title, std::string("<h1>") + page.title + "</h1><div class=date>입력 2025.02.04 09:15</div>" + page.body));
    EXPECT_TRUE(bare) << page.title << ": " << bare.error().text();
  }
}

// An article's marks stay on the page when the text is not for everybody, or gone.
TEST(Refusal, AWallInTheTextsPlaceIsOneWhateverThePageCallsItself) {
  for (const char* const wall : {"로그인이 필요합니다.", "이 기사는 구독자 전용입니다. 구독하시면 모든 기사를 읽으실 수 있습니다.", "삭제된 기사입니다.", "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주십시오.",
                                 "Please log in to continue."}) {
    const auto content = taken(page_of("한빛전자, 새 공장 짓는다 - 나루일보", "<h1>한빛전자, 새 공장 짓는다</h1>" + kLines + "<div class=article-body><p>" + wall + "</p></div>", kHead));
    EXPECT_FALSE(content) << wall << ": " << content->body;
  }
}

TEST(Refusal, WhatComesInAnArticlesPlaceIsNone) {
  const std::string menu = "<div class=gnb><ul><li><a href=/a>정치</a></li><li><a href=/b>경제</a></li><li><a href=/c>사회</a></li></ul></div>";
  for (const char* const body : {"<div id=root></div>", "<div id=root></div><div id=foot><p>나루일보 | 서울시 중구 한길 1 | 등록번호 서울아00000 | 발행인 윤가람</p></div>", "<div id=app>불러오는 중입니다...</div>",
                                 "<p>이 기사는 나루일보 앱에서 볼 수 있습니다. 앱을 설치하고 계속 읽어 보세요.</p>", "<p>이 기사는 언론사의 요청으로 삭제되었습니다.</p>", "<p>Please enable JS and disable any ad blocker</p>",
                                 "<p>You have been blocked. Your request looks automated. Reference ID 12345.</p>", "<p>Request unsuccessful. Incapsula incident ID: 1234-5678</p>",
                                 "<p>접속자가 많아 대기 중입니다. 예상 대기 시간은 3분입니다. 새로고침하지 마세요.</p>", "<p>청소년유해매체물로서 19세 미만의 청소년이 이용할 수 없습니다. 성인 인증을 해 주세요.</p>",
                                 "<p>정정보도 청구에 따라 열람이 제한된 기사입니다.</p>"}) {
    const auto content = taken(page_of("나루일보", menu + body));
    EXPECT_FALSE(content) << body << ": " << content->body;
  }
  for (const Page& page : {Page{"늘봄백화점, 앱으로 줄 세운다", "<p>늘봄백화점은 접속자가 많으면 예상 대기 시간을 앱에서 볼 수 있다고 4일 밝혔다.</p>"}, Page{"가온은행 앱, 성인 인증 도입", "<p>가온은행이 성인 인증을 도입했다.</p>"},
                           Page{"한빛전자, 봄 행사", "<p>한빛전자는 봄 행사를 앱에서 엽니다. 앱을 설치하면 표를 받습니다.</p>"},
                           Page{"나루일보 사과문 게재", "<p>나루일보는 4일 가온은행의 요청으로 삭제한 기사를 되살렸다고 밝혔다.</p>"}}) {
    const auto content = taken(news_of(page.title, page.body));
    EXPECT_TRUE(content) << page.title << ": " << content.error().text();
  }
}

// An old address says where the article is now.
TEST(Refusal, APageThatOnlyPointsElsewhereSaysWhere) {
  const std::string notice = "<p>이동 중입니다. 자동으로 넘어가지 않으면 <a href=/news/2>여기</a>를 누르세요.</p>";
  const auto page = [&](const std::string& refresh, const std::string& body) { return page_of("나루일보", body, "<meta http-equiv=" + refresh + ">"); };
  for (const char* const refresh : {"refresh content='0;url=https://naru.example/news/2'", "Refresh content='0; URL=/news/2'", "refresh content=\"0;url='/news/2'\"", "refresh content='1, /news/2'", "refresh content='5 ; url = 2'"}) {
    for (const std::string& body : {std::string(), notice}) {
      const auto content = taken(page(refresh, body));
      ASSERT_FALSE(content) << refresh << content->body;
      EXPECT_EQ(content.error().text(), "no article: the page only points to https://naru.example/news/2") << refresh;
    }
  }
}

TEST(Refusal, APageThatShowsItselfAnewIsRead) {
  const std::string flash = "<h1>한빛전자 대표 사임</h1>" + kLines + "<p>한빛전자 이서준 대표가 4일 사임했다. 회사는 후임을 정하지 않았다고 밝혔다.</p>";
  for (const char* const head : {"<meta http-equiv=refresh content=60>", "<meta http-equiv=refresh content='0;url=/news/1#top'>", "<meta http-equiv=refresh content='300;url=https://naru.example/'>", "<meta http-equiv=refresh content='6;url=/'>",
                                 "<noscript><meta http-equiv=refresh content='0;url=/noscript'></noscript>", "<meta http-equiv=refresh content=''>", "<meta http-equiv=refresh content='0;url='>"}) {
    const auto content = taken(page_of("한빛전자 대표 사임", flash, head));
    EXPECT_TRUE(content) << head << ": " << content.error().text();
  }
  std::string text;
  for (int i = 0; i < 6; ++i) text += "<p>한빛전자 이서준 대표가 4일 사임했다. 회사는 후임을 정하지 않았다고 밝혔다.</p>";
  EXPECT_TRUE(taken(page_of("한빛전자 대표 사임", "<h1>한빛전자 대표 사임</h1>" + text, "<meta http-equiv=refresh content='0;url=/ad'>"))) << "a whole article is one";
}

// Teasers of other articles are in print on it too.
TEST(Refusal, ATombstoneAboveATeaserIsNoArticle) {
  const std::string teasers = "<div class=best><ul><li><a href=/1>가온산업, 새 차 공개</a><p>가온산업이 새 차를 공개했다고 4일 밝혔다. 봄부터 판다.</p></li><li><a href=/2>누리그룹 인사</a>"
                              "<p>누리그룹이 4일 인사를 냈다. 부사장 세 사람이 새로 왔다.</p></li></ul></div>";
  for (const std::string& beside : {std::string("<div class=best><p>한빛전자가 새 공장을 짓는다고 4일 밝혔다.</p></div>"), teasers, std::string("<p>나루일보 | 서울시 중구 한길 1 | 등록번호 서울아00000 | 발행인 윤가람 | 편집인 이바다</p>")}) {
    for (const char* const head : {"", "<meta property=og:type content=article>"}) {
      const auto content = taken(page_of("나루일보", "<div class=err><h2>삭제된 기사입니다.</h2><p>이용에 불편을 드려 죄송합니다.</p></div>" + beside, head));
      EXPECT_FALSE(content) << head << content->body;
      const auto form = taken(page_of("나루일보", "<form><p>아이디와 비밀번호를 입력하십시오.</p></form>" + beside, head));
      EXPECT_FALSE(form) << head << form->body;
    }
  }
}

// Whatever words it is put in.
TEST(Refusal, AShortTextThatSpeaksToItsReaderIsNoArticle) {
  const Page pages[] = {
      {"로그인 | 나루일보", "<div><h2>로그인</h2><p>아이디</p><input><p>다른 계정으로 간편하게 들어오세요.</p></div>"},
      {"나루일보", "<div><p>죄송합니다.</p><p>찾으시는 기사가 없거나 옮겨졌습니다.</p><a href=/>처음으로</a></div><ul><li><a href=/1>“배추 한 포기에 만원” 김장 걱정</a></li><li><a href=/2>한빛전자, 새 공장 착공</a></li></ul>"},
      {"안내 - 나루일보", "<h1>안내</h1><p>이 기사는 계약 기간이 끝나 더는 제공되지 않습니다.</p>"},
      {"The Ledger", "<h1>naru.example</h1><h2>One more step</h2><p>This website uses a service against malicious bots. This page is shown while it makes sure that you are none.</p>"},
      {"Not available", "<h1>Not available where you are</h1><p>Readers abroad are important to us. While we work on it, this site cannot be shown in some countries.</p>"},
      {"Hanbit to build a plant | The Ledger", "<h1>Hanbit to build a plant</h1><p>Thank you for your interest. Please pick a plan below.</p><ul><li>$1 for 6 months</li></ul>"},
  };
  for (const Page& page : pages) {
    for (const char* const head : {"", "<meta property=og:type content=website>"}) {
      const auto content = taken(page_of(page.title, page.body, head));
      EXPECT_FALSE(content) << page.title << ": " << content->body;
    }
  }
}

// What is signed, dated, marked or quoted is let pass, and what reports; and what speaks to nobody.
TEST(Refusal, AShortArticleMaySpeakToItsReader) {
  const std::string polite = "<h1>내일 나들이, 우산 챙기세요</h1><p>나루시에는 내일 비가 내립니다. 우산을 챙기세요.</p>", plain = "<h1>Your weekend in Westerby</h1><p>Rain on Saturday, sun on Sunday: take your umbrella.</p>";
  const std::string marked = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Your weekend in Westerby\"}</script>";
  EXPECT_TRUE(taken(page_of("내일 나들이", polite + kLines)));
  EXPECT_TRUE(taken(page_of("내일 나들이", polite, kHead)));
  EXPECT_TRUE(taken(page_of("Your weekend in Westerby", plain, kHead)));
  EXPECT_TRUE(taken(page_of("Your weekend in Westerby", plain, marked)));
  const Page pages[] = {
      {"[속보] 한빛전자 대표 사임", "<h1>[속보] 한빛전자 대표 사임</h1><p>한빛전자 이서준 대표 전격 사임…“우리 회사 믿어 달라”</p>"},
      {"[인사] 한빛전자", "<h1>[인사] 한빛전자</h1><p>◇ 승진 ▲ 부사장 윤가람 ▲ 전무 이바다</p><p>◇ 전보 ▲ 홍보실장 김누리</p>"},
      {"[포토] 나루시 첫눈", "<h1>[포토] 나루시 첫눈</h1><p>4일 오전 나루시청 앞에서 시민들이 눈길을 걷고 있다. 윤가람 기자</p>"},
      {"[부고] 윤가람씨 부친상", "<h1>[부고] 윤가람씨 부친상</h1><p>▲ 윤한길씨 별세, 윤가람(나루일보 기자)씨 부친상 = 4일, 나루병원 장례식장 2호실, 발인 6일. 02-000-0000</p>"},
      {"내일 날씨", "<h1>내일 날씨</h1><p>나루시는 내일 종일 흐리고 비가 내리겠습니다. 낮 기온은 12도로 오늘보다 낮겠습니다.</p>"},
      {"Westerby mayor resigns", "<h1>Westerby mayor resigns</h1><p>Westerby mayor Tom Pike resigned on Tuesday. \"You deserve better,\" he wrote.</p>"},
      {"Westerby mayor resigns", "<h1>Westerby mayor resigns</h1><p>Westerby mayor Tom Pike resigned on Tuesday. Our reporter was told that he is ill.</p>"},
      {"US shares fall", "<h1>US shares fall</h1><p>US shares fell 2 percent on Tuesday, the third fall in a row.</p>"},
  };
  for (const Page& page : pages) {
    const auto content = taken(page_of(page.title, page.body));
    EXPECT_TRUE(content) << page.title << ": " << content.error().text();
  }
}

std::string teasers(int count, const std::string& level) {
  const char* const kWords[] = {"한빛전자가 새 반도체 공장을 나루시에 짓는다고 4일 밝혔다. 공장은 내년 봄에 문을 연다.", "나루시가 내년 예산을 올해보다 3퍼센트 늘려 의회에 냈다. 길을 넓히는 데 가장 많이 쓴다.",
                                "가온은행이 5일 새벽 전산 장비를 모두 바꾼다고 알렸다. 두 시간 동안 이체가 멈춘다.", "늘봄백화점이 봄 행사를 앞두고 앱을 새로 꾸몄다. 줄을 서지 않아도 표를 받는다.",
                                "누리그룹이 부사장 세 사람을 새로 뽑았다고 4일 밝혔다. 모두 연구소에서 왔다.", "나루대 연구진이 물에서 소금을 빼는 얇은 막을 만들었다. 전기를 절반만 쓴다고 한다."};
  std::string text;
  for (int n = 0; n < count; ++n) text += "<div><" + level + "><a href=/news/" + std::to_string(n) + ">나루일보 오늘의 소식 가운데 " + std::to_string(n) + "째</a></" + level + "><p>" + kWords[n] + "</p></div>";
  return text;
}

TEST(Refusal, APageOfOtherArticlesBeginningsIsNone) {
  for (const char* const level : {"h2", "h3"}) {
    const auto content = taken(page_of("나루일보", teasers(6, level)));
    EXPECT_FALSE(content) << level << content->body;
    const auto dated = taken(page_of("#한빛전자 - 나루일보", "<h1>#한빛전자</h1><em>2025.02.04 09:15</em>" + teasers(5, level)));
    EXPECT_FALSE(dated) << level << dated->body;
  }
  EXPECT_TRUE(taken(page_of("주간 나루", "<h1>주간 나루</h1>" + teasers(6, "h2"), kHead))) << "a round-up is an article";
  EXPECT_TRUE(taken(page_of("주간 나루", "<h1>주간 나루</h1><div class=byline>윤가람 기자</div>" + teasers(6, "h2"))));
  std::string text;
  for (int i = 0; i < 12; ++i) text += "<p>나루시의회는 " + std::to_string(i) + "차 회의에서 물값을 올리는 조례를 두고 오래 다투었다. 시장은 낡은 관을 바꾸려면 돈이 든다고 말했다.</p>";
  EXPECT_TRUE(taken(page_of("나루시 물값 오른다", "<h1>나루시 물값 오른다</h1>" + text + teasers(4, "h3"))));
  std::string own = teasers(6, "h2");
  for (std::size_t at = own.find("/news/"); at != std::string::npos; at = own.find("/news/")) own.replace(at, 6, "#part");
  EXPECT_TRUE(taken(page_of("주간 나루", "<h1>주간 나루</h1>" + own))) << "its own parts are the article's";
}

}  // namespace
}  // namespace bylined::article
