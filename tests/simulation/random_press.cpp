// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/random_press.h"

#include <set>

#include "base/random.h"
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kFeeds = 11, kAtoms = 4, kLists = 4, kJournalists = 3;
constexpr int kOld = 8;             // articles of an outlet that stand there already
constexpr int kOnOneHost = 4;       // feeds of one publisher
constexpr const char* kOffice = "277";
constexpr const char* kPortal = "https://n.news.naver.com/article/277/";

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

press::Outlet make_outlet(int index) {
  const std::string number = two_digits(index);
  const std::string host = index < kOnOneHost ? "www.shared.example" : "www.outlet" + number + ".example";
  press::Outlet outlet;
  outlet.id = "outlet-" + number;
  outlet.name = "가온누리신문 " + number;
  outlet.page_size = 60;
  if (index >= kFeeds + kAtoms + kLists) {
    outlet.shape = press::Shape::kNaverJournalist;
    outlet.name = "아시아경제";
    outlet.office = kOffice;
    outlet.journalist = "윤가람";
    outlet.listing = "https://media.naver.com/journalist/277/902" + number;
    outlet.article_prefix = kPortal;
    outlet.page_size = 20;
    return outlet;
  }
  outlet.shape = index < kFeeds ? press::Shape::kRss : index < kFeeds + kAtoms ? press::Shape::kAtom : press::Shape::kList;
  outlet.listing = "https://" + host + "/" + number + (outlet.shape == press::Shape::kList ? "/latest" : "/feed.xml");
  outlet.article_prefix = "https://" + host + "/" + number + "/news/";
  return outlet;
}

model::Source source_for(const press::Outlet& outlet, Random& random) {
  static constexpr std::array<int, 4> kPeriods{10, 15, 20, 30};
  model::Source source;
  source.id.value = outlet.id;
  source.url = outlet.listing;
  source.kind = "feed";
  if (outlet.shape == press::Shape::kNaverJournalist) source.kind = "naver_journalist";
  if (outlet.shape == press::Shape::kList) {
    source.kind = "css_page";
    model::Recipe recipe;
    recipe.name = "rows";
    recipe.item = "ul.rows > li.row";
    recipe.link = "a.row-link";
    recipe.title = "strong.row-title";
    recipe.summary = "p.row-summary";
    recipe.time = "time";
    recipe.byline = "span.row-by";
    source.recipe = recipe;
  }
  const Millis every = minutes(kPeriods[random.below(kPeriods.size())]);
  source.every = model::Period{every, every};
  return source;
}

// The feed of the outlet whose journalists stand on the portal: there the text may be read.
press::Outlet own_feed() {
  press::Outlet own;
  own.id = "own";
  own.name = "아시아경제";
  own.listing = "https://view.asiae.co.kr/rss/all.htm";
  own.article_prefix = "https://www.asiae.co.kr/article/";
  own.page_size = 200;
  return own;
}

// What an article says, and which alerts must come of it.
void write(press::Article& article, int what, const std::string& number) {
  const std::string about = "소식 " + number + "번째";
  const auto expect = [&article](const char* entity, Millis from) {
    article.alerts.push_back(press::ExpectedAlert{"desk", {entity}, from});
    if (std::string_view(entity) == "lee-seojun") article.alerts.push_back(press::ExpectedAlert{"people", {entity}, from});
  };
  article.title = "데이터센터 전력 수요 늘어, " + about;
  article.paragraphs = {"전국 데이터센터의 전력 수요가 늘었다고 한다.", "관계 기관은 대책을 내놓을 예정이다."};
  if (what == 0) {
    article.title = "한빛전자, 새 반도체 공장 짓는다, " + about;
    expect("hanbit", Millis(0));
  } else if (what == 1) {
    article.paragraphs.push_back("한빛전자가 새 반도체 공장을 짓는다고 밝혔다.");
    expect("hanbit", article.places.back().appears);  // where its text may be read
  } else if (what == 2) {
    article.title = "이서준 회장, 현장 점검 나서, " + about;
    expect("lee-seojun", Millis(0));
  } else if (what == 3) {  // an edit brings a second name
    const Millis later = article.places.front().appears + minutes(90);
    article.title = "한빛전자, 새 공장 터를 찾는다, " + about;
    article.edits.push_back(press::Edit{later, "한빛전자 이서준 회장, 새 공장 터를 찾는다, " + about, {}});
    expect("hanbit", Millis(0));
    expect("lee-seojun", later);
  } else if (what == 4) {  // many articles of one headline
    article.title = "한빛전자 소식";
    expect("hanbit", Millis(0));
  }
}

void add_articles(press::Script& script, const press::Outlet& outlet, int index, int count, int days, Random& random) {
  const bool portal = outlet.shape == press::Shape::kNaverJournalist;
  const auto span = static_cast<std::uint64_t>(Millis(hours(24 * days) - minutes(60)).count());
  for (int i = 0; i < kOld + count * days; ++i) {
    const bool old = i < kOld;
    press::Article article;
    const std::string number = std::to_string(index * 1'000 + i);
    article.key = outlet.id + "/" + number;
    const Millis appears = old ? Millis(-hours(30)) + hours(i) : minutes(31) + Millis(static_cast<std::int64_t>(random.below(span)));
    article.places.push_back(press::Place{outlet.id, std::string(10 - number.size(), '0') + number, appears});
    article.author = "윤가람 기자";
    int what = old ? 9 : static_cast<int>(random.below(10));
    // Two copies that are seen under two headlines, one from before an edit, are not known to be one.
    const bool both = portal && !old && what != 3 && random.below(2) == 0;
    if (both) article.places.push_back(press::Place{"own", "20250204" + number, appears + minutes(random.below(60))});
    if (portal && (what == 4 || (what == 1 && !both))) what = 9;  // only its headline is read
    write(article, what, number);
    script.articles.push_back(std::move(article));
  }
}

void add_receiver(Wishes& wishes) {
  model::Receiver ops = wishes.receivers.front();
  ops.id.value = "ops";
  ops.url = std::string("https://") + kReceiversHost + "/ops";
  wishes.receivers.push_back(ops);
  model::Watch people;
  people.id.value = "people";
  people.query = "entity:lee-seojun";
  people.entities = {model::EntityId{"lee-seojun"}};
  people.receivers = {ops.id, wishes.receivers.front().id};
  wishes.watches.push_back(people);
}

}  // namespace

Scene make_scene(std::uint64_t seed, int days, int articles) {
  Random random(seed * 104'729 + 3);
  Scene scene;
  scene.wishes = small_wishes();
  scene.wishes.sources.clear();
  scene.wishes.options.idle = minutes(10);  // each loop is rung when there is work, and knows when the next is due
  add_receiver(scene.wishes);
  std::set<std::string> hosts;
  for (int index = 0; index < kFeeds + kAtoms + kLists + kJournalists; ++index) {
    const press::Outlet outlet = make_outlet(index);
    scene.wishes.sources.push_back(source_for(outlet, random));
    add_articles(scene.script, outlet, index, articles, days, random);
    const std::size_t start = outlet.listing.find("//") + 2;
    hosts.insert(outlet.listing.substr(start, outlet.listing.find('/', start) - start));
    scene.script.outlets.push_back(outlet);
  }
  scene.script.outlets.push_back(own_feed());
  scene.wishes.sources.push_back(source_for(scene.script.outlets.back(), random));
  hosts.insert("view.asiae.co.kr");
  scene.script.robots["n.news.naver.com"] = "User-agent: *\nDisallow: /\n";
  scene.targets.hosts.assign(hosts.begin(), hosts.end());
  for (const model::Receiver& receiver : scene.wishes.receivers) scene.targets.receivers.push_back(receiver.id.value);
  return scene;
}

}  // namespace bylined::tests
