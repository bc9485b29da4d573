// SPDX-License-Identifier: Apache-2.0
// Listings that are not what they were, or not yet what they will be: nothing old is told, and nothing new is lost.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "base/log.h"
#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHost = "www.naru.example";
const std::string kNewHeadline = "한빛전자, 새 공장 짓는다";

struct Line {
  std::string path, title;
  std::optional<Millis> printed;  // since the start
};
using Lines = std::vector<Line>;

// Old articles name the entity: whoever reads them as news is found out.
press::Script old_news(Millis appears, const std::string& headline = kNewHeadline) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) {
    script.articles.push_back(news(std::to_string(100 + i), "한빛전자 지난 소식 " + std::to_string(i), -24h * (20 - i)));
    script.articles.back().alerts.clear();
  }
  script.articles.push_back(news("201", headline, appears));
  return script;
}

Lines old_lines(const std::string& below = "/news/") {
  Lines lines;
  for (int i = 9; i >= 0; --i) lines.push_back({below + std::to_string(100 + i), "한빛전자 지난 소식 " + std::to_string(i), -24h * (20 - i)});
  return lines;
}

Lines with_new(Lines lines, Millis printed) {
  lines.insert(lines.begin(), Line{"/news/201", kNewHeadline, printed});
  return lines;
}

std::string date_of(const World& world, const Line& line) { return rfc3339(const_cast<World&>(world).outside().press.start() + *line.printed); }

std::string feed_of(const World& world, const Lines& lines) {
  std::string text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>나루일보</title>";
  for (const Line& line : lines) {
    text += "<item><title>" + line.title + "</title><link>https://" + kHost + line.path + "</link>";
    text += (line.printed ? "<pubDate>" + date_of(world, line) + "</pubDate>" : "") + "</item>";
  }
  return text + "</channel></rss>";
}

constexpr const char* kOverleaf = "/list/2";

std::string rows_of(const World& world, const Lines& lines, const std::string& row = "row") {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body><ul>";
  for (const Line& line : lines) {
    text += "<li class=\"" + row + "\"><a class=\"h\" href=\"" + line.path + "\">" + line.title + "</a>";
    text += (line.printed ? "<time datetime=\"" + date_of(world, line) + "\"></time>" : "") + "</li>";
  }
  return text + "</ul></body></html>";
}

std::string going_on(std::string page) { return page.insert(page.rfind("</body>"), std::string("<a class=\"next\" href=\"") + kOverleaf + "\">다음</a>"); }

Wishes watching(const std::string& kind) {
  Wishes wishes = small_wishes();
  model::Source& source = wishes.sources.front();
  source.kind = kind;
  source.url = "https://" + std::string(kHost) + "/list";
  if (kind == "css_page") {
    model::Recipe recipe;
    recipe.name = "rows";
    recipe.item = "li.row";
    recipe.link = "a.h";
    recipe.time = "time";
    recipe.next_page = "a.next";
    source.recipe = recipe;
  }
  return wishes;
}

// A world whose source shows what one puts there.
struct Shown {
  World world;
  std::string page, overleaf;  // "500": it fails
  std::map<std::string, int> asked;
  std::map<std::string, std::string> calls_itself, leads_to;  // articles: by rel=canonical, by a redirect

  Shown(std::uint64_t seed, Millis appears, const std::string& kind) : Shown(seed, old_news(appears), kind) {}
  Shown(std::uint64_t seed, press::Script script, const std::string& kind) : world(seed, std::move(script), watching(kind)) {
    world.outside().weather = [this](const std::string& host, const std::string& target, Instant) {
      Weather weather;
      if (host != kHost) return weather;
      ++asked[target];
      if (calls_itself.contains(target)) weather.spoil = [this, target](net::HttpResponse& answer) { rename(answer, calls_itself.at(target)); };
      if (leads_to.contains(target)) weather.instead = redirect(leads_to.at(target));
      if (target != "/list" && target != kOverleaf) return weather;
      net::HttpResponse response;
      response.body = target == "/list" ? page : overleaf;
      response.status = response.body == "500" ? 500 : 200;
      response.headers.emplace_back("content-type", response.body.starts_with("<!doctype") ? "text/html; charset=utf-8" : "application/xml");
      weather.instead = response;
      return weather;
    };
  }
  static void rename(net::HttpResponse& answer, const std::string& path) {
    const std::string mark = "<link rel=\"canonical\" href=\"";
    const std::size_t at = answer.body.find(mark);
    if (at == std::string::npos) return;
    answer.body.replace(at + mark.size(), answer.body.find('"', at + mark.size()) - at - mark.size(), "https://" + std::string(kHost) + path);
  }
  static net::HttpResponse redirect(const std::string& path) {
    net::HttpResponse response;
    response.status = 302;
    response.headers.emplace_back("location", path);
    return response;
  }
  store::SourceStatus source() { return world.reader()->sources()->front(); }
  std::size_t told() { return world.outside().taken.size(); }
};

TEST(Layout, WhatAFeedListsThatWasEmptyAtFirstIsItsBaseline) {
  Shown shown(81, 3h, "feed");
  shown.page = feed_of(shown.world, {});
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = feed_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  EXPECT_EQ(shown.told(), 0u);
  EXPECT_EQ(shown.asked["/news/100"], 0);
  shown.page = feed_of(shown.world, with_new(old_lines(), 3h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, TheFirstArticleOfANewFeedIsNews) {
  Shown shown(82, 3h, "feed");
  shown.page = feed_of(shown.world, {});
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(3h + 1min));
  shown.page = feed_of(shown.world, with_new({}, 3h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u);
}

TEST(Layout, ARecipeThatMatchesNothingAtFirstSaysSoAndTellsNothingOldWhenItDoes) {
  Shown shown(83, 5h, "css_page");
  shown.page = rows_of(shown.world, old_lines(), "entry");
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("nothing on the page matches 'li.row'"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(4h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.told(), 0u);
  shown.page = rows_of(shown.world, with_new(old_lines(), 5h));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

Lines most_viewed() {
  Lines lines;
  for (int i = 0; i < 8; ++i) lines.push_back({"/news/" + std::to_string(300 + i), "많이 본 뉴스 한빛전자 옛 기사 제목 " + std::to_string(i), std::nullopt});
  return lines;
}

TEST(Layout, AnotherBlockInTheListsPlaceIsNoNewsHoweverLongItStays) {
  for (const Millis stays : {20min, 2h + 30min}) {
    Shown shown(84, 5h, "auto");
    shown.page = rows_of(shown.world, old_lines());
    shown.world.boot();
    ASSERT_TRUE(shown.world.run_for(1h));
    ASSERT_EQ(shown.source().state, model::SourceState::kOk);
    shown.page = rows_of(shown.world, most_viewed(), "popular");
    ASSERT_TRUE(shown.world.run_for(stays));
    EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
    EXPECT_NE(shown.source().reason.find("no date on 8 items"), std::string::npos) << shown.source().reason;
    shown.page = rows_of(shown.world, old_lines());
    ASSERT_TRUE(shown.world.run_for(4h + 1min - stays));
    EXPECT_EQ(shown.source().state, model::SourceState::kOk);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
    shown.page = rows_of(shown.world, with_new(old_lines(), 5h));
    ASSERT_TRUE(shown.world.run_for(30min));
    EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
    const auto events = shown.world.reader()->source_events(model::SourceId{"naru-feed"}, 10);
    ASSERT_TRUE(events);
    EXPECT_EQ(events->size(), 2u) << "told once, and once that it is over";
  }
}

TEST(Layout, KnownArticlesAtOtherAddressesAreNoNews) {
  Shown shown(85, 2h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, with_new(old_lines("/moved/"), 2h));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/moved/100"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, KnownArticlesWithoutDatesAtOtherAddressesAreNoNews) {
  const auto undated = [](Lines lines) {
    for (Line& line : lines) line.printed.reset();
    return lines;
  };
  Shown shown(94, 2h, "css_page");
  shown.page = rows_of(shown.world, undated(old_lines()));
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, undated(with_new(old_lines("/moved/"), 2h)));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/moved/100"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, ASecondNoticeOfOneNameAndDayIsNewsThoughTheFirstHasLeftTheList) {
  const Line first{"/news/150", "[인사]", 1h}, second{"/news/201", "[인사]", 1h};
  Shown shown(90, old_news(2h, second.title), "css_page");
  Lines lines = old_lines();
  lines.insert(lines.begin(), first);
  shown.page = rows_of(shown.world, lines);
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  lines.front() = second;
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u);
}

TEST(Layout, AnArticleThatIsPutUpAnewIsReadAndToldOnce) {
  press::Script script = old_news(1h);
  script.articles.back().places.push_back(press::Place{"naru", "202", 2h});
  Shown shown(91, std::move(script), "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  Lines lines = with_new(old_lines(), 1h);
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  lines.front().path = "/news/202";
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.asked["/news/202"], 1);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u) << "under its first address, to both receivers";
}

// Ten new ones, the last of which names somebody and stands overleaf.
struct Busy {
  Lines first, rest = old_lines();
};

Busy busy_lines(press::Script& script) {
  Busy busy;
  for (int i = 0; i < 8; ++i) {
    script.articles.push_back(filler(std::to_string(301 + i), 1h));
    busy.first.push_back(Line{"/news/" + std::to_string(301 + i), script.articles.back().title, 1h});
  }
  script.articles.push_back(news("202", "한빛전자, 실적을 내놓는다", 1h));
  busy.first = with_new(std::move(busy.first), 1h);
  busy.rest.insert(busy.rest.begin(), Line{"/news/202", script.articles.back().title, 1h});
  return busy;
}

TEST(Layout, WhatStandsBeforeAPageThatFailsIsToldAtOnceAndWhatStandsBehindLater) {
  press::Script script = old_news(1h);
  const Busy busy = busy_lines(script);
  Shown shown(92, std::move(script), "css_page");
  shown.page = going_on(rows_of(shown.world, old_lines()));
  shown.overleaf = "500";
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1s));
  shown.page = going_on(rows_of(shown.world, busy.first));
  ASSERT_TRUE(shown.world.run_for(8min));
  EXPECT_EQ(shown.told(), 2u) << "to both receivers";
  EXPECT_EQ(shown.source().state, model::SourceState::kFailing);
  EXPECT_NE(shown.source().reason.find("page 2"), std::string::npos) << shown.source().reason;
  shown.overleaf = rows_of(shown.world, busy.rest);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 4u);
}

TEST(Layout, APageThatFailsForGoodIsGivenUpAndCounted) {
  press::Script script = old_news(1h);
  const Busy busy = busy_lines(script);
  Shown shown(93, std::move(script), "css_page");
  shown.page = going_on(rows_of(shown.world, old_lines()));
  shown.overleaf = "500";
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1s));
  shown.page = going_on(rows_of(shown.world, busy.first));
  ASSERT_TRUE(shown.world.run_for(2h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.told(), 2u);
  EXPECT_EQ(shown.world.metrics().value("bylined_listing_gaps_total"), 1);
  EXPECT_EQ(shown.asked[kOverleaf], shown.world.wishes().options.page_failures + 1);
}

// Two articles on the list at once, each with a text of its own.
Lines both(press::Script& script, press::Article other) {
  other.paragraphs.push_back("이 글에만 있는 문단이다.");
  script.articles.push_back(other);
  Lines lines = with_new(old_lines(), 1h);
  lines.insert(lines.begin(), Line{"/news/" + other.places.front().number, other.title, 1h});
  return lines;
}

// An article at two addresses that are listed one after the other, with another text meanwhile.
void expect_one_article(std::uint64_t seed, press::Script script, const std::string& other, const std::function<void(Shown&)>& arrange) {
  const std::vector<std::string> edited{"한빛전자가 새 반도체 공장을 짓는다고 밝혔다.", "공장은 내후년에 문을 연다."};
  script.articles.back().edits.push_back(press::Edit{1h + 10min, "", edited});
  Shown shown(seed, std::move(script), "css_page");
  arrange(shown);
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  Lines lines = with_new(old_lines(), 1h);
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(20min));
  lines.insert(lines.begin(), Line{other, kNewHeadline, 1h});
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.asked[other], 1);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 2u) << "to both receivers";
}

TEST(Layout, WhatCallsItselfByAnothersAddressUnderOneHeadlineIsOneArticle) {
  press::Script script = old_news(1h);
  script.articles.back().places.push_back(press::Place{"naru", "202", 1h});
  expect_one_article(94, std::move(script), "/news/202", [](Shown& shown) { shown.calls_itself["/news/202"] = "/news/201"; });
}

TEST(Layout, WhatLeadsToAnotherUnderOneHeadlineIsOneArticle) {
  expect_one_article(95, old_news(1h), "/r/abc", [](Shown& shown) { shown.leads_to["/r/abc"] = "/news/201"; });
}

TEST(Layout, AnAddressThatAllPagesCallTheirOwnSwallowsNone) {
  press::Script script = old_news(1h);
  Lines lines = both(script, news("202", "한빛전자, 실적을 내놓는다", 1h));
  script.articles.push_back(news("203", "한빛전자, 사장을 바꾼다", 2h));
  Shown shown(96, std::move(script), "css_page");
  for (const char* const path : {"/news/201", "/news/202", "/news/203"}) shown.calls_itself[path] = "/news/203";
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  lines.insert(lines.begin(), Line{"/news/203", "한빛전자, 사장을 바꾼다", 2h});
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  EXPECT_EQ(shown.told(), 6u);
  EXPECT_GE(shown.world.metrics().value("bylined_addresses_disbelieved_total"), 2);
}

Lines another_list() {
  Lines lines;
  for (int i = 9; i >= 0; --i) lines.push_back({"/other/" + std::to_string(i), "한빛전자 다른 지면의 옛 기사 " + std::to_string(i), -24h * (15 - i) - 12h});
  return lines;
}

TEST(Layout, AListOfNothingButUnknownOldArticlesIsHeldAndForgottenWhereItGoes) {
  Shown shown(86, 140min, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  shown.page = rows_of(shown.world, another_list());
  for (int look = 0; look < 40 && shown.source().state == model::SourceState::kOk; ++look) ASSERT_TRUE(shown.world.run_for(10s));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("10 of 10 items are unknown"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = rows_of(shown.world, with_new(old_lines(), 140min));
  ASSERT_TRUE(shown.world.run_for(50min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, AListThatStaysAnotherIsTakenAndWhatIsNewOnItIsTold) {
  Shown shown(87, 2h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(2h + 1min));
  shown.page = rows_of(shown.world, with_new(another_list(), 2h));
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_EQ(shown.asked["/other/0"], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// What stands in the same link as the headline and changes with the hour.
std::string cards_of(const Lines& lines, int minutes) {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body><ul class=\"latest\">";
  for (const Line& line : lines) {
    text += "<li><a href=\"" + line.path + "\"><em>경제</em><strong>" + line.title + "</strong> <span>[" + std::to_string(minutes % 7) + "]</span><span>" + std::to_string(minutes) + "분 전</span></a></li>";
  }
  return text + "</ul></body></html>";
}

TEST(Layout, AnAgeOrACounterInTheLinkIsNoNewHeadline) {
  Shown shown(90, 2h, "auto");
  shown.page = cards_of(old_lines(), 3);
  shown.world.boot();
  for (int minutes = 8; minutes < 58; minutes += 5) {
    ASSERT_TRUE(shown.world.run_for(5min));
    shown.page = cards_of(old_lines(), minutes);
  }
  ASSERT_TRUE(shown.world.run_for(70min + 1min));
  EXPECT_EQ(shown.told(), 0u);
  EXPECT_EQ(shown.asked["/news/100"], 0);
  shown.page = cards_of(with_new(old_lines(), 2h), 58);
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// A box beside the list, lighter than it but for what is `more`.
Lines boxed(const std::string& more = "") {
  Lines lines = most_viewed();
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].title = "한빛전자 옛 기사 " + std::to_string(i) + more;
  return lines;
}
const std::string kHeavier = ", 길고 긴 제목이 되어 최신 기사보다 무거워졌다";

// Without dates, as most front pages are.
std::string two_lists(const Lines& latest, const Lines& box) {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body>";
  for (const auto& [name, lines] : {std::pair("latest", latest), std::pair("box", box)}) {
    text += "<ul class=\"" + std::string(name) + "\">";
    for (const Line& line : lines) text += "<li><a href=\"" + line.path + "\">" + line.title + "</a></li>";
    text += "</ul>";
  }
  return text + "</body></html>";
}

TEST(Layout, AHeavierListOnTheSamePageDoesNotTakeThePlaceOfTheOneThatIsRead) {
  Shown shown(91, 2h, "auto");
  shown.page = two_lists(old_lines(), boxed());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  Lines box = boxed(kHeavier);
  box.push_back(old_lines().front());  // it has some of the same
  shown.page = two_lists(old_lines(), box);
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = two_lists(with_new(old_lines(), 2h), box);
  ASSERT_TRUE(shown.world.run_for(30min));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

TEST(Layout, AListThatIsFoundAtAnotherPlaceOfThePageIsHeldAndTheFirstIsReadAgainWhenItIsBack) {
  for (const Millis away : {20min, 2h + 30min}) {
    Shown shown(92, 5h, "auto");
    shown.page = two_lists(old_lines(), boxed());
    shown.world.boot();
    ASSERT_TRUE(shown.world.run_for(1h));
    shown.page = two_lists({}, boxed());
    for (int look = 0; look < 40 && shown.source().state == model::SourceState::kOk; ++look) ASSERT_TRUE(shown.world.run_for(10s));
    EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
    EXPECT_NE(shown.source().reason.find("no list where it stood (ul.latest li a), but another at ul.box li a"), std::string::npos) << shown.source().reason;
    ASSERT_TRUE(shown.world.run_for(away));
    shown.page = two_lists(old_lines(), boxed());
    ASSERT_TRUE(shown.world.run_for(4h + 1min - away));
    EXPECT_EQ(shown.source().state, model::SourceState::kOk);
    shown.page = two_lists(with_new(old_lines(), 5h), boxed());
    ASSERT_TRUE(shown.world.run_for(30min));
    for (int i = 0; i < 8; ++i) EXPECT_EQ(shown.asked["/news/" + std::to_string(300 + i)], 0);
    EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
  }
}

// Its classes have new names: the same articles stand there.
TEST(Layout, ARenamedListGoesOnAsItWas) {
  Shown shown(93, 2h, "auto");
  shown.page = two_lists(old_lines(), boxed());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  const auto renamed = [](std::string page) { return page.replace(page.find("latest"), 6, "newest"); };
  shown.page = renamed(two_lists(old_lines(), boxed(kHeavier)));
  ASSERT_TRUE(shown.world.run_for(1h + 1min));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  shown.page = renamed(two_lists(with_new(old_lines(), 2h), boxed()));
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

// Suspect, then failing, then suspect: one trouble.
TEST(Layout, OneTroubleIsOneLineOfWarningHoweverItChanges) {
  Shown shown(89, 2h, "feed");
  shown.page = feed_of(shown.world, old_lines());
  std::map<std::string, int> lines;
  log::open_sink([&lines](log::Level, const std::string& line) {
    for (const char* const event : {"source.degraded", "source.still_degraded", "source.recovered"}) lines[event] += line.find(event) != std::string::npos;
  });
  shown.world.boot();
  EXPECT_TRUE(shown.world.run_for(30min));
  const std::string good = std::exchange(shown.page, feed_of(shown.world, {}));
  EXPECT_TRUE(shown.world.run_for(30min));
  shown.page = "500";
  EXPECT_TRUE(shown.world.run_for(1h));
  shown.page = feed_of(shown.world, {});
  EXPECT_TRUE(shown.world.run_for(3h));
  shown.page = good;
  EXPECT_TRUE(shown.world.run_for(3h));
  log::open_sink(nullptr);
  EXPECT_EQ(lines["source.degraded"], 1);
  EXPECT_EQ(lines["source.still_degraded"], 2);
  EXPECT_EQ(lines["source.recovered"], 1);
}

TEST(Layout, HalfOfTheTitlesGoneIsTold) {
  Shown shown(88, 5h, "css_page");
  shown.page = rows_of(shown.world, old_lines());
  shown.world.boot();
  ASSERT_TRUE(shown.world.run_for(1h));
  Lines lines = old_lines();
  for (std::size_t i = 0; i < lines.size(); i += 2) lines[i].title = " ";
  shown.page = rows_of(shown.world, lines);
  ASSERT_TRUE(shown.world.run_for(30min));
  EXPECT_EQ(shown.source().state, model::SourceState::kSuspect);
  EXPECT_NE(shown.source().reason.find("5 entries without a title or a link"), std::string::npos) << shown.source().reason;
  shown.page = rows_of(shown.world, old_lines());
  ASSERT_TRUE(shown.world.run_for(1h));
  EXPECT_EQ(shown.source().state, model::SourceState::kOk);
  EXPECT_TRUE(audit(shown.world).clean()) << audit(shown.world).text();
}

}  // namespace
}  // namespace bylined::tests
