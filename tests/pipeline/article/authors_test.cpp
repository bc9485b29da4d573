// SPDX-License-Identifier: Apache-2.0
// Who wrote it, where a page says it in many ways.
#include <gtest/gtest.h>

#include "pipeline/article/article.h"
#include "pipeline/article/byline/names.h"
#include "pipeline/article/byline/read_byline.h"

namespace bylined::article {
namespace {

using Names = std::vector<std::string>;

const std::string kText = "<p>The new plant will open next year, the company said on Tuesday. It did not say what it costs, or who pays for it.</p>"
                          "<p>People who live near the river have been waiting for the decision since last spring. Most of them welcome it.</p>";

Names authors(const std::string& head, const std::string& beside_headline, const std::string& url = "https://www.ledger.example/plant") {
  const std::string html = "<!doctype html><html lang=en><head><title>New plant opens next year</title>" + head +
                           "</head><body><header>The Ledger</header><article><h1>New plant opens next year</h1>" + beside_headline + kText + "</article></body></html>";
  const auto content = extract(model::Page{url, "text/html; charset=utf-8", html, Instant()});
  EXPECT_TRUE(content);
  return content ? content->authors : Names();
}

std::string linked(const std::string& author) {
  return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"New plant opens next year\",\"author\":" + author +
         ",\"publisher\":{\"name\":\"The Ledger\"}}</script>";
}

TEST(PersonNames, LoseRolesAndKeepWhoIsOnlyARole) {
  EXPECT_EQ(person_names("Sam Stone Senior Politics Editor"), Names{"Sam Stone"});
  EXPECT_EQ(person_names("Andrew Marsh, Culture Writer"), Names{"Andrew Marsh"});
  EXPECT_EQ(person_names("Ledger Staff"), Names{"Ledger Staff"});
  EXPECT_EQ(person_names("By JANE ROE and John Q. Marsh, Staff Writers"), (Names{"JANE ROE", "John Q. Marsh"}));
  EXPECT_TRUE(person_names("By Staff").empty());
  EXPECT_EQ(person_names("ByTravis Hale"), Names{"Travis Hale"});
  EXPECT_EQ(person_names("Trine Juhl og Tor Reimer"), (Names{"Trine Juhl", "Tor Reimer"}));
  EXPECT_TRUE(person_names("Von").empty());
  EXPECT_EQ(person_names("Bywater Jones"), Names{"Bywater Jones"});
}

TEST(PersonNames, LoseKoreanRolesAndKeepNoPhotographers) {
  EXPECT_EQ(person_names("윤가람 논설위원"), Names{"윤가람"});
  EXPECT_EQ(person_names("칼럼니스트 윤가람"), Names{"윤가람"});
  EXPECT_EQ(person_names("글·사진 윤가람"), Names{"윤가람"});
  EXPECT_TRUE(person_names("사진=윤가람 기자").empty());
  EXPECT_TRUE(person_names("사진=윤가람").empty());
  EXPECT_EQ(person_names("온라인뉴스팀"), Names{"온라인뉴스팀"}) << "a desk, which is told apart later";
  EXPECT_EQ(person_names("Ada Holm PD"), Names{"Ada Holm PD"}) << "no Hangul";
}

TEST(PersonNames, LoseWhereTheyAreAndForWhomTheyWrite) {
  for (const char* const line : {"Ada Holm in Westerby", "By Ada Holm/Harbour Wire", "Ada Holm Political editor @adaholm", "Story by Ada Holm", "Words by Ada Holm; photographs by Bo Lind"}) EXPECT_EQ(person_names(line), Names{"Ada Holm"}) << line;
  EXPECT_EQ(person_names("Ada Holm in Westerby and Bo Lind in Old Harbour"), (Names{"Ada Holm", "Bo Lind"}));
  EXPECT_EQ(person_names("By Ada Holm with Bo Lind"), (Names{"Ada Holm", "Bo Lind"}));
  EXPECT_EQ(person_names("The Ledger with agencies"), Names{"The Ledger with agencies"});
  EXPECT_EQ(person_names("Women in Westerby"), Names{"Women in Westerby"});
  EXPECT_TRUE(person_names("Tips to @ledger").empty());
}

TEST(PersonNames, OfAKoreanListNeedNoRole) {
  EXPECT_EQ(person_names("윤가람,노바다"), (Names{"윤가람", "노바다"}));
  EXPECT_EQ(person_names("마이클 유진"), Names{"마이클 유진"}) << "a foreign name of two words";
}

TEST(PersonNames, LoseWhatStandsInBracketsBehindThem) {
  EXPECT_EQ(person_names("Elena Berg (ebe)"), Names{"Elena Berg"});
  EXPECT_EQ(person_names("Elena Berg (ebe), Oskar Lind (AP)"), (Names{"Elena Berg", "Oskar Lind"}));
  EXPECT_TRUE(person_names("(ebe)").empty());
  EXPECT_TRUE(person_names("Elena (Lena) Berg").empty());
}

TEST(PersonNames, StandAloneInALine) {
  for (const char* const name : {"Lê Phương", "Anna Giulia Fink", "Anna-Maria D’Este", "Юлия Лебедева"}) EXPECT_TRUE(is_name_alone(name)) << name;
  for (const char* const other : {"", " ", "Westerby", "The Mill Opens Again Today", "Ada Holm said", "Ada Holm.", "Route 66", "Ada  Holm", "Ada Holm ", "방앗간 이야기"}) {
    EXPECT_FALSE(is_name_alone(other)) << other;
  }
  const std::string longest = "A " + std::string(58, 'B');
  EXPECT_TRUE(is_name_alone(longest));
  EXPECT_FALSE(is_name_alone(longest + "b"));
}

std::vector<std::string> signed_by(std::vector<std::string> paragraphs) {
  Evidence evidence;
  const std::size_t before = paragraphs.size();
  read_signature(paragraphs, evidence);
  const auto& claims = evidence.claims(Field::kAuthors);
  EXPECT_EQ(paragraphs.size(), before - claims.size()) << "a name that was taken goes out of the text";
  return claims.empty() ? Names() : claims.front().values;
}

TEST(Authors, SignTheTextAtItsEnd) {
  const std::string last = "It did not say what it costs, or who will have to pay for it in the end";
  EXPECT_EQ(signed_by({"One.", last + ".", "Ada Holm"}), Names{"Ada Holm"});
  EXPECT_EQ(signed_by({"One.", last + ".”", "Ada Holm"}), Names{"Ada Holm"});
  EXPECT_TRUE(signed_by({last + ".", "Ada Holm"}).empty()) << "too short for a text that is signed";
  EXPECT_TRUE(signed_by({"One.", last, "Ada Holm"}).empty()) << "a list goes on";
  EXPECT_TRUE(signed_by({"One.", "Bo Lind – The Mill!", "Ada Holm"}).empty()) << "a list goes on";
  EXPECT_TRUE(signed_by({"One.", last + ".", "Ada Holm reads on."}).empty());
}

TEST(Authors, StandBesideTheDateWhereNothingElseNamesThem) {
  EXPECT_EQ(authors("", "<div><span>Ada Holm |</span> <span>05.04.2025</span></div>"), Names{"Ada Holm"});
  EXPECT_EQ(authors(linked("{\"name\":\"Bo Lind\"}"), "<div>Ada Holm | 05.04.2025</div>"), Names{"Bo Lind"});
  EXPECT_TRUE(authors("", "<div>Westerby | 05.04.2025</div>").empty());
  EXPECT_TRUE(authors("", "<div>Ada Holm | The Ledger</div>").empty());
}

TEST(Authors, ALongerListOfAClearClaimIsSupportedByWhoNamesOneOfThem) {
  EXPECT_EQ(authors("<meta name=author content='Ada Holm'>" + linked("[{\"name\":\"Ada Holm\"},{\"name\":\"Bo Lind\"}]"), "<a rel=author href=/a>Ada Holm</a>"),
            (Names{"Ada Holm", "Bo Lind"}));
}

TEST(Authors, AnOutletIsNoPersonWhereOneIsNamed) {
  EXPECT_EQ(authors(linked("[{\"name\":\"Ada Holm\"},{\"name\":\"Ledger.example\"}]"), ""), Names{"Ada Holm"});
  EXPECT_EQ(authors("<meta name=author content='The Ledger'>" + linked("{\"name\":\"Ada Holm\"}"), ""), Names{"Ada Holm"});
  EXPECT_EQ(authors(linked("{\"name\":\"The Ledger\"}"), ""), Names{"The Ledger"}) << "nobody else";
  EXPECT_EQ(authors("", "<div class=byline>Ada Holm, TNN</div>"), Names{"Ada Holm"});
  EXPECT_EQ(authors(linked("[{\"name\":\"Ada Holm\"},{\"name\":\"AP\"}]"), ""), (Names{"Ada Holm", "AP"})) << "an agency named on purpose";
}

Names korean_authors(const std::string& head) {
  const std::string html = "<!doctype html><html lang=ko><head><title>New plant opens next year | 나루일보</title>" + head +
                           "</head><body><h1>New plant opens next year</h1><p>[나루일보 홍길동 기자] 나루전자가 나루시에 새 반도체 공장을 짓는다고 28일 밝혔다. 투자액은 3조원으로, 2028년 가동을 목표로 한다.</p>"
                           "<p>회사 관계자는 이번 투자로 일자리가 생길 것이라며 지역 협력사와도 함께 성장하겠다고 말했다.</p></body></html>";
  const auto content = extract(model::Page{"https://naru.example/news/12", "text/html; charset=utf-8", html, Instant()});
  EXPECT_TRUE(content);
  return content ? content->authors : Names();
}

TEST(Authors, AnOrganisationDoesNotHideTheReporterOfTheByline) {
  EXPECT_EQ(korean_authors(linked("{\"@type\":\"Organization\",\"name\":\"나루일보\"}")), Names{"홍길동"});
  EXPECT_EQ(korean_authors(linked("[{\"@type\":\"NewsMediaOrganization\",\"name\":\"Naru Times\"}]")), Names{"홍길동"});
  EXPECT_EQ(korean_authors("<meta name=author content='나루일보'>"), Names{"홍길동"});
  EXPECT_EQ(korean_authors("<meta name=author content='온라인뉴스팀'>"), Names{"홍길동"});
  EXPECT_EQ(korean_authors(linked("[{\"name\":\"김하늘\"},{\"name\":\"디지털뉴스국\"}]")), Names{"김하늘"}) << "a desk beside a person";
  EXPECT_EQ(authors(linked("{\"@type\":\"Organization\",\"name\":\"Harbour Wire\"}"), "<p class=byline>By Ada Holm</p>"), Names{"Ada Holm"});
  EXPECT_EQ(authors(linked("{\"@type\":\"Organization\",\"name\":\"Harbour Wire\"}"), ""), Names{"Harbour Wire"}) << "nobody else";
}

TEST(Authors, AnOutletCalledAPersonDoesNotHideTheReporterOfTheByline) {
  const std::string site = "<meta property=og:site_name content='나루일보'>";
  for (const char* const name : {"나루일보", "나루일보신문", "나루일보 www.naru.example", "Naru Daily", "naru.example", "admin", "관리자", "디지털뉴스팀"}) {
    EXPECT_EQ(korean_authors(site + linked("{\"@type\":\"Person\",\"name\":\"" + std::string(name) + "\"}")), Names{"홍길동"}) << name;
    EXPECT_EQ(korean_authors(site + "<meta name=author content='" + name + "'>"), Names{"홍길동"}) << name;
  }
  EXPECT_EQ(authors(linked("{\"@type\":\"Person\",\"name\":\"The Ledger\"}"), "<div class=byline>Ada Holm</div>"), Names{"Ada Holm"}) << "printed twice over: a class, a line beside the headline";
  EXPECT_EQ(authors(linked("{\"@type\":\"Person\",\"name\":\"Ada Ledgerwood\"}"), "<p class=byline>By Bo Lind</p>"), Names{"Ada Ledgerwood"}) << "a name that only begins as the host does";
}

TEST(Authors, OfAKoreanLineBesideTheHeadlineNeedNoClass) {
  const auto of_line = [](const std::string& line) {
    const std::string html = "<!doctype html><html lang=ko><head><title>물길을 다시 생각한다 | 나루일보</title></head><body><h1>물길을 다시 생각한다</h1>" + line +
                             "<p>나루강의 물길을 다시 돌리자는 말이 나온다. 강은 마을보다 오래 그 자리에 있었고, 둑은 마을보다 나중에 왔다.</p>"
                             "<p>둑을 헐자는 사람과 둑을 높이자는 사람이 같은 강을 본다. 다음 물이 오기 전에 답해야 한다.</p></body></html>";
    const auto content = extract(model::Page{"https://naru.example/news/12", "text/html; charset=utf-8", html, Instant()});
    EXPECT_TRUE(content);
    return content ? content->authors : Names();
  };
  for (const char* const line : {"<div>윤가람 논설위원</div>", "<div><span>윤가람 칼럼니스트</span> <span>2026.11.08 09:15</span></div>", "<div>글·사진 윤가람</div>", "<div>논설위원 윤가람 | 입력 2026.11.08</div>",
                                 "<div class=byline>글 윤가람, 사진 노바다</div>", "<div><span>윤가람 기자</span><span>입력 2026.11.08 09:15</span></div>", "<div class=writer>글 | 윤가람 기자</div>",
                                 "<div>기자명 윤가람 기자</div>", "<div class=byline>작성자 윤가람</div>"}) {
    EXPECT_EQ(of_line(line), Names{"윤가람"}) << line;
  }
  for (const char* const line : {"<div>사진=윤가람 기자</div>", "<div>온라인뉴스팀 기자</div>", "<div>윤가람 나루시장</div>"}) EXPECT_TRUE(of_line(line).empty()) << line;
}

TEST(Authors, ASlugIsSpeltOut) { EXPECT_EQ(authors(linked("{\"name\":\"ada-holm\"}"), ""), Names{"Ada Holm"}); }

TEST(Authors, GivenAndFamilyNameAreAName) {
  EXPECT_EQ(authors(linked("{\"@type\":\"Person\",\"familyName\":\"Holm\",\"givenName\":\"Ada\"}"), ""), Names{"Ada Holm"});
}

TEST(PersonNames, MayHaveANumberInAWord) {
  EXPECT_EQ(person_names("Radio7 Redaktion"), Names{"Radio7 Redaktion"});
  EXPECT_TRUE(person_names("4 May 2020").empty());
}

TEST(Authors, AUserNameIsSpeltAsThePagePrintsIt) {
  EXPECT_EQ(authors(linked("{\"name\":\"adaholm\"}"), "<p class=byline>By Ada Holm</p>"), Names{"Ada Holm"});
}

TEST(Authors, SeveralStandSideBySide) {
  EXPECT_EQ(authors("", "<p class=byline><a href=/a>Ada Holm</a> and <a href=/b>Per Lund</a></p>"), (Names{"Ada Holm", "Per Lund"}));
}

TEST(PersonNames, AreNoLinksToMore) {
  EXPECT_TRUE(person_names("All articles →").empty());
  EXPECT_EQ(person_names("Autorin: Ada Holm"), Names{"Ada Holm"});
}

TEST(Authors, ALinkToAPersonBesideTheHeadlineIsAByline) {
  EXPECT_EQ(authors("", "<div class=meta__row>January 17, 2017 by <a href='/blog/author/ada-holm'>Ada Holm</a></div>"), Names{"Ada Holm"});
  EXPECT_EQ(authors("", "<div class=bar><a href='https://www.ledger.example/about/editors/ada-holm/'>Ada Holm</a></div>"), Names{"Ada Holm"});
  EXPECT_EQ(authors("", "<div class=related><a href='/author/bo-lind'>Bo Lind</a></div>"), Names()) << "of another article";
}

TEST(Authors, ByInAnElementOfItsOwnSpeaksForTheNext) {
  EXPECT_EQ(authors("", "<div><p>By</p><p>Ada Holm and Bo Lind</p></div>"), (Names{"Ada Holm", "Bo Lind"}));
}

TEST(Authors, WhatWasGluedBehindANameGoes) {
  EXPECT_EQ(authors("", "<div class=byline><span class=author><a href=/x>Ada Holm</a><span>TwitterNews</span></span></div>"), Names{"Ada Holm"});
}

TEST(Authors, OlderFormsOfMetadataAreRead) {
  EXPECT_EQ(authors("<meta name='cXenseParse:author' content='Ada Holm'>", ""), Names{"Ada Holm"});
  EXPECT_EQ(authors("<meta name='parsely-page' content='{\"title\":\"New plant\",\"author\":\"Ada Holm\"}'>", ""), Names{"Ada Holm"});
}

}  // namespace
}  // namespace bylined::article
