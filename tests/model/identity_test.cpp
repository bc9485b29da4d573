// SPDX-License-Identifier: Apache-2.0
#include "model/identity.h"

#include <gtest/gtest.h>

#include "model/outlet.h"

namespace bylined::model {
namespace {

std::string numbers(std::string_view url) {
  const auto found = naver_numbers(url);
  return found ? found->office + "/" + found->article : "-";
}

TEST(Identity, KnowsAPortalArticleByItsNumbers) {
  EXPECT_EQ(numbers("https://n.news.naver.com/article/277/0005642161?type=journalists"), "277/0005642161");
  EXPECT_EQ(numbers("https://n.news.naver.com/mnews/article/018/0005316196?sid=100"), "018/0005316196");
  EXPECT_EQ(numbers("https://n.news.naver.com/mnews/article/comment/047/0002485770"), "047/0002485770");
  EXPECT_EQ(numbers("http://news.naver.com/main/read.nhn?mode=LSD&mid=shm&sid1=101&oid=277&aid=0004565025"), "277/0004565025");
  EXPECT_EQ(numbers("https://m.entertain.naver.com/article/009/0005469253"), "009/0005469253");
  EXPECT_EQ(numbers("https://m.sports.naver.com/wfootball/article/076/0004222656"), "076/0004222656");
  EXPECT_EQ(numbers("https://n.news.naver.com/mnews/hotissue/article/001/0014445643?cid=1"), "001/0014445643");
  EXPECT_EQ(numbers("https://n.news.naver.com/article/277/5642161"), "277/0005642161");
}

TEST(Identity, ComparesThePortalsHostExactly) {
  EXPECT_EQ(numbers("https://naver.com.evil.example/article/001/1"), "-");
  EXPECT_EQ(numbers("https://n.news.naver.com.evil.example/article/001/0000000001"), "-");
  EXPECT_EQ(numbers("https://n.news.naver.com/article/27/0005642161"), "-");
}

TEST(Identity, KnowsTheHostsOfKoreanOutlets) {
  for (const char* const host : {"www.asiae.co.kr", "naru.kr", "koreaherald.com", "www.koreaherald.com"}) EXPECT_TRUE(is_korean_outlet(host)) << host;
  for (const char* const host : {"", "ledger.example", "notkoreaherald.com", "koreaherald.com.evil.example", "kr"}) EXPECT_FALSE(is_korean_outlet(host)) << host;
}

TEST(Identity, DecorationMakesNoOtherArticle) {
  const auto plain = identity_of("https://www.asiae.co.kr/article/2025020409300000001");
  EXPECT_EQ(identity_of("http://asiae.co.kr/article/2025020409300000001/"), plain);
  EXPECT_EQ(identity_of("https://www.asiae.co.kr/article/2025020409300000001?utm_source=x&fbclid=1#top"), plain);
  EXPECT_NE(identity_of("https://www.asiae.co.kr/article/2025020409300000002"), plain);
}

TEST(Identity, WhatTellsAScriptWhichArticleToShowIsOfTheArticle) {
  EXPECT_EQ(identity_of("https://www.naru.example/spa#/news/1").value, "https://naru.example/spa#/news/1");
  EXPECT_EQ(identity_of("http://naru.example/#!/news/1/?utm_source=x&id=2").value, "https://naru.example#!/news/1?id=2");
  EXPECT_NE(identity_of("https://naru.example/spa#/news/1"), identity_of("https://naru.example/spa#/news/2"));
  for (const std::string_view place : {"#", "#top", "#/", "#!", "#!/", "#/?utm_source=x", "#:~:text=%EC%82%BC", "#article/1"}) {
    EXPECT_EQ(identity_of("https://naru.example/spa" + std::string(place)).value, "https://naru.example/spa") << place;
    EXPECT_EQ(route_of("https://naru.example/spa" + std::string(place)), "") << place;
  }
  EXPECT_EQ(route_of("https://naru.example/spa?a=1#/news/1"), "#/news/1");
  EXPECT_EQ(route_of("https://naru.example/spa#/news/ 1"), "");
}

// An address with a fragment is always taken apart.
TEST(Identity, AnAddressThatNeedNotBeTakenApartHasTheSameIdentity) {
  for (const std::string_view host : {"press.example", "www.press.example", "m.press.example", "www2.m.press.co.kr", "press..example", "a.b", "m.com", "xn--a.example", "xn--bj0bj06e.kr",
                                      "n.news.naver.com", "v.daum.net", "news.nate.com", "www.google.com", "press-example.cdn.ampproject.org", "evilnaver.com", "1.2.3.4", "a-.example"}) {
    for (const std::string_view path : {"", "/", "/news/1", "/news/1/", "/news//1", "//", "/amp", "/amp/", "/amp/1", "/amp/s/press.example/1", "/1/amp", "/1/amp/", "/1.amp", "/1.amp.html", "/example/1",
                                        "/index.html", "/a/INDEX.PHP", "/a/index.html/", "/a/default.aspx", "/a;jsessionid=1", "/a;b", "/a%41", "/.a", "/a/../b", "/A_b-c~d!$&()*+,=:@",
                                        "/article/277/0005642161", "/v/20250204093000123", "/view/20250204n12345", "/c/s/press.example/1"}) {
      for (const std::string_view query : {"", "?", "?idxno=1", "?b=2&a=1", "?utm_source=x", "?amp=1", "?a=", "?a=%41&A=b+c", "?a=/b?c", "?newsId=20250204093000123"}) {
        for (const std::string_view scheme : {"https://", "http://"}) {
          const std::string url = std::string(scheme) + std::string(host) + std::string(path) + std::string(query);
          EXPECT_EQ(identity_of(url).value, identity_of(url + "#").value) << url;
        }
      }
    }
  }
}

TEST(Identity, ParametersThatNameTheArticleCount) {
  EXPECT_NE(identity_of("https://press.example/articleView.html?idxno=1"), identity_of("https://press.example/articleView.html?idxno=2"));
  EXPECT_EQ(identity_of("https://press.example/v?b=2&a=1"), identity_of("https://press.example/v?a=1&b=2"));
}

TEST(Identity, AWordOfTheWayCountsWhereNothingElseNamesTheArticle) {
  EXPECT_NE(identity_of("https://press.example/view?ref=1"), identity_of("https://press.example/view?ref=2"));
  EXPECT_NE(identity_of("https://press.example/bbs/read.php?from=1204"), identity_of("https://press.example/bbs/read.php?from=1205"));
  EXPECT_EQ(identity_of("https://press.example/view?id=7&ref=1"), identity_of("https://press.example/view?id=7"));
  EXPECT_EQ(identity_of("https://press.example/a-headline?ref=1"), identity_of("https://press.example/a-headline"));
  EXPECT_EQ(identity_of("https://press.example/view?ref=naver"), identity_of("https://press.example/view"));
}

TEST(Identity, ASessionIsNoPartOfAnAddress) {
  const auto plain = identity_of("https://press.example/view?id=7");
  for (const char* session : {"PHPSESSID=q1w2", "phpsessid=0123456789abcdefghijklmnop", "sessionid=x", "ASPSESSIONIDABCD=EFG", "sid=0123456789abcdefghijklmnop", "s=1v2u3t4s5r6q7p8o9n0m1l2k3j"}) {
    EXPECT_EQ(identity_of("https://press.example/view?id=7&" + std::string(session)), plain) << session;
  }
  EXPECT_NE(identity_of("https://press.example/view?id=7&sid=101"), plain) << "a section";
}

TEST(Identity, WritingsOfOnePageAreOneIdentity) {
  const auto plain = identity_of("https://press.example/news/1");
  for (const char* url : {"HTTP://WWW.Press.Example:80/news/1/", "https://m.press.example/news/1", "https://press.example//news///1", "https://press.example/news/%31",
                          "https://press.example/news/1/amp", "https://press.example/amp/news/1/", "https://press.example/news/1?amp=1", "https://press.example/news/1/index.html",
                          "https://press.example/a/../news/1", "https://press.example/news/1;jsessionid=0A1B", "https://press.example/news/1?outputType=amp&ref=naver",
                          "https://press-example.cdn.ampproject.org/c/s/press.example/news/1", "https://www.google.com/amp/s/press.example/news/1", " https://press.example/news/1#c "}) {
    EXPECT_EQ(identity_of(url), plain) << url;
  }
}

TEST(Identity, WhatNamesAnotherPageStays) {
  const auto plain = identity_of("https://press.example/news/1");
  for (const char* url : {"https://press.example:8443/news/1", "https://news.press.example/news/1", "https://press.example/News/1", "https://press.example/news/1?page=2",
                          "https://press.example/news/%2F1", "https://press.example/news/amplifier/1"}) {
    EXPECT_NE(identity_of(url), plain) << url;
  }
}

TEST(Identity, ReadsDamagedQueries) {
  EXPECT_EQ(identity_of("https://press.example/v?id=1&amp;no=2"), identity_of("https://press.example/v?no=2&id=1"));
  EXPECT_EQ(identity_of("https://press.example/v?q=100%"), identity_of("https://press.example/v?q=100%25"));
  EXPECT_EQ(identity_of("https://press.example/v?&id=1&"), identity_of("https://press.example/v?id=1"));
  EXPECT_EQ(identity_of("https://press.example/v?q=%ea%b0%80"), identity_of("https://press.example/v?q=가"));
}

TEST(Identity, KnowsTheOtherPortals) {
  EXPECT_EQ(identity_of("https://v.daum.net/v/20250204093000123").value, "daum:20250204093000123");
  EXPECT_EQ(identity_of("https://news.v.daum.net/v/20250204093000123?f=m").value, "daum:20250204093000123");
  EXPECT_EQ(identity_of("http://media.daum.net/society/others/newsview?newsid=20130204093000123").value, "daum:20130204093000123");
  EXPECT_EQ(identity_of("https://m.news.nate.com/view/20250204n12345?mid=n0100").value, "nate:20250204n12345");
  EXPECT_EQ(identity_of("https://daum.net.evil.example/v/20250204093000123").value, "https://daum.net.evil.example/v/20250204093000123");
}

TEST(Identity, IsEmptyForWhatIsNoWebAddress) {
  for (const char* url : {"", "article/1", "mailto:a@b.example", "javascript:void(0)"}) EXPECT_TRUE(identity_of(url).empty()) << url;
}

TEST(Identity, KnowsTheOutletsOwnHosts) {
  EXPECT_EQ(name_of_office("277"), "아시아경제");
  EXPECT_EQ(hosts_of_office("277"), std::vector<std::string_view>{"asiae.co.kr"});
  EXPECT_TRUE(hosts_of_office("999").empty());
}

TEST(Identity, TitlesCompareByTheirLetters) {
  EXPECT_EQ(title_key("[단독] 삼성전자, \"HBM4\" 양산"), title_key("단독 삼성전자 'hbm4' 양산"));
  EXPECT_EQ(title_key("“AI ‘초격차’…” 選"), title_key("AI 초격차 選"));
  EXPECT_NE(title_key("삼성전자"), title_key("삼성전기"));
}

}  // namespace
}  // namespace bylined::model
