// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/letter.h"

#include <gtest/gtest.h>

#include "pipeline/deliver/brief.h"
#include "pipeline/deliver/mail/dates.h"
#include "tests/pipeline/deliver/samples.h"

namespace bylined::deliver {
namespace {

using model::Language;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Letter letter(const model::Alert& alert, Language language = Language::kKorean) { return write_letter(alert, language, samples::style()); }

TEST(Letter, MarksTheNamesInTheHeadlineAndInEachSentenceOnce) {
  const Letter written = letter(samples::ordinary());
  EXPECT_TRUE(holds(written.text, "“이날 【김 회장】은 \"【한빛전자】는 A&B < C 원칙을 지킨다\"며 【김 회장】다운 답을 내놓았다.”\r\n"));
  EXPECT_TRUE(holds(written.html, "</b>은 &quot;<b"));
  EXPECT_TRUE(holds(written.html, "A&amp;B &lt; C"));
  EXPECT_EQ(written.text.find("이날"), written.text.rfind("이날"));
}

TEST(Letter, SaysWhyAndHowSure) {
  const std::string text = letter(samples::ordinary()).text;
  EXPECT_TRUE(holds(text, "■ 김한빛 — 4곳 · 이름 그대로 · 확신도 100%\r\n"));
  EXPECT_TRUE(holds(text, "■ 별하늘 — 1곳 · 이름 그대로 · 확신도 40% (확실하지 않음)\r\n"));
  EXPECT_TRUE(holds(text, "감시 항목 ‘desk’에 따라 보내 드립니다.\r\n"));
}

TEST(Letter, SaysWhoWasToldOfBefore) {
  auto alert = samples::ordinary();
  alert.entities = {model::EntityId{"kim"}};
  const std::string text = letter(alert).text;
  EXPECT_TRUE(holds(text, "■ 한빛전자 — 3곳 · 이름 그대로 · 확신도 100% · 앞서 알려 드린 이름\r\n"));
  EXPECT_LT(text.find("■ 김한빛"), text.find("■ 한빛전자"));
}

TEST(Letter, SaysWhatCouldNotBeReadAndWhy) {
  auto alert = samples::headline_only();
  EXPECT_TRUE(holds(letter(alert).text, "※ n.news.naver.com의 robots.txt가 자동 읽기를 허용하지 않아"));
  EXPECT_TRUE(holds(letter(alert, Language::kEnglish).html, "The robots.txt of n.news.naver.com does not let programs read"));
  alert.version.read = model::ReadState::kFailed;
  EXPECT_TRUE(holds(letter(alert).text, "※ n.news.naver.com에서 본문을 가져오지 못해"));
  alert.version.read = model::ReadState::kListingOnly;
  EXPECT_TRUE(holds(letter(alert).text, "※ 본문을 읽지 않고"));
  EXPECT_FALSE(holds(letter(samples::ordinary()).text, "※"));
}

TEST(Letter, SaysWhereTheTextWasReadWhereThatIsAnotherPlace) {
  auto alert = samples::ordinary();
  alert.version.text_url = alert.article.url;
  EXPECT_FALSE(holds(letter(alert).text, "※"));
  alert.version.text_url = "https://www.asiae.co.kr/article/1";
  EXPECT_TRUE(holds(letter(alert).text, "※ 본문은 www.asiae.co.kr에서 읽었습니다."));
}

TEST(Letter, LinksToHttpAndHttpsOnly) {
  for (const char* const url : {"javascript:alert(1)", "data:text/html,x", "HTTPS://press.example/1", "//press.example", "https://press.example/a b"}) {
    auto alert = samples::ordinary();
    alert.article.url = url;
    EXPECT_FALSE(holds(letter(alert).html, "기사 보기")) << url;
    EXPECT_FALSE(holds(letter(alert).text, "기사 보기")) << url;
  }
  auto alert = samples::ordinary();
  alert.article.url = "https://press.example/" + std::string(2'000 - 22, 'x');
  EXPECT_TRUE(holds(letter(alert).html, "기사 보기"));
  alert.article.url += "x";
  EXPECT_FALSE(holds(letter(alert).html, "기사 보기"));
}

TEST(Letter, HasASubjectThatNamesWhoTheHeadlineDoesNot) {
  auto alert = samples::ordinary();
  EXPECT_EQ(letter(alert).subject, "[중요] 한빛전자 김한빛 회장 \"올해 반도체에 10조 투자\"");
  alert.severity = model::Severity::kNormal;
  alert.version.content.title = "반도체에 10조";
  std::erase_if(alert.mentions, [](const model::Mention& one) { return one.field == model::Field::kTitle; });
  EXPECT_EQ(letter(alert).subject, "한빛전자, 김한빛 | 반도체에 10조");
  alert.severity = model::Severity::kCritical;
  EXPECT_EQ(letter(alert, Language::kEnglish).subject, "[Critical] 한빛전자, 김한빛 | 반도체에 10조");
}

TEST(Letter, NamesWhomAnEditTookOut) {
  auto alert = samples::ordinary();
  alert.mentions.clear();
  EXPECT_TRUE(holds(letter(alert).text, alert.entities.front().value + " — 기사가 고쳐지면서 빠짐")) << letter(alert).text;
  EXPECT_TRUE(holds(letter(alert, Language::kEnglish).html, "taken out by an edit"));
}

TEST(Letter, HasASubjectOfAtMost200Characters) {
  auto alert = samples::ordinary();
  alert.severity = model::Severity::kNormal;
  const auto title_of = [&alert](int letters) {
    alert.version.content.title = "한빛전자 김한빛";
    for (int i = 8; i < letters; ++i) alert.version.content.title += "가";
  };
  title_of(200);
  EXPECT_EQ(letter(alert).subject, alert.version.content.title);
  title_of(201);
  EXPECT_EQ(text::code_points(letter(alert).subject), 200u);
  EXPECT_TRUE(letter(alert).subject.ends_with("가…"));
}

TEST(Letter, DoesWithoutWhatItDoesNotKnow) {
  auto alert = samples::headline_only();
  alert.version.content.outlet.clear();
  alert.version.content.published.reset();
  EXPECT_TRUE(holds(letter(alert).text, "\r\n매체 미상\r\n"));
  const Letter plain = write_letter(alert, Language::kKorean, Style());
  EXPECT_FALSE(holds(plain.html, "/api/v1/"));
}

TEST(Brief, QuotesSixSentencesAndCountsTheRest) {
  auto alert = samples::ordinary();
  model::Content& content = alert.version.content;
  content.body.clear();
  alert.mentions.clear();
  for (int i = 0; i < 7; ++i) content.body += std::to_string(i) + " 한빛전자\n";
  for (std::size_t i = 0; i < 7; ++i) alert.mentions.push_back(samples::mention(content, model::Field::kBody, "hanbit", "한빛전자", i));
  const Brief brief = make_brief(alert);
  ASSERT_EQ(brief.quotes.size(), 6u);
  EXPECT_EQ(plain(brief.quotes[5]), "5 한빛전자");
  EXPECT_EQ(brief.quotes_left_out, 1u);
  EXPECT_TRUE(holds(letter(alert).text, "이 밖에 문장 1개에 더 나옵니다."));
}

TEST(Brief, QuotesEveryEntityAtLeastOnceUpToTwenty) {
  auto alert = samples::ordinary();
  model::Content& content = alert.version.content;
  content.body.clear();
  alert.mentions.clear();
  alert.entities.clear();
  for (int i = 10; i < 31; ++i) {
    const std::string id = "e" + std::to_string(i);
    content.body += "한빛 " + id + "\n";
    alert.entities.push_back(model::EntityId{id});
    alert.mentions.push_back(samples::mention(content, model::Field::kBody, id, id));
  }
  const Brief brief = make_brief(alert);
  EXPECT_EQ(brief.entities.size(), 20u);
  EXPECT_EQ(brief.entities_left_out, 1u);
  EXPECT_EQ(brief.quotes.size(), 20u);
}

TEST(Brief, MarksTheMentionItselfWhereTheSameLettersStandTwice) {
  auto alert = samples::ordinary();
  model::Content& content = alert.version.content;
  content.body = "첫 문장.\nSKT와 SK는 다르다.";
  alert.mentions = {samples::mention(content, model::Field::kBody, "sk", "SK", 1)};
  const Brief brief = make_brief(alert);
  ASSERT_EQ(brief.quotes.size(), 1u);
  ASSERT_EQ(brief.quotes[0].size(), 3u);
  EXPECT_EQ(brief.quotes[0][0].text, "SKT와 ");
  EXPECT_EQ(brief.quotes[0][1].text, "SK");
  EXPECT_TRUE(brief.quotes[0][1].marked);
}

TEST(Brief, FindsTheWordsWhereTheSentenceDoesNotStandInTheBody) {
  auto alert = samples::ordinary();
  alert.mentions = {alert.mentions[2]};
  alert.mentions[0].sentence = "… 새 공장은 김한빛 회장의 뜻이다 …";
  const Brief brief = make_brief(alert);
  ASSERT_EQ(brief.quotes[0].size(), 3u);
  EXPECT_EQ(brief.quotes[0][1].text, "김한빛");
}

TEST(Brief, ShowsTheFullestFormOfAName) {
  auto alert = samples::ordinary();
  alert.mentions = {alert.mentions[4], alert.mentions[2]};
  EXPECT_EQ(make_brief(alert).entities[0].name, "김한빛");
}

TEST(Dates, AreWrittenInTheDesksZone) {
  const Instant at = *parse_rfc3339("2025-12-31T15:04:05Z");
  EXPECT_EQ(mail_date(at, "Asia/Seoul"), "Thu, 01 Jan 2026 00:04:05 +0900");
  EXPECT_EQ(mail_date(at, "America/St_Johns"), "Wed, 31 Dec 2025 11:34:05 -0330");
  EXPECT_EQ(mail_date(at, "Nowhere/At_All"), "Wed, 31 Dec 2025 15:04:05 +0000");
  EXPECT_EQ(date_text(at, "Asia/Seoul", Language::kKorean), "2026년 1월 1일 (목) 00:04");
  EXPECT_EQ(date_text(at, "Asia/Seoul", Language::kEnglish), "Thu 1 January 2026, 00:04");
}

TEST(Dates, KeepADayADay) {
  const model::Stamp day{*parse_rfc3339("2025-05-14T15:00:00Z"), text::Precision::kDay, "2025-05-15"};
  EXPECT_EQ(printed_date_text(day, "America/New_York", Language::kKorean), "2025년 5월 15일 (목)");
}

}  // namespace
}  // namespace bylined::deliver
